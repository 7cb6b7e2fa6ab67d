import type { CallFacts, Range } from '../facts/model.ts'
import { occurrencesIn } from '../flow/paths/occurrences.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { SequentialKey } from '../flow/writes/sequential-keys.ts'
import type { Analysis } from '../operations/analysis.ts'
import { plainValue } from '../operations/plain-value.ts'
import { evaluate } from '../project/evaluate.ts'
import { placeOf } from '../project/module.ts'
import type { Frame, Term } from '../project/term.ts'
import type { OperationKind } from '../requests/operation-kind.ts'
import { sequenceOf } from '../flow/values/sequence.ts'
import type { Proposal } from './edit.ts'
import { nodeFunction } from './node-import.ts'
import type { SourceFile } from './source-file.ts'
import { isPartOf, removeUnused } from './unused.ts'

/**
 * A random UUID in place of the number that a key is made of, whatever stands before it kept; what was read for the
 * number alone is no longer. None where the key is a number, where the number is not written in the function that
 * makes the key, or where something it is made of would be left without use.
 */
export function randomKey(
  { spelling, trail }: Occurrence,
  { field, sequence, type }: SequentialKey,
  file: Analysis,
): readonly Proposal<'useRandom'>[] {
  const { module, text } = file
  const [first] = trail
  if (!first || type === 'N' || type === 'B' || !sequence.isText) return []
  const number = numberIn(plainValue(field.term(), spelling))
  if (number === null || !isAround(number.frame, first.frame)) return []
  const { at } = number
  const { at: made } = sequence
  if (made?.module !== module || made.start < at.start || made.end > at.end) return []
  const code = text.slice(number.said.start, number.said.end)
  if (code.includes('\n')) return []
  const cleaned = removeUnused(file, {
    replaced: [at],
    kept: [],
    assignments: [],
    mayDrop: (call) => isPartOfReading(file, first.frame, call),
  })
  const uuid = nodeFunction(module, text, 'crypto', 'randomUUID')
  if (cleaned === null || uuid === null) return []
  const edits = [{ at: { ...at, module }, text: `${uuid.name}()` }, ...uuid.edits, ...cleaned]
  return [{ messageId: 'useRandom', data: { code }, edits }]
}

/** Whether a frame is that of a function or of one around it. */
function isAround(outer: Frame, inner: Frame): boolean {
  for (let frame: Frame | null = inner; frame; frame = frame.lexical) {
    if (frame === outer) return true
  }
  return false
}

/** A number in a key: what is to be replaced, and what of it a title shows. */
interface FoundNumber {
  readonly frame: Frame
  readonly at: Range
  readonly said: Range
}

/** The one piece of a text that is a sequence, or the whole of a text that is made of nothing else. */
function numberIn(term: Term): FoundNumber | null {
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
    if (!only || more.length > 0) return null
    const isWhole = term.parts.length === 1
    return { frame, at: isWhole ? placeOf(frame.module, term.ref.value) : only.at, said: only.at }
  }
  if (term.kind !== 'derived') return null
  const { frame, value } = term.ref
  const at = placeOf(frame.module, value)
  return { frame, at, said: at }
}

/** A part of a read of the same function, which changes nothing: nobody misses it. */
function isPartOfReading(file: SourceFile, frame: Frame, call: CallFacts): boolean {
  return occurrencesIn(frame).some(
    ({ spelling, trail }) =>
      READS.has(spelling.kind) &&
      trail.length === 1 &&
      trail.some((step) => step.frame === frame && isPartOf(file, step.call, call)),
  )
}

const READS: ReadonlySet<OperationKind> = new Set<OperationKind>(['GetItem', 'Query', 'Scan'])
