import { conjuncts, isReservedWord, placeholdersIn, print } from '../expressions/index.ts'
import type { Condition } from '../expressions/index.ts'
import type { PrefixFault } from '../flow/reads/sort-key-use.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { Analysis } from '../operations/analysis.ts'
import type { KeyTest } from '../operations/key-condition.ts'
import { expressionOf, namesOf } from '../operations/request.ts'
import type { Request } from '../operations/request.ts'
import type { Field } from '../project/view.ts'
import { viewOf } from '../project/view.ts'
import type { Edit, Proposal } from './edit.ts'
import { literalAt, within } from './literal-text.ts'
import type { LiteralText } from './literal-text.ts'

type MessageIds = 'useBeginsWith' | 'useBetween' | 'askForPrefix' | 'askForKey'

/** What is known of the request that is to be changed, all of it written where it is sent. */
interface Written {
  readonly request: Request
  readonly key: LiteralText
  readonly values: ReadonlyMap<string, Field>
  /** Values stand in a `{ S: … }`. */
  readonly isLowLevel: boolean
  readonly analysis: Analysis
}

/** The key condition that asks for one kind of item and no more; none where the request is not written in one place. */
export function askForKind(
  { spelling, trail }: Occurrence,
  fault: PrefixFault,
  analysis: Analysis,
): readonly Proposal<MessageIds>[] {
  const { request, at } = fault
  const member = request.view?.fields.get('KeyConditionExpression')
  const values = request.view?.fields.get('ExpressionAttributeValues')
  if (trail.length !== 1 || !member?.certain || !values?.certain || values.at === null) return []
  const key = literalAt(member.term(), at, analysis.module, analysis.text)
  const inner = viewOf(values.term())
  if (key === null || inner === null) return []
  const isInline = [...inner.fields.values()].every(
    (field) =>
      field.at?.module === analysis.module &&
      field.at.start >= values.valueAt.start &&
      field.at.end <= values.valueAt.end,
  )
  if (!isInline || inner.spreads.length > 0 || inner.computed.length > 0) return []
  const isLowLevel = spelling.values !== 'document'
  const written: Written = { request, key, values: inner.fields, isLowLevel, analysis }
  switch (fault.fault) {
    case 'bare':
      return useBeginsWith(fault.test, written)
    case 'open':
      return useBetween(fault, fault.test, written)
    case 'picked':
      return askFor(fault, null, written)
    case 'filtered':
      return askFor(fault, fault, written)
  }
}

function replaced({ key }: Written, node: Condition, text: string): Edit {
  return { at: within(key, node.range[0], node.range[1]), text }
}

/** The attribute as the test spells it. */
function pathIn({ node }: KeyTest): string | null {
  if (node.type !== 'Comparison') return null
  return print(node.left.type === 'ValuePlaceholder' ? node.right : node.left)
}

function useBeginsWith(test: KeyTest, written: Written): readonly Proposal<MessageIds>[] {
  const path = pathIn(test)
  if (path === null || test.placeholder === null) return []
  const condition = `begins_with(${path}, ${test.placeholder})`
  const edits = [replaced(written, test.node, condition)]
  return [{ messageId: 'useBeginsWith', data: { condition }, edits }]
}

function useBetween(
  { kind }: PrefixFault,
  test: KeyTest,
  written: Written,
): readonly Proposal<MessageIds>[] {
  const path = pathIn(test)
  const field = test.placeholder === null ? undefined : written.values.get(test.placeholder)
  if (path === null || test.placeholder === null || !field) return []
  const isFrom = test.operator === '>' || test.operator === '>='
  const bound = `${test.placeholder}${isFrom ? 'End' : 'Start'}`
  const added = valueAfter(field, bound, isFrom ? `${kind.text}\\uffff` : kind.text, written)
  if (added === null) return []
  const [low, high] = isFrom ? [test.placeholder, bound] : [bound, test.placeholder]
  const condition = `${path} BETWEEN ${low} AND ${high}`
  const isExclusive = test.operator === '>' || test.operator === '<'
  return [
    {
      messageId: 'useBetween',
      data: {
        condition,
        inclusive: isExclusive ? `; an item that is equal to ${test.placeholder} is read too` : '',
      },
      edits: [replaced(written, test.node, condition), added],
    },
  ]
}

/** Adds the sort key to the key condition, and takes a filter away that it makes needless. */
function askFor(
  { sortKey, kind }: PrefixFault,
  filter: { readonly condition: Condition; readonly placeholder: string } | null,
  written: Written,
): readonly Proposal<MessageIds>[] {
  const { key, values } = written
  const name = spelled(sortKey, written.request)
  if (name === null || /['"`\\]/.test(kind.text)) return []
  const placeholder = kind.isWhole ? ':sortKey' : ':prefix'
  const test = kind.isWhole ? `${name} = ${placeholder}` : `begins_with(${name}, ${placeholder})`
  const end = key.value.length
  const edits: Edit[] = [{ at: within(key, end, end), text: ` AND ${test}` }]
  const covered = filter === null ? undefined : values.get(filter.placeholder)
  if (filter !== null) {
    const without = withoutFilter(filter.condition, written)
    if (without === null) return []
    edits.push(...without)
  }
  if (
    covered?.at &&
    filter !== null &&
    !isUsedElsewhere(filter.placeholder, filter.condition, written)
  ) {
    edits.push({ at: covered.at, text: entry(placeholder, kind.text, written) })
    if (values.has(placeholder)) return []
  } else {
    const last = [...values.values()].at(-1)
    const added = last ? valueAfter(last, placeholder, kind.text, written) : null
    if (added === null) return []
    edits.push(added)
  }
  const messageId = kind.isWhole ? 'askForKey' : 'askForPrefix'
  return [{ messageId, data: { condition: test, prefix: kind.text }, edits }]
}

/** The attribute as an expression may name it: by an alias that is there, or bare where that is allowed. */
function spelled(attribute: string, request: Request): string | null {
  const { entries, open } = namesOf(request)
  const alias = [...entries].find(([, name]) => name === attribute)
  if (alias) return alias[0]
  if (open || isReservedWord(attribute)) return null
  return /^[A-Za-z]\w*$/.test(attribute) ? attribute : null
}

function entry(placeholder: string, value: string, { key, isLowLevel }: Written): string {
  const quote = key.quote === '`' ? "'" : key.quote
  const text = `${quote}${value}${quote}`
  return `${quote}${placeholder}${quote}: ${isLowLevel ? `{ S: ${text} }` : text}`
}

function valueAfter(
  field: Field,
  placeholder: string,
  value: string,
  written: Written,
): Edit | null {
  if (field.at === null || written.values.has(placeholder)) return null
  const at = { ...field.at, start: field.at.end }
  return { at, text: `, ${entry(placeholder, value, written)}` }
}

function isUsedElsewhere(placeholder: string, condition: Condition, { request }: Written): boolean {
  const filter = expressionOf(request, 'Filter')
  const [parsed] = filter.state === 'known' ? filter.texts : []
  return conjuncts(parsed?.tree)
    .filter((other) => other !== condition && print(other) !== print(condition))
    .some((other) => placeholdersIn(other).values.some(({ name }) => name === placeholder))
}

/** The filter without one condition, and without the names that only this one used; the whole filter where it is all. */
function withoutFilter(condition: Condition, written: Written): readonly Edit[] | null {
  const { request, analysis } = written
  const field = request.view?.fields.get('FilterExpression')
  const filter = expressionOf(request, 'Filter')
  const [parsed] = filter.state === 'known' ? filter.texts : []
  if (!field?.certain || field.at === null || !parsed) return null
  const text = literalAt(field.term(), field.valueAt, analysis.module, analysis.text)
  if (text === null) return null
  const covered = print(condition)
  const rest = conjuncts(parsed.tree).filter((other) => print(other) !== covered)
  const names = unusedNames(condition, rest, written)
  if (names === null) return null
  const kept = rest.map((other) => (other.type === 'Or' ? `(${print(other)})` : print(other)))
  return rest.length === 0
    ? [removed(field, analysis), ...names]
    : [{ at: text.at, text: kept.join(' AND ') }, ...names]
}

function unusedNames(
  condition: Condition,
  rest: readonly Condition[],
  { request, analysis }: Written,
): readonly Edit[] | null {
  const used = new Set(placeholdersIn(condition).names.map(({ name }) => name))
  if (used.size === 0) return []
  const member = request.view?.fields.get('ExpressionAttributeNames')
  const names = member ? viewOf(member.term())?.fields : undefined
  const key = expressionOf(request, 'KeyCondition')
  const projection = expressionOf(request, 'Projection')
  if (!member?.at || !names || projection.state === 'unknown' || key.state !== 'known') return null
  const others = [
    ...rest,
    ...key.texts.map(({ tree }) => tree),
    ...(projection.state === 'known' ? projection.texts.map(({ tree }) => tree) : []),
  ]
  const elsewhere = new Set(others.flatMap((node) => placeholdersIn(node).names.map((n) => n.name)))
  const unused = [...used].filter((name) => !elsewhere.has(name))
  if (unused.length === 0) return []
  if (unused.length === names.size) return [removed(member, analysis)]
  const edits = unused.map((name) => {
    const field = names.get(name)
    return field?.at ? removed(field, analysis) : null
  })
  return edits.every((edit) => edit !== null) ? edits : null
}

/** A property taken out, with the comma and the space before it; the first one with those after it. */
function removed(field: Field, { text, module }: Analysis): Edit {
  const { start, end } = field.at ?? field.valueAt
  const before = /,\s*$/.exec(text.slice(0, start))
  if (before) return { at: { module, start: before.index, end }, text: '' }
  const after = /^\s*,\s*/.exec(text.slice(end))
  return { at: { module, start, end: end + (after?.[0].length ?? 0) }, text: '' }
}
