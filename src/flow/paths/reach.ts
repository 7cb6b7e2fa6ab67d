import { isRequest } from '../../frameworks/framework.ts'
import type { EntryPoint } from '../../frameworks/framework.ts'
import { frameOfFunction, freeFrame } from '../../project/frame.ts'
import { keptBy } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame } from '../../project/term.ts'
import { boundCallsIn } from './bound-calls.ts'
import { functionsGiven, stepsOf } from './steps.ts'

/** The way from an entry point down to a function: the entry's own function first, each as its free frame. */
export interface Reach {
  readonly entry: EntryPoint
  readonly path: readonly Frame[]
}

/** From which entry points the functions of a module are reached. */
export interface Reachability {
  /** Whether something outside the code calls a function, as far as its own file says. */
  readonly isEntry: (free: Frame) => boolean
  /** The shortest way from an entry point; one that somebody waits for comes before any other. */
  readonly from: (free: Frame) => Reach | null
}

/** The functions of a file that something outside the code calls. */
type EntryPoints = (module: Module) => readonly EntryPoint[]

/**
 * @param module the file whose functions are asked for
 * @param shown the entry points that a file's own code shows
 * @param widen the files that lead to it, asked for only where the file itself has no request handler that does
 * @param told as `shown`, with what other files say of it; asked for only where a way is
 */
export function reachabilityOf(
  module: Module,
  shown: EntryPoints,
  widen: () => readonly Module[],
  told: EntryPoints = shown,
): Reachability {
  const byItself = callGraph([module], shown)
  let own: CallGraph | null = told === shown ? byItself : null
  let all: CallGraph | null = null
  const reaches = new Map<Frame, Reach | null>()
  const from = (free: Frame): Reach | null => {
    const known = reaches.get(free)
    if (known !== undefined) return known
    own ??= callGraph([module], told)
    let reach = search(free, own)
    if (reach === null || !isRequest(reach.entry.trigger)) {
      all ??= callGraph([module, ...widen()], told)
      reach = search(free, all) ?? reach
    }
    reaches.set(free, reach)
    return reach
  }
  return { isEntry: (free) => byItself.entryAt(free) !== null, from }
}

/** Who calls a function, and the functions between the two, outermost first. */
interface Caller {
  readonly frame: Frame
  readonly between: readonly Frame[]
  /** The handler that it is, where it calls this only as what it was made with. */
  readonly entry?: EntryPoint
}

/** Who calls whom, by free frames, and which functions something outside the code calls. */
interface CallGraph {
  readonly callers: (callee: Frame) => readonly Caller[]
  readonly entryAt: (free: Frame) => EntryPoint | null
}

function callGraph(modules: readonly Module[], entryPoints: EntryPoints): CallGraph {
  const entries = new Map<Frame, EntryPoint>()
  const asked = new Set<Module>()
  const ask = (module: Module): void => {
    asked.add(module)
    for (const entry of entryPoints(module)) {
      const free = freeFrame(entry.handler.module, entry.handler.function)
      const known = entries.get(free)
      if (!known || (!isRequest(known.trigger) && isRequest(entry.trigger)))
        entries.set(free, entry)
    }
  }
  // Most files are never asked what sets their functions off.
  const askAll = (): void => {
    for (const module of modules) if (!asked.has(module)) ask(module)
  }
  let below: Callers | null = null
  const callers = (callee: Frame): readonly Caller[] => [
    ...((below ??= callersBelow(modules, entryPoints)).get(callee) ?? []),
    ...modules.flatMap((module) => callersIn(module).get(callee) ?? []),
  ]
  const entryAt = (free: Frame): EntryPoint | null => {
    if (asked.size === 0) askAll()
    if (!asked.has(free.module)) ask(free.module)
    return entries.get(free) ?? null
  }
  return { callers, entryAt }
}

/** Breadth first from the function up through its callers, so that the first entry met is the nearest. */
function search(free: Frame, { callers, entryAt }: CallGraph): Reach | null {
  let other: Reach | null = null
  const seen = new Set([free])
  let paths: readonly (readonly Frame[])[] = [[free]]
  while (paths.length > 0) {
    const further: (readonly Frame[])[] = []
    for (const path of paths) {
      const entry = entryAt(path[0] as Frame)
      if (entry && isRequest(entry.trigger)) return { entry, path }
      if (entry) other ??= { entry, path }
      for (const { frame, between, entry: made } of callers(path[0] as Frame)) {
        if (made) {
          const way = { entry: made, path: [frame, ...between, ...path] }
          if (isRequest(made.trigger)) return way
          other ??= way
          continue
        }
        // A handler that another function makes is met on the way to that.
        const route = between.findLastIndex((each) => isRoute(entryAt(each)))
        const handler = between[route]
        if (handler && !seen.has(handler)) {
          seen.add(handler)
          further.push([...between.slice(route), ...path])
        }
        if (seen.has(frame)) continue
        seen.add(frame)
        further.push([frame, ...between, ...path])
      }
    }
    paths = further
  }
  return other
}

/** A handler that a router was given: a function that wraps many handlers is none of them. */
function isRoute(entry: EntryPoint | null): boolean {
  return entry !== null && entry.framework !== 'AWS Lambda'
}

/** Who calls what below handlers only because of the objects that these were made with. */
function callersBelow(modules: readonly Module[], entryPoints: EntryPoints): Callers {
  const callers: Callers = new Map()
  for (const module of modules) {
    const entries = entryPoints(module)
    const handlers = new Set(entries.map((e) => freeFrame(e.handler.module, e.handler.function)))
    for (const entry of entries) {
      const frame = freeFrame(entry.handler.module, entry.handler.function)
      for (const { callee, between } of boundCallsIn(frameOfFunction(entry.handler))) {
        const inner = between.slice(1)
        // Of a handler that is wrapped more is known than of what wraps it.
        if ([...inner, callee].some((each) => handlers.has(each))) continue
        note(callers, callee, { frame, between: inner, entry })
      }
    }
  }
  return callers
}

type Callers = Map<Frame, Caller[]>

function note(callers: Callers, callee: Frame, caller: Caller): void {
  const known = callers.get(callee)
  if (!known) callers.set(callee, [caller])
  else if (!known.some((other) => isSameCaller(other, caller))) known.push(caller)
}

/** Of the ways from one function through the same last one, the first tells enough. */
function isSameCaller(one: Caller, other: Caller): boolean {
  const [last, otherLast] = [one, other].map(({ between }) => between.at(-1))
  return one.frame === other.frame && one.entry === other.entry && last === otherLast
}

const callersByModule = keptBy<Module, Callers>()

/** The functions of a module that call a function, by what they call. */
function callersIn(module: Module): Callers {
  const modules = callersByModule(module.project)
  const seen = modules.get(module)
  if (seen) return seen
  const callers: Callers = new Map()
  module.facts.functions.forEach((_, id) => {
    const frame = freeFrame(module, id)
    const bound: (readonly [Frame, Caller])[] = []
    for (const step of stepsOf(frame)) {
      for (const callee of step.callees) {
        note(callers, freeFrame(callee.module, callee.function), { frame, between: [] })
        for (const { callee: further, between } of boundCallsIn(callee))
          bound.push([further, { frame, between }])
      }
      // A function handed on to another of the project is called by that one, whoever it is.
      for (const fn of functionsGiven(frame, step.call))
        note(callers, freeFrame(fn.module, fn.function), { frame, between: [] })
    }
    for (const [callee, caller] of bound) note(callers, callee, caller)
  })
  modules.set(module, callers)
  return callers
}
