import { parseExpression } from '../expressions/index.ts'
import type {
  ExpressionKind,
  ExpressionText,
  Hole,
  ParsedExpression,
} from '../expressions/index.ts'
import { evaluate } from '../project/evaluate.ts'
import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'

/** Above this many possible texts, an expression is taken for unknown. */
const MOST_TEXTS = 16

/**
 * The texts a term may be, with holes where a piece is not known; null where nothing at all is known of it. Code that
 * builds an expression in branches gives one text for each way through.
 */
export function textsOf(term: Term): readonly ExpressionText[] | null {
  const texts: ExpressionText[] = []
  for (const option of alternatives(term)) {
    const found = piecesOf(option, 0)
    if (found === null) return null
    texts.push(...found.map((parts) => ({ parts })))
    if (texts.length > MOST_TEXTS) return null
  }
  return texts
}

type Pieces = readonly (string | Hole)[]

const HOLE: Hole = { type: 'Hole' }

function piecesOf(term: Term, depth: number): readonly Pieces[] | null {
  if (term.kind === 'literal') return typeof term.value === 'string' ? [[term.value]] : null
  if (term.kind !== 'template') return null
  let all: Pieces[] = [[]]
  for (const part of term.parts) {
    const options: readonly Pieces[] =
      part.kind === 'text'
        ? [[part.text]]
        : insertedPieces(evaluate({ frame: term.ref.frame, value: part.value }), depth)
    const next = all.flatMap((before) => options.map((more) => [...before, ...more]))
    if (next.length > MOST_TEXTS) return [joined(term)]
    all = next
  }
  return all
}

function insertedPieces(term: Term, depth: number): readonly Pieces[] {
  if (depth > 6) return [[HOLE]]
  const options = alternatives(term).map((option) => {
    if (option.kind === 'literal' && (typeof option.value === 'number' || option.value === ''))
      return [[String(option.value)]]
    return piecesOf(option, depth + 1) ?? [[HOLE]]
  })
  return options.flat()
}

/** The text with a hole for every piece that is not written in place. */
function joined(term: Extract<Term, { kind: 'template' }>): Pieces {
  return term.parts.map((part) => (part.kind === 'text' ? part.text : HOLE))
}

/** What the expression in a term may say, parsed; null where it is unknown. */
export function expressionsOf<Kind extends ExpressionKind>(
  kind: Kind,
  term: Term,
): readonly ParsedExpression<Kind>[] | null {
  return textsOf(term)?.map((text) => parseExpression(kind, text)) ?? null
}
