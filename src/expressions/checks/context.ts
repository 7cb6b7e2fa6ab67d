import type { ExpressionKind, Operand, Path, Range } from '../nodes.ts'
import type { ParsedExpression } from '../parser/parse.ts'
import type { AttributeNames, AttributeValues } from '../placeholders.ts'
import { resolvePath, type ResolvedPath } from '../queries.ts'
import { knownType, type AttributeType, type AttributeValue } from '../values.ts'

/** What the checks of one expression look at. */
export interface CheckedExpression {
  readonly kind: ExpressionKind
  readonly parsed: ParsedExpression
  readonly names: AttributeNames
  readonly values: AttributeValues
}

/**
 * The attributes and indexes a path stands for, where that is certain: a hole beside a path may be
 * more of it.
 */
export function certainPath(expression: CheckedExpression, path: Path): ResolvedPath | undefined {
  return touchesHole(expression, path.range) ? undefined : resolvePath(path, expression.names)
}

/**
 * Whether what stands in a range is all there, so that no content of the holes elsewhere can add to
 * it.
 */
export function isWhole(expression: CheckedExpression, range: Range): boolean {
  return !holdsHole(expression, range) && !touchesHole(expression, range)
}

/**
 * Whether the part a range plays in its expression is certain as well: it is where nothing unknown
 * comes before it.
 */
export function isBeforeHoles(expression: CheckedExpression, range: Range): boolean {
  const { holes, tokens, firstHole } = expression.parsed
  if (holes === 0) return true
  return tokenAt(expression, range[1]) < firstHole && (tokens[firstHole]?.range[0] ?? 0) > range[1]
}

/** Whether a hole stands before or behind a range with nothing but white space between. */
export function touchesHole(expression: CheckedExpression, range: Range): boolean {
  const { holes, tokens } = expression.parsed
  if (holes === 0) return false
  const first = tokenAt(expression, range[0])
  const behind = tokenAt(expression, range[1])
  return tokens[first - 1]?.holed === true || tokens[behind]?.holed === true
}

/** Whether a hole stands in a range. */
export function holdsHole(expression: CheckedExpression, range: Range): boolean {
  const { holes, tokens } = expression.parsed
  if (holes === 0) return false
  for (let index = tokenAt(expression, range[0]); index < tokens.length; index += 1) {
    const token = tokens[index]
    if (!token || token.range[0] >= range[1]) return false
    if (token.holed) return true
  }
  return false
}

/** Index of the first token that begins at an offset or behind it. */
export function tokenAt(expression: CheckedExpression, offset: number): number {
  const { tokens } = expression.parsed
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.range[0] ?? Infinity) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** The value an operand stands for, brackets taken off; undefined for anything but a known value. */
export function valueOf(operand: Operand, values: AttributeValues): AttributeValue | undefined {
  const bare = withoutOperandBrackets(operand)
  return bare.type === 'ValuePlaceholder' ? values.entries.get(bare.name) : undefined
}

/** The type an operand has whatever the item holds; undefined where it depends on that. */
export function typeOf(operand: Operand, values: AttributeValues): AttributeType | undefined {
  const bare = withoutOperandBrackets(operand)
  switch (bare.type) {
    case 'ValuePlaceholder':
      return knownType(values.entries.get(bare.name))
    case 'Arithmetic':
      return 'N'
    case 'FunctionCall':
      if (bare.name === 'size') return 'N'
      return bare.name === 'list_append' ? 'L' : undefined
    default:
      return undefined
  }
}

export function withoutOperandBrackets(operand: Operand): Operand {
  let bare = operand
  while (bare.type === 'ParenthesizedOperand') bare = bare.operand
  return bare
}

/** A path as DynamoDB writes it in its messages: `[a, [0], b]`. */
export function pathText(path: ResolvedPath): string {
  return `[${path.map((part) => (typeof part === 'number' ? `[${String(part)}]` : part)).join(', ')}]`
}

/** Text next to a token, as DynamoDB shows it behind `near:`. */
export function nearText(expression: CheckedExpression, range: Range): string {
  const { tokens, text } = expression.parsed
  const index = tokenAt(expression, range[0])
  const from = tokens[index - 1]?.range[0] ?? range[0]
  const to = tokens[index + 1]?.range[1] ?? range[1]
  return text.slice(from, to)
}
