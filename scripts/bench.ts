/** `npm run bench`: what linting with this plugin costs over linting with no rules. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { buildPlugin, type BuiltPlugin } from './bench/build.ts'
import { idleTable, measureIdle } from './bench/idle.ts'
import { expressionShapes, lengthOf, requestsOf } from './bench/expressions.ts'
import { drawFiles, sourceFiles } from './bench/files.ts'
import { generatedProject } from './bench/generate-project.ts'
import { dynamodbFiles, longFile, plainFiles, shapes } from './bench/generate.ts'
import { measure, type SourceFile } from './bench/measure.ts'
import { helpText, readOptions, type Clock, type Options } from './bench/options.ts'
import {
  comparisonTable,
  dearestTable,
  expressionTable,
  growthTable,
  kilobytesOf,
  type ExpressionPoint,
  type GrowthPoint,
} from './bench/print.ts'
import {
  appVariants,
  appsTable,
  indexTable,
  runApp,
  runIndex,
  runTyping,
  typingTable,
  type AppRun,
  type Typed,
} from './bench/processes.ts'
import { randomFrom, shuffled, type Random } from './bench/random.ts'
import { fastest, growthExponent, sum, type Times } from './bench/statistics.ts'
import { speakingFiles } from './bench/speaking.ts'
import {
  analysisAlone,
  controls,
  eachRule,
  names,
  ourRules,
  parsesWith,
  theirRules,
  variantOf,
  type Rules,
  type Setting,
} from './bench/variants.ts'
import { readRepositories } from './corpus/records.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const growthSizes = [1000, 2000, 4000]
const expressionSizes = [10_000, 100_000, 1_000_000]

type Series = { readonly parser: string; readonly setting: Setting }
type FileSet = { readonly name: string; readonly files: readonly SourceFile[] }

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (options === undefined) {
    console.log(helpText)
    return
  }
  say('building the plugin')
  const built = await buildPlugin(root)
  const series = await parserSeries(built, options)
  const [first] = series
  if (first === undefined) return
  const needsSets = (['sets', 'idle', 'rules'] as const).some((part) =>
    options.parts.includes(part),
  )
  const sets = needsSets ? await fileSets(series, options) : []
  const record: Record<string, unknown> = { ...machine(), options }
  console.log(machineText(built, options))
  if (options.parts.includes('sets')) {
    for (const each of series) {
      for (const set of sets) await compareSet(each, set, built, options, record)
    }
  }
  if (options.parts.includes('idle')) {
    for (const set of sets.filter(({ name }) => name === withoutDynamodb)) {
      for (const each of series) await idle(each, set, built, options, record)
    }
  }
  if (options.parts.includes('rules')) {
    for (const set of sets.filter(({ name }) => name !== withoutDynamodb)) {
      await compareRules(first, set, built, options, record)
    }
  }
  if (options.parts.includes('growth')) await growth(first, built, options, record)
  if (options.parts.includes('expressions')) growingExpressions(built, options, record)
  if (options.parts.includes('apps')) await applications(built, options, record)
  if (options.parts.includes('typing')) await typing(built, options, record)
  if (options.parts.includes('index')) indexes(built, options, record)
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify(record, undefined, 2)}\n`)
  }
}

const withoutDynamodb = 'files without DynamoDB'
const fullOfDynamodb = 'files full of DynamoDB'

async function parserSeries(built: BuiltPlugin, options: Options): Promise<readonly Series[]> {
  const directory = options.repos ?? root
  const theirs = await import('@typescript-eslint/parser')
  return [
    { parser: '@typescript-eslint/parser', setting: { directory, parser: theirs } },
    { parser: 'eslint-plugin-dynamodb/parser', setting: { directory, parser: built.parser } },
  ]
}

async function fileSets(series: readonly Series[], options: Options): Promise<readonly FileSet[]> {
  const random = randomFrom(options.seed)
  const accepts = parsesWith(series.map(({ setting }) => setting))
  if (options.repos === undefined) {
    const directory = join(root, 'generated')
    const shop = await sourceFiles(join(root, 'docs/examples/shop'), random)
    return [
      { name: withoutDynamodb, files: plainFiles(options.files, directory, random) },
      { name: fullOfDynamodb, files: dynamodbFiles(options.files, directory, random) },
      { name: 'the example shop', files: shop.filter(accepts) },
    ]
  }
  const directories = repositoriesIn(options.repos)
  say(`choosing files from ${directories.length} repositories`)
  const { without, full } = await drawFiles(directories, options.files, random, accepts)
  return [
    { name: withoutDynamodb, files: without },
    { name: fullOfDynamodb, files: full },
  ]
}

function repositoriesIn(repos: string): readonly string[] {
  const list = join(root, 'tests/corpus/repos.jsonl')
  const directories = readRepositories(readFileSync(list, 'utf8'), 'tests/corpus/repos.jsonl')
    .map(({ repo }) => join(repos, repo.replace('/', '__')))
    .filter((directory) => existsSync(directory))
  if (directories.length === 0) {
    throw new Error(`No repository in ${repos}: expected folders named owner__name.`)
  }
  return directories
}

async function compareSet(
  { parser, setting }: Series,
  { name, files }: FileSet,
  built: BuiltPlugin,
  options: Options,
  record: Record<string, unknown>,
): Promise<void> {
  const title = `${name}, parsed by ${parser}`
  const times = await timed(
    title,
    [...controls, ourRules(built), theirRules()],
    setting,
    files,
    options,
  )
  record[title] = totals(times)
  section(`${title} (${sizeText(files)})`, comparisonTable(times, names.none, files))
  if (options.dearest > 0) {
    const pair = { of: names.ours, withNoRules: names.none }
    section('Where it costs most', dearestTable(times, pair, files, options.dearest))
  }
}

async function idle(
  { parser, setting }: Series,
  { name, files }: FileSet,
  built: BuiltPlugin,
  { rounds, warmUps, seed }: Options,
  record: Record<string, unknown>,
): Promise<void> {
  const title = `our own code on ${name} and with no way there, parsed by ${parser}`
  const runs = await measureIdle(built, setting, files, {
    rounds,
    warmUps,
    random: randomFrom(seed),
    progress: (file) => {
      if (file % 20 === 0) say(`${title}: file ${file + 1} of ${files.length}`)
    },
  })
  record[title] = { ...runs, files: runs.files.length }
  section(`${title} (${sizeText(runs.files)} of ${sizeText(files)})`, idleTable(runs))
}

async function compareRules(
  { parser, setting }: Series,
  { name, files }: FileSet,
  built: BuiltPlugin,
  options: Options,
  record: Record<string, unknown>,
): Promise<void> {
  const title = `each rule alone, ${name}, parsed by ${parser}`
  const [none] = controls
  if (none === undefined) return
  const rules = [none, analysisAlone(built), ...eachRule(built), ourRules(built)]
  const times = await timed(title, rules, setting, files, options)
  record[title] = totals(times)
  section(`${title} (${sizeText(files)})`, comparisonTable(times, names.none, files))
}

async function growth(
  { parser, setting }: Series,
  built: BuiltPlugin,
  options: Options,
  record: Record<string, unknown>,
): Promise<void> {
  const title = `one file growing, parsed by ${parser}`
  const files = shapes.flatMap((shape) =>
    growthSizes.map((lines) => ({
      path: join(setting.directory, `generated/${shape.replaceAll(' ', '-')}-${lines}.ts`),
      text: longFile(shape, lines, randomFrom(options.seed)),
    })),
  )
  const [none] = controls
  if (none === undefined) return
  const times = await timed(title, [none, ourRules(built), theirRules()], setting, files, options)
  const [base, ours, theirs] = [names.none, names.ours, names.theirs].map((name) =>
    fastest(times.get(name) ?? []),
  )
  const rows = shapes.map((shape, row) => {
    const points = growthSizes.map((lines, column): GrowthPoint => {
      const index = row * growthSizes.length + column
      const without = base?.[index] ?? 0
      return {
        lines,
        kilobytes: kilobytesOf(files.slice(index, index + 1)),
        base: without,
        ours: (ours?.[index] ?? 0) - without,
        theirs: (theirs?.[index] ?? 0) - without,
      }
    })
    const positive = points.map((point) => ({
      size: point.kilobytes,
      // A plugin without rules costs nothing, and noise may make that less.
      cost: Math.max(point.ours, 0.001),
    }))
    return { shape, points, exponent: growthExponent(positive) }
  })
  record[title] = rows
  section(title, growthTable(rows))
}

/** Checks expressions of growing length, without a linter; the fastest round counts. */
function growingExpressions(
  { checkRequest }: BuiltPlugin,
  { rounds, warmUps, seed, clock }: Options,
  record: Record<string, unknown>,
): void {
  const title = 'expressions growing, checked without a linter'
  const now = nowBy[clock]
  const [longest = 0] = expressionSizes.toReversed()
  const rows = expressionShapes.map((shape) => {
    const points = expressionSizes.map((size): ExpressionPoint => {
      const requests = requestsOf(shape, size, randomFrom(seed))
      // Small ones are checked often: a clock cannot time them one by one.
      const times = longest / size
      const taken: number[] = []
      for (let round = -warmUps; round < rounds; round += 1) {
        say(`${title}: ${shape}, ${size} characters`)
        const started = now()
        for (let n = 0; n < times; n += 1) for (const request of requests) checkRequest(request)
        if (round >= 0) taken.push((now() - started) / times)
      }
      return {
        characters: sum(requests.map(lengthOf)),
        expressions: requests.length,
        milliseconds: Math.min(...taken),
      }
    })
    const exponent = growthExponent(
      points.map(({ characters, milliseconds }) => ({ size: characters, cost: milliseconds })),
    )
    return { shape, points, exponent }
  })
  record[title] = rows
  section(title, expressionTable(rows))
}

async function applications(
  built: BuiltPlugin,
  options: Options,
  record: Record<string, unknown>,
): Promise<void> {
  const title = 'whole applications, each way of linting in a process of its own'
  const random = randomFrom(options.seed)
  const directories = applicationsIn(options, random)
  const apps = new Map<string, Map<string, AppRun[]>>()
  for (const directory of directories) {
    const files = (await sourceFiles(directory, random)).map(({ path }) => path)
    const runs = new Map(Object.keys(appVariants).map((name) => [name, [] as AppRun[]]))
    apps.set(basename(directory), runs)
    for (let round = 0; round < options.rounds; round += 1) {
      say(`${basename(directory)}: round ${round + 1} of ${options.rounds}`)
      for (const [name, rules] of shuffled(random, Object.entries(appVariants)))
        runs.get(name)?.push(runApp(built, { directory, files }, rules))
    }
  }
  record[title] = Object.fromEntries(
    [...apps].map(([app, runs]) => [app, Object.fromEntries(runs)]),
  )
  section(title, appsTable(apps, options.clock))
}

function applicationsIn({ repos, apps }: Options, random: Random): readonly string[] {
  if (repos === undefined) return [join(root, 'docs/examples/shop')]
  return shuffled(random, repositoriesIn(repos)).slice(0, apps)
}

async function typing(
  built: BuiltPlugin,
  options: Options,
  record: Record<string, unknown>,
): Promise<void> {
  const title = 'changed texts in applications that were linted before'
  const random = randomFrom(options.seed)
  const runs = new Map<string, Typed>()
  for (const directory of applicationsIn(options, random)) {
    say(`${title}: ${basename(directory)}`)
    const files = await sourceFiles(directory, random)
    const speaking = await speakingFiles(built, { directory, parser: built.parser }, files, 12)
    if (speaking.length === 0) continue
    const paths = (some: readonly SourceFile[]): readonly string[] => some.map(({ path }) => path)
    const app = { directory, files: paths(files) }
    runs.set(basename(directory), runTyping(built, app, paths(speaking)))
  }
  record[title] = Object.fromEntries(runs)
  section(title, typingTable(runs))
}

function indexes(built: BuiltPlugin, options: Options, record: Record<string, unknown>): void {
  const title = 'what is known of the files of a project'
  const sizes = options.sizes.map((size) => {
    say(`${title}: ${size} files`)
    return runIndex(built, generatedProject(size, randomFrom(options.seed)), options.rounds)
  })
  record[title] = sizes
  section(title, indexTable(sizes, options.clock))
}

async function timed(
  title: string,
  rules: readonly Rules[],
  setting: Setting,
  files: readonly SourceFile[],
  options: Options,
): Promise<ReadonlyMap<string, Times>> {
  if (files.length === 0) throw new Error(`There are no ${title}.`)
  const variants = rules.map((each) => variantOf(each, setting))
  return await measure(variants, files, {
    rounds: options.rounds,
    warmUps: options.warmUps,
    random: randomFrom(options.seed),
    now: nowBy[options.clock],
    progress: (round, rounds) => {
      say(`${title}: ${round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`}`)
    },
  })
}

const nowBy: Record<Clock, () => number> = {
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
  wall: () => performance.now(),
}

function totals(times: ReadonlyMap<string, Times>): Record<string, readonly number[]> {
  return Object.fromEntries([...times].map(([name, rounds]) => [name, rounds.map(sum)]))
}

function machine(): Record<string, unknown> {
  const all = cpus()
  return { node: process.version, cores: all.length, cpu: all[0]?.model ?? 'unknown' }
}

function machineText({ plugin }: BuiltPlugin, { rounds, warmUps, seed, clock }: Options): string {
  const { node, cores, cpu } = machine()
  return [
    `Node ${String(node)}, ${String(cores)} cores (${String(cpu)});`,
    `${Object.keys(plugin.rules ?? {}).length} rules;`,
    `${rounds} rounds after ${warmUps} to warm up, seed ${seed}; ${clock} time.`,
  ].join(' ')
}

function sizeText(files: readonly SourceFile[]): string {
  return `${files.length} files, ${kilobytesOf(files).toFixed(0)} KB`
}

function section(title: string, text: string): void {
  console.log(`\n${title}\n\n${text}`)
}

function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\u001B[2K${text}\r`)
  else process.stderr.write(`${text}\n`)
}

main().catch((error: unknown) => {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
})
