import type { Range, TryFacts, TryId } from '../../facts/model.ts'
import { callOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Place } from '../../project/term.ts'
import type { Occurrence } from './occurrences.ts'

const LOGS =
  /^(?:log|debug|info|warn|error|trace|captureException|String|stringify|addMetric)$|logger?$/i

/** What a catch clause does with what it catches. */
export interface Caught {
  readonly throws: boolean
  readonly returns: boolean
  /** It gives a variable that lives on another value. */
  readonly assigns: boolean
  /** It calls something else than a log. */
  readonly calls: boolean
}

/** What the catch clause of a `try` does; null where it has none. */
export function caughtBy(module: Module, id: TryId): Caught | null {
  const { calls, functions, tries, variables } = module.facts
  const { handlerAt, function: own } = tries[id] as TryFacts
  if (handlerAt === null) return null
  const isInside = ({ at }: { readonly at: Range }): boolean =>
    handlerAt.start <= at.start && at.end <= handlerAt.end
  return {
    throws: functions[own]?.throws.some(isInside) === true,
    returns: functions[own]?.returns.some(isInside) === true,
    assigns: variables.some(
      (variable) =>
        !isInside(variable) &&
        variable.assigned.some((at) => handlerAt.start <= at && at < handlerAt.end),
    ),
    calls: calls.some((call) => {
      const callee = valueOf(module, call.callee)
      return isInside(call) && !(callee.kind === 'member' && LOGS.test(callee.key))
    }),
  }
}

/**
 * Whether an operation is carried out only for those elements of a list for which something else failed: it stands in a
 * catch clause, or in a function given to `.catch(…)`, inside the round.
 *
 * @param round where a loop over the list stands, and how deep in the operation's trail
 */
export function isAfterFailure(
  { trail }: Occurrence,
  round: { readonly at: Place; readonly level: number },
): boolean {
  return trail.slice(round.level).some(({ frame: { module }, call }, below) => {
    const isInside = (at: Range | null | undefined): boolean =>
      below > 0 || (at != null && round.at.start <= at.start && at.end <= round.at.end)
    const { at, handlers } = callOf(module, call)
    return (
      handlers.some((id) => isInside(module.facts.tries[id]?.handlerAt)) ||
      module.facts.calls.some((other) => {
        const callee = valueOf(module, other.callee)
        if (callee.kind !== 'member' || callee.key !== 'catch' || !isInside(other.at)) return false
        const { end } = other.calleeAt
        return end <= at.start && at.end <= other.at.end
      })
    )
  })
}
