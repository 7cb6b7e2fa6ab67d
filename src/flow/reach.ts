import type { CallId, FunctionId } from '../facts/model.ts'
import { isRequest } from '../frameworks/framework.ts'
import type { EntryPoint } from '../frameworks/framework.ts'
import { givenBy } from '../project/call.ts'
import { freeFrame } from '../project/frame.ts'
import { callOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { functionsIn, stepsOf } from './steps.ts'

export interface CallSite {
  readonly caller: FunctionId
  readonly call: CallId
}

/** The way from an entry point down to a function: the entry's own function first. */
export interface Reach {
  readonly entry: EntryPoint
  readonly path: readonly FunctionId[]
}

/** Who calls whom in a module, and from which entry points each function is reached. */
export interface Reachability {
  readonly callers: ReadonlyMap<FunctionId, readonly CallSite[]>
  readonly entries: ReadonlyMap<FunctionId, EntryPoint>
  /** The shortest way from an entry point; one that somebody waits for comes before any other. */
  readonly from: (id: FunctionId) => Reach | null
}

export function reachabilityOf(module: Module, entryPoints: readonly EntryPoint[]): Reachability {
  const callers = callersIn(module)
  const entries = new Map<FunctionId, EntryPoint>()
  for (const entry of entryPoints) {
    if (entry.handler.module !== module) continue
    const known = entries.get(entry.handler.function)
    if (!known || (!isRequest(known.trigger) && isRequest(entry.trigger)))
      entries.set(entry.handler.function, entry)
  }
  const reaches = new Map<FunctionId, Reach | null>()
  const from = (id: FunctionId): Reach | null => {
    const known = reaches.get(id)
    if (known !== undefined) return known
    const reach = search(id, callers, entries)
    reaches.set(id, reach)
    return reach
  }
  return { callers, entries, from }
}

/** Breadth first from the function up through its callers, so that the first entry met is the nearest. */
function search(
  id: FunctionId,
  callers: Reachability['callers'],
  entries: Reachability['entries'],
): Reach | null {
  let other: Reach | null = null
  const seen = new Set([id])
  let paths: readonly (readonly FunctionId[])[] = [[id]]
  while (paths.length > 0) {
    for (const path of paths) {
      const entry = entries.get(path[0] as FunctionId)
      if (entry && isRequest(entry.trigger)) return { entry, path }
      if (entry) other ??= { entry, path }
    }
    paths = paths.flatMap((path) =>
      (callers.get(path[0] as FunctionId) ?? []).flatMap(({ caller }) => {
        if (seen.has(caller)) return []
        seen.add(caller)
        return [[caller, ...path]]
      }),
    )
  }
  return other
}

function callersIn(module: Module): ReadonlyMap<FunctionId, readonly CallSite[]> {
  const callers = new Map<FunctionId, CallSite[]>()
  const note = (callee: FunctionId, site: CallSite): void => {
    const sites = callers.get(callee) ?? []
    if (!sites.some((s) => s.caller === site.caller && s.call === site.call)) sites.push(site)
    callers.set(callee, sites)
  }
  module.facts.functions.forEach((_, caller) => {
    const frame = freeFrame(module, caller)
    for (const step of stepsOf(frame)) {
      const site = { caller, call: step.call }
      for (const callee of step.callees) if (callee.module === module) note(callee.function, site)
      // A function handed on to another of the project is called by that one, whoever it is.
      if (callOf(module, step.call).arguments.length === 0) continue
      for (const argument of givenBy(frame, step.call)) {
        for (const fn of functionsIn(argument.term(), 0))
          if (fn.module === module) note(fn.function, site)
      }
    }
  })
  return callers
}
