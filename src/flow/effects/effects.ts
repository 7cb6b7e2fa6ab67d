import { EFFECT_CALLS, EFFECT_COMMANDS, EFFECT_METHODS } from '../../clients/effects/index.ts'
import type { EffectKind } from '../../clients/effects/effect-library.ts'
import type { CallId } from '../../facts/model.ts'
import { givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { argumentTerm, externalName, alternatives } from '../../project/term.ts'
import { callOf, keptBy, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Argument, Frame, Term } from '../../project/term.ts'
import { runsOf, stepAt } from '../paths/steps.ts'
import type { Step } from '../paths/steps.ts'
import { anyBelow } from '../paths/below.ts'

/** What one call does outside DynamoDB. */
export interface SideEffect {
  readonly kind: EffectKind
  /** What receives it, as a message names it. */
  readonly name: string
  /** What it is handed: the members of a command, or the arguments of a method. */
  readonly given: readonly Argument[]
}

/** One way from a function to a side effect: the calls that lead there, the effect's own call last. */
export interface EffectOccurrence {
  readonly effect: SideEffect
  readonly frame: Frame
  readonly call: CallId
  readonly trail: readonly Step[]
}

/** What a call does outside DynamoDB; null where it does nothing of that kind, or nobody can tell. */
function sideEffectOf(frame: Frame, call: CallId): SideEffect | null {
  const { module } = frame
  const { callee: id, isNew } = callOf(module, call)
  const node = valueOf(module, id)
  if (isNew) return null
  if (node.kind === 'member') {
    if (!EFFECT_METHODS.has(node.key)) return null
  } else if (node.kind === 'import') {
    if (!module.project.mayAct(module, node.source)) return null
  } else if (node.kind !== 'global' && node.kind !== 'call') return null
  const given = givenBy(frame, call)
  if (node.kind === 'member' && node.key === 'send') {
    const sent = argumentTerm(given, 0)
    for (const option of sent === null ? [] : alternatives(sent)) {
      if (option.kind !== 'made' || option.arguments === null) continue
      const library = EFFECT_COMMANDS.get(externalName(option.of))
      if (library) return { kind: library.kind, name: library.name, given: option.arguments }
    }
  }
  for (const option of alternatives(evaluate({ frame, value: id }))) {
    const name = nameOf(option)
    const library = name === null ? undefined : EFFECT_CALLS.get(name)
    if (library) return { kind: library.kind, name: library.name, given }
  }
  return null
}

/** How the tables of names spell what is called; null where it is nothing of a package. */
function nameOf(term: Term): string | null {
  switch (term.kind) {
    case 'external':
      return externalName(term)
    case 'made':
      return `${externalName(term.of)}()`
    case 'result': {
      const of = nameOf(term.callee)
      return of === null ? null : `${of}()`
    }
    case 'part': {
      const [of = null] = alternatives(term.of).flatMap((option) => nameOf(option) ?? [])
      return of === null ? null : `${of}.${term.key}`
    }
    default:
      return null
  }
}

/** More than this many ways below one function are not told apart. */
const MOST_OCCURRENCES = 200

/** Calls deeper than this are not followed from one function. */
const MOST_DEPTH = 6

const effectsOf = keptBy<Frame, readonly EffectOccurrence[]>()

/** The side effects that a run of a function may come to, in order. */
export function effectsIn(frame: Frame, depth = 0): readonly EffectOccurrence[] {
  const known = effectsOf(frame.module.project)
  const seen = known.get(frame)
  if (seen) return seen
  known.set(frame, [])
  if (!mayAct(frame)) return []
  const found: EffectOccurrence[] = []
  const { calls } = functionFacts(frame)
  for (const call of calls) {
    if (found.length >= MOST_OCCURRENCES) break
    const effect = sideEffectOf(frame, call)
    if (effect !== null) {
      found.push({ effect, frame, call, trail: [stepAt(frame, call)] })
      continue
    }
    if (depth >= MOST_DEPTH) continue
    for (const callee of followed(frame, call)) {
      if (!mayAct(callee)) continue
      for (const inner of effectsIn(callee, callee.caller === null ? 0 : depth + 1))
        found.push({ ...inner, trail: [stepAt(frame, call), ...inner.trail] })
    }
  }
  known.set(frame, found)
  return found
}

/** Whether anything below a function can have an effect outside DynamoDB, whoever calls it. */
const mayAct = anyBelow(actsItself, (free) =>
  functionFacts(free).calls.flatMap((call) => followed(free, call)),
)

/** Whether a function has an effect by its own calls, or calls what only its callers can say what it is. */
function actsItself(free: Frame): boolean {
  return functionFacts(free).calls.some((call) => {
    if (sideEffectOf(free, call) !== null) return true
    const { callee } = callOf(free.module, call)
    const node = valueOf(free.module, callee)
    if (node.kind !== 'member' && node.kind !== 'parameter') return false
    return alternatives(evaluate({ frame: free, value: callee })).some(isHandedIn)
  })
}

function isHandedIn(term: Term): boolean {
  let inner: Term = term
  while (inner.kind === 'part' || inner.kind === 'item') inner = inner.of
  return inner.kind === 'parameter'
}

/** The runs that a call leads to, those of files that lead nowhere left out. */
function followed(frame: Frame, call: CallId): readonly Frame[] {
  const { module } = frame
  const source = importedFrom(module, callOf(module, call).callee)
  return source === null || module.project.mayAct(module, source)
    ? runsOf(frame, call)
    : stepAt(frame, call).callees
}

function importedFrom(module: Module, id: number): string | null {
  let value = valueOf(module, id)
  while (value.kind === 'member') value = valueOf(module, value.of)
  return value.kind === 'import' ? value.source : null
}

function functionFacts({ module, function: id }: Frame): { readonly calls: readonly CallId[] } {
  return module.facts.functions[id] ?? { calls: [] }
}
