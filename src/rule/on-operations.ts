import type { Rule } from 'eslint'
import type { TSESTree } from '@typescript-eslint/utils'
import { analyse, staysIdle } from '../operations/analysis.ts'
import type { Analysis, Knowledge } from '../operations/analysis.ts'
import type { Operation } from '../operations/operation.ts'
import type { Place } from '../project/term.ts'
import type { OperationKind } from '../requests/operation-kind.ts'
import type { Edit, Proposal } from '../suggestions/edit.ts'
import type { TableSchema } from '../tables/schema.ts'
import { analysisOnce, NOTHING } from './create-rule.ts'
import type { RuleContext, RuleOptions, Suggestion } from './create-rule.ts'
import type { LintedFile } from './idle-texts.ts'
import { readSettings } from '../settings/settings.ts'
import type { Settings, TableSettings } from '../settings/settings.ts'

/** What is known of the file being linted; null where it does not speak of DynamoDB, or cannot be read. */
export function analysisOf(context: LintedFile): Analysis | null {
  return analysisOnce(context, () => {
    const { sourceCode, physicalFilename: file, cwd } = context
    const { settings, problems } = readSettings(context.settings.dynamodb)
    const knowledge = knowledgeOf(settings)
    // typescript-estree's tree, or ESTree, which is the same for plain JavaScript.
    const program = sourceCode.ast as unknown as TSESTree.Program
    const source = { program, file, text: sourceCode.text, cwd }
    const analysis = analyse(source, knowledge)
    // Wrong settings are told at each lint.
    return analysis ?? { stays: problems.length > 0 ? null : staysIdle(source, knowledge) }
  })
}

const knowledges = new WeakMap<Settings, Knowledge>()

/** What the rules take from the settings. */
export function knowledgeOf(settings: Settings): Knowledge {
  const known = knowledges.get(settings)
  if (known) return known
  const tables = new Map([...settings.tables].map(([name, table]) => [name, schemaOf(table)]))
  const { root = null, ignore, entryPoints, wrappers } = settings.project
  const knowledge: Knowledge = {
    tables,
    prices: settings.prices,
    project: { root, ignore, wrappers },
    entryPoints: entryPoints.map(({ files, export: name = null, kind }) => ({ files, name, kind })),
  }
  knowledges.set(settings, knowledge)
  return knowledge
}

function schemaOf(table: TableSettings): TableSchema {
  const key = (attribute: TableSettings['partitionKey']): TableSchema['partitionKey'] => ({
    name: attribute.name,
    type: attribute.type ?? null,
  })
  return {
    name: table.name,
    partitionKey: key(table.partitionKey),
    sortKey: table.sortKey ? key(table.sortKey) : null,
    indexes: [...table.indexes.values()].map((index) => ({
      name: index.name,
      partitionKey: key(index.partitionKey),
      sortKey: index.sortKey ? key(index.sortKey) : null,
      projection: index.projection ?? null,
    })),
    items: table.items ?? null,
    averageItemBytes: table.averageItemBytes ?? null,
    small: table.small,
    runningNumbers: table.runningNumbers,
    timeToLive: table.timeToLive ?? null,
    certainty: 'defined',
  }
}

/** One call of a reporter. */
type Told<MessageIds extends string> = Parameters<Reporter<MessageIds>>

/** What rules said of a file, as data: what is linted again, in a project that is the same, is told the same. */
const tellings = new WeakMap<Analysis, Map<object, Said>>()

interface Said {
  readonly options: string
  readonly told: readonly Told<string>[]
}

/** Tells ESLint of a problem at a place of the file being linted, with changes that it offers or, under `--fix`, makes. */
export type Reporter<MessageIds extends string> = (
  at: Place,
  messageId: MessageIds,
  data: Readonly<Record<string, string>>,
  proposals?: readonly Proposal<MessageIds>[],
  fix?: readonly Edit[],
) => void

export interface RuleRun<Options> {
  readonly analysis: Analysis
  readonly options: Options
}

/** The files that a rule looks at beside those that serve requests. */
export interface FilesLookedAt {
  /** Scripts and migrations, too. */
  readonly scripts: boolean
}

/** A rule's `create` that looks at the whole analysis of a file; tests are left alone, and mostly scripts and migrations. */
export function onAnalysis<MessageIds extends string, Options extends RuleOptions>(
  check: (run: RuleRun<Options>, report: Reporter<MessageIds>) => void,
  files: FilesLookedAt = { scripts: false },
): (context: RuleContext<MessageIds, Options>) => Rule.RuleListener {
  return (context) => {
    const analysis = analysisOf(context)
    if (analysis === null) return NOTHING
    if (files.scripts ? analysis.isTest : analysis.isMaintenance) return NOTHING
    return {
      Program() {
        const report = reporterFor(context, analysis)
        const said = tellings.get(analysis) ?? new Map<object, Said>()
        tellings.set(analysis, said)
        const options = JSON.stringify(context.options)
        const known = said.get(check)
        if (known?.options === options) {
          // The same check told them.
          for (const each of known.told as readonly Told<MessageIds>[]) report(...each)
          return
        }
        const told: Told<MessageIds>[] = []
        check({ analysis, options: context.options }, (...each) => {
          told.push(each)
          report(...each)
        })
        said.set(check, { options, told })
      },
    }
  }
}

/** A rule's `create` that looks at each operation of some kinds. */
export function onOperations<MessageIds extends string, Options extends RuleOptions>(
  kinds: readonly OperationKind[],
  check: (operation: Operation, report: Reporter<MessageIds>, run: RuleRun<Options>) => void,
  files: FilesLookedAt = { scripts: false },
): (context: RuleContext<MessageIds, Options>) => Rule.RuleListener {
  return onAnalysis((run, report) => {
    for (const operation of run.analysis.operations) {
      if (kinds.includes(operation.kind)) check(operation, report, run)
    }
  }, files)
}

function reporterFor<MessageIds extends string, Options extends RuleOptions>(
  context: RuleContext<MessageIds, Options>,
  analysis: Analysis,
): Reporter<MessageIds> {
  const { sourceCode } = context
  const told = new Set<string>()
  return (at, messageId, data, proposals = [], fix = []) => {
    if (at.module !== analysis.module) return
    const key = `${String(at.start)}:${messageId}`
    if (told.has(key)) return
    told.add(key)
    context.report({
      loc: { start: sourceCode.getLocFromIndex(at.start), end: sourceCode.getLocFromIndex(at.end) },
      messageId,
      data,
      suggest: proposals.flatMap((proposal) => suggestionOf(proposal, analysis)),
      fix: fixOf(fix, analysis),
    })
  }
}

/** A proposal as ESLint takes it; none where it reaches into other files or its edits touch. */
function suggestionOf<MessageIds extends string>(
  proposal: Proposal<MessageIds>,
  analysis: Analysis,
): readonly Suggestion<MessageIds>[] {
  const fix = fixOf(proposal.edits, analysis)
  return fix === undefined ? [] : [{ messageId: proposal.messageId, data: proposal.data, fix }]
}

/** Edits as ESLint takes them; none where there are none, or as for a proposal. */
function fixOf(wanted: readonly Edit[], analysis: Analysis): Suggestion<string>['fix'] | undefined {
  const edits = [...wanted].sort((a, b) => a.at.start - b.at.start)
  const isOurs = edits.every(({ at }) => at.module === analysis.module)
  const touches = edits.some((edit, index) => {
    const before: Edit | undefined = edits[index - 1]
    return before !== undefined && edit.at.start < before.at.end
  })
  if (!isOurs || touches || edits.length === 0) return undefined
  return (fixer) => edits.map(({ at, text }) => fixer.replaceTextRange([at.start, at.end], text))
}
