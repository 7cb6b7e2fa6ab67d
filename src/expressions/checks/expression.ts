import type { ExpressionFinding } from '../findings.ts'
import type { CheckedExpression } from './context.ts'
import { checkParentheses, checkSyntax } from './form.ts'
import { checkFunctions } from './functions.ts'
import { checkLimits, checkSize } from './limits.ts'
import { checkNames, checkUndefined } from './names.ts'
import { checkOperands } from './operands.ts'
import { checkOverlap } from './overlap.ts'
import { checkUpdate } from './update.ts'

/**
 * Everything that can be said of one expression without the keys of its table. Of a text that is too
 * long nothing else is said, and of one with an error in its form only what comes before that.
 */
export function checkExpression(expression: CheckedExpression): ExpressionFinding[] {
  const size = checkSize(expression)
  if (size.length > 0) return size
  const form = [...checkSyntax(expression), ...checkNames(expression)]
  if (expression.parsed.errors.length > 0) return form
  return [
    ...form,
    ...checkUndefined(expression),
    ...checkLimits(expression),
    ...checkParentheses(expression),
    ...checkFunctions(expression),
    ...checkKind(expression),
  ]
}

function checkKind(expression: CheckedExpression): ExpressionFinding[] {
  const { tree } = expression.parsed
  switch (tree.type) {
    case 'UpdateExpression':
      return checkUpdate(expression, tree)
    case 'ProjectionExpression':
      return checkOverlap(expression, tree.paths)
    default:
      return checkOperands(expression)
  }
}
