import type { FunctionId, Range, TryFacts, TryId, ValueId } from '../../facts/model.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, functionOf, placeOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Place } from '../../project/term.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'

/**
 * An error's kind asked for by something that it does not tell.
 * - `code`: what SDK v2 called it, which errors of SDK v3 do not have.
 * - `message`: a text for people, which names no error and may change.
 * - `transaction`: a failed condition, where only a transaction is tried, which says so by another error.
 */
export interface WrongErrorTest {
  readonly kind: 'code' | 'message' | 'transaction'
  readonly at: Place
  readonly name: string
  /** What asks for the name instead, and where; null where that is written otherwise than on a plain variable. */
  readonly instead: { readonly at: Place; readonly text: string } | null
}

/** DynamoDB's errors that code commonly asks for. */
const ERROR_NAMES =
  /^(?:ConditionalCheckFailed|TransactionCanceled|TransactionConflict|ResourceNotFound|ResourceInUse|ProvisionedThroughputExceeded)Exception$/

const FAILED = 'ConditionalCheckFailedException'

/** What is looked for in messages: the error's own text, or a name that its text does not hold. */
const MESSAGES =
  /^(?:(?:the )?conditional request failed\.?|ConditionalCheckFailed(?:Exception)?)$/i

/** A place that compares a part of an error with a text. */
interface Comparison {
  readonly part: 'code' | 'message' | 'name'
  readonly error: ValueId
  readonly text: string
  readonly at: Range
  /** Where `error.code` or `error.message.includes(…)` is written. */
  readonly written: Range
}

/** Where a file asks an error for what errors of SDK v3 do not tell. */
export function wrongErrorTestsIn({ module, text }: Analysis): readonly WrongErrorTest[] {
  // Cheaper than any look at a value.
  if (!/Exception|onditional/.test(text)) return []
  if (module.facts.imports.some(({ source }) => /^aws-sdk(?:\/|$)/.test(source))) return []
  const found = comparisonsIn(module, text)
  if (found.length === 0) return []
  const all = module.facts.functions.flatMap((_, id) => occurrencesIn(freeFrame(module, id)))
  return found.flatMap((one) => testOf(one, all, module, text) ?? [])
}

function testOf(
  { part, error, text: wanted, at, written }: Comparison,
  all: readonly Occurrence[],
  module: Module,
  text: string,
): WrongErrorTest | null {
  const value = valueOf(module, error)
  const caught = value.kind === 'caught' ? value.try : null
  const thrown = caught === null ? all : all.filter(({ trail }) => isTried(trail, module, caught))
  if (thrown.length === 0 || thrown.some((occurrence) => isThrownAnew(occurrence, module, caught)))
    return null
  const libraries = thrown.map(({ spelling }) => spelling.library?.name)
  if (libraries.some((name) => name === undefined || name.includes('v2'))) return null
  const around = functionTextAround(module, text, at.start)
  const place = { ...written, module }
  switch (part) {
    case 'code':
      return asksForName(around, wanted)
        ? null
        : { kind: 'code', at: place, name: wanted, instead: nameForCode(written, text, module) }
    case 'message': {
      const isOfTransaction = thrown.some(({ spelling }) => spelling.kind === 'TransactWriteItems')
      if (caught === null || isOfTransaction || asksForName(around, FAILED)) return null
      const instead = nameForMessage(at, text, module)
      return { kind: 'message', at: { ...at, module }, name: FAILED, instead }
    }
    case 'name':
      return caught !== null && isTransactionAlone(thrown, module, caught, around)
        ? { kind: 'transaction', at: place, name: wanted, instead: null }
        : null
  }
}

/** The comparisons of a part of an error with a text that DynamoDB's errors have to do with. */
function comparisonsIn(module: Module, text: string): readonly Comparison[] {
  const { values, calls, branches } = module.facts
  const textOf = (id: ValueId, start: number): string | null => {
    const frame = freeFrame(module, functionAround(module, start))
    const term = evaluate({ frame, value: id })
    return term.kind === 'literal' && typeof term.value === 'string' ? term.value : null
  }
  const compared = (part: ValueId, other: ValueId, written: Range, at: Range): Comparison[] => {
    const member = valueOf(module, part)
    if (member.kind !== 'member') return []
    const { key } = member
    if (key !== 'code' && key !== 'message' && key !== 'name') return []
    const wanted = textOf(other, at.start)
    const isKnown = key === 'message' ? MESSAGES : ERROR_NAMES
    if (wanted === null || !isKnown.test(wanted) || (key === 'name' && wanted !== FAILED)) return []
    return [{ part: key, error: member.of, text: wanted, at, written }]
  }
  const held = values.flatMap((value, id): readonly Comparison[] => {
    if (value.kind !== 'binary' || !/^[!=]==?$/.test(value.operator)) return []
    const { left, right, leftAt, rightAt } = value
    const { start, end } = placeOf(module, id)
    const at = { start, end }
    return [
      ...compared(left, right, leftAt, at),
      ...(rightAt === null ? [] : compared(right, left, rightAt, at)),
    ]
  })
  const searched = calls.flatMap(({ callee, arguments: given, at }) => {
    const method = valueOf(module, callee)
    const [only] = given
    if (method.kind !== 'member' || method.key !== 'includes' || only === undefined) return []
    return 'value' in only ? compared(method.of, only.value, at, at) : []
  })
  const switched = branches.flatMap(({ kind, condition, tests }) => {
    if (kind !== 'switch' || condition === null) return []
    const { start, end } = placeOf(module, condition)
    const at = { start, end }
    const [first] = tests.flat().flatMap((test) => compared(condition, test, at, at))
    return first?.part === 'code' && text.slice(start, end).endsWith('code') ? [first] : []
  })
  return [...held, ...searched, ...switched]
}

function isTried(trail: Occurrence['trail'], module: Module, id: TryId): boolean {
  return trail.some(
    ({ frame, call }) => frame.module === module && callOf(module, call).tries.includes(id),
  )
}

/** Whether a function on the way catches the error, and throws one that it made itself. */
function isThrownAnew({ trail }: Occurrence, own: Module, caught: TryId | null): boolean {
  return trail.some(({ frame: { module }, call }, level) => {
    const { tries } = callOf(module, call)
    const from = module === own && caught !== null ? tries.indexOf(caught) : -1
    // Of what is caught here, what stands around it is no matter.
    if (caught === null && level === 0) return false
    return tries.slice(from + 1).some((id) => throwsAnother(module, id))
  })
}

function throwsAnother(module: Module, id: TryId): boolean {
  const { handlerAt, function: own } = module.facts.tries[id] as TryFacts
  return functionOf(module, own).throws.some(
    ({ at, value }) =>
      handlerAt !== null &&
      handlerAt.start <= at.start &&
      at.end <= handlerAt.end &&
      valueOf(module, value).kind !== 'caught',
  )
}

const READS = /^(?:GetItem|Query|Scan|BatchGetItem|TransactGetItems)$/

/** Methods of plain values, which send nothing. */
const PLAIN =
  /^(?:log|debug|info|warn|error|trim|map|filter|find|join|slice|split|push|has|get|includes|toString|toISOString|toLowerCase|parse|stringify|now|keys|values|entries|from|isArray)$/

/** Whether a transaction is all that is tried, and nobody asks for what it throws. */
function isTransactionAlone(
  thrown: readonly Occurrence[],
  module: Module,
  caught: TryId,
  around: string,
): boolean {
  const kinds = thrown.map(({ spelling }) => spelling.kind)
  if (/TransactionCancel|CancellationReasons/.test(around)) return false
  const others = kinds.filter((kind) => kind !== 'TransactWriteItems')
  if (others.length === kinds.length || !others.every((kind) => READS.test(kind))) return false
  const leading = new Set(thrown.flatMap(({ trail }) => trail.map(({ call }) => call)))
  return module.facts.calls.every((call, id) => {
    if (!call.tries.includes(caught) || leading.has(id) || call.isNew) return true
    const callee = valueOf(module, call.callee)
    return callee.kind === 'member' && PLAIN.test(callee.key)
  })
}

/** Who asks for the name as well is prepared for both. */
function asksForName(around: string, name: string): boolean {
  return new RegExp(
    `\\bname\\b['"\\])]*\\s*[!=]==?\\s*['"\`]${name}|instanceof\\s+[\\w.]*${name}`,
  ).test(around)
}

function nameForCode(written: Range, text: string, module: Module): WrongErrorTest['instead'] {
  const isPlain = /^[\w$]+\??\.code$/.test(text.slice(written.start, written.end))
  return isPlain ? { at: { start: written.end - 4, end: written.end, module }, text: 'name' } : null
}

/** The comparison of a caught error's name, in place of one of its message; null where it is no plain variable's. */
function nameForMessage(at: Range, text: string, module: Module): WrongErrorTest['instead'] {
  const written = text.slice(at.start, at.end)
  const [, name = '', operator] =
    /^([\w$]+)\??\.message(?:\??\.includes\(\s*['"`]|\s*([!=]==?)\s*['"`])[^'"`]*['"`]\)?$/.exec(
      written,
    ) ?? []
  if (name === '') return null
  const quote = written.includes('"') ? '"' : "'"
  const asked = `${name}.name ${operator ?? '==='} ${quote}${FAILED}${quote}`
  const isNegated = /!\s*$/.test(text.slice(Math.max(0, at.start - 10), at.start))
  return { at: { ...at, module }, text: isNegated ? `(${asked})` : asked }
}

function functionAround({ facts }: Module, offset: number): FunctionId {
  let found: FunctionId = 0
  facts.functions.forEach(({ at }, id) => {
    const best = facts.functions[found]?.at
    const isInside = at.start <= offset && offset < at.end
    if (isInside && (!best || at.end - at.start <= best.end - best.start)) found = id
  })
  return found
}

function functionTextAround(module: Module, text: string, offset: number): string {
  const id = functionAround(module, offset)
  const { at } = functionOf(module, id)
  return id === 0 ? text : text.slice(at.start, at.end)
}
