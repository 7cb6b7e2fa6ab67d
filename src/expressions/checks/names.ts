import { invalid, type ExpressionFinding } from '../findings.ts'
import type { Range } from '../nodes.ts'
import { isReservedWord } from '../reserved-words.ts'
import { isKeywordText, type Token } from '../tokens.ts'
import { walk } from '../walk.ts'
import { nearText, tokenAt, type CheckedExpression } from './context.ts'

/**
 * Names that need a `#placeholder`, in every segment of every path: reserved words, and names with an
 * underscore in front.
 *
 * @see ReservedWords.html and Expressions.ExpressionAttributeNames.html
 */
export function checkNames(expression: CheckedExpression): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  const check = (name: string, range: Range): void => {
    if (name.startsWith('_')) findings.push(underscoreName(expression, name, range))
    else if (isReservedWord(name)) findings.push(reservedWord(expression, name, range))
  }
  walk(expression.parsed.tree, {
    Identifier: ({ name, range }) => {
      if (!mayBeCalled(expression, name, range)) check(name, range)
    },
  })
  for (const [token, next] of unparsedTokens(expression)) {
    // A keyword may be in its place there, and a word before a bracket may be a function.
    const isName = token.kind === 'word' && !token.holed && !isKeywordText(token.text)
    if (!isName || next.text === '(' || (token.text === 'size' && next.kind === 'hole')) continue
    check(token.text, token.range)
  }
  return findings
}

function reservedWord(
  expression: CheckedExpression,
  word: string,
  range: Range,
): ExpressionFinding {
  const message = isKeywordText(word)
    ? `Syntax error; token: "${word}", near: "${nearText(expression, range)}"`
    : `Attribute name is a reserved keyword; reserved keyword: ${word}`
  return {
    code: 'reservedWord',
    message: invalid(expression.kind, message),
    range,
    subject: word,
  }
}

/** To DynamoDB the underscore is a token of its own. */
function underscoreName(
  expression: CheckedExpression,
  name: string,
  range: Range,
): ExpressionFinding {
  const { text, tokens } = expression.parsed
  const start = tokens[tokenAt(expression, range[0]) - 1]?.range[0] ?? range[0]
  const near = text.slice(start, name.startsWith('__') ? range[0] + 2 : range[1])
  return {
    code: 'underscoreName',
    message: invalid(expression.kind, `Syntax error; token: "_", near: "${near}"`),
    range,
    subject: name,
  }
}

/** Whether a hole behind `size` may hold the brackets of a call. */
function mayBeCalled(expression: CheckedExpression, name: string, range: Range): boolean {
  if (name !== 'size') return false
  return expression.parsed.tokens[tokenAt(expression, range[1])]?.kind === 'hole'
}

/** Placeholders that a request's closed map does not define. */
export function checkUndefined(expression: CheckedExpression): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  const { kind, parsed, names, values } = expression
  const check = (placeholder: string, range: Range): void => {
    const isName = placeholder.startsWith('#')
    const map = isName ? names : values
    if (map.open || map.entries.has(placeholder)) return
    const message = isName
      ? `An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`
      : `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`
    const code = isName ? 'undefinedName' : 'undefinedValue'
    findings.push({ code, message: invalid(kind, message), range, subject: placeholder })
  }
  walk(parsed.tree, {
    NamePlaceholder: ({ name, range }) => check(name, range),
    ValuePlaceholder: ({ name, range }) => check(name, range),
  })
  for (const [token] of unparsedTokens(expression)) {
    const isPlaceholder = token.kind === 'name' || token.kind === 'value'
    if (isPlaceholder && !token.holed) check(token.text, token.range)
  }
  return findings
}

/**
 * The tokens behind the place where the parser lost its way because of a hole, each with the next
 * one. Behind an error nothing is looked at: what follows is likely not meant as it reads.
 */
function* unparsedTokens({ parsed }: CheckedExpression): Generator<readonly [Token, Token]> {
  if (parsed.errors.length > 0) return
  for (let index = parsed.coveredTokens; index < parsed.tokens.length - 1; index += 1) {
    const token = parsed.tokens[index]
    const next = parsed.tokens[index + 1]
    if (token && next) yield [token, next]
  }
}
