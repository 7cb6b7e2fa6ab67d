import { hole, parseExpression } from '../expressions/index.ts'
import type { ExpressionKind, ExpressionText, ParsedExpression } from '../expressions/index.ts'
import type { Term } from '../project/term.ts'
import { sourceTextsOf } from './source-text.ts'
import type { SourceText } from './source-text.ts'

/** The texts a term may be, with holes where a piece is not known; null where nothing at all is known of it. */
function textsOf(term: Term): readonly ExpressionText[] | null {
  return sourceTextsOf(term)?.map(expressionText) ?? null
}

/** A text as the expression library takes it. */
export function expressionText(text: SourceText): {
  readonly parts: readonly (string | typeof hole)[]
} {
  return { parts: text.map((piece) => piece.text ?? hole) }
}

/** What the expression in a term may say, parsed; null where it is unknown. */
export function expressionsOf<Kind extends ExpressionKind>(
  kind: Kind,
  term: Term,
): readonly ParsedExpression<Kind>[] | null {
  return textsOf(term)?.map((text) => parseExpression(kind, text)) ?? null
}
