import type { ExpressionFinding } from '../findings.ts'
import type { CheckedExpression } from './context.ts'
import { checkParentheses, checkSyntax } from './form.ts'
import { checkFunctions } from './functions.ts'
import { checkLimits } from './limits.ts'
import { checkNames, checkUndefined } from './names.ts'
import { checkOperands } from './operands.ts'
import { checkOverlap } from './overlap.ts'
import { checkUpdate } from './update.ts'

/** Everything that can be said of one expression without the keys of its table. */
export function checkExpression(expression: CheckedExpression): ExpressionFinding[] {
  const { tree, errors } = expression.parsed
  const findings = [...checkSyntax(expression), ...checkNames(expression)]
  if (errors.length > 0) return findings
  findings.push(...checkUndefined(expression), ...checkLimits(expression))
  findings.push(...checkParentheses(expression), ...checkFunctions(expression))
  switch (tree.type) {
    case 'UpdateExpression':
      findings.push(...checkUpdate(expression, tree))
      break
    case 'ProjectionExpression':
      findings.push(...checkOverlap(expression, tree.paths))
      break
    default:
      findings.push(...checkOperands(expression))
  }
  return findings
}
