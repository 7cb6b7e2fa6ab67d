/** What our own code takes on files without DynamoDB, by a clock around it, beside rules that do nothing at all. */
import type { ESLint, Linter, Rule } from 'eslint'

import { table } from '../corpus/print.ts'
import type { BuiltPlugin } from './build.ts'
import type { Lint, SourceFile } from './measure.ts'
import { shuffled, type Random } from './random.ts'
import { fastest, sum, type Times } from './statistics.ts'
import { variantOf, type Setting } from './variants.ts'

/** Whether a text was last linted with another ending, or just so. */
const familiarities = { changed: 'changed since', again: 'again' } as const

type Familiarity = keyof typeof familiarities

/** Milliseconds by round and file. */
type IdleTimes = {
  /** ESLint with no rules. */
  readonly none: Times
  /** What our rules took of a lint, by a clock around each of them. */
  readonly own: Times
  /** What rules that do nothing took by the same clock: that much is the clock. */
  readonly clock: Times
  /** ESLint with as many rules that do nothing, without a clock. */
  readonly doNothing: Times
}

type Plan = {
  readonly rounds: number
  readonly warmUps: number
  readonly random: Random
  readonly progress: (file: number) => void
}

export type IdleRuns = {
  /** Those of the files that lead nowhere near DynamoDB, by imports either. */
  readonly files: readonly SourceFile[]
  readonly times: Readonly<Record<Familiarity, IdleTimes>>
}

/** Lints every file in every way, round after round. What the first lint of a file takes, and of its project, does not count. */
export async function measureIdle(
  { plugin, analysisOf }: BuiltPlugin,
  setting: Setting,
  all: readonly SourceFile[],
  { rounds, warmUps, random, progress }: Plan,
): Promise<IdleRuns> {
  const spent = { milliseconds: 0 }
  const asked = { leads: false }
  const isLeading: Rule.RuleModule = {
    create(context) {
      asked.leads = analysisOf(context) !== null
      return {}
    },
  }
  const rules = plugin.rules ?? {}
  const ways = [
    ['none', []],
    [
      'own',
      configOf(
        plugin,
        mapRules(rules, (rule) => clocked(rule, spent)),
      ),
    ],
    [
      'clock',
      configOf(
        plugin,
        mapRules(rules, () => clocked(nothing, spent)),
      ),
    ],
    [
      'doNothing',
      configOf(
        plugin,
        mapRules(rules, () => nothing),
      ),
    ],
  ] as const
  const linters: { name: keyof IdleTimes; lint: Lint }[] = []
  for (const [name, config] of ways)
    linters.push({ name, lint: await variantOf({ name, config }, setting).start() })
  const asking = await variantOf(
    { name: 'asking', config: configOf(plugin, { leads: isLeading }) },
    setting,
  ).start()
  const files: SourceFile[] = []
  const taken = { changed: noTimes(), again: noTimes() }
  // All rounds of a file follow one another: what is known of a project is old after half a minute, and then looked at again.
  for (const [index, file] of all.entries()) {
    const { path, text } = file
    progress(index)
    await asking(file)
    if (asked.leads) continue
    files.push(file)
    for (let round = -warmUps; round < rounds; round += 1) {
      const ending = `\n// ${String(round)}\n`
      for (const how of ['changed', 'again'] as const) {
        for (const { name, lint } of shuffled(random, linters)) {
          spent.milliseconds = 0
          const started = performance.now()
          await lint({ path, text: `${text}${ending}` })
          const whole = performance.now() - started
          if (round < 0) continue
          const row = (taken[how][name][round] ??= [])
          row.push(name === 'own' || name === 'clock' ? spent.milliseconds : whole)
        }
      }
    }
  }
  return { files, times: taken }
}

function noTimes(): Record<keyof IdleTimes, number[][]> {
  return { none: [], own: [], clock: [], doNothing: [] }
}

const nothing: Rule.RuleModule = { create: () => ({}) }

function mapRules(
  rules: NonNullable<ESLint.Plugin['rules']>,
  make: (rule: Rule.RuleModule) => Rule.RuleModule,
): Record<string, Rule.RuleModule> {
  return Object.fromEntries(
    Object.entries(rules).map(([id, rule]) => [id, make(rule as Rule.RuleModule)]),
  )
}

function configOf(
  { meta }: ESLint.Plugin,
  rules: Record<string, Rule.RuleModule>,
): readonly Linter.Config[] {
  const turnedOn = Object.keys(rules).map((id) => [`dynamodb/${id}`, 'error'] as const)
  return [
    {
      plugins: { dynamodb: { meta: meta ?? {}, rules } },
      rules: Object.fromEntries(turnedOn),
    },
  ]
}

/** A rule with a clock around all that it does. */
function clocked(rule: Rule.RuleModule, spent: { milliseconds: number }): Rule.RuleModule {
  const around =
    <Result>(run: (...given: never[]) => Result) =>
    (...given: never[]): Result => {
      const started = performance.now()
      const result = run(...given)
      spent.milliseconds += performance.now() - started
      return result
    }
  return {
    ...(rule.meta ? { meta: rule.meta } : {}),
    create(context) {
      const started = performance.now()
      const listener = rule.create(context)
      spent.milliseconds += performance.now() - started
      const entries = Object.entries(listener)
      if (entries.length === 0) return listener
      return Object.fromEntries(
        entries.map(([selector, visit]) => [
          selector,
          around(visit as (...given: never[]) => void),
        ]),
      ) as Rule.RuleListener
    },
  }
}

/** Our own share of lint time, and what ESLint itself takes for as many rules that do nothing; each file's fastest round. */
export function idleTable({ times }: IdleRuns): string {
  const total = (of: Times): number => sum(fastest(of))
  return table(
    ['linted', 'no rules, ms', 'our code, ms', 'share', 'of which the clock', 'do-nothing rules'],
    Object.entries(familiarities).map(([how, words]) => {
      const { none, own, clock, doNothing } = times[how as Familiarity]
      const share = (milliseconds: number): string =>
        `${((milliseconds / total(none)) * 100).toFixed(2)} %`
      return [
        words,
        total(none).toFixed(0),
        total(own).toFixed(2),
        share(total(own)),
        share(total(clock)),
        share(total(doNothing) - total(none)),
      ]
    }),
  )
}
