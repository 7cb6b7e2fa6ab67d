import type { CallId, ValueId } from '../../facts/model.ts'
import { importsTestRunner } from '../../frameworks/scripts.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { placeOfTrail } from '../../operations/operation.ts'
import { evaluate } from '../../project/evaluate.ts'
import { externalName, alternatives } from '../../project/term.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame, Place } from '../../project/term.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import type { Reachability } from '../paths/reach.ts'
import type { Step } from '../paths/steps.ts'
import { followsFrom } from './varies.ts'
import { usesIn, valueOfCall, valuesOfParameter } from '../values/uses.ts'
import type { Use } from '../values/uses.ts'

/** A batch whose caller does not see to what DynamoDB left undone. */
export interface Unprocessed {
  readonly occurrence: Occurrence
  readonly at: Place
  /** `ignored`: nobody looks. `at once`: it is sent again without a pause. */
  readonly kind: 'ignored' | 'at once'
}

/**
 * The batches of a file whose unprocessed entries are lost, or sent again at once. What somebody runs by hand is left out:
 * what a file does when it is loaded, and a program that starts itself. Who runs it sees what came, and runs it again.
 */
export function unprocessedIn({ module, reachability }: Analysis): readonly Unprocessed[] {
  if (importsTestRunner(module)) return []
  const found = new Map<number, Unprocessed>()
  module.facts.functions.forEach((_, id) => {
    if (id === 0) return
    for (const occurrence of occurrencesIn(freeFrame(module, id))) {
      const { kind } = occurrence.spelling
      if (kind !== 'BatchWriteItem' && kind !== 'BatchGetItem') continue
      const fate = fateOf(occurrence)
      if (fate === null || occurrence.trail[fate.level]?.frame.module !== module) continue
      const own = occurrence.trail.findLastIndex(({ frame }) => frame.module === module)
      const at = placeOfTrail(occurrence, own)
      if (isRunByHand(occurrence, own, reachability)) continue
      found.set(at.start, { occurrence, at, kind: fate.kind })
    }
  })
  return [...found.values()]
}

/** Whether the function in which a batch is carried out is reached from a program that starts itself, and from nothing else. */
function isRunByHand({ trail }: Occurrence, level: number, { from }: Reachability): boolean {
  const frame = trail[level]?.frame
  return (
    frame !== undefined && from(freeFrame(frame.module, frame.function))?.entry.trigger === 'script'
  )
}

/** What becomes of the unprocessed entries of one batch, and where in its trail; null where they are seen to, or out of sight. */
interface Fate {
  readonly kind: Unprocessed['kind']
  readonly level: number
}

function fateOf({ trail, spelling }: Occurrence): Fate | null {
  let isList = false
  for (let level = trail.length - 1; level >= 0; level -= 1) {
    const ignored: Fate = { kind: 'ignored', level }
    const step = trail[level]
    if (!step) return null
    const { frame, call } = step
    const below = trail[level + 1]
    if (below) {
      const handed = handedUp(frame, call, below.frame)
      if (handed === 'dropped') return ignored
      if (handed === 'unknown') return null
      if (handed === 'list') isList = true
    }
    const walk = newWalk(frame.module)
    const callback = level === trail.length - 1 ? spelling.callback : null
    if (callback?.kind === 'function') {
      if (callback.module !== frame.module) return null
      for (const value of valuesOfParameter(frame.module, callback.function, 1))
        follow(walk, value, false)
      walk.isReturned = false
    } else {
      const value = valueOfCall(frame.module, call)
      if (value !== null) follow(walk, value, isList)
    }
    if (walk.isRead) return isSentAgainAtOnce(step) ? { kind: 'at once', level } : null
    if (walk.isLost) return null
    if (!walk.isReturned) return ignored
    isList ||= walk.isListReturned
  }
  // Whoever calls may look.
  return null
}

/** Whether what was not processed goes into the call again, in a loop or by the function calling itself, without a pause. */
function isSentAgainAtOnce(step: Step): boolean {
  const { frame, call } = step
  const { module } = frame
  const facts = callOf(module, call)
  const around = functionOf(module, facts.function).at
  const again = [
    ...(facts.loops.length > 0 ? [step] : []),
    ...module.facts.calls.flatMap((other, id): readonly Step[] => {
      if (other.at.start < around.start || other.at.end > around.end) return []
      const callees = alternatives(evaluate({ frame, value: other.callee }))
      const isSelf = callees.some(
        (term) =>
          term.kind === 'function' && term.module === module && term.function === facts.function,
      )
      return isSelf ? [{ frame, call: id, spellings: [], callees: [] }] : []
    }),
  ]
  return !isPaused(frame, call) && again.some(takesUnprocessed)
}

/** Whether a call is given what an earlier batch left undone. */
function takesUnprocessed(step: Step): boolean {
  return followsFrom([step], 0, (module, id) => {
    const value = valueOf(module, id)
    return value.kind === 'member' && isUnprocessed(value.key)
  })
}

function isUnprocessed(key: string): boolean {
  return key === 'UnprocessedItems' || key === 'UnprocessedKeys'
}

interface Walk {
  readonly module: Module
  readonly seen: Set<string>
  /** What was left undone is asked for. */
  isRead: boolean
  /** The answer gets out of sight. */
  isLost: boolean
  isReturned: boolean
  isListReturned: boolean
}

function newWalk(module: Module): Walk {
  const seen = new Set<string>()
  return { module, seen, isRead: false, isLost: false, isReturned: false, isListReturned: false }
}

/** Follows an answer, or a list of answers, through everything that is done with it. */
function follow(walk: Walk, id: ValueId, isList: boolean): void {
  const key = `${String(id)}:${String(isList)}`
  if (walk.seen.has(key) || walk.isRead || walk.isLost) return
  walk.seen.add(key)
  for (const use of usesIn(walk.module).get(id) ?? []) followUse(walk, use, isList)
}

function followUse(walk: Walk, use: Use, isList: boolean): void {
  switch (use.kind) {
    case 'condition':
    case 'loop':
      return
    case 'return':
      walk.isReturned = true
      if (isList) walk.isListReturned = true
      return
    case 'argument':
      followArgument(walk, use.call, isList)
      return
    case 'value':
      followInto(walk, use.id, isList)
      return
    case 'callee':
    case 'away':
      walk.isLost = true
      return
  }
}

const SAME = new Set(['#Promise.all', '#Promise.allSettled', '#Promise.race', '#Promise.resolve'])

function followArgument(walk: Walk, call: CallId, isList: boolean): void {
  const { module } = walk
  const facts = callOf(module, call)
  const frame = freeFrame(module, facts.function)
  const callee = evaluate({ frame, value: facts.callee })
  const name = callee.kind === 'external' ? externalName(callee) : ''
  const value = valueOfCall(module, call)
  if (SAME.has(name)) {
    if (value !== null) follow(walk, value, isList)
    return
  }
  const node = valueOf(module, facts.callee)
  const isAdded = node.kind === 'member' && (node.key === 'push' || node.key === 'unshift')
  const isShown =
    name.startsWith('#console.') || name === '#JSON.stringify' || isLogger(module, facts.callee)
  // What a list becomes when something is added to it is a value of its own.
  if (!isAdded && !isShown) walk.isLost = true
}

function isLogger(module: Module, callee: ValueId): boolean {
  const node = valueOf(module, callee)
  return node.kind === 'member' && /^(?:log|debug|info|warn|error|trace|verbose)$/.test(node.key)
}

function followInto(walk: Walk, id: ValueId, isList: boolean): void {
  const { module } = walk
  const value = valueOf(module, id)
  switch (value.kind) {
    case 'choice':
    case 'loop':
    case 'logical':
    case 'variable':
      follow(walk, id, isList)
      return
    case 'element':
    case 'item':
      follow(walk, id, false)
      return
    case 'array':
    case 'append':
      follow(walk, id, true)
      return
    case 'unary':
    case 'binary':
    case 'template':
      return
    case 'member':
      followMember(walk, id, value.key, isList)
      return
    default:
      walk.isLost = true
  }
}

function followMember(walk: Walk, id: ValueId, key: string, isList: boolean): void {
  const { module } = walk
  if (isUnprocessed(key)) {
    walk.isRead = true
    return
  }
  const isMethod = ['promise', 'then', 'catch', 'finally', 'unwrap'].includes(key)
  if (isList && (key === 'push' || key === 'length')) return
  if (isList && /^\d+$/.test(key)) {
    follow(walk, id, false)
    return
  }
  if (isList) {
    walk.isLost = true
    return
  }
  if (!isMethod) return
  for (const use of usesIn(module).get(id) ?? []) {
    if (use.kind !== 'callee') continue
    const value = valueOfCall(module, use.call)
    if (key === 'then') followThen(walk, use.call)
    else if (value !== null) follow(walk, value, false)
  }
}

/** `then` gives the answer to a function; what that returns is something else, unless it is the answer. */
function followThen(walk: Walk, call: CallId): void {
  const { module } = walk
  const facts = callOf(module, call)
  const [first] = facts.arguments
  const callback = first
    ? evaluate({ frame: freeFrame(module, facts.function), value: first.value })
    : null
  if (callback?.kind !== 'function' || callback.module !== module) {
    walk.isLost = true
    return
  }
  for (const value of valuesOfParameter(module, callback.function, 0)) {
    const inner = newWalk(module)
    follow(inner, value, false)
    walk.isRead ||= inner.isRead
    walk.isLost ||= inner.isLost || inner.isReturned
  }
}

/** What a function returns becomes the result of its call, an element of one, or nothing. */
function handedUp(
  frame: Frame,
  call: CallId,
  callee: Frame,
): 'same' | 'list' | 'dropped' | 'unknown' {
  const facts = callOf(frame.module, call)
  const called = alternatives(evaluate({ frame, value: facts.callee }))
  const isDirect = called.some(
    (term) =>
      term.kind === 'function' &&
      term.function === callee.function &&
      term.module === callee.module,
  )
  if (isDirect) return 'same'
  const node = valueOf(frame.module, facts.callee)
  const method = node.kind === 'member' ? node.key : ''
  if (method === 'map') return 'list'
  return method === 'forEach' ? 'dropped' : 'unknown'
}

const PAUSES = /sleep|delay|wait|back-?off|timeout|retry|pause/i

/** Whether the function around a batch, one in it, or one that it calls, waits. */
function isPaused(frame: Frame, call: CallId): boolean {
  const { module } = frame
  const { at } = functionOf(module, callOf(module, call).function)
  return module.facts.calls.some((other) => {
    if (other.at.start < at.start || other.at.end > at.end) return false
    const node = valueOf(module, other.callee)
    const names =
      node.kind === 'member'
        ? [node.key]
        : node.kind === 'import' || node.kind === 'global'
          ? [node.name]
          : node.kind === 'variable'
            ? [module.facts.variables[node.variable]?.name ?? '']
            : []
    const callee = evaluate({ frame: freeFrame(module, other.function), value: other.callee })
    const called =
      callee.kind === 'function' ? [functionOf(callee.module, callee.function).name] : []
    return [...names, ...called].some((name) => PAUSES.test(name))
  })
}
