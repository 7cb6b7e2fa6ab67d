import type { Range, TryFacts, TryId } from '../../facts/model.ts'
import { valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'

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
