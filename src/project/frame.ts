import type { CallId, FunctionId } from '../facts/model.ts'
import { functionOf, keptBy } from './module.ts'
import type { Module } from './module.ts'
import type { Argument, Frame, FunctionTerm, Term } from './term.ts'

/**
 * Frames beyond this many are not entered from one function: where all call one another there are more ways through than anyone
 * can walk. Those that a walk of all ways enters count apart, and so do those that only tell who is called for what a function
 * was given: neither that nor what values are must depend on what was walked before.
 */
const MOST_FRAMES = 3000

/** How many calls deep values are followed. */
const MOST_DEPTH = 10

function newFrame(module: Module, frame: Omit<Frame, 'id' | 'module' | 'memo' | 'callees'>): Frame {
  module.project.frames.count += 1
  return { ...frame, id: module.project.frames.count, module, memo: new Map(), callees: null }
}

/** The frame that stands for any call of a function. */
export function freeFrame(module: Module, id: FunctionId): Frame {
  const known = module.free.get(id)
  if (known) return known
  const { parent } = functionOf(module, id)
  const lexical = parent === null ? null : freeFrame(module, parent)
  const frame = newFrame(module, {
    function: id,
    lexical,
    arguments: null,
    self: null,
    caller: null,
    depth: 0,
    ways: noWays(),
  })
  module.free.set(id, frame)
  return frame
}

function noWays(): Frame['ways'] {
  return { walked: 0, bound: 0, evaluated: 0 }
}

/** The frame that a call of a known function makes (`given` null: nothing is known of what it is given); null where calls nest too deep, or in themselves. */
export function enter(
  frame: Frame,
  call: CallId,
  callee: FunctionTerm,
  given: readonly Argument[] | null,
  by: keyof Frame['ways'] = 'evaluated',
): Frame | null {
  const key = `${String(call)}:${String(callee.function)}:${String(callee.lexical?.id ?? 0)}:${selfKey(callee.self)}`
  const known = frame.callees?.get(key)
  if (known) return known
  if (frame.depth >= MOST_DEPTH || isRunning(frame, callee)) return null
  if (isFull(frame, by)) return null
  if (bindsNothing(callee, given)) return freeFrame(callee.module, callee.function)
  const entered = newFrame(callee.module, {
    function: callee.function,
    lexical: callee.lexical,
    arguments: given,
    self: callee.self,
    caller: { frame, call },
    depth: frame.depth + 1,
    ways: frame.ways,
  })
  frame.ways[by] += 1
  frame.callees ??= new Map()
  frame.callees.set(key, entered)
  return entered
}

/** Whether as many frames were entered as may be, from the free frame that all began with. */
export function isFull({ ways }: Frame, by: keyof Frame['ways']): boolean {
  return ways[by] >= MOST_FRAMES
}

/** Whether a call gives a function nothing that it could see: it runs as any call of it does, and is looked at once. */
function bindsNothing(
  { module, function: id, lexical, self }: FunctionTerm,
  given: readonly Argument[] | null,
): boolean {
  const { parameters, parent } = functionOf(module, id)
  if (self !== null || (given !== null && parameters.length > 0)) return false
  return lexical === null || (parent !== null && lexical === freeFrame(module, parent))
}

/** Tells the objects apart that a method may be called on. */
function selfKey(self: Term | null): string {
  switch (self?.kind) {
    case 'instance':
      return `${String(self.class.frame.id)}.${String(self.class.class)}.${String(self.construct?.id ?? 0)}`
    case 'object':
      return `${String(self.ref.frame.id)}.${String(self.ref.value)}`
    default:
      return ''
  }
}

const ofSelves = keptBy<Term, Map<string, Frame>>()

/** The frame in which the code of an object or class runs for one `this`: a getter, the value of a field. */
export function frameOfSelf(self: Term, code: FunctionTerm): Frame {
  const selves = ofSelves(code.module.project)
  const frames = selves.get(self) ?? new Map<string, Frame>()
  selves.set(self, frames)
  const key = `${String(code.lexical?.id ?? 0)}:${String(code.function)}`
  const known = frames.get(key)
  if (known) return known
  const frame = newFrame(code.module, {
    function: code.function,
    lexical: code.lexical,
    arguments: null,
    self,
    caller: null,
    depth: 0,
    ways: noWays(),
  })
  frames.set(key, frame)
  return frame
}

const ofFunctions = keptBy<FunctionTerm, Frame>()

/** The frame in which a function runs that something outside the code calls: with the object and the variables around it that it was made with. */
export function frameOfFunction(code: FunctionTerm): Frame {
  if (code.self !== null) return frameOfSelf(code.self, code)
  const { parent } = functionOf(code.module, code.function)
  const isFree = code.lexical === null || parent === null
  if (isFree || code.lexical === freeFrame(code.module, parent))
    return freeFrame(code.module, code.function)
  const frames = ofFunctions(code.module.project)
  const known = frames.get(code)
  if (known) return known
  const frame = newFrame(code.module, {
    function: code.function,
    lexical: code.lexical,
    arguments: null,
    self: null,
    caller: null,
    depth: 0,
    ways: noWays(),
  })
  frames.set(code, frame)
  return frame
}

function isRunning(frame: Frame | null, callee: FunctionTerm): boolean {
  for (let f = frame; f; f = f.caller?.frame ?? null) {
    if (f.function === callee.function && f.module === callee.module) return true
  }
  return false
}

/** The frame of an enclosing function, seen from the frame of an inner one. */
export function frameOf(frame: Frame, module: Module, id: FunctionId): Frame | null {
  for (let f: Frame | null = frame; f; f = f.lexical) {
    if (f.function === id && f.module === module) return f
  }
  return null
}
