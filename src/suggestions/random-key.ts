import type { Range } from '../facts/model.ts'
import type { Occurrence } from '../flow/occurrences.ts'
import type { SequentialKey } from '../flow/sequential-keys.ts'
import type { Analysis } from '../operations/analysis.ts'
import { plainValue } from '../operations/plain-value.ts'
import { evaluate } from '../project/evaluate.ts'
import { placeOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { Frame, Term } from '../project/term.ts'
import { sequenceOf } from '../flow/sequence.ts'
import type { Proposal } from './edit.ts'
import { nodeFunction } from './node-import.ts'

/**
 * A random UUID in place of the number that a key is made of, whatever stands before it kept. None where the key is a
 * number, where the number is not written in the function that makes the key, or where something it is made of would
 * be left without use.
 */
export function randomKey(
  { spelling, trail }: Occurrence,
  { field, sequence, type }: SequentialKey,
  { module, text }: Analysis,
): readonly Proposal<'useRandom'>[] {
  const [first] = trail
  if (!first || type === 'N' || type === 'B' || !sequence.isText) return []
  const number = numberIn(plainValue(field.term(), spelling))
  if (number === null || !isAround(number.frame, first.frame)) return []
  const { at } = number
  const { at: made } = sequence
  if (made?.module !== module || made.start < at.start || made.end > at.end) return []
  const code = text.slice(at.start, at.end)
  if (code.includes('\n') || leavesUnused(module, at)) return []
  const uuid = nodeFunction(module, text, 'crypto', 'randomUUID')
  if (uuid === null) return []
  const edits = [{ at: { ...at, module }, text: `${uuid.name}()` }, ...uuid.edits]
  return [{ messageId: 'useRandom', data: { code }, edits }]
}

/** Whether a frame is that of a function or of one around it. */
function isAround(outer: Frame, inner: Frame): boolean {
  for (let frame: Frame | null = inner; frame; frame = frame.lexical) {
    if (frame === outer) return true
  }
  return false
}

/** The one piece of a text that is a sequence, or the whole of a text that is made of nothing else. */
function numberIn(term: Term): { frame: Frame; at: Range } | null {
  if (term.kind === 'choice') {
    const [only, ...more] = term.options.flatMap((option) =>
      sequenceOf(option) === null ? [] : [numberIn(option)],
    )
    return only && more.length === 0 ? only : null
  }
  if (term.kind === 'template') {
    const { frame } = term.ref
    const varying = term.parts.flatMap((part) =>
      part.kind === 'value' && sequenceOf(evaluate({ frame, value: part.value })) !== null
        ? [part]
        : [],
    )
    const [only, ...more] = varying
    return only && more.length === 0 ? { frame, at: only.at } : null
  }
  if (term.kind !== 'derived') return null
  const { frame, value } = term.ref
  return { frame, at: placeOf(frame.module, value) }
}

/** Whether a variable or an import is read in a piece of code and nowhere else. */
function leavesUnused({ facts }: Module, at: Range): boolean {
  const names = [...facts.variables, ...facts.imports.flatMap(({ names }) => names ?? [])]
  const isInside = (offset: number): boolean => offset >= at.start && offset < at.end
  return names.some(({ reads }) => reads.length > 0 && reads.every(isInside))
}
