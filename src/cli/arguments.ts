import { cac } from 'cac'
import { CannotRun } from './cannot-run.ts'
import { nearest } from './nearest.ts'

export type Preset = 'recommended' | 'strict'
export type Format = 'stylish' | 'json'

/** What the command line asks for. */
export type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'check'; readonly options: CheckOptions }
  | { readonly kind: 'explain'; readonly options: ExplainOptions }
  | { readonly kind: 'tables'; readonly options: TablesOptions }

export interface ExplainOptions {
  /** `file` or `file:line`, as written. */
  readonly target: string
  readonly json: boolean
  /** A JSON file with what `settings.dynamodb` would hold. */
  readonly settings: string | undefined
}

export interface TablesOptions {
  /** Files, directories and patterns, as written; the working directory if none is named. */
  readonly paths: readonly string[]
  readonly json: boolean
  /** A JSON file with what `settings.dynamodb` would hold. */
  readonly settings: string | undefined
}

export interface CheckOptions {
  /** Files, directories and patterns, as written; the working directory if none is named. */
  readonly paths: readonly string[]
  readonly format: Format
  readonly preset: Preset
  /** Ids of the only rules to run, without namespace; all of the preset if empty. */
  readonly rules: readonly string[]
  /** How many warnings are no failure; -1 for any number. */
  readonly maxWarnings: number
  readonly fix: boolean
  readonly fixSuggestions: boolean
  /** A JSON file with what `settings.dynamodb` would hold. */
  readonly settings: string | undefined
}

const flags = [
  ['--format <name>', 'How to print the findings: stylish (default) or json'],
  ['--json', 'The same as --format json'],
  ['--preset <name>', 'Which rules to run: recommended (default) or strict'],
  ['--rule <id>', 'Run this rule only; may be given several times'],
  ['--max-warnings <number>', 'How many warnings are no failure (default: 0; -1: any number)'],
  ['--settings <file>', 'JSON file with your tables: what settings.dynamodb holds in ESLint'],
  ['--fix', 'Apply the fixes that change nothing the code does'],
  ['--fix-suggestions', 'Apply the first suggestion of each finding, naming each change'],
  ['--help', 'Print this'],
  ['--version', 'Print the version'],
] as const

/** What `--help` prints. */
export const help = `Finds DynamoDB mistakes in JavaScript and TypeScript. Needs no ESLint configuration.

Usage
  npx eslint-plugin-dynamodb [check] [paths …] [options]
  npx eslint-plugin-dynamodb explain <file>[:line] [--json] [--settings <file>]
  npx eslint-plugin-dynamodb tables [paths …] [--json] [--settings <file>]

  Paths are files, directories or patterns; without any, the working directory is checked.
  What .gitignore names is left out, and so are node_modules, build output, *.d.ts and *.min.js.
  explain prints what is understood of each DynamoDB call in a file, and why no more.
  tables prints the tables that infrastructure files define, and what is linked to them.

Options
${flags.map(([flag, text]) => `  ${flag.padEnd(24)}${text}`).join('\n')}

Exit codes
  0  Everything was checked and there is no finding.
  1  There are findings.
  2  It could not run, or could not check everything.
`

/**
 * Reads the arguments that follow the program's name.
 *
 * @throws CannotRun for an unknown option or a value that it cannot take.
 */
export function readArguments(argv: readonly string[]): Request {
  const cli = cac('eslint-plugin-dynamodb')
  for (const [flag, text] of flags) cli.option(flag, text)
  const { args, options } = cli.parse(['', '', ...spelledForCac(argv)], { run: false })
  const given = new Map(Object.entries(options))
  checkNames(argv)
  if (given.get('help') === true) return { kind: 'help' }
  if (given.get('version') === true) return { kind: 'version' }
  const words = [...args.map(String), ...texts(given, '--')]
  const isJson = given.get('json') === true
  if (words[0] === 'explain') return { kind: 'explain', options: explainOptions(words, given) }
  if (words[0] === 'tables') {
    const { json, settings } = outputOptions(given)
    return { kind: 'tables', options: { paths: words.slice(1), json, settings } }
  }
  return {
    kind: 'check',
    options: {
      paths: words[0] === 'check' ? words.slice(1) : words,
      format: isJson ? 'json' : choice(given, 'format', ['stylish', 'json']),
      preset: choice(given, 'preset', ['recommended', 'strict']),
      rules: texts(given, 'rule'),
      maxWarnings: wholeNumber(given, 'maxWarnings', '--max-warnings', 0),
      fix: given.get('fix') === true,
      fixSuggestions: given.get('fixSuggestions') === true,
      settings: texts(given, 'settings').at(-1),
    },
  }
}

function explainOptions(
  [, target, ...more]: readonly string[],
  given: ReadonlyMap<string, unknown>,
): ExplainOptions {
  if (target === undefined || more.length > 0)
    throw new CannotRun('explain takes one file, such as src/orders.ts or src/orders.ts:41.')
  return {
    target,
    ...outputOptions(given),
  }
}

function outputOptions(
  given: ReadonlyMap<string, unknown>,
): Pick<ExplainOptions, 'json' | 'settings'> {
  return {
    json: given.get('json') === true || choice(given, 'format', ['stylish', 'json']) === 'json',
    settings: texts(given, 'settings').at(-1),
  }
}

/**
 * The words as cac takes them: it knows a flag without a value only by its name in camel case, and
 * takes the `-1` of `--max-warnings -1` for an option.
 */
function spelledForCac(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  const negative = /^-\d+$/
  const words: string[] = []
  for (const word of argv.slice(0, end)) {
    if (negative.test(word) && words.at(-1)?.startsWith('--') === true) {
      words.push(`${words.pop() ?? ''}=${word}`)
    } else {
      words.push(
        word.replace(/^--[^=]+/, (flag) =>
          flag.replace(
            /([a-z])-([a-z])/g,
            (_, left: string, right: string) => left + right.toUpperCase(),
          ),
        ),
      )
    }
  }
  return [...words, ...argv.slice(end)]
}

function checkNames(argv: readonly string[]): void {
  const known: readonly string[] = flags.map(([flag]) => flag.split(' ', 1)[0] ?? '')
  const end = argv.indexOf('--')
  for (const word of end === -1 ? argv : argv.slice(0, end)) {
    if (!word.startsWith('-') || /^-\d+$/.test(word)) continue
    const name = word.split('=', 1)[0] ?? ''
    if (known.includes(name)) continue
    const similar = nearest(name, known)
    const advice = similar === undefined ? '--help lists all options' : `did you mean ${similar}`
    throw new CannotRun(`There is no option ${name}; ${advice}.`)
  }
}

function texts(given: ReadonlyMap<string, unknown>, name: string): string[] {
  const value = given.get(name)
  if (value === undefined) return []
  return [value].flat().map((each) => {
    if (typeof each === 'boolean') throw new CannotRun(`--${name} needs a value.`)
    return asText(each)
  })
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function choice<const Choice extends string>(
  given: ReadonlyMap<string, unknown>,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = texts(given, name).at(-1)
  if (value === undefined) return choices[0]
  const chosen = choices.find((candidate) => candidate === value)
  if (chosen !== undefined) return chosen
  throw new CannotRun(`--${name} takes ${choices.join(' or ')}, not ${value}.`)
}

function wholeNumber(
  given: ReadonlyMap<string, unknown>,
  name: string,
  flag: string,
  otherwise: number,
): number {
  const value = [given.get(name)].flat().at(-1)
  if (value === undefined) return otherwise
  if (typeof value === 'number' && Number.isInteger(value) && value >= -1) return value
  const got = typeof value === 'boolean' ? 'nothing' : asText(value)
  throw new CannotRun(`${flag} takes a whole number such as 10, not ${got}.`)
}
