import type { Range, ValueId } from '../../facts/model.ts'
import { expressionOf, memberOfRequest, namesOf } from '../../operations/request.ts'
import { conditionsBeside, writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import { rootOf } from '../../frameworks/uses.ts'
import { evaluate } from '../../project/evaluate.ts'
import { callOf, valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import { isClosed, viewOf } from '../../project/view.ts'
import { thrownBefore } from '../guards/decided.ts'
import { guardsOf, occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { attributeOf, recordPart } from './records.ts'
import type { StreamHandler } from './handlers.ts'

/** A write that sets off the handler again that makes it. */
export interface OwnWrite {
  readonly occurrence: Occurrence
  readonly write: Write
}

/**
 * The writes of a handler to a table whose stream sets it off, which nothing keeps from being made again for the record of
 * the write itself: no filter of the events, no test of the record, no condition. A write that changes nothing leaves no
 * record, so that a delete ends by itself.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 *
 * @param isOfStream whether a table is the one whose stream sets the handler off
 */
export function ownWrites(
  { frame, sources }: StreamHandler,
  isOfStream: (table: Term) => boolean,
): readonly OwnWrite[] {
  if (sources.length === 0 || sources.some(({ isFiltered }) => isFiltered)) return []
  if (selectsRecords(frame)) return []
  return occurrencesIn(frame).flatMap((occurrence) => {
    const { spelling } = occurrence
    const write = writesOf(spelling).find(
      ({ kind, table, request }) =>
        kind !== 'Delete' &&
        table !== null &&
        memberOfRequest(request, 'ConditionExpression').state === 'absent' &&
        memberOfRequest(request, 'Expected').state === 'absent' &&
        isOfStream(table),
    )
    if (write === undefined || conditionsBeside(spelling)) return []
    return isKeptFrom(occurrence, write, frame) ? [] : [{ occurrence, write }]
  })
}

const SELECTING = new Set(['filter', 'find', 'findLast', 'some', 'every', 'slice', 'reduce'])

/** Whether code of the handler's file picks some of the records. */
function selectsRecords(handler: Frame): boolean {
  const { module } = handler
  return module.facts.calls.some(({ callee }) => {
    const node = valueOf(module, callee)
    if (node.kind !== 'member' || !SELECTING.has(node.key)) return false
    const path = rootOf(module, node.of)?.path
    return path !== undefined && (path.length === 0 || path.at(-1) === 'Records')
  })
}

/** Whether something must have come out one way for a write that may come out another way for the record of that write. */
function isKeptFrom(occurrence: Occurrence, write: Write, handler: Frame): boolean {
  const guards = [...guardsOf(occurrence), ...thrownBefore(occurrence)]
  const conditions = guards.flatMap(({ frame, guard }) => {
    const branch = frame.module.facts.branches[guard.branch]
    return branch && branch.kind !== 'catch' && branch.kind !== 'loop'
      ? [{ frame, condition: branch.condition }]
      : []
  })
  return [...conditions, ...leftBefore(occurrence)].some(
    ({ frame, condition }) =>
      condition === null || !isAlwaysSo({ frame, condition }, write, handler, 0),
  )
}

interface Condition {
  readonly frame: Frame
  readonly condition: ValueId | null
}

/** What the functions on the way to a call may have been left on before it. */
function leftBefore({ trail }: Occurrence): readonly Condition[] {
  return trail.flatMap(({ frame, call }) => {
    const { at } = callOf(frame.module, call)
    return frame.module.facts.branches
      .filter(
        (branch) =>
          branch.function === frame.function &&
          branch.exits.length > 0 &&
          branch.kind !== 'catch' &&
          branch.kind !== 'loop' &&
          endsBefore(branch.at, at),
      )
      .map(({ condition }) => ({ frame, condition }))
  })
}

function endsBefore(a: Range, b: Range): boolean {
  return a.end <= b.start
}

/** How deep conditions are looked into. */
const MOST_DEPTH = 8

/** Whether a condition asks only whether things are there that are still there in the record of the write. */
function isAlwaysSo(
  { frame, condition }: { readonly frame: Frame; readonly condition: ValueId },
  write: Write,
  handler: Frame,
  depth: number,
): boolean {
  if (depth > MOST_DEPTH) return false
  const node = valueOf(frame.module, condition)
  const inner = (id: ValueId): boolean =>
    isAlwaysSo({ frame, condition: id }, write, handler, depth + 1)
  if (node.kind === 'logical') return inner(node.left) && inner(node.right)
  if (node.kind === 'unary' && node.operator === '!') return inner(node.of)
  if (node.kind === 'binary') {
    const sides = [node.left, node.right]
    const other = sides.find((side) => valueOf(frame.module, side).kind !== 'literal')
    return other !== undefined && sides.some((side) => isNullish(frame, side)) && inner(other)
  }
  return alternatives(evaluate({ frame, value: condition })).every((option) =>
    isStillThere(option, write, handler),
  )
}

function isNullish(frame: Frame, id: ValueId): boolean {
  const node = valueOf(frame.module, id)
  return node.kind === 'literal' && node.value == null
}

/** Steps of a record that are there in each, whatever was changed. */
const OF_ALL = new Set(['Records', '*', 'dynamodb', 'eventSource', 'eventID', 'Keys'])

function isStillThere(term: Term, write: Write, handler: Frame): boolean {
  if (term.kind === 'literal') return true
  if (term.kind === 'external') return term.source === '' && term.path[0] === 'process'
  const part = recordPart(term, handler)
  if (part === null) return false
  const attribute = attributeOf(part)
  if (part.path.includes('OldImage')) return false
  if (attribute !== null) return part.path.includes('Keys') || !mayWrite(write, attribute)
  return part.path.every((step) => OF_ALL.has(step) || step === 'NewImage')
}

/** Whether a write may set, or take away, an attribute. */
function mayWrite({ kind, item, request }: Write, attribute: string): boolean {
  if (kind === 'Put') {
    const view = item === null ? null : viewOf(item)
    // A new item may lack it.
    return view === null || !isClosed(view) || !view.fields.has(attribute)
  }
  const update = expressionOf(request, 'Update')
  if (update.state !== 'known') return true
  const names = namesOf(request)
  if (names.open) return true
  const isNamed = [...names.entries.values()].some((name) => (name ?? attribute) === attribute)
  return (
    isNamed ||
    update.texts.some(
      ({ complete, text }) => !complete || new RegExp(`\\b${attribute}\\b`).test(text),
    )
  )
}
