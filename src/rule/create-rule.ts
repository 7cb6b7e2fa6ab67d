import type { AST, Rule, SourceCode } from 'eslint'
import type { Analysis } from '../operations/analysis.ts'
import { readSettings } from '../settings/settings.ts'
import { version } from '../version.ts'
import { isIdleStill, rememberIdle } from './idle-texts.ts'
import type { LintedFile, StaysIdle } from './idle-texts.ts'

/** The preset that a rule first appears in; `strict` holds every rule. */
export type Preset = 'recommended' | 'strict'

/** One change that a report offers, under a title of its own. */
export interface Suggestion<MessageIds extends string> {
  readonly messageId: MessageIds
  readonly data?: MessageData | undefined
  readonly fix: (fixer: Rule.RuleFixer) => FixResult
}

/** What a rule tells ESLint: where, which message, and what it offers. */
export interface Report<MessageIds extends string> {
  readonly loc: AST.SourceLocation
  readonly messageId: MessageIds
  readonly data?: MessageData | undefined
  readonly fix?: ((fixer: Rule.RuleFixer) => FixResult) | undefined
  readonly suggest?: readonly Suggestion<MessageIds>[] | undefined
}

type MessageData = Readonly<Record<string, string>>
type FixResult = Rule.Fix | readonly Rule.Fix[] | null

/** No options, or one object of them. */
export type RuleOptions = readonly [] | readonly [object]

/** ESLint's rule context, with this rule's options and messages known to the compiler. */
export interface RuleContext<MessageIds extends string, Options extends RuleOptions> extends Pick<
  Rule.RuleContext,
  'id' | 'cwd' | 'filename' | 'physicalFilename' | 'settings'
> {
  readonly sourceCode: SourceCode
  /** The user's options over the rule's defaults. */
  readonly options: Options
  report(this: void, report: Report<MessageIds>): void
}

interface RuleDocs<Options> {
  readonly description: string
  readonly preset: Preset
  /** Options that `strict` sets, where they differ from the defaults. */
  readonly strictOptions?: Options
}

/** A rule as its author writes it. */
export interface RuleDefinition<MessageIds extends string, Options extends RuleOptions> {
  readonly name: string
  readonly meta: {
    readonly type: 'problem' | 'suggestion' | 'layout'
    readonly docs: RuleDocs<Options>
    readonly messages: Readonly<Record<MessageIds, string>>
    /** One JSON schema for each option; every option is described. */
    readonly schema: readonly object[]
    readonly defaultOptions: Options
    readonly fixable?: 'code'
    readonly hasSuggestions?: boolean
  }
  create(context: RuleContext<MessageIds, Options>): Rule.RuleListener
}

/** A rule as ESLint takes it, with the name and the preset that lists are made from. */
export interface DynamodbRule extends Rule.RuleModule {
  readonly name: string
  readonly meta: Rule.RuleMetaData & {
    readonly type: 'problem' | 'suggestion' | 'layout'
    readonly docs: RuleDocs<RuleOptions> & { readonly url: string }
    readonly messages: Record<string, string>
  }
}

/**
 * Makes an ESLint rule of a definition: adds the address of its page, tells wrong settings once,
 * and sees to it that the rule never throws. A failure inside the rule is silence, and one line on
 * stderr where the environment variable DEBUG names `eslint-plugin-dynamodb`; where it names
 * `eslint-plugin-dynamodb:throw` the failure is thrown, for tests.
 */
export function createRule<const MessageIds extends string, Options extends RuleOptions>(
  definition: RuleDefinition<MessageIds, Options>,
): DynamodbRule {
  const { name, meta } = definition
  return {
    name,
    meta: {
      ...meta,
      docs: { ...meta.docs, url: documentationUrl(name) },
      schema: [...meta.schema],
      defaultOptions: [...meta.defaultOptions],
    },
    create(context) {
      // Most files have nothing to do with DynamoDB: nothing is made for them.
      if (isIdle(context)) return NOTHING
      let listener: Rule.RuleListener = NOTHING
      try {
        reportSettings(context)
        // ESLint has put the defaults under the options; only the compiler does not know.
        listener = definition.create(context as unknown as RuleContext<MessageIds, Options>)
      } catch (failure) {
        tellFailure(name, context.filename, failure)
      }
      if (listener === NOTHING) return NOTHING
      const guarded: Record<string, Visit> = {}
      for (const [selector, visit] of Object.entries(listener))
        if (visit !== undefined) guarded[selector] = guardedBy(name, context.filename, visit)
      return guarded as Rule.RuleListener
    },
  }
}

/** What a rule that looks at nothing in a file listens to: one object for all, so that none is made. */
export const NOTHING: Rule.RuleListener = Object.freeze({})

/** One analysis a file, shared by all rules; keyed by the object that ESLint keeps for the file and by nothing else. */
const analyses = new WeakMap<SourceCode, Analysis>()

/** The last file that no rule had anything to look at in. ESLint holds the last file, too; a map would cost as much as all else. */
let idle: SourceCode | null = null

/** Whether it is known that no rule has anything to look at in a file. */
function isIdle(context: LintedFile): boolean {
  const { sourceCode } = context
  if (sourceCode === idle) return true
  if (analyses.has(sourceCode) || !isIdleStill(context)) return false
  idle = sourceCode
  return true
}

/** Why rules look at nothing in a file. */
export interface Idleness {
  /** null where nobody can tell. */
  readonly stays: StaysIdle | null
}

/** What is known of a file, asked for once by all rules; null where none has anything to look at. */
export function analysisOnce(
  context: LintedFile,
  analyse: () => Analysis | Idleness,
): Analysis | null {
  if (isIdle(context)) return null
  const known = analyses.get(context.sourceCode)
  if (known !== undefined) return known
  // Code that cannot be analysed is tried once, too, and not once a rule.
  idle = context.sourceCode
  const found = analyse()
  if ('stays' in found) {
    if (found.stays !== null) rememberIdle(context, found.stays)
    return null
  }
  idle = null
  analyses.set(context.sourceCode, found)
  return found
}

/** The address of a rule's page in the published package of this version. */
function documentationUrl(name: string): string {
  return `https://unpkg.com/eslint-plugin-dynamodb@${version}/docs/rules/${name}.md`
}

type Visit = (...given: never[]) => void

function guardedBy(rule: string, filename: string, visit: Visit): Visit {
  return (...given) => {
    try {
      visit(...given)
    } catch (failure) {
      tellFailure(rule, filename, failure)
    }
  }
}

function tellFailure(rule: string, filename: string, failure: unknown): void {
  const debug = process.env.DEBUG ?? ''
  if (debug.includes('eslint-plugin-dynamodb:throw')) throw failure
  if (!debug.includes('eslint-plugin-dynamodb')) return
  process.stderr.write(`eslint-plugin-dynamodb: ${rule} on ${filename}: ${oneLine(failure)}\n`)
}

function oneLine(failure: unknown): string {
  const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)
  return text
    .split('\n')
    .slice(0, 2)
    .map((line) => line.trim())
    .join(' ')
}

/** Files whose wrong settings have been looked at, so that one rule speaks for all. */
const looked = new WeakMap<SourceCode, true>()

/** The file that each problem is told in: the first one linted, again each time it is linted. */
const tellers = new Map<string, string>()

function reportSettings(context: Rule.RuleContext): void {
  const { problems } = readSettings(context.settings.dynamodb)
  if (problems.length === 0 || looked.has(context.sourceCode)) return
  looked.set(context.sourceCode, true)
  for (const problem of problems) {
    const teller = tellers.get(problem) ?? context.filename
    tellers.set(problem, teller)
    if (teller === context.filename) {
      context.report({ loc: { line: 1, column: 0 }, message: '{{problem}}', data: { problem } })
    }
  }
}
