import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export const helpText = `Measures what linting with every rule of this plugin costs over linting with no rules, beside
typescript-eslint's recommended rules, on files without DynamoDB and on files full of it.

  npm run bench [-- options]

  --repos DIR    real files: from the repositories of tests/corpus/repos.jsonl, each in
                 DIR/<owner>__<name>; left out, files that the benchmark writes itself
                 and the example shop
  --files N      at most so many files of each set (default 60; 200 with --repos)
  --rounds N     rounds that count (default 9)
  --warm-ups N   rounds before that do not count (default 2)
  --part name    only this part (may be given more than once): sets, idle (what our own
                 code takes of the lint of files without DynamoDB, by a clock around it),
                 rules, growth, expressions; and three that take long and only run when named: apps (whole
                 applications cold, each way of linting in a process of its own: those of
                 --repos, or the example shop) and index (generated projects: what is
                 known of their files, cold and warm) and typing (an application of --repos,
                 or the example shop, that was linted before: each lint of a changed text)
  --apps N       how many applications (default 5)
  --sizes N,N    files of the generated projects (default 1000,5000,20000)
  --dearest N    prints the N files on which the rules cost most (default 0)
  --clock name   cpu (default): processor time of the whole process, garbage collector and
                 compiler included, which what else runs on the machine hardly changes;
                 or wall: time that passes
  --seed N       draws other files (default 1)
  --json FILE    writes the time of each round to FILE as well
  --help         this text

Times vary between machines and from minute to minute; compare ratios, and mind the line "no rules,
again", which shows what chance alone does.`

/** Those that run where none is named. */
const usualParts = ['sets', 'idle', 'rules', 'growth', 'expressions'] as const

const parts = [...usualParts, 'apps', 'index', 'typing'] as const

export type Part = (typeof parts)[number]

const clocks = ['cpu', 'wall'] as const

export type Clock = (typeof clocks)[number]

export type Options = {
  /** Absolute; undefined for generated files. */
  readonly repos: string | undefined
  readonly files: number
  readonly rounds: number
  readonly warmUps: number
  readonly parts: readonly Part[]
  readonly apps: number
  readonly sizes: readonly number[]
  readonly dearest: number
  readonly clock: Clock
  readonly seed: number
  readonly json: string | undefined
}

/**
 * Reads the command line, without the program and script in front.
 * @returns undefined where help was asked for
 * @throws Error saying which option is wrong and what it takes
 */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      repos: { type: 'string' },
      files: { type: 'string' },
      rounds: { type: 'string', default: '9' },
      'warm-ups': { type: 'string', default: '2' },
      part: { type: 'string', multiple: true },
      apps: { type: 'string', default: '5' },
      sizes: { type: 'string', default: '1000,5000,20000' },
      dearest: { type: 'string', default: '0' },
      clock: { type: 'string', default: 'cpu' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) return undefined
  return {
    repos: values.repos === undefined ? undefined : resolve(values.repos),
    files: count('files', values.files ?? (values.repos === undefined ? '60' : '200'), 1),
    rounds: count('rounds', values.rounds, 1),
    warmUps: count('warm-ups', values['warm-ups'], 0),
    parts:
      values.part === undefined
        ? usualParts
        : values.part.map((part) => oneOf('part', parts, part)),
    apps: count('apps', values.apps, 1),
    sizes: values.sizes.split(',').map((size) => count('sizes', size, 10)),
    dearest: count('dearest', values.dearest, 0),
    clock: oneOf('clock', clocks, values.clock),
    seed: count('seed', values.seed, 0),
    json: values.json,
  }
}

function count(option: string, text: string, least: number): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) {
    throw new Error(`--${option} takes a whole number from ${least}, not "${text}".`)
  }
  return Number(text)
}

function oneOf<T extends string>(option: string, names: readonly T[], given: string): T {
  const found = names.find((name) => name === given)
  if (found === undefined) {
    throw new Error(`--${option} takes one of ${names.join(', ')}, not "${given}".`)
  }
  return found
}
