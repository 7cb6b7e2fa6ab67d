import { invalid, type Edit, type ExpressionFinding } from '../findings.ts'
import type { Condition, Operand, Range } from '../nodes.ts'
import { parseExpression } from '../parser/parse.ts'
import { textWithHoles } from '../text.ts'
import { walk } from '../walk.ts'
import { isWhole, type CheckedExpression } from './context.ts'

/** The error of the parser, with an edit where the text shows an operator of another language. */
export function checkSyntax(expression: CheckedExpression): ExpressionFinding[] {
  const { kind, parsed } = expression
  return parsed.errors.map((error) => {
    const edit = error.code === 'syntax' ? foreignOperator(expression, error.range) : undefined
    return {
      code: error.code,
      message: invalid(kind, error.message),
      range: edit?.range ?? error.range,
      ...(edit && { edits: [edit] }),
    }
  })
}

const translations = [
  { written: '==', meant: '=', offset: 1 },
  { written: '!=', meant: '<>', offset: 0 },
  { written: '&&', meant: 'AND', offset: 0 },
  { written: '||', meant: 'OR', offset: 0 },
] as const

/** What `==`, `!=`, `&&` and `||` mean is plain, if the text is right with them translated. */
function foreignOperator(expression: CheckedExpression, error: Range): Edit | undefined {
  const { kind, parsed } = expression
  if (kind === 'Update' || kind === 'Projection') return undefined
  for (const { written, meant, offset } of translations) {
    const start = error[0] - offset
    if (!parsed.text.startsWith(written, start)) continue
    const edit: Edit = { range: [start, start + written.length], text: meant }
    const mended = parsed.text.slice(0, start) + meant + parsed.text.slice(start + written.length)
    const again = parseExpression(kind, textWithHoles(mended))
    const next = again.errors[0]
    if (!next || next.range[0] > start + meant.length) return edit
  }
  return undefined
}

/**
 * Two pairs of brackets around one thing.
 *
 * @see Expressions.OperatorsAndFunctions.html
 */
export function checkParentheses(expression: CheckedExpression): ExpressionFinding[] {
  const { kind, parsed } = expression
  const findings: ExpressionFinding[] = []
  const check = (outer: Range, inner: Condition | Operand): void => {
    const isBracketed =
      inner.type === 'ParenthesizedCondition' || inner.type === 'ParenthesizedOperand'
    // A hole inside may close one pair and open another, one before it may make it a call.
    if (!isBracketed || !isWhole(expression, outer)) return
    const [start, end] = inner.range
    findings.push({
      code: 'redundantParentheses',
      message: invalid(kind, 'The expression has redundant parentheses;'),
      range: inner.range,
      edits: [
        { range: [start, start + 1], text: '' },
        { range: [end - 1, end], text: '' },
      ],
    })
  }
  walk(parsed.tree, {
    ParenthesizedCondition: (node) => check(node.range, node.condition),
    ParenthesizedOperand: (node) => check(node.range, node.operand),
  })
  return findings
}
