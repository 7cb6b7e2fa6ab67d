import { parseExpression } from '../expressions/index.ts'
import type {
  ExpressionKind,
  ExpressionText,
  Hole,
  ParsedExpression,
} from '../expressions/index.ts'
import { evaluate } from '../project/evaluate.ts'
import { valueOf } from '../project/module.ts'
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

/** Longer chains of `push` and spreads are taken for unknown. */
const DEEPEST_LIST = 40

type Pieces = readonly (string | Hole)[]

const HOLE: Hole = { type: 'Hole' }

function piecesOf(term: Term, depth: number): readonly Pieces[] | null {
  if (term.kind === 'literal') return typeof term.value === 'string' ? [[term.value]] : null
  if (term.kind === 'joined') return joinedPieces(term, depth)
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

/** `parts.join(', ')` of a list that is built here: one text for each list it may be. */
function joinedPieces(
  term: Extract<Term, { kind: 'joined' }>,
  depth: number,
): readonly Pieces[] | null {
  const lists = listsOf(term.of)
  if (lists === null || depth > 6) return null
  const texts: Pieces[] = []
  for (const list of lists) {
    let all: Pieces[] = [[]]
    for (const [index, element] of list.entries()) {
      const before = index === 0 ? [] : [term.separator]
      all = all.flatMap((pieces) =>
        insertedPieces(element, depth + 1).map((more) => [...pieces, ...before, ...more]),
      )
      if (all.length > MOST_TEXTS) return null
    }
    texts.push(...all)
    if (texts.length > MOST_TEXTS) return null
  }
  return texts
}

/** The lists that a term may be, element by element; null where that is not known. */
function listsOf(term: Term, within: readonly Term[] = []): readonly (readonly Term[])[] | null {
  const lists: (readonly Term[])[] = []
  for (const option of alternatives(term)) {
    const found = listsOfOne(option, within)
    if (found === null) return null
    lists.push(...found)
    if (lists.length > MOST_TEXTS) return null
  }
  return lists
}

function listsOfOne(term: Term, within: readonly Term[]): readonly (readonly Term[])[] | null {
  // A list that a loop adds to holds itself: how long it gets is not known.
  if (term.kind !== 'array' || within.includes(term) || within.length > DEEPEST_LIST) return null
  const inside = [...within, term]
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  if (node.kind !== 'array' && node.kind !== 'append') return null
  let lists: readonly (readonly Term[])[] | null =
    node.kind === 'append' ? listsOf(evaluate({ frame, value: node.of }), inside) : [[]]
  for (const item of node.kind === 'append' ? node.items : node.elements) {
    const element = evaluate({ frame, value: item.value })
    const added: readonly (readonly Term[])[] | null = item.spread
      ? listsOf(element, inside)
      : [[element]]
    if (lists === null || added === null) return null
    lists = lists.flatMap((list) => added.map((more) => [...list, ...more]))
    if (lists.length > MOST_TEXTS) return null
  }
  return lists
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
