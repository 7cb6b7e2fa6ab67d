import { givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { enter, freeFrame } from '../../project/frame.ts'
import { constructorOf } from '../../project/class-member.ts'
import { functionOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, FunctionTerm, Term } from '../../project/term.ts'

/** How many ways infrastructure in code is looked through in, at most. */
const MOST_FRAMES = 5000

/**
 * The ways that functions of some modules are run in: each one as nobody knows who calls it, and as they call each other, so
 * that what a class of constructs is given is known.
 */
export function framesOf(modules: readonly Module[]): ReadonlySet<Frame> {
  const inside = new Set(modules)
  const frames = new Set(
    modules.flatMap((module) => module.facts.functions.map((_, id) => freeFrame(module, id))),
  )
  for (const frame of frames) {
    if (frames.size > MOST_FRAMES) break
    for (const call of functionOf(frame.module, frame.function).calls) {
      const entered = enteredBy(frame, call, inside)
      if (entered !== null) frames.add(entered)
    }
  }
  return frames
}

function enteredBy(frame: Frame, call: number, inside: ReadonlySet<Module>): Frame | null {
  const facts = frame.module.facts.calls[call]
  if (facts === undefined) return null
  const [callee, ...others] = alternatives(evaluate({ frame, value: facts.callee }))
  if (callee === undefined || others.length > 0) return null
  if (callee.kind === 'function')
    return inside.has(callee.module) ? enter(frame, call, callee, givenBy(frame, call)) : null
  if (callee.kind !== 'class' || !inside.has(callee.module)) return null
  const isSuper = valueOf(frame.module, facts.callee).kind === 'super'
  if (!facts.isNew && !isSuper) return null
  const made: Term = { kind: 'instance', class: callee, construct: null }
  const self = isSuper ? (frame.self ?? made) : made
  const code: FunctionTerm | null = constructorOf(callee)
  return code === null ? null : enter(frame, call, { ...code, self }, givenBy(frame, call))
}
