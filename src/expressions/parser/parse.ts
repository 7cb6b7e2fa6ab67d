import type { SyntaxFinding } from '../findings.ts'
import type { Expression, ExpressionKind, ExpressionOfKind, Range } from '../nodes.ts'
import type { ExpressionText } from '../text.ts'
import type { Token } from '../tokens.ts'
import { parseCondition } from './condition.ts'
import { createCursor, fail, peek, reportToken, type Cursor } from './cursor.ts'
import { impossibleNeighbour } from './neighbours.ts'
import { parsePaths } from './projection.ts'
import { parseSections } from './update.ts'
import { childrenOf, walk } from '../walk.ts'

export interface ParsedExpression<Kind extends ExpressionKind = ExpressionKind> {
  readonly kind: Kind
  /** The text in which ranges count, a hole being `holeCharacter`. */
  readonly text: string
  /** What could be read; the part before the first error. */
  readonly tree: ExpressionOfKind[Kind]
  /** At most one: DynamoDB gives one too, and what follows it would be guessed. */
  readonly errors: readonly SyntaxFinding[]
  /** Whether the tree says all that the text says: no error, no hole. */
  readonly complete: boolean
  readonly tokens: readonly Token[]
  /** Index in `tokens` behind the last one that surely is in the tree. */
  readonly coveredTokens: number
  /** How many of the tokens have a hole. */
  readonly holes: number
  /** Index in `tokens` of the first one with a hole; their number where there is none. */
  readonly firstHole: number
  /** How many looks at a token the parser took; it grows linearly with the text. */
  readonly steps: number
}

/**
 * Parses one expression. Any text at all may be given: the parser never throws, its time is linear
 * in the length of the text, and it stops at the first error. An error is only given where no
 * content of the holes could make the text right.
 *
 * @param kind which member of a request the text is, `Filter` for FilterExpression
 * @param source the text, or its pieces with holes between them
 * @see Expressions.html
 */
export function parseExpression<Kind extends ExpressionKind>(
  kind: Kind,
  source: ExpressionText,
): ParsedExpression<Kind> {
  const cursor = createCursor(kind, source)
  const range: Range = [0, cursor.text.length]
  const tree = parseTree(cursor, kind, range)
  if (peek(cursor).kind !== 'end') fail(cursor)
  if (cursor.text === '') {
    cursor.errors.splice(0, Infinity, {
      code: 'empty',
      message: 'The expression can not be empty;',
      range,
    })
  } else if (cursor.errors.length === 0) reportBehindHoles(cursor)
  return {
    kind,
    text: cursor.text,
    // The kind decides the tree; TypeScript cannot follow that through the switch.
    tree: tree as ExpressionOfKind[Kind],
    errors: cursor.errors,
    complete: !cursor.stopped && cursor.errors.length === 0 && noHole(cursor),
    tokens: cursor.tokens,
    coveredTokens: coveredTokens(tree, cursor),
    firstHole: cursor.firstHole,
    holes: cursor.tokens.filter((token) => token.holed).length,
    steps: cursor.steps,
  }
}

function parseTree(cursor: Cursor, kind: ExpressionKind, range: Range): Expression {
  switch (kind) {
    case 'KeyCondition':
      return { type: 'KeyConditionExpression', range, condition: parseCondition(cursor) }
    case 'Filter':
      return { type: 'FilterExpression', range, condition: parseCondition(cursor) }
    case 'Condition':
      return { type: 'ConditionExpression', range, condition: parseCondition(cursor) }
    case 'Update':
      if (peek(cursor).kind === 'end') fail(cursor)
      return { type: 'UpdateExpression', range, sections: parseSections(cursor) }
    case 'Projection':
      return { type: 'ProjectionExpression', range, paths: parsePaths(cursor) }
  }
}

/** Where the parser stopped early, what it had begun to read is not in the tree. */
function coveredTokens(tree: Expression, cursor: Cursor): number {
  if (!cursor.stopped) return cursor.tokens.length
  let end = 0
  walk(tree, {
    enter: (node) => {
      if (childrenOf(node).length === 0 && node.range !== tree.range)
        end = Math.max(end, node.range[1])
    },
  })
  const index = cursor.tokens.findIndex((token) => token.range[0] >= end)
  return index === -1 ? cursor.tokens.length : index
}

/**
 * Behind a hole the parser is silent, but some characters are wrong wherever they stand, and some
 * tokens beside each other.
 */
function reportBehindHoles(cursor: Cursor): void {
  const wrong = cursor.tokens.findIndex((token) => token.kind === 'wrong')
  const neighbour = impossibleNeighbour(cursor)
  const found = [wrong, neighbour].filter((index) => index !== -1)
  if (found.length > 0) reportToken(cursor, Math.min(...found))
}

function noHole(cursor: Cursor): boolean {
  return cursor.firstHole === cursor.tokens.length
}
