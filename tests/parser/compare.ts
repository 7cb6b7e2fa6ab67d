/** Parse results in a form that can be compared with `toStrictEqual`. */
import type { AST, Linter, Scope } from 'eslint'

type Result = Linter.ESLintParseResult

/** One line a token: type, text, range, location. */
export function tokenLines({ ast }: Result): string[] {
  return ast.tokens.map((token, index) => {
    const previous = ast.tokens[index - 1]?.value
    // typescript-estree calls names inside `{…}` of an element JSXIdentifier, and `this` of
    // `typeof this` an identifier. ESLint's own parser does neither.
    const type = previous === 'typeof' && token.value === 'this' ? 'Keyword' : token.type
    return `${type.replace('JSXIdentifier', 'Identifier')} ${token.value} ${place(token)}`
  })
}

export function commentLines({ ast }: Result): string[] {
  return ast.comments.map((comment) => {
    const { range, loc } = comment
    return `${comment.type} ${comment.value} ${range && loc ? place({ range, loc }) : 'nowhere'}`
  })
}

function place({ range, loc }: { range: AST.Range; loc: AST.SourceLocation }): string {
  const { start, end } = loc
  return [...range, start.line, start.column, end.line, end.column].join(' ')
}

/** The tree without tokens, comments and what ESLint adds, its undefined properties left out. */
export function plainTree({ ast }: Result): unknown {
  return plain(ast)
}

const left = new Set(['tokens', 'comments', 'parent', 'raw'])

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'bigint' || value instanceof RegExp) return String(value)
  if (typeof value !== 'object' || value === null) return value
  const node = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, child]) => child !== undefined && !left.has(key))
      // Offsets stand in `range`; typescript-estree has no others.
      .filter(([key]) => !('type' in node && (key === 'start' || key === 'end')))
      // typescript-estree decodes the entities of JSX text and attributes.
      .filter(([key]) => !(key === 'value' && String(node.raw).includes('&')))
      // What typescript-estree has for old callers only.
      .filter(([key]) => !(node.type === 'TSEnumMember' && key === 'computed'))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, plain(child)]),
  )
}

/** One line a scope: its node, variables with definitions and references, and what goes through. */
export function scopeLines({ scopeManager }: Result): string[] {
  return (scopeManager?.scopes ?? []).map((scope: Scope.Scope) => {
    const variables = scope.variables.map(
      ({ name, defs, references }) =>
        `${name}/${defs.map(({ type }) => type).join('+')}/${String(references.length)}`,
    )
    const counts = `${String(scope.references.length)} ${String(scope.through.length)}`
    return `${scope.type} ${scope.block.type} ${String(scope.block.range)} ${variables.join(' ')} ${counts}`
  })
}
