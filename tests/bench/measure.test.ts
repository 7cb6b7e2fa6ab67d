import { describe, expect, it } from 'vitest'

import { measure, type Plan, type Variant } from '../../scripts/bench/measure.ts'
import { randomFrom } from '../../scripts/bench/random.ts'

const files = ['one.ts', 'two.ts', 'three.ts'].map((path) => ({ path, text: '' }))

/** Ways of linting that only write down what they were asked, on a clock that they move. */
function recorded(cost: Record<string, number>) {
  let time = 0
  const asked: string[] = []
  const variants = Object.entries(cost).map(([name, milliseconds]): Variant => {
    let started = 0
    return {
      name,
      start: () => {
        started += 1
        const round = started
        // Making a linter takes long, and must not count.
        time += 1000
        return Promise.resolve((file) => {
          time += milliseconds
          asked.push(`${round} ${file.path} ${name}`)
          return Promise.resolve()
        })
      },
    }
  })
  return { variants, asked, now: () => time }
}

function planWith(plan: Partial<Plan>): Plan {
  return {
    rounds: 2,
    warmUps: 1,
    random: randomFrom(1),
    now: () => 0,
    progress: () => undefined,
    ...plan,
  }
}

describe('measure', () => {
  it('times each file in each counted round, and neither warming up nor making linters', async () => {
    const { variants, now } = recorded({ none: 2, ours: 3 })
    const times = await measure(variants, files, planWith({ now }))
    expect([...times]).toEqual([
      [
        'none',
        [
          [2, 2, 2],
          [2, 2, 2],
        ],
      ],
      [
        'ours',
        [
          [3, 3, 3],
          [3, 3, 3],
        ],
      ],
    ])
  })

  it('lets all ways take a file before any takes the next, each once, with a fresh linter a round', async () => {
    const { variants, asked } = recorded({ a: 1, b: 1, c: 1 })
    await measure(variants, files, planWith({}))
    const expected = [1, 2, 3].flatMap((round) =>
      files.map(({ path }) => ['a', 'b', 'c'].map((name) => `${round} ${path} ${name}`)),
    )
    const groups = expected.map((_, index) => asked.slice(index * 3, index * 3 + 3))
    expect(groups.map((group) => group.toSorted())).toEqual(expected)
  })

  it('draws the order of turns anew for each file', async () => {
    const { variants, asked } = recorded({ a: 1, b: 1, c: 1 })
    await measure(variants, files, planWith({ rounds: 20 }))
    const first = asked.filter((_, index) => index % 3 === 0).map((line) => line.at(-1))
    expect(new Set(first)).toEqual(new Set(['a', 'b', 'c']))
  })

  it('tells each round, those to warm up below zero', async () => {
    const told: string[] = []
    const progress = (round: number, rounds: number) => told.push(`${round} of ${rounds}`)
    await measure([], files, planWith({ progress }))
    expect(told).toEqual(['-1 of 2', '0 of 2', '1 of 2'])
  })
})
