import type { Range, TryFacts, TryId } from '../../facts/model.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { memberOfRequest } from '../../operations/request.ts'
import type { Spelling } from '../../operations/recognise.ts'
import { conditionsBeside, writesOf } from '../../operations/writes.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, functionOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Place } from '../../project/term.ts'
import { caughtBy } from '../paths/caught.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'

/** The errors that say that a condition did not hold, or that a transaction was cancelled. */
const FAILURES = /ConditionalCheckFailed|TransactionCanceled|conditional request failed/i

/** A catch clause in which the failure of a condition comes to nothing. */
export interface Swallowed {
  readonly occurrence: Occurrence
  readonly at: Place
  readonly handler: Range
}

/** The catch clauses of a file that only log what a write with a condition throws. */
export function swallowedIn({ module, text }: Analysis): readonly Swallowed[] {
  const found = new Map<TryId, Swallowed>()
  module.facts.functions.forEach((_, id) => {
    for (const occurrence of occurrencesIn(freeFrame(module, id))) {
      const caught = innermost(occurrence, module)
      if (caught === null || found.has(caught) || !isConditional(occurrence.spelling)) continue
      const { handlerAt } = module.facts.tries[caught] as TryFacts
      const done = caughtBy(module, caught)
      if (handlerAt === null || done === null) continue
      const comesToNothing = !done.throws && !done.returns && !done.assigns && !done.calls
      const written = text.slice(handlerAt.start, handlerAt.end)
      if (!goesOn(occurrence, module, handlerAt) || isBeside(occurrence, module, caught)) continue
      // Who names the error knows of it, and a comment says why it does not matter.
      if (!comesToNothing || /\/[/*]/.test(written) || FAILURES.test(written)) continue
      found.set(caught, {
        occurrence,
        handler: handlerAt,
        at: { start: handlerAt.start, end: handlerAt.start + 5, module },
      })
    }
  })
  return [...found.values()]
}

/** The catch clause that what an operation throws comes to first, where it stands in the module. */
function innermost({ trail }: Occurrence, module: Module): TryId | null {
  for (const { frame, call } of [...trail].reverse()) {
    const tries = callOf(frame.module, call).tries
    const caught = tries.findLast((id) => frame.module.facts.tries[id]?.handlerAt !== null)
    if (caught === undefined) continue
    if (frame.module === module) return caught
    if (caughtBy(frame.module, caught)?.throws !== true) return null
  }
  return null
}

/** Whether the function has an answer to give behind the catch clause: not in a loop, which goes on to the next. */
function goesOn({ trail }: Occurrence, module: Module, handler: Range): boolean {
  const step = trail.find(({ frame, call }) => {
    const { at } = callOf(frame.module, call)
    return frame.module === module && at.end <= handler.start
  })
  if (!step || callOf(module, step.call).loops.length > 0) return false
  const { returns, throws } = functionOf(module, callOf(module, step.call).function)
  const isBehind = ({ at }: { readonly at: Range }): boolean => at.start > handler.end
  const next = Math.min(...returns.filter(isBehind).map(({ at }) => at.start))
  return next < Infinity && !throws.some((thrown) => isBehind(thrown) && thrown.at.start < next)
}

/** How many functions lie between a write and the clause that is to answer for it; of a write further off it is a helper's. */
const MOST_DEPTH = 2

const WRITES = /^(?:Put|Update|Delete)Item$|Write/

/**
 * Whether a write is tried by the way: what was asked for is written already, what is tried leaves word that it was
 * carried out, or it is the business of others.
 */
function isBeside({ trail }: Occurrence, module: Module, caught: TryId): boolean {
  const level = trail.findIndex(
    ({ frame, call }) => frame.module === module && callOf(module, call).tries.includes(caught),
  )
  const step = trail[level]
  const { at, handlerAt } = module.facts.tries[caught] as TryFacts
  if (!step || handlerAt === null || trail.length - level > MOST_DEPTH) return true
  const leavesWord = module.facts.variables.some(
    (variable) =>
      !(at.start <= variable.at.start && variable.at.end <= handlerAt.start) &&
      variable.assigned.some((start) => at.start <= start && start < handlerAt.start),
  )
  if (leavesWord) return true
  return occurrencesIn(step.frame).some(({ spelling, trail: [first] }) => {
    if (!first || !WRITES.test(spelling.kind)) return false
    const call = callOf(module, first.call)
    return call.function === callOf(module, step.call).function && call.at.end <= at.start
  })
}

function isConditional(spelling: Spelling): boolean {
  if (spelling.kind === 'TransactWriteItems') return conditionsBeside(spelling)
  if (!/^(?:Put|Update|Delete)Item$/.test(spelling.kind)) return false
  return writesOf(spelling).every(({ request }) => {
    const member = memberOfRequest(request, 'ConditionExpression')
    return member.state === 'known' && member.certain
  })
}
