import { conjuncts, equalities, print } from '../expressions/index.ts'
import type {
  Condition,
  Equality,
  FilterExpression,
  ParsedExpression,
} from '../expressions/index.ts'
import type { ImportedName } from '../facts/model.ts'
import type { Operation } from '../operations/operation.ts'
import { expressionOf, namesOf, valueOfPlaceholder } from '../operations/request.ts'
import { callOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Place, Term } from '../project/term.ts'
import type { Field } from '../project/view.ts'
import type { IndexSchema, KeyAttribute } from '../tables/schema.ts'
import type { Edit, Proposal } from './edit.ts'

type MessageIds = 'queryTable' | 'queryIndex' | 'queryNewIndex'

/** What a Query asks: which index (null: the table), by which equalities, and what of the filter is left. */
interface Plan {
  readonly messageId: MessageIds
  readonly index: string | null
  readonly key: readonly Condition[]
  readonly rest: readonly Condition[]
  readonly data: Readonly<Record<string, string>>
}

/**
 * The Queries that a filtered Scan could be: of the table, of an index whose keys the filter fixes, or of an index that
 * is yet to be made. None where the code is not in one piece here, or a Query would mean something else.
 */
export function scanToQuery(operation: Operation): readonly Proposal<MessageIds>[] {
  const filter = wholeFilter(operation)
  if (filter === null) return []
  const spelling = spellingEdits(operation)
  if (spelling === null) return []
  return plansFor(operation, filter.parsed).flatMap((plan) => {
    if (plan.index !== null && operation.request.view?.fields.has('ConsistentRead')) return []
    const edits = [...spelling, ...requestEdits(operation, filter, plan)]
    return [{ messageId: plan.messageId, data: plan.data, edits }]
  })
}

interface WholeFilter {
  readonly parsed: ParsedExpression<'Filter'>
  readonly field: Field
  readonly quote: string
}

/** The filter, where it is one text written in the request itself and the request is written at the call. */
function wholeFilter(operation: Operation): WholeFilter | null {
  const { request, module, occurrence } = operation
  if (occurrence.trail.length !== 1) return null
  const field = request.view?.fields.get('FilterExpression')
  const filter = expressionOf(request, 'Filter')
  if (!field?.certain || field.at === null || filter.state !== 'known' || filter.texts.length !== 1)
    return null
  const [parsed] = filter.texts
  if (!parsed?.complete || field.at.module !== module) return null
  const unsuited = ['IndexName', 'Segment', 'TotalSegments', 'Select', 'KeyConditionExpression']
  if (unsuited.some((name) => request.view?.fields.has(name))) return null
  if (!isWrittenAtCall(operation)) return null
  const value = field.term()
  if (value.kind !== 'literal' || value.ref === null) return null
  const written = module.facts.places[value.ref.value]
  const isInline =
    written !== undefined && written.start >= field.at.start && written.end <= field.at.end
  return isInline ? { parsed, field, quote: "'" } : null
}

/** The request's object literal is the call's own argument, or a local that nothing else is told of. */
function isWrittenAtCall(operation: Operation): boolean {
  const { occurrence, request, module } = operation
  if (request.term.kind !== 'object') return false
  const { frame, value } = request.term.ref
  if (frame.module !== module) return false
  const place = module.facts.places[value]
  const call = callOf(module, occurrence.call).at
  if (place && place.start >= call.start && place.end <= call.end) return true
  // A local of its own, without an annotation that says it is a Scan's.
  return module.facts.variables.some(
    (variable) =>
      variable.final === value &&
      variable.type === null &&
      variable.reads.length === 1 &&
      variable.function === frame.function,
  )
}

function plansFor(operation: Operation, filter: ParsedExpression<'Filter'>): readonly Plan[] {
  const names = namesOf(operation.request)
  const conditions = conjuncts(filter.tree)
  const fixed = equalities(filter.tree, names).filter((e) => e.resolved?.length === 1 && isValue(e))
  const equal = (attribute: KeyAttribute | null): Equality | null =>
    attribute === null
      ? null
      : (fixed.find((e) => e.resolved?.[0] === attribute.name && fits(operation, e, attribute)) ??
        null)
  const { schema } = operation.table
  const plans: Plan[] = []
  const plan = (
    messageId: MessageIds,
    index: string | null,
    used: readonly Equality[],
    data: Plan['data'],
  ): void => {
    const key = used.map((e) => e.node)
    plans.push({
      messageId,
      index,
      key,
      rest: conditions.filter((c) => !key.includes(c as Equality['node'])),
      data,
    })
  }
  const offer = (
    target: Pick<IndexSchema, 'partitionKey' | 'sortKey'>,
    index: string | null,
  ): boolean => {
    const partition = equal(target.partitionKey)
    if (partition === null) return false
    const sort = equal(target.sortKey)
    const used = sort === null ? [partition] : [partition, sort]
    // What is left may not name a key of what is queried.
    const left = conditions.filter((c) => !used.some((e) => e.node === c))
    const keys = [target.partitionKey.name, target.sortKey?.name]
    if (left.some((c) => keys.some((key) => key !== undefined && mentions(c, key, operation))))
      return false
    const attribute = target.partitionKey.name
    const quoted = used.map((e) => `\`${String(e.resolved?.[0])}\``).join(' and ')
    plan(
      index === null ? 'queryTable' : 'queryIndex',
      index,
      used,
      index === null ? { keys: quoted } : { index, attribute },
    )
    return true
  }
  if (schema !== null) {
    const isServed = [
      offer(schema, null),
      ...schema.indexes.map((index) => offer(index, index.name)),
    ].some(Boolean)
    if (isServed) return plans
  }
  for (const equality of fixed) {
    const attribute = String(equality.resolved?.[0])
    if (isLowCardinality(attribute, equality, operation)) continue
    plan('queryNewIndex', `${attribute}-index`, [equality], {
      index: `${attribute}-index`,
      attribute,
    })
    break
  }
  return plans
}

function isValue(equality: Equality): boolean {
  return equality.operand.type === 'ValuePlaceholder'
}

function valueOf(operation: Operation, equality: Equality): Term | null {
  const { operand } = equality
  return operand.type === 'ValuePlaceholder'
    ? valueOfPlaceholder(operation.request, operand.name)
    : null
}

/** A key is a string, a number or binary; a value that is plainly something else cannot be compared with it. */
function fits(operation: Operation, equality: Equality, attribute: KeyAttribute): boolean {
  const value = valueOf(operation, equality)
  return (
    value === null ||
    alternatives(value).every((option) => {
      if (option.kind === 'template') return attribute.type === null || attribute.type === 'S'
      if (option.kind !== 'literal') return true
      const type = typeof option.value
      if (type === 'string') return attribute.type === null || attribute.type === 'S'
      return type === 'number' && (attribute.type === null || attribute.type === 'N')
    })
  )
}

/** An index keyed by something that has few values is one hot partition: never proposed. */
const FEW_VALUES =
  /^(is|has)[A-Z_]|status|state|type|kind|categor|role|plan|tier|country|region|active|enabled|deleted|visible|flag|gender|year|month|day|date/i

function isLowCardinality(attribute: string, equality: Equality, operation: Operation): boolean {
  if (FEW_VALUES.test(attribute)) return true
  const value = valueOf(operation, equality)
  return value === null || alternatives(value).some((option) => option.kind === 'literal')
}

function mentions(condition: Condition, attribute: string, operation: Operation): boolean {
  const text = print(condition)
  const names = [...namesOf(operation.request).entries]
    .filter(([, name]) => name === attribute)
    .map(([alias]) => alias)
  return [attribute, ...names].some((name) =>
    new RegExp(`(^|[^\\w#.:])${name.replaceAll(/[^\w#]/g, '\\$&')}($|\\W)`).test(text),
  )
}

/** `FilterExpression: '…'` becomes the key condition, and what is left of the filter. */
function requestEdits(operation: Operation, filter: WholeFilter, plan: Plan): readonly Edit[] {
  const { field } = filter
  const { at } = field
  if (at === null) return []
  const quote = (text: string): string => `${filter.quote}${text}${filter.quote}`
  const members = [
    ...(plan.index === null ? [] : [`IndexName: ${quote(plan.index)}`]),
    `KeyConditionExpression: ${quote(plan.key.map((c) => print(c)).join(' AND '))}`,
    ...(plan.rest.length === 0
      ? []
      : [`FilterExpression: ${quote(plan.rest.map((c) => bracketed(c)).join(' AND '))}`]),
  ]
  return [{ at, text: members.join(', ') }]
}

/** A condition as one of several joined by AND. */
function bracketed(condition: Condition): string {
  return condition.type === 'Or' ? `(${print(condition)})` : print(condition)
}

/** The command's class and import, the method or the paginator. */
function spellingEdits(operation: Operation): readonly Edit[] | null {
  const { spelling, module, occurrence } = { ...operation, spelling: operation.spelling }
  if (spelling.form === 'method') return [{ at: operation.at, text: 'query' }]
  if (spelling.form === 'paginator') {
    const at: Place = { ...callOf(module, occurrence.call).calleeAt, module }
    return renamed(operation, at, { from: 'paginateScan', to: 'paginateQuery' })
  }
  return renamed(operation, operation.at, { from: 'ScanCommand', to: 'QueryCommand' })
}

/** A use of an imported name becomes a use of another of the same package, which is imported where it is not yet. */
function renamed(
  operation: Operation,
  at: Place,
  names: { from: string; to: string },
): readonly Edit[] | null {
  const { module } = operation
  const imports = module.facts.imports.flatMap(({ names: list, typeOnly }) =>
    typeOnly ? [] : (list ?? []),
  )
  const scan = imports.find(
    (name) => name.imported === names.from && at.end - at.start === name.local.length,
  )
  if (!scan) return null
  const source = module.facts.imports.find(({ names: list }) => list?.includes(scan))?.source
  const query: ImportedName | undefined = module.facts.imports
    .filter((i) => i.source === source && !i.typeOnly)
    .flatMap((i) => i.names ?? [])
    .find((name) => name.imported === names.to)
  const use: Edit = { at, text: query?.local ?? names.to }
  const isLastUse = scan.reads.length <= 1
  const place: Place = { ...scan.at, module }
  if (query) return isLastUse ? [use, ...removedImport(operation, scan)] : [use]
  return [
    use,
    isLastUse
      ? { at: place, text: names.to }
      : { at: { ...place, start: place.end }, text: `, ${names.to}` },
  ]
}

/** Takes a name out of its import, with the comma that goes with it. */
function removedImport(operation: Operation, name: ImportedName): readonly Edit[] {
  const { module } = operation
  const siblings = module.facts.imports.find(({ names }) => names?.includes(name))?.names ?? []
  const index = siblings.indexOf(name)
  const next = siblings[index + 1]
  const before = siblings[index - 1]
  if (next) return [{ at: { module, start: name.at.start, end: next.at.start }, text: '' }]
  if (before) return [{ at: { module, start: before.at.end, end: name.at.end }, text: '' }]
  return []
}
