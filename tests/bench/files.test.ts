import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { drawFiles, inTurns, presenceOf } from '../../scripts/bench/files.ts'
import { randomFrom } from '../../scripts/bench/random.ts'

const calls = "import { GetCommand } from '@aws-sdk/lib-dynamodb'\nsend(new GetCommand({}))\n"

describe('presenceOf', () => {
  it.each([
    ['const a = 1', 'none'],
    ['// Dynamo is elsewhere.', 'mention'],
    ['runQuery({ TableName, Key })', 'mention'],
    ['const tableName = 1', 'none'],
    ["import type { AttributeValue } from '@aws-sdk/client-dynamodb'", 'mention'],
    [calls, 'calls'],
    ['new AWS.DynamoDB.DocumentClient().query(params)', 'calls'],
    ["import { dynamodb } from './db'\nnew GetCommand({})", 'mention'],
  ])('%j: %s', (text, presence) => {
    expect(presenceOf(text)).toBe(presence)
  })
})

describe('inTurns', () => {
  it('takes the first of each, then the second of each', () => {
    expect(inTurns([['a', 'b', 'c'], [], ['d'], ['e', 'f']])).toEqual([
      'a',
      'd',
      'e',
      'b',
      'f',
      'c',
    ])
  })
})

describe('drawFiles', () => {
  let directory = ''

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'bench-files-'))
    for (let n = 0; n < 9; n += 1) write(`large/src/plain-${n}.ts`, `export const a = ${n}\n`)
    write('small/plain.js', 'module.exports = 1\n')
    write('small/full.js', `\uFEFF${calls}`)
    write('small/mention.js', '// dynamodb\n')
    write('small/types.d.ts', 'export const a: 1\n')
    write('small/node_modules/other/index.js', calls)
    write('small/broken.js', 'const = \n')
    write('small/bundle.js', 'a()\n'.repeat(100_000))
    write('small/notes.md', '')
  })

  afterEach(() => rmSync(directory, { recursive: true }))

  function write(path: string, text: string): void {
    const file = join(directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }

  const draw = async (count: number, seed: number) => {
    const repositories = ['large', 'small'].map((name) => join(directory, name))
    const sets = await drawFiles(
      repositories,
      count,
      randomFrom(seed),
      ({ text }) => !text.includes('const ='),
    )
    const names = (files: readonly { path: string }[]) =>
      files.map(({ path }) => path.slice(directory.length + 1))
    return { ...sets, withoutNames: names(sets.without), fullNames: names(sets.full) }
  }

  it('takes turns between repositories, and only source files that parse and are not too large', async () => {
    const { withoutNames, fullNames } = await draw(100, 1)
    expect(withoutNames).toHaveLength(10)
    expect((await draw(2, 1)).withoutNames).toContain('small/plain.js')
    expect(fullNames).toEqual(['small/full.js'])
  })

  it('gives the files of one repository after one another', async () => {
    const { withoutNames } = await draw(100, 1)
    expect(withoutNames).toEqual(withoutNames.toSorted())
    expect(withoutNames.at(-1)).toBe('small/plain.js')
  })

  it('takes no more than asked for, the same for the same seed', async () => {
    expect((await draw(4, 1)).withoutNames).toHaveLength(4)
    expect(await draw(4, 2)).toEqual(await draw(4, 2))
    expect((await draw(4, 1)).withoutNames).not.toEqual((await draw(4, 2)).withoutNames)
  })

  it('strips a byte-order mark, as ESLint does', async () => {
    const { full } = await draw(4, 1)
    expect(full[0]?.text).toBe(calls)
  })
})
