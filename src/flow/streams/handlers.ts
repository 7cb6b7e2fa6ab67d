import type { FunctionId } from '../../facts/model.ts'
import type { Trigger } from '../../frameworks/framework.ts'
import { exportsOf } from '../../frameworks/functions.ts'
import { handedOver } from '../../frameworks/handed.ts'
import { entryPoints } from '../../frameworks/index.ts'
import { frameOfFunction } from '../../project/frame.ts'
import { functionOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame, FunctionTerm } from '../../project/term.ts'
import type { StreamSource } from '../../tables/discovery/definition.ts'
import { runsOf } from '../paths/steps.ts'

/** A function that takes the records of streams. */
export interface StreamHandler {
  /** How it is run: with nothing known of what it is given. */
  readonly frame: Frame
  /** The streams that set it off, as infrastructure says; none where nothing is known of them. */
  readonly sources: readonly StreamSource[]
  /** Something stands around it that may change the records before they come to it. */
  readonly isWrapped: boolean
}

/** What may set a function off that takes records of a stream, as far as its code tells. */
const MAY_BE_STREAM: ReadonlySet<Trigger> = new Set(['stream', 'queue', 'event', 'unknown'])

/**
 * The functions of a file that take the records of streams: those whose code shows it, and those that a stream of a table
 * is said to set off.
 *
 * @param streams the streams that set functions of the file off; asked for only where a function may be one of them
 */
export function streamHandlersIn(
  module: Module,
  streams: () => readonly StreamSource[],
): readonly StreamHandler[] {
  const shown = entryPoints(module).filter(
    ({ trigger, handler }) => MAY_BE_STREAM.has(trigger) && handler.module === module,
  )
  if (shown.length === 0) return []
  const exported = exportsOf(module).flatMap(({ name, term }) =>
    term.kind === 'class' || term.kind === 'instance'
      ? []
      : handedOver(term).map((handed) => ({ name, ...handed })),
  )
  const told = streams()
  const found = new Map<FunctionId, StreamHandler>()
  for (const { handler, trigger } of shown) {
    const own = exported.filter((each) => isSame(each.function, handler))
    const names = own.map(({ name }) => name)
    const sources = told.filter((source) => names.includes(source.handler.name))
    if (trigger !== 'stream' && sources.length === 0) continue
    const isWrapped = own.length === 0 || own.some(({ wrapped }) => wrapped)
    found.set(handler.function, { frame: frameOfFunction(handler), sources, isWrapped })
  }
  return [...found.values()]
}

function isSame(a: FunctionTerm, b: FunctionTerm): boolean {
  return a.module === b.module && a.function === b.function
}

/** How many runs of functions below a handler are looked at, and how deep they lie, at most. */
const MOST_RUNS = 100
const MOST_DEPTH = 5

/** The runs of functions of one file that a handler comes to, its own first. */
export function runsBelow(frame: Frame): readonly Frame[] {
  const { module } = frame
  const found = new Set([frame])
  const depths = new Map([[frame, 0]])
  for (const run of found) {
    const depth = depths.get(run) ?? 0
    if (found.size >= MOST_RUNS || depth >= MOST_DEPTH) break
    for (const call of functionOf(module, run.function).calls)
      for (const callee of runsOf(run, call)) {
        if (callee.module !== module || found.has(callee)) continue
        found.add(callee)
        depths.set(callee, depth + 1)
      }
  }
  return [...found]
}
