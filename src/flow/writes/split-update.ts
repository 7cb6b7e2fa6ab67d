import { assignments, attributesIn, topAttribute } from '../../expressions/index.ts'
import type { UpdateExpression } from '../../expressions/index.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { placeOfTrail } from '../../operations/operation.ts'
import {
  expressionOf,
  memberOfRequest,
  namesOf,
  requestOf,
  termOfMember,
} from '../../operations/request.ts'
import type { Request } from '../../operations/request.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { externalName, alternatives } from '../../project/term.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import type { Frame, Place } from '../../project/term.ts'
import { areExclusive } from '../paths/exclusive.ts'
import { callsOf, occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'

/** Two updates of one item, one right after the other. */
export interface SplitUpdate {
  readonly first: Occurrence
  readonly second: Occurrence
  readonly at: Place
}

/** The updates of a file that the one before them could have carried out as well. */
export function splitUpdatesIn({ module }: Analysis): readonly SplitUpdate[] {
  const found = new Map<number, SplitUpdate>()
  module.facts.functions.forEach((_, id) => {
    const occurrences = occurrencesIn(freeFrame(module, id))
    occurrences.forEach((second, index) => {
      const first = occurrences[index - 1]
      if (!first || !areOne(first, second)) return
      const at = placeOfTrail(second, 0)
      if (!found.has(at.start)) found.set(at.start, { first, second, at })
    })
  })
  return [...found.values()]
}

/** Whether two operations are updates of one item that one update could carry out. */
function areOne(first: Occurrence, second: Occurrence): boolean {
  const isUpdate = ({ spelling }: Occurrence): boolean => spelling.kind === 'UpdateItem'
  if (!isUpdate(first) || !isUpdate(second)) return false
  const before = requestOf(first.spelling.request)
  const after = requestOf(second.spelling.request)
  return (
    isSame('TableName', before, after) &&
    isSame('Key', before, after) &&
    isSameOrAbsent('ConditionExpression', before, after) &&
    areApart(before, after) &&
    !areExclusive(first, second) &&
    followsAtOnce(first, second)
  )
}

function isSame(name: string, before: Request, after: Request): boolean {
  const [a, b] = [termOfMember(before, name), termOfMember(after, name)]
  return a !== null && b !== null && canonical(a) === canonical(b)
}

function isSameOrAbsent(name: string, before: Request, after: Request): boolean {
  const states = [before, after].map((request) => memberOfRequest(request, name).state)
  return states.every((state) => state === 'absent') || isSame(name, before, after)
}

/** Whether nothing that the first writes is named by the second. */
function areApart(before: Request, after: Request): boolean {
  const first = updateOf(before)
  const second = updateOf(after)
  if (first === null || second === null) return false
  const names = namesOf(before)
  const written = assignments(first).map((action) =>
    action.type === 'Hole' ? undefined : topAttribute(action.path, names),
  )
  const named = attributesIn(second, namesOf(after))
  return (
    named.size > 0 &&
    written.length > 0 &&
    written.every((attribute) => attribute !== undefined && !named.has(attribute))
  )
}

function updateOf(request: Request): UpdateExpression | null {
  const update = expressionOf(request, 'Update')
  if (update.state !== 'known' || update.optional) return null
  const [only, ...more] = update.texts
  return only && more.length === 0 ? only.tree : null
}

/** Whether both are come to from one function, under the same conditions, and nothing happens in between. */
function followsAtOnce(first: Occurrence, second: Occurrence): boolean {
  const [a] = first.trail
  const [b] = second.trail
  if (!a || b?.frame !== a.frame || callsOf([a]) === callsOf([b])) return false
  const { module } = a.frame
  const [before, after] = [callOf(module, a.call), callOf(module, b.call)]
  const under = (call: typeof before): string =>
    JSON.stringify([call.guards, call.loops, call.tries, call.handlers])
  if (under(before) !== under(after)) return false
  return module.facts.calls.every((call, id) => {
    const isBetween = call.at.start >= before.at.end && call.at.end <= after.at.start
    return !isBetween || call.function !== before.function || isHarmless(a.frame, id)
  })
}

/** What is called to note something, to tell the time, to make a value. */
function isHarmless(frame: Frame, id: number): boolean {
  const { module } = frame
  const call = callOf(module, id)
  if (call.isNew) return true
  const node = valueOf(module, call.callee)
  if (
    node.kind === 'member' &&
    /^(?:log|debug|info|warn|error|trace|toISOString|toString)$/.test(node.key)
  )
    return true
  return alternatives(evaluate({ frame, value: call.callee })).every((callee) => {
    if (callee.kind === 'function')
      return !functionOf(callee.module, callee.function).async && !call.discarded
    return (
      callee.kind === 'external' &&
      (callee.source === '' || externalName(callee).endsWith('marshall'))
    )
  })
}
