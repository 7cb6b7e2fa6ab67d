import { parseSync } from 'oxc-parser'
import type { Comment, EcmaScriptModule, OxcError, ParserOptions, Program } from 'oxc-parser'
import { guard, lineAt } from './guard.ts'
import { maxTreeHeight, tallerThan } from './tree-height.ts'

export type { Comment, EcmaScriptModule, Program } from 'oxc-parser'

/** How a source text is spelled. */
export type Language = 'ts' | 'tsx' | 'jsx' | 'dts'

/** Why a text has no tree. */
export interface ParseFailure {
  /** `refused`: too deep or too large for the parser; `syntax`: the parser found a mistake. */
  readonly kind: 'refused' | 'syntax'
  /** One sentence without the file's name. */
  readonly message: string
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
  /** Offset in the text without byte-order mark. */
  readonly offset: number
}

export interface ParsedModule {
  /** The text that all offsets count in: the given one without its byte-order mark. */
  readonly text: string
  readonly language: Language
  /**
   * The tree in typescript-estree's form, with `start`, `end` and `range`; no `parent`, `loc` or
   * tokens, and `null` where typescript-estree leaves a property out.
   */
  readonly program: Program
  /** A `#!` line is in `program.hashbang` and not here. */
  readonly comments: readonly Comment[]
  /** Import and export records. */
  readonly module: EcmaScriptModule
  /** Mistakes from which the parser recovered. */
  readonly errors: readonly ParseFailure[]
}

/**
 * Parses one file with oxc, after the guard has passed it. Never throws and never takes the process
 * down. The language comes from the file's extension; where the text does not parse as that, the
 * others are tried (JSX in `.js`, types in `.js`), and the first one that gives a tree is taken.
 *
 * @param text the file's text; a byte-order mark is dropped.
 * @param filename used for its extension only.
 */
export function parseModule(
  text: string,
  filename: string,
): ParsedModule | { readonly error: ParseFailure } {
  const source = withoutByteOrderMark(text)
  let first: ParseFailure | undefined
  for (const language of languagesOf(filename)) {
    const result = parseAs(source, filename, language)
    if (!('error' in result)) return result
    first ??= result.error
  }
  return { error: first ?? failure('syntax', 'the file cannot be parsed', source, 0) }
}

/**
 * The import and export records of a file, which cost a fraction of the tree; undefined where the
 * text cannot be parsed.
 */
export function importRecords(text: string, filename: string): EcmaScriptModule | undefined {
  const source = withoutByteOrderMark(text)
  for (const language of languagesOf(filename)) {
    if (!guard(source, { jsx: hasElements(language) }).ok) continue
    try {
      const { module, errors } = parseSync(filename, source, { ...options, lang: language })
      if (errors.length === 0 || module.staticImports.length > 0) return module
    } catch {
      continue
    }
  }
  return undefined
}

/** The text without a leading byte-order mark. */
export function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

const options: ParserOptions = {
  astType: 'ts',
  range: true,
  preserveParens: false,
  sourceType: 'unambiguous',
}

function languagesOf(filename: string): readonly Language[] {
  if (/\.d\.([^.]+\.)?[mc]?ts$/i.test(filename)) return ['dts']
  if (/\.[mc]?ts$/i.test(filename)) return ['ts', 'tsx']
  if (/\.tsx$/i.test(filename)) return ['tsx', 'ts']
  if (/\.([mc]?js|jsx)$/i.test(filename)) return ['jsx', 'tsx', 'ts']
  return ['ts', 'tsx', 'jsx']
}

function hasElements(language: Language): boolean {
  return language === 'tsx' || language === 'jsx'
}

function parseAs(
  source: string,
  filename: string,
  language: Language,
): ParsedModule | { readonly error: ParseFailure } {
  const passed = guard(source, { jsx: hasElements(language) })
  if (!passed.ok) {
    return {
      error: {
        kind: 'refused',
        message: passed.reason,
        line: passed.line,
        column: 1,
        offset: offsetOfLine(source, passed.line),
      },
    }
  }
  try {
    const result = parseSync(filename, source, { ...options, lang: language })
    const { program, comments, module } = result
    const errors = result.errors
      .filter((error) => error.severity === 'Error')
      .map((error) => failureOf(error, source))
    const [error] = errors
    // After a mistake that it cannot get over, the parser returns a program without a body.
    if (error !== undefined && program.body.length === 0) return { error }
    if (passed.height > maxTreeHeight / 4) {
      const node = tallerThan(program, maxTreeHeight)
      if (node !== undefined) {
        const reason = `one expression is more than ${String(maxTreeHeight)} levels high`
        return { error: failure('refused', reason, source, node.start) }
      }
    }
    return { text: source, language, program, comments, module, errors }
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    return { error: failure('syntax', `the parser failed: ${reason}`, source, 0) }
  }
}

function failureOf(error: OxcError, source: string): ParseFailure {
  return failure('syntax', error.message, source, error.labels[0]?.start ?? 0)
}

function failure(
  kind: ParseFailure['kind'],
  message: string,
  source: string,
  offset: number,
): ParseFailure {
  const line = lineAt(source, offset)
  return { kind, message, line, column: offset - offsetOfLine(source, line) + 1, offset }
}

function offsetOfLine(source: string, line: number): number {
  if (line <= 1) return 0
  const breaks = /\r\n|[\n\r\u2028\u2029]/g
  for (let seen = 1; breaks.exec(source) !== null; seen += 1) {
    if (seen === line - 1) return breaks.lastIndex
  }
  return 0
}
