import type { Guard, LoopId, Range, ValueId, VariableId } from './model.ts'
import { addValue, literal, placeAt } from './build.ts'
import type { Extraction } from './build.ts'

/**
 * What the variables of a function hold at one point of it. Each branch writes into an environment of its own, which is
 * merged into the outer one where the branches meet.
 */
export interface Environment {
  readonly outer: Environment | null
  readonly values: Map<VariableId, ValueId>
  /** At the head of a loop: variables read there become `loop` values. */
  readonly loop: {
    readonly id: LoopId
    readonly at: Range
    readonly heads: Map<VariableId, ValueId>
  } | null
}

export interface Flow {
  readonly environment: Environment
  /** The arms that were taken to come here. */
  guards: readonly Guard[]
  /** False behind a return, throw, break or continue. */
  reachable: boolean
}

export function newEnvironment(
  outer: Environment | null,
  loop: Environment['loop'] = null,
): Environment {
  return { outer, values: new Map(), loop }
}

export function newFlow(guards: readonly Guard[] = [], environment = newEnvironment(null)): Flow {
  return { environment, guards, reachable: true }
}

/** What a variable holds now; null where nothing was assigned yet. */
export function currentValue(
  x: Extraction,
  variable: VariableId,
  from: Environment | null = x.flow.environment,
): ValueId | null {
  for (let e = from; e !== null; e = e.outer) {
    const value = e.values.get(variable)
    if (value !== undefined) return value
    if (e.loop) {
      const initial = currentValue(x, variable, e.outer)
      if (initial === null) return null
      const head = addValue(
        x,
        { kind: 'loop', loop: e.loop.id, initial, next: null },
        placeAt(x, initial),
      )
      e.values.set(variable, head)
      e.loop.heads.set(variable, head)
      return head
    }
  }
  return null
}

export function assign(x: Extraction, variable: VariableId, value: ValueId): void {
  x.flow.environment.values.set(variable, value)
}

/** Everything assigned between `environment` and `base`, the latest first. */
export function changesSince(
  environment: Environment,
  base: Environment,
): ReadonlyMap<VariableId, ValueId> {
  const changes = new Map<VariableId, ValueId>()
  for (let e: Environment | null = environment; e !== null && e !== base; e = e.outer) {
    for (const [variable, value] of e.values)
      if (!changes.has(variable)) changes.set(variable, value)
  }
  return changes
}

/** Keeps what a way that returns or throws has assigned, for the functions that were made on it. */
export function abandon(x: Extraction, changes: ReadonlyMap<VariableId, ValueId>): void {
  for (const [variable, value] of changes) {
    const held = x.abandoned.get(variable)
    if (held) held.add(value)
    else x.abandoned.set(variable, new Set([value]))
  }
}

export interface Arm {
  readonly arm: number
  readonly changes: ReadonlyMap<VariableId, ValueId>
}

/** Brings what the arms of a branch assigned into the environment around it. */
export function mergeArms(
  x: Extraction,
  base: Environment,
  branch: number | null,
  arms: readonly Arm[],
  at: Range,
): void {
  const [only] = arms
  if (arms.length === 1 && only) {
    for (const [variable, value] of only.changes) base.values.set(variable, value)
    return
  }
  const changed = new Set(arms.flatMap(({ changes }) => [...changes.keys()]))
  for (const variable of changed) {
    const before = currentValue(x, variable, base)
    const options: ValueId[] = []
    const taken: number[] = []
    for (const { arm, changes } of arms) {
      const value = changes.get(variable) ?? before ?? stillUndefined(x, variable, branch, at)
      if (value === null) continue
      options.push(value)
      taken.push(arm)
    }
    const [first] = options
    if (first === undefined) continue
    const merged = options.every((option) => option === first)
      ? first
      : addValue(x, { kind: 'choice', branch, options, arms: taken }, at)
    base.values.set(variable, merged)
  }
}

/** `let filter` before an `if` that sets it; null for a variable that other functions or a `try` may set. */
function stillUndefined(
  x: Extraction,
  variable: VariableId,
  branch: number | null,
  at: Range,
): ValueId | null {
  const isOwn = x.variables[variable]?.function === x.function && x.unset.has(variable)
  const isIf = branch !== null && x.branches[branch]?.kind === 'if'
  return isOwn && isIf ? literal(x, undefined, at) : null
}
