import { analyze } from '@typescript-eslint/scope-manager'
import { visitorKeys } from '@typescript-eslint/visitor-keys'
import type { AST, Linter, Scope } from 'eslint'
import { createLocator } from './locations.ts'
import { parseModule, type ParseFailure } from './oxc.ts'
import { tokenize } from './tokens.ts'
import { completeTree } from './tree.ts'
import { version } from '../version.ts'

/** What this parser reads of ESLint's `parserOptions`; the rest is ignored. */
export interface ParserOptions {
  /** Decides by its extension how the text is read. */
  readonly filePath?: string
  readonly sourceType?: 'module' | 'script' | 'commonjs'
  readonly ecmaFeatures?: { readonly globalReturn?: boolean; readonly impliedStrict?: boolean }
}

/** Name and version, as ESLint's cache and `--print-config` want them. */
export const meta: { readonly name: string; readonly version: string } = {
  name: 'eslint-plugin-dynamodb/parser',
  version,
}

/**
 * Parses a file for ESLint: the tree, scopes and tokens that the parser of TypeScript ESLint gives,
 * without needing TypeScript. Reads TypeScript and JavaScript, with JSX where the extension allows.
 *
 * @throws an error with `lineNumber`, `column` (from 1) and `index` where the text cannot be parsed.
 */
export function parseForESLint(
  text: string,
  options: ParserOptions = {},
): Linter.ESLintParseResult {
  const parsed = parseModule(text, options.filePath ?? '')
  if ('error' in parsed) throw syntaxError(parsed.error)
  const { program, comments, errors } = parsed
  const mistake = errors.find(({ message }) => isSyntax.test(message))
  if (mistake !== undefined) throw syntaxError(mistake)
  const locate = createLocator(parsed.text)
  const marks = completeTree(program, parsed.text, locate)
  const sourceType = options.sourceType === 'module' ? 'module' : 'script'
  const ast = Object.assign(program, {
    sourceType,
    comments: comments.map(({ type, value, start, end }) => ({
      type,
      value,
      range: [start, end] satisfies AST.Range,
      loc: locate(start, end),
    })),
    tokens: tokenize(parsed.text, marks, locate),
  })
  const scopeManager = analyze(ast as unknown as Parameters<typeof analyze>[0], {
    sourceType,
    globalReturn: options.ecmaFeatures?.globalReturn === true,
    impliedStrict: options.ecmaFeatures?.impliedStrict === true,
  })
  return {
    ast: ast as unknown as AST.Program,
    scopeManager: scopeManager as unknown as Scope.ScopeManager,
    services: {},
    visitorKeys: visitorKeys as Record<string, string[]>,
  }
}

/**
 * What the parser can get over and is still no program (a bracket that is not closed), as against
 * what only a compiler minds (`return` outside of a function, an order of parameters).
 */
const isSyntax = /^(Expected|Unexpected|Unterminated|Invalid|Missing)\b/

/** The tree alone, as `parseForESLint` gives it. */
export function parse(text: string, options?: ParserOptions): AST.Program {
  return parseForESLint(text, options).ast
}

function syntaxError({ message, line, column, offset }: ParseFailure): SyntaxError {
  return Object.assign(new SyntaxError(message), { lineNumber: line, column, index: offset })
}
