import { conjuncts } from '../../expressions/index.ts'
import type { Analysis } from '../../operations/analysis.ts'

import { testOf } from '../../operations/key-condition.ts'
import { expressionOf, memberOfRequest, requestOf, termOfMember } from '../../operations/request.ts'
import type { Spelling } from '../../operations/recognise.ts'
import { tableOf } from '../../operations/table.ts'
import type { KnownTables, Table } from '../../operations/table.ts'
import { conditionsBeside } from '../../operations/writes.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { functionOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { kindOf, sameKind } from '../../tables/kinds.ts'
import { eachOfLowest } from '../paths/lowest.ts'
import type { Owned } from '../paths/lowest.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { indexOf } from '../reads/asked.ts'
import { timeOf } from '../values/epoch.ts'
import type { TimeValue } from '../values/epoch.ts'
import { fewValues } from '../values/few-values.ts'
import { sequenceOf } from '../values/sequence.ts'
import { keysWrittenBy } from './keys-written.ts'
import type { WrittenKey } from './keys-written.ts'

/** A sort key in which nothing but the clock differs from one item of its partition to the next. */
export interface CollidingKey extends WrittenKey {
  readonly time: TimeValue
}

/** With where it was found. */
export type CollidingKeyFound = Owned<CollidingKey>

/**
 * The sort keys of a file's Puts that are the time and nothing else, in partitions that several items share, without a
 * condition that would notice an item that is there.
 */
export function collidingKeysOf(analysis: Analysis): readonly CollidingKeyFound[] {
  return eachOfLowest(analysis.module, (occurrence) => collidingKeysIn(occurrence, analysis))
}

function collidingKeysIn(occurrence: Occurrence, analysis: Analysis): readonly CollidingKey[] {
  const { spelling, trail } = occurrence
  if (!PUTS.has(spelling.kind)) return []
  const written = keysWrittenBy(occurrence, analysis)
  return written.flatMap((key): readonly CollidingKey[] => {
    const { role, index, write } = key
    if (role !== 'sort' || index !== null || write.kind !== 'Put' || !key.certain) return []
    const time = clockIn(key.value, 0)
    if (time === null || isConditional(key, spelling)) return []
    const partition = written.find(
      (other) => other.role === 'partition' && other.index === null && other.write === write,
    )
    if (partition === undefined || holdsFresh(partition.value, 0)) return []
    const modules = [analysis.module, ...trail.map(({ frame }) => frame.module)]
    const isShared =
      isSharedByKind(partition, key) || isListed(key, partition.attribute, modules, analysis)
    return isShared ? [{ ...key, time }] : []
  })
}

const PUTS = new Set<Spelling['kind']>(['PutItem', 'BatchWriteItem', 'TransactWriteItems'])

function isConditional({ write }: WrittenKey, spelling: Spelling): boolean {
  const isOwn = ['ConditionExpression', 'Expected'].some(
    (member) => memberOfRequest(write.request, member).state !== 'absent',
  )
  return isOwn || (write.inTransaction && conditionsBeside(spelling))
}

const MOST_DEPTH = 8

/** The clock that a value is, bare or in a text that is the same otherwise; null where anything else in it may vary. */
function clockIn(value: Term, depth: number): TimeValue | null {
  if (depth > MOST_DEPTH) return null
  switch (value.kind) {
    case 'choice': {
      const found = value.options.map((option) => clockIn(option, depth + 1))
      const [first = null] = found
      return found.every((each) => each !== null) ? first : null
    }
    case 'template': {
      const { module, function: id } = value.ref.frame
      const free = freeFrame(module, id)
      let only: TimeValue | null = null
      for (const part of value.parts) {
        if (part.kind === 'text') continue
        const piece = evaluate({ frame: value.ref.frame, value: part.value })
        if (isFixed(piece)) {
          if (isFixed(evaluate({ frame: free, value: part.value }))) continue
          // A caller of many gave it: others give something else.
          return null
        }
        const clock = clockIn(piece, depth + 1)
        if (clock === null) return null
        only ??= clock
      }
      return only
    }
    case 'derived':
      if (value.operator === '+' && value.from.length === 2) return ofSum(value.from, depth)
      if (KEEPS.test(value.operator) && value.from[0])
        return asText(clockIn(value.from[0], depth + 1))
      return nowOf(value)
    default:
      return nowOf(value)
  }
}

function asText(time: TimeValue | null): TimeValue | null {
  return time && { ...time, isText: true }
}

/** What leaves as much of a time as there was. */
const KEEPS = /^(?:String|toString|padStart|trim)$/

function isFixed({ kind }: Term): boolean {
  return kind === 'literal' || kind === 'external'
}

/** A sum that only moves the time, or puts it behind a text. */
function ofSum(from: readonly Term[], depth: number): TimeValue | null {
  const moving = from.filter((each) => each.kind !== 'literal' && each.kind !== 'external')
  const [only] = moving
  return only && moving.length === 1 ? clockIn(only, depth + 1) : null
}

function nowOf(value: Term): TimeValue | null {
  const time = timeOf(value)
  return time?.isNow === true ? time : null
}

/** Functions whose every call gives another value. */
const NEVER_THE_SAME = /uuid|ulid|ksuid|cuid|nanoid|random|xid|snowflake|generate|create|new|make/i

/** A partition of its own for each item: a part of its key is made anew, or names the item itself. */
function holdsFresh(term: Term, depth: number): boolean {
  if (depth > MOST_DEPTH) return true
  switch (term.kind) {
    case 'choice':
      return term.options.some((option) => holdsFresh(option, depth + 1))
    case 'template':
      return term.parts.some(
        (part) =>
          part.kind === 'value' &&
          holdsFresh(evaluate({ frame: term.ref.frame, value: part.value }), depth + 1),
      )
    case 'derived':
      return term.from.some((each) => holdsFresh(each, depth + 1))
    case 'result': {
      const { callee } = term
      const name =
        callee.kind === 'external'
          ? callee.path.join('.')
          : callee.kind === 'part'
            ? callee.key
            : ''
      return callee.kind === 'external' && /^(?:uuid|ulid|nanoid|cuid)/.test(callee.source)
        ? true
        : NEVER_THE_SAME.test(name) || nowOf(term) !== null
    }
    case 'external':
      return false
    case 'parameter': {
      const { name } =
        functionOf(term.frame.module, term.frame.function).parameters[term.index] ?? {}
      return name != null && OWN_ID.test(name)
    }
    case 'part':
      return OWN_ID.test(term.key) || sequenceOf(term) !== null
    case 'literal':
      return false
    default:
      // Nobody can tell what it is.
      return !['element', 'item'].includes(term.kind)
  }
}

/** Names of things of which each is written once. */
const OWN_ID =
  /(?:request|event|message|msg|trace|span|run|execution|correlation|transaction|upload|audit|log|notification|record|entry|invocation|uu)_?id$/i

/** A sort key that says no more of its item than that it is a time. */
const TIME_KIND =
  /^#?(?:ts|time|timestamp|at|date|created|createdat|created_at|updated|updatedat|on)[#|:/_-]/i

/** The item is one of a kind of its own below what the partition is called by, or all items lie in one partition. */
function isSharedByKind(partition: WrittenKey, key: WrittenKey): boolean {
  if (fewValues(partition.value, partition.attribute) === 'constant') return true
  const [parent, own] = [kindOf(partition.value), kindOf(key.value)]
  if (parent === null || own === null || TIME_KIND.test(own.text)) return false
  return !sameKind(parent, own)
}

/** Whether some Query of the project lists what lies in a partition of the table. */
function isListed(
  { table }: WrittenKey,
  partition: string,
  own: readonly Module[],
  analysis: Analysis,
): boolean {
  const isListedIn = (modules: readonly Module[]): boolean =>
    [...new Set(modules)].some((module) =>
      module.facts.functions.some((_, id) =>
        occurrencesIn(freeFrame(module, id)).some(
          (occurrence) =>
            isList(occurrence, partition) && asks(occurrence, table, module, analysis.schemas),
        ),
      ),
    )
  return isListedIn(own) || isListedIn(analysis.writersBeside(own))
}

/** Whether a Query is of a table, by what the code calls it or by what defines it. */
function asks(
  { spelling }: Occurrence,
  { term, schema }: Table,
  module: Module,
  schemas: KnownTables,
): boolean {
  const asked = termOfMember(requestOf(spelling.request), 'TableName')
  if (asked === null || term === null) return false
  if (canonical(asked) === canonical(term)) return true
  return schema !== null && tableOf(asked, schemas, module).schema === schema
}

/** Whether a Query, in one of the ways in which it may be written, asks for more than one item of a partition of the table. */
function isList(occurrence: Occurrence, partition: string): boolean {
  if (occurrence.spelling.kind !== 'Query' || indexOf(occurrence) !== null) return false
  const request = requestOf(occurrence.spelling.request)
  const limit = termOfMember(request, 'Limit')
  if (limit?.kind === 'literal' && limit.value === 1) return false
  const condition = expressionOf(request, 'KeyCondition')
  if (condition.state !== 'known') return false
  return condition.texts.some(({ tree, complete }) => {
    const tests = complete ? conjuncts(tree).map((each) => testOf(each, request)) : []
    const others = tests.filter((test) => test?.attribute !== partition)
    return (
      others.length < tests.length && others.every((test) => test !== null && test.operator !== '=')
    )
  })
}
