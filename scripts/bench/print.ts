import { table } from '../corpus/print.ts'
import { compare, fastest, spreadOf, sum, type Times } from './statistics.ts'
import type { SourceFile } from './measure.ts'

/** Every way of linting against no rules: ratio of the rounds with its spread, and the difference. */
export function comparisonTable(
  times: ReadonlyMap<string, Times>,
  withNoRules: string,
  files: readonly SourceFile[],
): string {
  const base = timesOf(times, withNoRules)
  const kilobytes = kilobytesOf(files)
  const head = [
    'rules',
    'ms',
    'ratio',
    'least to greatest',
    'quiet ratio',
    'ms over no rules',
    'least to greatest',
    'ms per KB',
  ]
  const rows = [...times].map(([name, own]) => {
    const total = spreadOf(own.map(sum)).median.toFixed(0)
    if (name === withNoRules) return [name, total]
    const { ratio, difference, quietRatio } = compare(own, base)
    return [
      name,
      total,
      ratio.median.toFixed(3),
      `${ratio.least.toFixed(3)} to ${ratio.greatest.toFixed(3)}`,
      quietRatio.toFixed(3),
      difference.median.toFixed(1),
      `${difference.least.toFixed(1)} to ${difference.greatest.toFixed(1)}`,
      (difference.median / kilobytes).toFixed(4),
    ]
  })
  return table(head, rows)
}

/** The files on which a way of linting costs most over no rules, by their fastest rounds. */
export function dearestTable(
  times: ReadonlyMap<string, Times>,
  names: { readonly of: string; readonly withNoRules: string },
  files: readonly SourceFile[],
  count: number,
): string {
  const own = fastest(timesOf(times, names.of))
  const base = fastest(timesOf(times, names.withNoRules))
  const costs = files.map((file, index) => {
    const without = base[index] ?? 0
    return { file, without, cost: (own[index] ?? 0) - without }
  })
  const dearest = costs.toSorted((a, b) => b.cost - a.cost).slice(0, count)
  return table(
    ['file', 'KB', 'ms with no rules', 'ms over no rules', 'ms per KB'],
    dearest.map(({ file, without, cost }) => [
      file.path,
      kilobytesOf([file]).toFixed(1),
      without.toFixed(1),
      cost.toFixed(1),
      (cost / kilobytesOf([file])).toFixed(3),
    ]),
  )
}

/** What one size of a growing file costs over no rules, in milliseconds. */
export type GrowthPoint = {
  readonly lines: number
  readonly kilobytes: number
  readonly base: number
  readonly ours: number
  readonly theirs: number
}

/** Cost per KB at each size, and the exponent from the first size to the last: 1 is linear. */
/** How long it takes to check some expressions, by their characters. */
export type ExpressionPoint = {
  readonly characters: number
  readonly expressions: number
  readonly milliseconds: number
}

export function expressionTable(
  shapes: readonly {
    readonly shape: string
    readonly points: readonly ExpressionPoint[]
    readonly exponent: number
  }[],
): string {
  return table(
    ['expressions', 'characters', 'texts', 'ms', 'characters a second', 'exponent'],
    shapes.flatMap(({ shape, points, exponent }) =>
      points.map(({ characters, expressions, milliseconds }, index) => [
        shape,
        characters.toLocaleString('en'),
        expressions.toLocaleString('en'),
        milliseconds.toFixed(1),
        Math.round((characters / milliseconds) * 1000).toLocaleString('en'),
        index === points.length - 1 ? exponent.toFixed(2) : '',
      ]),
    ),
  )
}

export function growthTable(
  shapes: readonly {
    readonly shape: string
    readonly points: readonly GrowthPoint[]
    readonly exponent: number
  }[],
): string {
  return table(
    [
      'shape',
      'lines',
      'KB',
      'no rules, ms',
      'dynamodb strict, ms over',
      'per KB',
      'typescript-eslint, ms over',
      'per KB',
      'exponent',
    ],
    shapes.flatMap(({ shape, points, exponent }) =>
      points.map(({ lines, kilobytes, base, ours, theirs }, index) => [
        shape,
        String(lines),
        kilobytes.toFixed(0),
        base.toFixed(1),
        ours.toFixed(1),
        (ours / kilobytes).toFixed(3),
        theirs.toFixed(1),
        (theirs / kilobytes).toFixed(3),
        index === points.length - 1 ? exponent.toFixed(2) : '',
      ]),
    ),
  )
}

export function kilobytesOf(files: readonly SourceFile[]): number {
  return sum(files.map(({ text }) => Buffer.byteLength(text))) / 1024
}

function timesOf(times: ReadonlyMap<string, Times>, name: string): Times {
  const found = times.get(name)
  if (found === undefined) throw new RangeError(`Nothing was measured with "${name}".`)
  return found
}
