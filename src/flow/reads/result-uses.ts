import type { CallId, FunctionId, ValueId } from '../../facts/model.ts'
import { callbackArguments, givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { enter } from '../../project/frame.ts'
import { callOf, keptBy, placeOf, valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, FunctionTerm, Place } from '../../project/term.ts'
import { heldByArgument } from './held-by-call.ts'
import { heldInValue } from './held-in-value.ts'
import { tested, used } from './held.ts'
import type { Held, ListStep, Onward, Part, UseKind } from './held.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { stepAt } from '../paths/steps.ts'
import { usesIn, valueOfCall, valuesOfParameter } from '../values/uses.ts'
import type { Use } from '../values/uses.ts'

export type { ListStep, UseKind } from './held.ts'

export interface ResultUse {
  readonly kind: UseKind
  /** What the list went through before, first to last; of a search, the search itself last. */
  readonly steps: readonly ListStep[]
  /** The list has items of other operations, too. */
  readonly isMerged: boolean
  /** It is only asked whether there is one. */
  readonly isTest: boolean
  readonly frame: Frame
  readonly at: Place
}

interface Walk {
  readonly uses: ResultUse[]
  left: number
}

/** How many uses of one answer are followed. */
const MOST_STEPS = 400

/** How many functions deep an answer is followed into what it is given to. */
const MOST_DEPTH = 6

const known = keptBy<Occurrence, readonly ResultUse[]>()

/**
 * Everything that is done with what a Query or Scan gives, as far as the function that the occurrence is seen from: what
 * that function gives its own callers is `listed`, or has the `cursor`.
 */
export function usesOfResult(occurrence: Occurrence): readonly ResultUse[] {
  const results = known(occurrence.frame.module.project)
  const seen = results.get(occurrence)
  if (seen) return seen
  const walk: Walk = { uses: [], left: MOST_STEPS }
  let held: readonly Held[] = [{ part: 'answer', path: [], steps: [], isMerged: false }]
  const upwards = [...occurrence.trail].reverse()
  upwards.forEach(({ frame, call }, index) => {
    const below = upwards[index - 1]
    if (below && below.frame.function !== 0) held = handedUp(held, frame, call, below.frame)
    const body = bodyOf(frame, walk, 0)
    const callback = index === 0 ? occurrence.spelling.callback : null
    if (callback?.kind === 'function') {
      // Nothing comes back from a callback.
      const [entered] = stepAt(frame, call).callees
      if (entered)
        for (const one of held) followParameter(entered, 1, one, bodyOf(entered, walk, 1))
      held = []
    } else followCall(call, held, body)
    if (callback === null) held = [...body.returned.values()]
  })
  const [top] = occurrence.trail
  if (top) {
    const body = bodyOf(top.frame, walk, 0)
    const { nameAt } = functionAt(top.frame)
    for (const one of held) go(used(one.part === 'items' ? 'listed' : 'handed', one, nameAt), body)
  }
  const uses = walk.left > 0 ? walk.uses : [...walk.uses, ...cursorLost(occurrence)]
  results.set(occurrence, uses)
  return uses
}

/** Where not everything could be followed, the cursor may be looked at somewhere. */
function cursorLost({ frame, call }: Occurrence): readonly ResultUse[] {
  const at = { ...callOf(frame.module, call).at, module: frame.module }
  return [{ kind: 'cursor', steps: [], isMerged: false, isTest: false, frame, at }]
}

function functionAt({ module, function: id }: Frame): { nameAt: { start: number; end: number } } {
  return module.facts.functions[id] as { nameAt: { start: number; end: number } }
}

/** What a function hands up becomes at the call that leads to it: its result, or, of a callback, an element of one. */
function handedUp(
  held: readonly Held[],
  frame: Frame,
  call: CallId,
  callee: Frame,
): readonly Held[] {
  const called = alternatives(evaluate({ frame, value: callOf(frame.module, call).callee }))
  const isDirect = called.some(
    (term) =>
      term.kind === 'function' &&
      term.function === callee.function &&
      term.module === callee.module,
  )
  if (isDirect) return held
  const method = called.map((term) => (term.kind === 'part' ? term.key : '')).find((key) => key)
  switch (method) {
    case 'then':
    case 'catch':
    case 'flatMap':
      return held
    case 'map':
      return held.map((one) => ({ ...one, path: ['[]', ...one.path], isMerged: true }))
    default:
      return held.map((one) => ({ ...one, part: 'cursor' }))
  }
}

/** One run of a function whose values are followed. */
interface Body {
  readonly frame: Frame
  readonly walk: Walk
  readonly depth: number
  readonly seen: Set<string>
  /** Functions within it whose result is followed on, too: those that were given to `map` and `then`. */
  readonly entered: Map<FunctionId, Body>
  readonly returned: Map<string, Held>
}

function bodyOf(frame: Frame, walk: Walk, depth: number): Body {
  return { frame, walk, depth, seen: new Set(), entered: new Map(), returned: new Map() }
}

function followCall(call: CallId, held: readonly Held[], body: Body): void {
  const value = valueOfCall(body.frame.module, call)
  if (value === null) return
  for (const one of held) follow(value, one, body)
}

function followParameter(frame: Frame, index: number, held: Held, body: Body): void {
  for (const value of valuesOfParameter(frame.module, frame.function, index))
    follow(value, held, body)
}

function spellingOfHeld({ part, path, steps }: Held): string {
  return `${part}:${path.join('.')}:${steps.map(({ call }) => call).join('.')}`
}

function follow(id: ValueId, held: Held, body: Body): void {
  const { walk, seen, frame } = body
  const key = `${String(id)}:${spellingOfHeld(held)}`
  if (seen.has(key) || walk.left <= 0) return
  seen.add(key)
  walk.left -= 1
  const uses = usesIn(frame.module).get(id) ?? []
  const sorted = held.part === 'items' && held.path.length === 0 ? sortsInPlace(frame, uses) : []
  for (const use of uses) {
    const before = sorted.filter(({ end }) => startOf(frame, use) >= end).map(({ step }) => step)
    const now = before.length === 0 ? held : { ...held, steps: [...held.steps, ...before] }
    for (const onward of onwardsOf(use, id, now, body)) go(onward, body)
  }
}

/** `items.sort(…)` changes the list itself: whoever uses it afterwards has it in that order. */
function sortsInPlace(
  frame: Frame,
  uses: readonly Use[],
): readonly { readonly step: ListStep; readonly end: number }[] {
  const { module } = frame
  return uses.flatMap((use) => {
    const method = use.kind === 'value' ? valueOf(module, use.id) : null
    if (use.kind !== 'value' || method?.kind !== 'member' || method.key !== 'sort') return []
    return (usesIn(module).get(use.id) ?? []).flatMap((called) =>
      called.kind === 'callee'
        ? [
            {
              step: { method: method.key, frame, call: called.call },
              end: callOf(module, called.call).at.end,
            },
          ]
        : [],
    )
  })
}

/** Where a use begins; 0 where nothing comes of its being late. */
function startOf({ module }: Frame, use: Use): number {
  switch (use.kind) {
    case 'value':
      return placeOf(module, use.id).end
    case 'argument':
    case 'callee':
      return callOf(module, use.call).at.end
    case 'return':
    case 'condition':
    case 'loop':
    case 'away':
      return 0
  }
}

function onwardsOf(use: Use, id: ValueId, held: Held, body: Body): readonly Onward[] {
  const { frame } = body
  const at = placeOf(frame.module, id)
  switch (use.kind) {
    case 'condition':
      return tested(held, at)
    case 'callee':
      return []
    case 'loop':
      return held.path.length === 0 && held.part === 'items' ? [used('each', held, at)] : []
    case 'away':
      return [used('handed', held, at)]
    case 'return': {
      const inner = use.function === frame.function ? body : body.entered.get(use.function)
      if (!inner) return [used('handed', held, at)]
      inner.returned.set(spellingOfHeld(held), held)
      return []
    }
    case 'argument':
      return heldByArgument(frame, use.call, use.index, held)
    case 'value':
      return heldInValue(frame, use.id, id, held)
  }
}

function go(onward: Onward, body: Body): void {
  switch (onward.kind) {
    case 'holds':
      follow(onward.id, onward.held, body)
      return
    case 'callback':
      followCallback(onward, body)
      return
    case 'given':
      followGiven(onward, body)
      return
    case 'used':
      note(onward, body)
  }
}

function note(
  { as, held, at, isTest }: Extract<Onward, { kind: 'used' }>,
  { frame, walk }: Body,
): void {
  const kind = as === 'handed' ? kindOfHanded(held.part) : as
  if (kind === null) return
  const { steps, isMerged } = held
  walk.uses.push({ kind, steps, isMerged, isTest, frame, at: { ...at, module: frame.module } })
}

function kindOfHanded(part: Part): UseKind | null {
  switch (part) {
    case 'answer':
    case 'cursor':
      return 'cursor'
    case 'items':
    case 'page':
      return 'listed'
    case 'count':
      return 'counted'
    case 'item':
    case 'attribute':
      return null
  }
}

/** Follows what a library calls a function back with, and what that gives, as the call that it is given to. */
function followCallback(
  { call, held, parameter = 0, up }: Extract<Onward, { kind: 'callback' }>,
  body: Body,
): void {
  const { frame } = body
  const callback = givenBy(frame, call)[0]?.term()
  if (!callback) return
  const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
  for (const option of alternatives(callback)) {
    if (option.kind !== 'function') continue
    const inner = enteredBody(call, option, callbackArguments(callee), body)
    if (inner === null) continue
    followParameter(inner.frame, parameter, held, inner)
    for (const returned of inner.returned.values()) {
      const above = up(returned)
      if (above) followCall(call, [above], body)
    }
  }
}

/** What a function of the project does with what it is given. */
function followGiven(
  { call, index, to, held }: Extract<Onward, { kind: 'given' }>,
  body: Body,
): void {
  const inner = enteredBody(call, to, givenBy(body.frame, call), body)
  if (inner === null) {
    go(used('handed', held, callOf(body.frame.module, call).at), body)
    return
  }
  followParameter(inner.frame, index, held, inner)
  followCall(call, [...inner.returned.values()], body)
}

function enteredBody(
  call: CallId,
  callee: FunctionTerm,
  given: Parameters<typeof enter>[3],
  body: Body,
): Body | null {
  if (body.depth >= MOST_DEPTH) return null
  const entered = enter(body.frame, call, callee, given)
  if (entered === null) return null
  const inner = bodyOf(entered, body.walk, body.depth + 1)
  // A function that stands in the one that calls it shares its values.
  if (entered.module === body.frame.module) body.entered.set(entered.function, inner)
  return inner
}
