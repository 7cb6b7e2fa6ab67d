import { invalid, type ExpressionFinding } from '../findings.ts'
import type { Range } from '../nodes.ts'
import { walk } from '../walk.ts'
import { holdsHole, type CheckedExpression } from './context.ts'

/** Bytes of UTF-8 that one expression may have. @see Constraints.html */
export const maximumExpressionSize = 4096
/** Operators and functions in one expression; IN counts once, the `=` of SET not at all. */
export const maximumOperators = 300
/** Operands behind IN. */
export const maximumCandidates = 100
/** Segments of a document path. */
export const maximumPathDepth = 32

/**
 * The size of one expression, as it is written.
 *
 * @see Constraints.html
 */
export function checkSize({ kind, parsed }: CheckedExpression): ExpressionFinding[] {
  let holed = 0
  for (const token of parsed.tokens) if (token.holed) holed += token.text.length
  const size = Buffer.byteLength(parsed.text)
  // A character of a token with a hole counts three bytes at most, and may be none at all.
  if (size - 3 * holed <= maximumExpressionSize) return []
  const message = `Expression size has exceeded the maximum allowed size; expression size: ${String(size)}`
  return [
    { code: 'expressionSize', message: invalid(kind, message), range: [0, parsed.text.length] },
  ]
}

/**
 * The other limits of one expression: its operators, the operands of IN, the depth of a path.
 *
 * @see Constraints.html
 */
export function checkLimits(expression: CheckedExpression): ExpressionFinding[] {
  const { kind, parsed } = expression
  const whole: Range = [0, parsed.text.length]
  const findings: ExpressionFinding[] = []
  const report = (code: ExpressionFinding['code'], message: string, range: Range): void => {
    findings.push({ code, message: invalid(kind, message), range })
  }

  let operators = 0
  walk(parsed.tree, {
    enter: (node) => {
      switch (node.type) {
        case 'And':
        case 'Or':
          operators += node.conditions.length - 1
          break
        case 'Not':
        case 'Comparison':
        case 'Between':
        case 'In':
        case 'FunctionCall':
        case 'Arithmetic':
          operators += 1
          break
        default:
      }
    },
    In: ({ candidates: { length }, range }) => {
      if (length <= maximumCandidates || holdsHole(expression, range)) return
      report(
        'candidateCount',
        `The IN operator is provided with too many operands; number of operands: ${String(length)}`,
        range,
      )
    },
    Path: (path) => {
      const depth = path.segments.length
      if (depth <= maximumPathDepth || holdsHole(expression, path.range)) return
      report(
        'pathDepth',
        `The document path has too many nesting levels; nesting levels: ${String(depth)}`,
        path.range,
      )
    },
  })
  if (operators > maximumOperators && parsed.holes === 0) {
    // DynamoDB stops counting at the first one too many.
    report(
      'operatorCount',
      `The expression contains too many operators; operator count: ${String(maximumOperators + 1)}`,
      whole,
    )
  }
  return findings
}
