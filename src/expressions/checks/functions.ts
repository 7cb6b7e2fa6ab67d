import { invalid, type ExpressionFinding } from '../findings.ts'
import type { ExpressionKind, ExpressionNode, FunctionCall } from '../nodes.ts'
import { walk } from '../walk.ts'
import {
  holdsHole,
  isBeforeHoles,
  withoutOperandBrackets,
  type CheckedExpression,
} from './context.ts'

interface FunctionRule {
  readonly operands: number
  /** Where a call may stand: as a condition, or as an operand. */
  readonly place: 'condition' | 'operand'
  /** Whether the first operand has to be a path. */
  readonly path: boolean
}

const conditionFunctions: ReadonlyMap<string, FunctionRule> = new Map<string, FunctionRule>([
  ['attribute_exists', { operands: 1, place: 'condition', path: true }],
  ['attribute_not_exists', { operands: 1, place: 'condition', path: true }],
  ['attribute_type', { operands: 2, place: 'condition', path: false }],
  ['begins_with', { operands: 2, place: 'condition', path: false }],
  ['contains', { operands: 2, place: 'condition', path: false }],
  ['size', { operands: 1, place: 'operand', path: false }],
])

const updateFunctions: ReadonlyMap<string, FunctionRule> = new Map<string, FunctionRule>([
  ['if_not_exists', { operands: 2, place: 'operand', path: true }],
  ['list_append', { operands: 2, place: 'operand', path: false }],
])

/**
 * Names of functions, where they stand, how many operands they have and which must be paths.
 *
 * @see Expressions.OperatorsAndFunctions.html and Expressions.UpdateExpressions.html
 */
export function checkFunctions(expression: CheckedExpression): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  walk(expression.parsed.tree, {
    FunctionCall: (call, parent) => findings.push(...checkCall(expression, call, parent)),
  })
  return findings
}

function checkCall(
  expression: CheckedExpression,
  call: FunctionCall,
  parent: ExpressionNode | undefined,
): ExpressionFinding[] {
  const { kind } = expression
  const known = kind === 'Update' ? updateFunctions : conditionFunctions
  const rule = known.get(call.name)
  const finding = (
    code: ExpressionFinding['code'],
    message: string,
    range: ExpressionFinding['range'],
  ): ExpressionFinding => ({ code, message: invalid(kind, message), range, subject: call.name })

  if (!rule) {
    const meant = meantFunction(call.name, known)
    const unknown = finding(
      'unknownFunction',
      `Invalid function name; function: ${call.name}`,
      call.nameRange,
    )
    return [meant ? { ...unknown, edits: [{ range: call.nameRange, text: meant }] } : unknown]
  }
  if (rule.place !== placeOf(kind, parent)) {
    if (!isBeforeHoles(expression, call.range)) return []
    return [
      finding(
        'misusedFunction',
        `The function is not allowed to be used this way in an expression; function: ${call.name}`,
        call.nameRange,
      ),
    ]
  }
  if (holdsHole(expression, call.range)) return []
  const { length } = call.arguments
  if (length !== rule.operands) {
    return [
      finding(
        'operandCount',
        `Incorrect number of operands for operator or function; operator or function: ${call.name}, number of operands: ${String(length)}`,
        call.range,
      ),
    ]
  }
  const first = call.arguments[0] && withoutOperandBrackets(call.arguments[0])
  if (rule.path && first && first.type !== 'Path') {
    return [
      finding(
        'pathRequired',
        `Operator or function requires a document path; operator or function: ${call.name}`,
        first.range,
      ),
    ]
  }
  return []
}

function placeOf(kind: ExpressionKind, parent: ExpressionNode | undefined): FunctionRule['place'] {
  if (kind === 'Update') return 'operand'
  switch (parent?.type) {
    case 'Comparison':
    case 'Between':
    case 'In':
    case 'FunctionCall':
    case 'UnknownCall':
    case 'ParenthesizedOperand':
      return 'operand'
    default:
      return 'condition'
  }
}

/** The function that is written with other capitals or without underscores, if there is one. */
function meantFunction(name: string, known: ReadonlyMap<string, FunctionRule>): string | undefined {
  const bare = name.toLowerCase().replaceAll('_', '')
  return [...known.keys()].find((candidate) => candidate.replaceAll('_', '') === bare)
}
