/**
 * The text of an expression, which a program may build from parts that are not known beforehand.
 */

/** A piece of an expression that is not known: `${x}` in a template, a variable in a concatenation. */
export interface Hole {
  readonly type: 'Hole'
}

/** Any hole will do; this one saves writing the object. */
export const hole: Hole = { type: 'Hole' }

/** The text of an expression: known pieces and holes, in their order. A string is one known piece. */
export type ExpressionText = string | { readonly parts: readonly (string | Hole)[] }

/**
 * The character that stands for a hole wherever text is measured or printed (U+FFFC, "object
 * replacement character"). The same character inside a known piece is an ordinary wrong character.
 */
export const holeCharacter = '\uFFFC'

/** The pieces put together, each hole counting as one {@link holeCharacter}. */
export interface ConcatenatedText {
  readonly text: string
  /** Offsets in `text` at which a hole stands. */
  readonly holes: ReadonlySet<number>
}

/**
 * Puts the pieces of an expression together. Every offset and range in this library counts UTF-16
 * units of the result, in which a hole is one unit long.
 */
export function concatenate(source: ExpressionText): ConcatenatedText {
  if (typeof source === 'string') return { text: source, holes: new Set() }
  const pieces: string[] = []
  const holes = new Set<number>()
  let length = 0
  for (const part of source.parts) {
    const piece = typeof part === 'string' ? part : holeCharacter
    if (typeof part !== 'string') holes.add(length)
    pieces.push(piece)
    length += piece.length
  }
  return { text: pieces.join(''), holes }
}

/** Reads text in which {@link holeCharacter} stands for a hole, as `print` writes it. */
export function textWithHoles(text: string): ExpressionText {
  const parts: (string | Hole)[] = []
  for (const [index, piece] of text.split(holeCharacter).entries()) {
    if (index > 0) parts.push(hole)
    if (piece !== '') parts.push(piece)
  }
  return { parts }
}
