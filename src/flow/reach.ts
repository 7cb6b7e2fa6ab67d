import { isRequest } from '../frameworks/framework.ts'
import type { EntryPoint } from '../frameworks/framework.ts'
import { freeFrame } from '../project/frame.ts'
import { keptBy } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { Frame } from '../project/term.ts'
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
  return { isEntry: (free) => byItself.entries.has(free), from }
}

/** Who calls whom, by free frames, and which functions something outside the code calls. */
interface CallGraph {
  readonly callers: (callee: Frame) => readonly Frame[]
  readonly entries: ReadonlyMap<Frame, EntryPoint>
}

function callGraph(modules: readonly Module[], entryPoints: EntryPoints): CallGraph {
  const entries = new Map<Frame, EntryPoint>()
  for (const module of modules) {
    for (const entry of entryPoints(module)) {
      const free = freeFrame(entry.handler.module, entry.handler.function)
      const known = entries.get(free)
      if (!known || (!isRequest(known.trigger) && isRequest(entry.trigger)))
        entries.set(free, entry)
    }
  }
  const callers = (callee: Frame): readonly Frame[] =>
    modules.flatMap((module) => callersIn(module).get(callee) ?? [])
  return { callers, entries }
}

/** Breadth first from the function up through its callers, so that the first entry met is the nearest. */
function search(free: Frame, { callers, entries }: CallGraph): Reach | null {
  let other: Reach | null = null
  const seen = new Set([free])
  let paths: readonly (readonly Frame[])[] = [[free]]
  while (paths.length > 0) {
    for (const path of paths) {
      const entry = entries.get(path[0] as Frame)
      if (entry && isRequest(entry.trigger)) return { entry, path }
      if (entry) other ??= { entry, path }
    }
    paths = paths.flatMap((path) =>
      callers(path[0] as Frame).flatMap((caller) => {
        if (seen.has(caller)) return []
        seen.add(caller)
        return [[caller, ...path]]
      }),
    )
  }
  return other
}

const callersByModule = keptBy<Module, ReadonlyMap<Frame, readonly Frame[]>>()

/** The functions of a module that call a function, by what they call. */
function callersIn(module: Module): ReadonlyMap<Frame, readonly Frame[]> {
  const modules = callersByModule(module.project)
  const seen = modules.get(module)
  if (seen) return seen
  const callers = new Map<Frame, Set<Frame>>()
  const note = (callee: Frame, caller: Frame): void => {
    const known = callers.get(callee)
    if (known) known.add(caller)
    else callers.set(callee, new Set([caller]))
  }
  module.facts.functions.forEach((_, id) => {
    const caller = freeFrame(module, id)
    for (const step of stepsOf(caller)) {
      for (const callee of step.callees) note(freeFrame(callee.module, callee.function), caller)
      // A function handed on to another of the project is called by that one, whoever it is.
      for (const fn of functionsGiven(caller, step.call))
        note(freeFrame(fn.module, fn.function), caller)
    }
  })
  const found = new Map([...callers].map(([callee, from]) => [callee, [...from]] as const))
  modules.set(module, found)
  return found
}
