/** `npm run corpus`: lints other people's repositories and compares with what readers say of them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { explain } from './corpus/match.ts'
import type { LintResult } from './corpus/lint.ts'
import { differenceLine, recallTable, ruleTable } from './corpus/print.ts'
import {
  readExplanations,
  readRepositories,
  readVerdicts,
  type Explanation,
  type Repository,
} from './corpus/records.ts'
import { inParallel, lintInChild, type Crash } from './corpus/run.ts'
import { tally } from './corpus/tally.ts'

const help = `Lints the repositories of tests/corpus/repos.jsonl with this plugin and compares the reports with
tests/corpus/verdicts.jsonl.

  npm run corpus -- --repos DIR [options]

  --repos DIR          where the repositories lie, each in DIR/<owner>__<name>
  --only owner/name    only this repository (may be given more than once)
  --rule id            only this rule
  --preset name        recommended (default) or strict
  --json FILE          writes every report, count and difference to FILE as well
  --help               this text

Exit code 0: no difference, or every one is explained in tests/corpus/explained.jsonl;
1: a difference is not explained, or something crashed; 2: could not run.`

type Options = {
  readonly repos: string
  readonly only: readonly string[]
  readonly rule: string | undefined
  readonly preset: string
  readonly json: string | undefined
}

type Linted = { readonly repository: Repository; readonly outcome: LintResult | Crash }

async function main(): Promise<number> {
  const options = readOptions()
  if (options === undefined) {
    console.log(help)
    return 0
  }
  const all = readRecords('repos.jsonl', readRepositories)
  const verdicts = readRecords('verdicts.jsonl', readVerdicts)
  const explanations = readRecords('explained.jsonl', readExplanations)

  const wanted = chosen(all, options.only)
  const present = wanted.filter(({ repo }) => existsSync(directoryOf(options.repos, repo)))
  if (present.length === 0) {
    throw new Error(`No repository in ${options.repos}: expected folders named owner__name.`)
  }
  const linted = await lintAll(present, options)
  const crashed = linted.filter(({ outcome }) => 'crash' in outcome)
  const results = linted.flatMap(({ repository, outcome }) =>
    'crash' in outcome ? [] : [{ repo: repository.repo, result: outcome }],
  )
  const ran = [...new Set(results.flatMap(({ result }) => result.rules))]
  const reports = results.flatMap(({ repo, result }) =>
    result.reports.map((report) => ({ repo, ...report })),
  )
  const counts = tally(ran, present, reports, verdicts, options.preset)
  const inRun = explanations.filter(
    (explanation) =>
      ran.includes(explanation.rule) && present.some(({ repo }) => repo === explanation.repo),
  )
  const { explained, unused } = explain(counts.differences, inRun)
  const open = counts.differences.filter((difference) => !explained.has(difference))
  const fileCrashes = results.flatMap(({ repo, result }) =>
    result.crashes.map((crash) => ({ repo, ...crash })),
  )
  const syntaxErrors = results.flatMap(({ repo, result }) =>
    result.syntaxErrors.map((error) => ({ repo, ...error })),
  )
  const tooLarge = results.flatMap(({ repo, result }) =>
    result.tooLarge.map((file) => ({ repo, file })),
  )

  section('Reports', ruleTable(counts.rules))
  section('Found, of what one file shows', recallTable(counts.recall, 'within'))
  section('Found, out of reach of one file (does not fail)', recallTable(counts.recall, 'beyond'))
  list(
    'Differences',
    counts.differences.map((d) => differenceLine(d, explained.get(d))),
  )
  list(
    'Missed, out of reach of one file',
    counts.outOfReach.map((d) => differenceLine(d)),
  )
  list('Explanations that explain nothing', unused.map(explanationLine))
  list('Files that could not be parsed', syntaxErrors.map(troubleLine))
  list(
    'Files over 1 MB, left out',
    tooLarge.map(({ repo, file }) => `${repo} ${file}`),
  )
  list('Crashes on a file', fileCrashes.map(troubleLine))
  list('Crashes of a repository', crashed.map(crashLine))
  list(
    'Not there',
    wanted.filter((repository) => !present.includes(repository)).map(({ repo }) => repo),
  )
  const files = results.reduce((total, { result }) => total + result.files, 0)
  console.log(
    [
      `\n${results.length} of ${wanted.length} repositories, ${files} files,`,
      `${ran.length} rules, ${reports.length} reports;`,
      `${counts.notCompared} verdicts on other rules were not compared;`,
      `${counts.differences.length} differences, ${open.length} not explained;`,
      `${fileCrashes.length + crashed.length} crashes.`,
    ].join(' '),
  )
  if (options.json !== undefined) {
    const record = { ran, ...counts, open, reports, syntaxErrors, tooLarge, fileCrashes, crashed }
    writeFileSync(options.json, `${JSON.stringify(record, undefined, 2)}\n`)
  }
  return open.length + fileCrashes.length + crashed.length === 0 ? 0 : 1
}

function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      repos: { type: 'string' },
      only: { type: 'string', multiple: true },
      rule: { type: 'string' },
      preset: { type: 'string', default: 'recommended' },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) return undefined
  if (values.repos === undefined) throw new Error('--repos DIR is missing; see --help.')
  return {
    repos: resolve(values.repos),
    only: values.only ?? [],
    rule: values.rule?.replace(/^dynamodb\//, ''),
    preset: values.preset,
    json: values.json,
  }
}

function chosen(all: readonly Repository[], only: readonly string[]): readonly Repository[] {
  const unknown = only.filter((name) => !all.some(({ repo }) => repo === name))
  if (unknown.length > 0) {
    throw new Error(`Not in tests/corpus/repos.jsonl: ${unknown.join(', ')}.`)
  }
  return only.length === 0 ? all : all.filter(({ repo }) => only.includes(repo))
}

function readRecords<T>(file: string, read: (text: string, name: string) => T): T {
  const url = new URL(`../tests/corpus/${file}`, import.meta.url)
  return read(readFileSync(url, 'utf8'), `tests/corpus/${file}`)
}

function directoryOf(repos: string, repo: string): string {
  return join(repos, repo.replace('/', '__'))
}

function lintAll(
  repositories: readonly Repository[],
  options: Options,
): Promise<readonly Linted[]> {
  let done = 0
  return inParallel(repositories, 2, async (repository) => {
    const task = {
      directory: directoryOf(options.repos, repository.repo),
      preset: options.preset,
      ...(options.rule === undefined ? {} : { rule: options.rule }),
    }
    const started = performance.now()
    const outcome = await lintInChild(task, (files, all) => {
      if (process.stderr.isTTY) process.stderr.write(`  ${repository.repo} ${files}/${all}\r`)
    })
    done += 1
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const said =
      'crash' in outcome
        ? 'CRASHED'
        : `${outcome.files} files, ${outcome.reports.length} reports, ${outcome.crashes.length} crashes`
    console.error(`${done}/${repositories.length} ${repository.repo}: ${said}, ${seconds} s`)
    return { repository, outcome }
  })
}

function section(title: string, text: string): void {
  console.log(`\n${title}\n\n${text}`)
}

function list(title: string, lines: readonly string[]): void {
  if (lines.length > 0) section(`${title} (${lines.length})`, lines.join('\n'))
}

function explanationLine({ repo, file, line, rule, kind }: Explanation): string {
  return differenceLine({ repo, file, line, rule, kind, why: 'no such difference' })
}

function troubleLine(trouble: { repo: string; file: string; message: string }): string {
  return `${trouble.repo} ${trouble.file}: ${trouble.message.replaceAll(/\s+/g, ' ')}`
}

function crashLine({ repository, outcome }: Linted): string {
  return 'crash' in outcome ? `${repository.repo}: ${outcome.crash}` : repository.repo
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(`corpus: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 2
  },
)
