/** What our own code takes on files without DynamoDB, by a clock around it, beside rules that do nothing at all. */
import type { ESLint, Linter, Rule } from 'eslint'

import { table } from '../corpus/print.ts'
import type { BuiltPlugin } from './build.ts'
import type { SourceFile } from './measure.ts'
import { shuffled, type Random } from './random.ts'
import { fastest, sum, type Times } from './statistics.ts'
import { variantOf, type Setting } from './variants.ts'

/** How often a text was linted before: never, with another ending, or just so. */
export const familiarities = ['for the first time', 'changed since', 'again'] as const

export type Familiarity = (typeof familiarities)[number]

/** Milliseconds by round and file. */
export type IdleTimes = {
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
  readonly progress: (round: number) => void
}

/** Lints every file in every way, round after round; the first round of all is of texts that were never linted. */
export async function measureIdle(
  { plugin }: BuiltPlugin,
  setting: Setting,
  files: readonly SourceFile[],
  { rounds, warmUps, random, progress }: Plan,
): Promise<Readonly<Record<Familiarity, IdleTimes>>> {
  const spent = { milliseconds: 0 }
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
  const taken = { 'for the first time': noTimes(), 'changed since': noTimes(), again: noTimes() }
  const count = warmUps + rounds
  for (let round = 0; round <= count; round += 1) {
    progress(round - warmUps - 1)
    const linters = []
    for (const [name, config] of ways)
      linters.push({ name, lint: await variantOf({ name, config }, setting).start() })
    const familiarity = round === 0 ? (['for the first time'] as const) : familiarities.slice(1)
    for (const how of familiarity) {
      const row = { none: [], own: [], clock: [], doNothing: [] } as Record<string, number[]>
      for (const { path, text } of files) {
        const ending = how === 'changed since' ? `\n// ${String(round)}\n` : ''
        for (const { name, lint } of shuffled(random, linters)) {
          spent.milliseconds = 0
          const started = performance.now()
          await lint({ path, text: `${text}${ending}` })
          const whole = performance.now() - started
          row[name]?.push(name === 'own' || name === 'clock' ? spent.milliseconds : whole)
        }
      }
      if (round > 0 && round <= warmUps) continue
      for (const [name] of ways) taken[how][name].push(row[name] ?? [])
    }
  }
  return taken
}

function noTimes(): Record<keyof IdleTimes, (readonly number[])[]> {
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
    <Given extends readonly never[], Given2>(run: (...given: Given) => Given2) =>
    (...given: Given): Given2 => {
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
export function idleTable(times: Readonly<Record<Familiarity, IdleTimes>>): string {
  const total = (of: Times): number => sum(fastest(of))
  return table(
    ['linted', 'no rules, ms', 'our code, ms', 'share', 'of which the clock', 'do-nothing rules'],
    familiarities.map((how) => {
      const { none, own, clock, doNothing } = times[how]
      const share = (milliseconds: number): string =>
        `${((milliseconds / total(none)) * 100).toFixed(2)} %`
      return [
        how,
        total(none).toFixed(0),
        total(own).toFixed(2),
        share(total(own)),
        share(total(clock)),
        share(total(doNothing) - total(none)),
      ]
    }),
  )
}
