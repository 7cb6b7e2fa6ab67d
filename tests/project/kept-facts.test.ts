/** Facts that one process leaves to the next. */
import {
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, it } from 'vitest'
import { keptFactsIn } from '../../src/project/kept-facts.ts'
import { factsOf } from '../support/facts.ts'
import { folderWith, write } from '../support/folder.ts'

const text = `
  export const table = process.env.TABLE ?? 'Orders'
  export const most = [1e999, -0, 10n, null, undefined, /a/g]
  export async function first({ id = undefined, ...rest }, [a, , b] = []) {
    for (const x of rest.list) if (x.n > most[0]) return { id, a, b, [x.key]: \`\${x.n}#\` }
  }
`
const facts = factsOf(text, '/app/src/orders.ts')

const entriesIn = (folder: string): string[] =>
  globSync('facts/*/*', { cwd: folder, absolute: true })

function onlyEntry(folder: string): string {
  const [entry, ...more] = entriesIn(folder)
  if (entry === undefined || more.length > 0) throw new Error('Not one entry.')
  return entry
}

it('gives back what was kept, to whoever asks with the same text', () => {
  const folder = folderWith({})
  keptFactsIn(folder).keep(facts)
  const next = keptFactsIn(folder)
  expect(next.of('/app/src/orders.ts', text)).toStrictEqual(facts)
  expect(next.of('/elsewhere/orders.ts', text)).toStrictEqual({
    ...facts,
    file: '/elsewhere/orders.ts',
  })
  expect(next.of('/app/src/orders.ts', `${text} `)).toBeNull()
  expect(next.of('/app/src/orders.tsx', text)).toBeNull()
})

it('leaves nothing unfinished behind', () => {
  const folder = folderWith({})
  keptFactsIn(folder).keep(facts)
  keptFactsIn(folder).keep(facts)
  expect(readdirSync(dirname(onlyEntry(folder)))).toHaveLength(1)
})

it.each([
  ['torn', (entry: string) => readFileSync(entry).subarray(0, 200)],
  ['empty', () => Buffer.alloc(0)],
  ['foreign', () => Buffer.from('{"values": []}')],
])('takes no facts from a file that is %s, and mends it', (_, contentOf) => {
  const folder = folderWith({})
  const kept = keptFactsIn(folder)
  kept.keep(facts)
  writeFileSync(onlyEntry(folder), contentOf(onlyEntry(folder)))
  expect(kept.of(facts.file, text)).toBeNull()
  kept.keep(facts)
  expect(kept.of(facts.file, text)).toStrictEqual(facts)
})

it('takes no facts of another text that stand under the name of this one', () => {
  const folder = folderWith({})
  const kept = keptFactsIn(folder)
  const other = factsOf('other()', '/app/src/other.ts')
  kept.keep(other)
  const from = onlyEntry(folder)
  kept.keep(facts)
  copyFileSync(from, entriesIn(folder).find((entry) => entry !== from) ?? '')
  expect(kept.of(facts.file, text)).toBeNull()
})

it('does without a place that cannot be written to', () => {
  const folder = folderWith({ cache: 'a file' })
  const kept = keptFactsIn(join(folder, 'cache'))
  kept.keep(facts)
  expect(kept.of(facts.file, text)).toBeNull()
  expect(keptFactsIn(null).of(facts.file, text)).toBeNull()
})

it('throws away what another version kept, and what nobody wrote for a month', () => {
  const folder = folderWith({})
  keptFactsIn(folder).keep(facts)
  const entry = onlyEntry(folder)
  write(folder, 'facts/another/entry', 'old')
  const old = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000)
  utimesSync(entry, old, old)
  const other = factsOf('other()', '/app/src/other.ts')
  keptFactsIn(folder).keep(other)
  expect(existsSync(entry)).toBe(false)
  expect(entriesIn(folder)).toHaveLength(1)
  expect(keptFactsIn(folder).of(other.file, 'other()')).toStrictEqual(other)
})
