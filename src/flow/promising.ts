import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { callOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Frame, Term } from '../project/term.ts'
import { stepsOf } from './steps.ts'
import type { Step } from './steps.ts'

const known = new WeakMap<Module, Map<number, boolean>>()

/**
 * Whether anything below a function can come to an operation at all: with nothing known of its callers, it or a function
 * it leads to speaks to DynamoDB, or calls something that a caller hands in. Asked before the ways below it are walked
 * one by one.
 */
export function mayReachOperation(frame: Frame): boolean {
  const answers = answersOf(frame.module)
  const answer = answers.get(frame.function)
  if (answer !== undefined) return answer
  const seen = new Set<Frame>()
  const waiting = [freeFrame(frame.module, frame.function)]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    if (answersOf(next.module).get(next.function) === true || stepsOf(next).some(isPromising)) {
      answers.set(frame.function, true)
      return true
    }
    for (const step of stepsOf(next)) {
      for (const callee of step.callees) waiting.push(freeFrame(callee.module, callee.function))
    }
  }
  // Nothing below it, so nothing below any of them.
  for (const { module, function: id } of seen) answersOf(module).set(id, false)
  return false
}

function answersOf(module: Module): Map<number, boolean> {
  const answers = known.get(module) ?? new Map<number, boolean>()
  known.set(module, answers)
  return answers
}

function isPromising({ frame, call, spelling }: Step): boolean {
  if (spelling) return true
  const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
  return alternatives(callee).some(
    (option) =>
      option.kind === 'unknown' ||
      (option.kind === 'part' && option.key === 'send') ||
      isHandedIn(option),
  )
}

function isHandedIn(term: Term): boolean {
  let inner: Term = term
  while (inner.kind === 'part' || inner.kind === 'item') inner = inner.of
  return inner.kind === 'parameter'
}
