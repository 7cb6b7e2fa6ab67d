import type { Analysis } from '../../operations/analysis.ts'
import { memberOfRequest } from '../../operations/request.ts'
import { writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import { callOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { CallId, TryId } from '../../facts/model.ts'
import { besidesOf } from './besides.ts'
import { caughtBy, isAfterFailure } from '../paths/caught.ts'
import { eachElementIn } from './each-element.ts'
import type { EachElement } from './each-element.ts'
import { isEventRecords } from './one-by-one.ts'
import { lengthOf } from './list-length.ts'

export interface WrittenOneByOne extends EachElement {
  readonly write: Write
}

/** The puts and deletes of a file that go out one after another where a batch would take them. */
export function writesOneByOne(analysis: Analysis): readonly WrittenOneByOne[] {
  const found = new Map<string, WrittenOneByOne>()
  for (const each of eachElementIn(analysis, new Set(['PutItem', 'DeleteItem']))) {
    const [write] = writesOf(each.occurrence.spelling)
    if (!write || !isPlain(write) || !isMany(each, analysis) || handlesFailure(each)) continue
    // Those that something else failed for are few: connections that are gone.
    if (isAfterFailure(each.occurrence, each.round)) continue
    const key = String(each.at.start)
    if (found.has(key) || isWorkedOff(each)) continue
    found.set(key, { ...each, write })
  }
  return [...found.values()]
}

/** A batch takes no conditions and gives nothing back. */
function isPlain({ request }: Write): boolean {
  return ['ConditionExpression', 'Expected', 'ReturnValues'].every((name) => {
    const member = memberOfRequest(request, name)
    // A wrapper that puts a condition in where it is given one.
    const isLeftOut =
      member.state === 'known' && member.term.kind === 'literal' && member.term.value === undefined
    return member.state === 'absent' || isLeftOut
  })
}

/** Each element is worked off on its own: with updates, conditions, messages between the writes. */
function isWorkedOff(each: EachElement): boolean {
  const { writes, hasEffects } = besidesOf(each)
  return (
    hasEffects ||
    writes.some(({ spelling }) => {
      const [other] = writesOf(spelling)
      const isSingle = spelling.kind === 'PutItem' || spelling.kind === 'DeleteItem'
      return !isSingle || !other || !isPlain(other)
    })
  )
}

/** So few writes may as well go one by one. */
const FEW = 10

/** Whether there may be many elements, as far as is known. */
function isMany({ round: { over } }: EachElement, analysis: Analysis): boolean {
  if (over === null || isEventRecords(over)) return false
  const length = lengthOf(over, analysis)
  return length.kind !== 'at most' || length.count > FEW
}

/** Whether what fails is dealt with element by element: a batch would have to tell which one it was. */
function handlesFailure({ occurrence: { trail }, round }: EachElement): boolean {
  return trail.slice(round.level).some(({ frame, call }, below) => {
    const { module } = frame
    const { tries } = callOf(module, call)
    const isCaught = tries.some((id) => {
      const at = module.facts.tries[id]?.at
      const isInside =
        below > 0 || (at && round.at.start <= at.start && at.end <= round.at.end) === true
      return isInside && doesSomething(module, id)
    })
    return isCaught || hasCatch(module, call)
  })
}

/** Whether a catch clause does anything but log, count and throw. */
function doesSomething(module: Module, id: TryId): boolean {
  const caught = caughtBy(module, id)
  return caught !== null && !caught.throws && (caught.returns || caught.calls)
}

/** `send(…).catch(…)`. */
function hasCatch(module: Module, call: CallId): boolean {
  return module.facts.calls.some(({ callee }) => {
    const node = valueOf(module, callee)
    if (node.kind !== 'member' || node.key !== 'catch') return false
    const of = valueOf(module, node.of)
    return of.kind === 'call' && of.call === call
  })
}
