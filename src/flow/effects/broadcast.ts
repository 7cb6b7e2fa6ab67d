import type { EffectKind } from '../../clients/effects/effect-library.ts'
import type { BranchFacts } from '../../facts/model.ts'
import type { Operation } from '../../operations/operation.ts'
import { givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { elementOf } from '../../project/elements.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import { effectsIn } from './effects.ts'
import type { EffectOccurrence } from './effects.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import { filterText, pagesOn } from '../reads/pages.ts'
import { sourcesOf } from '../values/sources.ts'
import type { Source } from '../values/sources.ts'

/** What goes to somebody, or to where all items are to be found. */
const SENT: ReadonlySet<EffectKind> = new Set(['mail', 'message', 'push', 'search'])

/** Methods that leave some of the items out. */
const PICKS = /^(?:filter|find|findLast|slice|splice|at|pop|shift)$/

/** How far up from the Scan the function is looked for that sends. */
const MOST_LEVELS = 5

/**
 * A Scan that goes on to the end of the table and drops nothing, and what it reads is all sent: a mail to each subscriber, an
 * index built anew. All items are wanted, so there is nothing to query for.
 */
export function isBroadcast(operation: Operation): boolean {
  const path = operation.reach?.path ?? []
  if (path.length === 0 || filterText(operation) !== null || !pagesOn(operation)) return false
  return [...path]
    .reverse()
    .slice(0, MOST_LEVELS)
    .some((frame) => effectsIn(frame).some((effect) => isSentAll(effect, operation, frame)))
}

function isSentAll(sent: EffectOccurrence, operation: Operation, from: Frame): boolean {
  if (!SENT.has(sent.effect.kind)) return false
  const isHanded = sent.effect.given.some(({ term }) =>
    sourcesOf(term()).some((source) => isItem(source, operation)),
  )
  if (!isHanded) return false
  const read = occurrencesIn(from).filter(({ frame, call }) =>
    isCallOf(frame, call, operation.occurrence),
  )
  const frames = new Set([sent, ...read].flatMap(({ trail }) => trail.map(({ frame }) => frame)))
  return ![...frames].some((frame) => picksIn(frame, operation))
}

/** Whether a value comes from the items of a Scan, whichever run of its function made it. */
function isItem({ frame, call, listed, about }: Source, { occurrence }: Operation): boolean {
  return listed && about === null && isCallOf(frame, call, occurrence)
}

function isCallOf(frame: Frame, call: number, of: Operation['occurrence']): boolean {
  return (
    call === of.call && frame.function === of.frame.function && frame.module === of.frame.module
  )
}

/** Whether a function lets some of the items go no further: by a method, or by a condition on what an item has. */
function picksIn(frame: Frame, operation: Operation): boolean {
  const { module } = frame
  const isOfItem = (term: Term): boolean =>
    sourcesOf(term).some((source) => isItem(source, operation))
  const isCondition = ({ function: id, kind, condition }: BranchFacts): boolean => {
    if (id !== frame.function || condition === null || kind === 'loop') return false
    return alternatives(evaluate({ frame, value: condition })).some(
      // That there is a list says nothing of what is in it.
      (term) =>
        term.kind !== 'sequence' &&
        term.kind !== 'array' &&
        sourcesOf(term).some((source) => isItem(source, operation) && source.path.length > 0),
    )
  }
  return (
    functionOf(module, frame.function).calls.some((call) => {
      const callee = valueOf(module, callOf(module, call).callee)
      return (
        callee.kind === 'member' &&
        PICKS.test(callee.key) &&
        isOfItem(elementOf(evaluate({ frame, value: callee.of })))
      )
    }) || module.facts.branches.some(isCondition)
  )
}

/** Methods of a stream that take a piece of what it carries. */
const WRITES = new Set(['write', 'enqueue'])

/**
 * A Scan that goes on to the end of the table and drops nothing, each page of which is written to a stream as it comes: an
 * export. Nothing but the whole table is wanted, and who asked for it need not wait for the end.
 */
export function isStreamed(operation: Operation): boolean {
  if (filterText(operation) !== null || !pagesOn(operation)) return false
  const { frame } = operation.occurrence
  const { module } = frame
  return module.facts.calls.some((call, id) => {
    if (call.function !== frame.function) return false
    const node = valueOf(module, call.callee)
    if (node.kind !== 'member' || !WRITES.has(node.key)) return false
    const isOwn = alternatives(evaluate({ frame, value: call.callee })).some(
      (callee) => callee.kind === 'function',
    )
    return (
      !isOwn &&
      givenBy(frame, id).some(({ term }) => sourcesOf(term()).some((s) => isItem(s, operation)))
    )
  })
}
