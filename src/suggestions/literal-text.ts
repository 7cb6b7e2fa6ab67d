import type { Module } from '../project/module.ts'
import type { Place, Term } from '../project/term.ts'

/** A text that is written in the source in one piece, without escapes: its characters and the source's are the same. */
export interface LiteralText {
  readonly value: string
  readonly quote: string
  /** Between the quotes. */
  readonly at: Place
}

/**
 * A term as the literal that it is at a place of a file; null where it is written elsewhere, or in another way.
 *
 * @param at the place that must hold the literal whole
 */
export function literalAt(term: Term, at: Place, module: Module, text: string): LiteralText | null {
  if (term.kind !== 'literal' || typeof term.value !== 'string' || at.module !== module) return null
  const written = text.slice(at.start, at.end)
  const [quote = ''] = written
  if (!['"', "'", '`'].includes(quote) || written !== `${quote}${term.value}${quote}`) return null
  return { value: term.value, quote, at: { module, start: at.start + 1, end: at.end - 1 } }
}

/** A part of a literal's text, as a place in the source. */
export function within({ at }: LiteralText, start: number, end: number): Place {
  return { module: at.module, start: at.start + start, end: at.start + end }
}
