import type { CallId, FunctionId, Value, ValueId } from '../facts/model.ts'
import { callbackArguments, givenBy } from '../project/call.ts'
import { evaluate, externalName } from '../project/evaluate.ts'
import { enter } from '../project/frame.ts'
import { callOf, keptBy, placeOf, valueOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Frame, FunctionTerm, Place, Term } from '../project/term.ts'
import { stepAt } from './steps.ts'
import type { Occurrence } from './occurrences.ts'
import { listMethod } from './list-methods.ts'
import { usesIn, valueOfCall, valuesOfParameter } from './uses.ts'
import type { Use } from './uses.ts'

/** A method that a list went through: `filter`, `map`, `sort`. */
export interface ListStep {
  readonly method: string
  readonly frame: Frame
  readonly call: CallId
}

/**
 * What code does with the answer of a Query or Scan.
 * - `cursor`: it looks at LastEvaluatedKey, or hands on an answer that has it.
 * - `first`: it takes one item by its place.
 * - `tested`: it asks whether there is any, or holds their number against another.
 * - `counted`: it takes their number for a value.
 * - `searched`: it looks for one among the items.
 * - `summed`: it adds up a part of each, or takes the greatest.
 * - `each`: it goes through them one by one.
 * - `listed`: it hands the list on: to its caller, into an answer, to something that is not known.
 */
export type UseKind =
  'cursor' | 'first' | 'tested' | 'counted' | 'searched' | 'summed' | 'indexed' | 'each' | 'listed'

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

/** What of an answer is followed; `page` is an answer without its cursor. */
type Part = 'answer' | 'page' | 'cursor' | 'items' | 'count' | 'item' | 'attribute'

/** A value that holds a part of an answer: `path` leads from the value to it, `[]` standing for each element of a list. */
interface Held {
  readonly part: Part
  readonly path: readonly string[]
  readonly steps: readonly ListStep[]
  readonly isMerged: boolean
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
    for (const one of held) note(one.part === 'items' ? 'listed' : 'handed', one, nameAt, body)
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
  for (const use of usesIn(frame.module).get(id) ?? []) followUse(use, id, held, body)
}

function followUse(use: Use, id: ValueId, held: Held, body: Body): void {
  const { frame } = body
  const at = placeOf(frame.module, id)
  switch (use.kind) {
    case 'condition':
      noteTest(held, at, body)
      return
    case 'callee':
      return
    case 'loop':
      if (held.path.length === 0 && held.part === 'items') note('each', held, at, body)
      return
    case 'away':
      note('handed', held, at, body)
      return
    case 'return': {
      const inner = use.function === frame.function ? body : body.entered.get(use.function)
      if (inner) inner.returned.set(spellingOfHeld(held), held)
      else note('handed', held, at, body)
      return
    }
    case 'argument':
      followArgument(use.call, use.index, held, body)
      return
    case 'value':
      followInto(use.id, id, held, body)
  }
}

/** `handed`: to something that is not known, and that may look at a cursor that is in it. */
function note(
  kind: UseKind | 'handed',
  held: Held,
  at: { start: number; end: number },
  { frame, walk }: Body,
  isTest = false,
): void {
  const told = kind === 'handed' ? kindOfHanded(held.part) : kind
  if (told === null) return
  const place = { ...at, module: frame.module }
  const { steps, isMerged } = held
  walk.uses.push({ kind: told, steps, isMerged, isTest, frame, at: place })
}

/** That there is a list says nothing of what is in it. */
function noteTest(held: Held, at: { start: number; end: number }, body: Body): void {
  if (held.path.length > 0) return
  if (held.part === 'cursor') note('cursor', held, at, body, true)
  if (held.part === 'count') note('tested', held, at, body, true)
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

const COMPARISON = /^(?:[!=]==?|[<>]=?|in|instanceof)$/

/** What becomes of a value in another that it is a part of. */
function followInto(id: ValueId, from: ValueId, held: Held, body: Body): void {
  const { module } = body.frame
  const value = valueOf(module, id)
  const at = placeOf(module, id)
  switch (value.kind) {
    case 'choice':
    case 'loop':
    case 'variable':
      follow(id, held, body)
      return
    case 'logical':
      if (value.operator === '&&' && value.left === from && value.right !== from) {
        if (held.path.length === 0 && held.part === 'cursor') note('cursor', held, at, body)
      } else follow(id, held, body)
      return
    case 'unary':
      if (held.part === 'attribute') follow(id, held, body)
      else noteTest(held, at, body)
      return
    case 'binary':
      followBinary(id, value, from, held, body)
      return
    case 'template':
      if (held.path.length === 0) note('handed', held, at, body)
      return
    case 'member':
      followMember(id, value.key, held, body)
      return
    case 'item':
      if (value.of === from) followItem(id, value, held, body)
      return
    case 'element':
      followElement(id, held, body)
      return
    case 'object':
      for (const entry of value.entries) {
        if (entry.kind === 'computed' && entry.key === from) continue
        if (entry.value !== from) continue
        if (entry.kind === 'spread') follow(id, held, body)
        else if (entry.kind === 'property')
          follow(id, { ...held, path: [entry.key, ...held.path] }, body)
        else note('handed', held, at, body)
      }
      return
    case 'array':
      value.elements.forEach((element, index) => {
        if (element.value !== from) return
        if (element.spread) followSpread(id, held, body)
        else follow(id, { ...held, path: [String(index), ...held.path] }, body)
      })
      return
    case 'set':
      if (value.of === from) follow(id, held, body)
      else if (value.value !== from) return
      else if (typeof value.key === 'string')
        follow(id, { ...held, path: [value.key, ...held.path] }, body)
      else note('handed', held, at, body)
      return
    case 'append':
      if (value.of === from) follow(id, held, body)
      for (const item of value.items) {
        if (item.value !== from) continue
        if (item.spread) followSpread(id, held, body)
        else if (held.part === 'item' || held.part === 'attribute')
          follow(id, { ...held, part: 'items', path: [], isMerged: true }, body)
        else follow(id, { ...held, path: ['[]', ...held.path] }, body)
      }
      return
    case 'delete':
      follow(id, held, body)
      return
    case 'rest':
      if (held.path.length > 0 && value.omit.includes(held.path[0] ?? '')) return
      follow(
        id,
        held.part === 'answer' && held.path.length === 0 && value.omit.includes('LastEvaluatedKey')
          ? { ...held, part: 'page' }
          : held,
        body,
      )
      return
    case 'unknown':
      note('handed', held, at, body)
      return
    default:
  }
}

/** `[...items]` alone is a copy. */
function isOfSeveral({ frame }: Body, id: ValueId): boolean {
  const value = valueOf(frame.module, id)
  return value.kind !== 'array' || value.elements.length > 1
}

/** Elements spread into another list, or one of lists of them. */
function followSpread(id: ValueId, spread: Held, body: Body): void {
  const held = { ...spread, isMerged: spread.isMerged || isOfSeveral(body, id) }
  const [head, ...rest] = held.path
  if (head === undefined) follow(id, held, body)
  else if (head === '[]') follow(id, { ...held, path: ['[]', ...rest] }, body)
  else note('handed', held, placeOf(body.frame.module, id), body)
}

function followBinary(
  id: ValueId,
  value: Extract<Value, { kind: 'binary' }>,
  from: ValueId,
  held: Held,
  body: Body,
): void {
  const { module } = body.frame
  const at = placeOf(module, id)
  if (held.path.length > 0) return
  if (COMPARISON.test(value.operator)) {
    noteTest(held, at, body)
    return
  }
  if (held.part === 'attribute') {
    const other = valueOf(module, value.left === from ? value.right : value.left)
    if (value.operator === '+' && isRunning(module, other, id)) note('summed', held, at, body)
    else follow(id, held, body)
    return
  }
  note('handed', held, at, body)
}

/** What a loop had before, to which it adds. */
function isRunning(module: Body['frame']['module'], value: Value, sum: ValueId): boolean {
  if (value.kind === 'variable') {
    const { final = null, foreign = [] } = module.facts.variables[value.variable] ?? {}
    return [final, ...foreign].includes(sum)
  }
  return value.kind === 'loop'
}

const RESPONSE: Readonly<Record<string, Part>> = {
  Items: 'items',
  Count: 'count',
  LastEvaluatedKey: 'cursor',
}

function followMember(id: ValueId, key: string, held: Held, body: Body): void {
  const { frame } = body
  const { module } = frame
  const at = placeOf(module, id)
  const [head, ...rest] = held.path
  const calls = callsOf(id, body)
  if (calls.length > 0) {
    for (const call of calls) followMethod(call, key, held, body)
    return
  }
  if (head !== undefined) {
    if (key === head || (head === '[]' && /^\d+$/.test(key)))
      follow(id, { ...held, path: rest }, body)
    return
  }
  switch (held.part) {
    case 'answer':
    case 'page': {
      const part = RESPONSE[key]
      if (part && (part !== 'cursor' || held.part === 'answer')) follow(id, { ...held, part }, body)
      return
    }
    case 'items':
      if (key === 'length' || key === 'size') follow(id, { ...held, part: 'count' }, body)
      else if (/^\d+$/.test(key)) note('first', held, at, body)
      return
    case 'item':
      follow(id, { ...held, part: 'attribute' }, body)
      return
    case 'cursor':
      note('cursor', held, at, body)
      return
    case 'attribute':
      follow(id, held, body)
      return
    case 'count':
  }
}

/** The calls of a method. */
function callsOf(member: ValueId, { frame }: Body): readonly CallId[] {
  return (usesIn(frame.module).get(member) ?? []).flatMap((use) =>
    use.kind === 'callee' ? [use.call] : [],
  )
}

function followItem(
  id: ValueId,
  value: Extract<Value, { kind: 'item' }>,
  held: Held,
  body: Body,
): void {
  const at = placeOf(body.frame.module, id)
  const [head, ...rest] = held.path
  if (head !== undefined) {
    if (head === '[]' || valueOf(body.frame.module, value.key).kind !== 'literal')
      follow(id, { ...held, path: rest }, body)
    return
  }
  if (held.part !== 'items') return
  // A loop that counts its rounds goes through all of them; anything else picks one.
  if (valueOf(body.frame.module, value.key).kind === 'loop') {
    note('each', held, at, body)
    follow(id, { ...held, part: 'item' }, body)
  } else note('first', held, at, body)
}

function followElement(id: ValueId, held: Held, body: Body): void {
  const [head, ...rest] = held.path
  if (head === '[]') follow(id, { ...held, path: rest }, body)
  else if (head === undefined && held.part === 'items') follow(id, { ...held, part: 'item' }, body)
}

function followMethod(call: CallId, method: string, held: Held, body: Body): void {
  const { frame } = body
  const at = callOf(frame.module, call).at
  if (method === 'promise' || method === 'finally' || method === 'catch') {
    followCall(call, [held], body)
    return
  }
  if (method === 'then') {
    followCallback(call, 0, held, body, (one) => one)
    return
  }
  const [head, ...rest] = held.path
  if (head === '[]') {
    // A list whose elements have the answers.
    if (method === 'map' || method === 'forEach')
      followCallback(call, 0, { ...held, path: rest }, body, (one) => ({
        ...one,
        path: ['[]', ...one.path],
      }))
    else if (method === 'flatMap')
      followCallback(call, 0, { ...held, path: rest }, body, (one) => one)
    else if (method === 'flat') followCall(call, [{ ...held, path: rest }], body)
    else if (listMethod(method) === 'same') followCall(call, [held], body)
    else note('handed', held, at, body)
    return
  }
  if (head !== undefined) return
  switch (held.part) {
    case 'items':
      followListMethod(call, method, held, body)
      return
    case 'attribute':
      followCall(call, [held], body)
      return
    case 'cursor':
      note('cursor', held, at, body)
      return
    case 'count':
      note('handed', held, at, body)
      return
    case 'answer':
    case 'page':
    case 'item':
  }
}

function followListMethod(call: CallId, method: string, held: Held, body: Body): void {
  const { frame } = body
  const at = callOf(frame.module, call).at
  const steps = [...held.steps, { method, frame, call }]
  const item: Held = { ...held, part: 'item' }
  switch (listMethod(method)) {
    case 'same':
      followCallback(call, 0, item, body, () => null)
      followCall(call, [{ ...held, steps }], body)
      return
    case 'map':
      followCallback(call, 0, item, body, () => null)
      followCall(call, [{ ...held, steps }], body)
      return
    case 'each':
      note('each', held, at, body)
      followCallback(call, 0, item, body, () => null)
      return
    case 'first':
      note('first', { ...held, steps }, at, body)
      return
    case 'search':
      followCallback(call, 0, item, body, () => null)
      note('searched', { ...held, steps }, at, body)
      return
    case 'reduce':
      if (isNumber(callOf(frame.module, call).arguments[1]?.value, body))
        note('summed', { ...held, steps }, at, body)
      else followCall(call, [{ ...held, steps }], body)
      return
    case 'add':
      return
    case null:
      note('handed', held, at, body)
  }
}

function isNumber(id: ValueId | undefined, { frame }: Body): boolean {
  if (id === undefined) return false
  const value = valueOf(frame.module, id)
  return value.kind === 'literal' && typeof value.value === 'number'
}

/** Follows what a library calls a function back with, and what that gives, as the call that it is given to. */
function followCallback(
  call: CallId,
  index: number,
  held: Held,
  body: Body,
  up: (returned: Held) => Held | null,
): void {
  const { frame } = body
  const callback = givenBy(frame, call)[0]?.term()
  if (!callback) return
  const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
  for (const option of alternatives(callback)) {
    if (option.kind !== 'function') continue
    const inner = enteredBody(call, option, callbackArguments(callee), body)
    if (inner === null) continue
    followParameter(inner.frame, index, held, inner)
    for (const returned of inner.returned.values()) {
      const above = up(returned)
      if (above) followCall(call, [above], body)
    }
  }
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

const LOGS = new Set(['log', 'info', 'warn', 'debug', 'error', 'trace'])

/** What is computed of each item, or of the list, and given back as it is. */
const SAME_AS_FIRST = new Set([
  'all',
  'allSettled',
  'resolve',
  'from',
  'structuredClone',
  'freeze',
  'Map',
  'Set',
  'cloneDeep',
  'unmarshall',
  'orderBy',
  'sortBy',
  'uniq',
  'uniqBy',
  'compact',
  'shuffle',
])

const TESTS = new Set(['Boolean', 'isArray', 'isEmpty'])

const NUMBERS = new Set(['Number', 'parseInt', 'parseFloat'])

function followArgument(call: CallId, index: number, held: Held, body: Body): void {
  const { frame } = body
  const facts = callOf(frame.module, call)
  const callee = evaluate({ frame, value: facts.callee })
  const functions = alternatives(callee).filter((option) => option.kind === 'function')
  if (functions.length > 0 && !facts.isNew) {
    for (const fn of functions) followGiven(call, index, fn, held, body)
    return
  }
  const name = lastName(callee)
  if (LOGS.has(name)) return
  if (held.path.length === 0) {
    // `new Array(items.length)`: what becomes of a bare number is anybody's guess.
    if (held.part === 'count') return
    if (TESTS.has(name)) {
      noteTest(held, facts.at, body)
      return
    }
    if (held.part === 'attribute') {
      if (NUMBERS.has(name)) followCall(call, [held], body)
      return
    }
    if (held.part === 'items' && isExtreme(callee) && facts.arguments[index]?.spread === true) {
      note('summed', held, facts.at, body)
      return
    }
  }
  if (SAME_AS_FIRST.has(name) && index === 0) {
    followCall(call, [held], body)
    return
  }
  const added = valueOf(frame.module, facts.callee)
  // What a list becomes is a value of its own.
  if (added.kind === 'member' && listMethod(added.key) === 'add') return
  if (added.kind === 'member' && added.key === 'concat' && held.part === 'items') {
    followCall(call, [held], body)
    return
  }
  note('handed', held, facts.at, body)
}

function isExtreme(callee: Term): boolean {
  return callee.kind === 'external' && ['#Math.max', '#Math.min'].includes(externalName(callee))
}

function lastName(callee: Term): string {
  if (callee.kind === 'external') return callee.path.at(-1) ?? callee.source
  return callee.kind === 'part' ? callee.key : ''
}

/** What a function of the project does with what it is given. */
function followGiven(
  call: CallId,
  index: number,
  callee: FunctionTerm,
  held: Held,
  body: Body,
): void {
  const inner = enteredBody(call, callee, givenBy(body.frame, call), body)
  if (inner === null) {
    note('handed', held, callOf(body.frame.module, call).at, body)
    return
  }
  followParameter(inner.frame, index, held, inner)
  followCall(call, [...inner.returned.values()], body)
}
