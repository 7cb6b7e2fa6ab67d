/** A text that is linted again: nothing is looked at again but for what has changed. */
import { Linter } from 'eslint'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createRule } from '../../src/rule/create-rule.ts'
import { onAnalysis } from '../../src/rule/on-operations.ts'
import * as parser from '../../src/parser/index.ts'
import { folderWith, write } from '../support/folder.ts'

const REPOSITORY = `import { DynamoDB } from 'aws-sdk'
import { table } from './table'
const client = new DynamoDB.DocumentClient()
export const read = (id) => client.get({ TableName: table, Key: { id } }).promise()
`

/** A rule that counts how often it looks, and tells of each operation. */
function counting() {
  let looks = 0
  const rule = createRule({
    name: 'counting',
    meta: {
      type: 'problem',
      docs: { description: 'Counts.', preset: 'strict' },
      messages: { operation: '{{kind}} of {{table}}{{entry}}{{mark}}.' },
      schema: [{ type: 'object', properties: { mark: { type: 'string' } } }],
      defaultOptions: [{ mark: '' }],
    },
    create: onAnalysis<'operation', [{ mark: string }]>(({ analysis, options }, report) => {
      looks += 1
      for (const { at, kind, table, reach } of analysis.operations) {
        const entry = reach === null ? '' : ` from ${reach.entry.label}`
        report(at, 'operation', { kind, table: table.label, entry, mark: options[0].mark })
      }
    }),
  })
  const lint = (
    folder: string,
    file: string,
    text: string,
    mark = '',
    settings: object | null = null,
    by: Linter.Parser = parser,
  ): string[] => {
    const config: Linter.Config = {
      files: ['**/*.{js,ts}'],
      languageOptions: { parser: by },
      plugins: { own: { rules: { counting: rule } } },
      rules: { 'own/counting': ['error', { mark }] },
      settings: settings === null ? {} : { dynamodb: settings },
    }
    const linter = new Linter({ cwd: folder, configType: 'flat' })
    return linter.verify(text, [config], join(folder, file)).map(({ message }) => message)
  }
  return { lint, looks: () => looks }
}

it('is not looked at again', () => {
  const folder = folderWith({ 'package.json': '{}', 'table.js': "export const table = 'Maps'" })
  const { lint, looks } = counting()
  const first = lint(folder, 'maps.js', REPOSITORY)
  expect(first).toHaveLength(1)
  expect(lint(folder, 'maps.js', REPOSITORY)).toEqual(first)
  expect(looks()).toBe(1)
})

it('is looked at with other options, and with other settings', () => {
  const folder = folderWith({ 'package.json': '{}', 'table.js': "export const table = 'Maps'" })
  const { lint, looks } = counting()
  const [first = ''] = lint(folder, 'maps.js', REPOSITORY)
  expect(lint(folder, 'maps.js', REPOSITORY, '!')).toEqual([first.replace(/\.$/, '!.')])
  const settings = { tables: { Maps: { partitionKey: 'id' } } }
  lint(folder, 'maps.js', REPOSITORY, '!', settings)
  expect(looks()).toBe(3)
  // The same settings as another object.
  lint(folder, 'maps.js', REPOSITORY, '!', structuredClone(settings))
  expect(looks()).toBe(3)
})

it('is looked at where a file that it imports changed, and where one came to import it', async () => {
  const folder = folderWith({ 'package.json': '{}', 'table.js': "export const table = 'Maps'" })
  write(folder, 'maps.js', REPOSITORY)
  const { lint, looks } = counting()
  expect(lint(folder, 'maps.js', REPOSITORY)[0]).toContain('Maps')
  write(folder, 'table.js', "export const table = 'Charts'")
  await pause(150)
  expect(lint(folder, 'maps.js', REPOSITORY)[0]).toContain('Charts')
  write(
    folder,
    'api.js',
    `import { read } from './maps'
import express from 'express'
express().get('/maps/:id', async (req, res) => res.json(await read(req.params.id)))
`,
  )
  await pause(150)
  expect(lint(folder, 'maps.js', REPOSITORY)[0]).toContain('GET /maps')
  expect(looks()).toBe(3)
})

it('is looked at when it comes to lead to DynamoDB', () => {
  const folder = folderWith({ 'package.json': '{}', 'table.js': "export const table = 'Maps'" })
  const { lint, looks } = counting()
  const without = 'export const read = (id) => id'
  expect(lint(folder, 'maps.js', without)).toEqual([])
  expect(lint(folder, 'maps.js', without)).toEqual([])
  expect(looks()).toBe(0)
  expect(lint(folder, 'maps.js', REPOSITORY)).toHaveLength(1)
  expect(lint(folder, 'maps.js', without)).toEqual([])
})

it('is looked at when it comes to import what leads there, wherever in the text, and when it is given it', () => {
  const folder = folderWith({
    'package.json': '{}',
    'table.js': "export const table = 'Maps'",
    'maps.js': REPOSITORY,
    'store.ts': 'export interface Store { read(id: string): unknown }',
    'maps-store.ts': `import { read } from './maps'
import type { Store } from './store'
export class MapsStore implements Store { read(id: string) { return read(id) } }
`,
  })
  const { lint, looks } = counting()
  const start = "import { join } from 'node:path'\nexport const path = join('a', 'b')\n"
  const looksAfter = (file: string, text: string): number => {
    const before = looks()
    lint(folder, file, text)
    return looks() - before
  }
  expect(looksAfter('path.js', start)).toBe(0)
  expect(looksAfter('path.js', `${start}export const more = 1\n`)).toBe(0)
  expect(looksAfter('path.js', `${start}export const { read } = require('./maps')\n`)).toBe(1)
  expect(looksAfter('path.js', `${start}export const more = 1\n`)).toBe(0)
  expect(looksAfter('path.js', `// ${start}import './maps'\n`)).toBe(1)

  const service = "import type { Store } from './store'\nexport class Maps {\n"
  expect(looksAfter('service.ts', `${service}}\n`)).toBe(0)
  expect(looksAfter('service.ts', `${service}// Nothing.\n}\n`)).toBe(0)
  expect(looksAfter('service.ts', `${service}constructor(private store: Store) {}\n}\n`)).toBe(1)
})

it('is told of wrong settings at each lint, though nothing else is to be said', () => {
  const folder = folderWith({ 'package.json': '{}' })
  const { lint } = counting()
  const wrong = { tabels: {} }
  const told = lint(folder, 'idle.js', 'export {}', '', wrong)
  expect(told).toHaveLength(1)
  expect(lint(folder, 'idle.js', 'export {}', '', wrong)).toEqual(told)
})

it('is looked at with settings that came to name its package', () => {
  const folder = folderWith({ 'package.json': '{}' })
  const { lint } = counting()
  const text =
    "import { load } from 'our-store'\nexport const read = (id) => load('Maps', { id })\n"
  const wrappers = {
    'our-store#load': { operation: 'GetItem', request: { TableName: '$0', Key: '$1' } },
  }
  expect(lint(folder, 'maps.js', text)).toEqual([])
  expect(lint(folder, 'maps.js', text)).toEqual([])
  expect(lint(folder, 'maps.js', text, '', { wrappers })).toEqual(['GetItem of `Maps`.'])
})

it('does not keep the syntax tree', async () => {
  setFlagsFromString('--expose_gc')
  const collect = runInNewContext('gc') as () => void
  const folder = folderWith({ 'package.json': '{}', 'table.js': "export const table = 'Maps'" })
  const { lint } = counting()
  const trees: WeakRef<object>[] = []
  const watched = {
    parseForESLint: (...given: Parameters<typeof parser.parseForESLint>) => {
      const parsed = parser.parseForESLint(...given)
      trees.push(new WeakRef(parsed.ast))
      return parsed
    },
  }
  expect(lint(folder, 'maps.js', REPOSITORY, '', null, watched)).toHaveLength(1)
  await pause(10)
  collect()
  expect(trees.map((tree) => tree.deref())).toEqual([undefined])
})
