/** `dynamodb.project()`: `eslint --cache` with a report that rests on another file. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import plugin from '../../src/index.ts'
import { folderWith, write } from '../support/folder.ts'

const root = join(import.meta.dirname, '../..')
const sourceOf = (path: string): string => pathToFileURL(join(root, 'src', path)).href

const client = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { table } from './table'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export const listOrders = () => documents.send(new ScanCommand({ TableName: table }))
`

const handlerThat = (
  does: string,
): string => `import type { APIGatewayProxyHandler } from 'aws-lambda'
import { listOrders } from './orders'

export const handler: APIGatewayProxyHandler = async () => {
  ${does}
}
export const unused = listOrders.name
`

const lists = handlerThat('return { statusCode: 200, body: JSON.stringify(await listOrders()) }')
const doesNot = handlerThat("return { statusCode: 200, body: '' }")

const application = {
  'package.json': '{ "type": "module" }',
  'node_modules/empty/package.json': '{}',
  'src/orders.ts': client,
  'src/table.ts': "export const table = 'Orders'\n",
  'src/handler.ts': lists,
  'src/orders.test.ts': "import { listOrders } from './orders'\nlistOrders()\n",
  'src/sums.ts': 'export const one = 1\n',
  'src/more-sums.ts': "import { one } from './sums'\nexport const two = one + one\n",
  'eslint.config.js': `
    // In workers, too, which take over nothing of how their process was started.
    import { register } from '${import.meta.resolve('tsx/esm/api')}'
    register()
    const { default: dynamodb } = await import('${sourceOf('index.ts')}')
    const own = await import('${sourceOf('parser/index.ts')}')
    const parser = {
      meta: { name: 'tells', version: '1' },
      parseForESLint(text, options) {
        process.stderr.write('linted ' + options.filePath + '\\n')
        return own.parseForESLint(text, options)
      },
    }
    export default [
      { files: ['**/*.ts'], languageOptions: { parser } },
      dynamodb.configs.recommended,
      ...dynamodb.project(import.meta.dirname),
    ]
  `,
}

interface Run {
  /** Files that were not taken from the cache. */
  readonly linted: readonly string[]
  readonly reports: readonly string[]
}

function eslint(program: string, folder: string, options: readonly string[] = ['--cache']): Run {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, ...options, '--format', 'json', 'src'],
    { cwd: folder, encoding: 'utf8' },
  )
  if (stdout === '') throw new Error(stderr)
  const results = JSON.parse(stdout) as {
    readonly filePath: string
    readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[]
  }[]
  return {
    linted: [...stderr.matchAll(/^linted (.*)$/gm)]
      .map(([, file = '']) => relative(folder, file))
      .sort(),
    reports: results.flatMap(({ filePath, messages }) =>
      messages.map(
        ({ ruleId, message }) => `${relative(folder, filePath)}: ${String(ruleId)} ${message}`,
      ),
    ),
  }
}

const programs = ['eslint', 'eslint9'].map((name) => {
  const main = fileURLToPath(import.meta.resolve(`${name}/package.json`))
  return [name, join(dirname(main), 'bin/eslint.js')] as const
})

const scan =
  'src/orders.ts: dynamodb/no-scan-in-handler Scan of `Orders` runs on each call of the Lambda handler (listOrders ← handler (src/handler.ts:4)): it reads the whole table.'
const leading = ['src/handler.ts', 'src/orders.ts']

describe.each(programs)('%s --cache', (_, program) => {
  it('lints again what leads to DynamoDB when another file that does has changed, and nothing else', () => {
    const folder = realpathSync(folderWith(application))
    const first = eslint(program, folder)
    expect(first.linted).toHaveLength(6)
    expect(first.reports).toEqual([scan])
    write(folder, 'src/handler.ts', doesNot)
    expect(eslint(program, folder)).toEqual({ linted: leading, reports: [] })
    write(folder, 'src/handler.ts', lists)
    expect(eslint(program, folder)).toEqual({ linted: leading, reports: [scan] })

    write(folder, 'src/sums.ts', 'export const one = 1.0\n')
    expect(eslint(program, folder)).toEqual({ linted: ['src/sums.ts'], reports: [scan] })
  })
})

describe.each(programs)('%s --concurrency', (_, program) => {
  it('reports the same from workers, whether facts are kept, torn or not there', () => {
    const folder = realpathSync(folderWith(application))
    const reports = (): Run['reports'] => eslint(program, folder, ['--concurrency', '2']).reports
    expect(reports()).toEqual([scan])
    const kept = globSync('facts/*/*', { cwd: cacheOf(folder), absolute: true })
    expect(kept).not.toHaveLength(0)
    expect(reports()).toEqual([scan])
    for (const entry of kept) writeFileSync(entry, 'torn')
    expect(reports()).toEqual([scan])
    write(folder, 'src/handler.ts', doesNot)
    expect(reports()).toEqual([])
  })
})

/** What `dynamodb.project()` says of a folder. */
function projectOf(folder: string): { fingerprint: unknown; covers: (path: string) => boolean } {
  const [, config] = plugin.project(folder)
  const { fingerprint } = config?.settings?.dynamodb as { fingerprint: unknown }
  const [leavesOut] = config?.ignores as unknown as [(file: string) => boolean]
  return { fingerprint, covers: (path) => !leavesOut(join(folder, path)) }
}

const cacheOf = (folder: string): string =>
  join(folder, 'node_modules/.cache/eslint-plugin-dynamodb')

describe('the fingerprint', () => {
  it('covers what leads to DynamoDB but for tests', () => {
    const { covers } = projectOf(folderWith(application))
    expect(Object.keys(application).filter(covers)).toEqual(['src/orders.ts', 'src/handler.ts'])
  })

  it('is the same from what is kept, without it, and in another place', () => {
    const folder = folderWith(application)
    const { fingerprint } = projectOf(folder)
    expect(fingerprint).toMatch(/^\S{20,}$/)
    expect(readdirSync(cacheOf(folder))).toHaveLength(1)
    expect(projectOf(folder).fingerprint).toBe(fingerprint)
    const { 'node_modules/empty/package.json': _, ...without } = application
    const elsewhere = folderWith(without)
    expect(projectOf(elsewhere).fingerprint).toBe(fingerprint)
    expect(existsSync(join(elsewhere, 'node_modules'))).toBe(false)
  })

  it.each([
    ['a handler', 'src/handler.ts', doesNot],
    [
      'what a file that leads to DynamoDB imports',
      'src/table.ts',
      "export const table = 'Carts'\n",
    ],
    ['a new caller', 'src/other.ts', "export * from './orders'\n"],
    ['where imports lead', 'tsconfig.json', '{ "compilerOptions": {} }'],
    ['code that deploys', 'lib/stack.ts', "import { Stack } from 'aws-cdk-lib'\n"],
    ['a template', 'cdk/Stack.json', '{}'],
    ['what sets functions off', 'serverless.yml', 'functions: {}\n'],
    ['the same in code', 'serverless.ts', 'export default { functions: {} }\n'],
    ['a construct of AWS CDK', 'infra/stack.ts', "import * as cdk from 'aws-cdk-lib'\n"],
  ])('changes with %s', (_, path, text) => {
    const folder = folderWith(application)
    const { fingerprint } = projectOf(folder)
    write(folder, path, text)
    expect(projectOf(folder).fingerprint).not.toBe(fingerprint)
  })

  it.each([
    ['a file that leads nowhere near DynamoDB', 'src/sums.ts', 'export const one = 0\n'],
    ['a test', 'src/orders.test.ts', "import { listOrders } from './orders'\n"],
    ['the work flows of a repository', '.github/workflows/ci.yml', 'on: push\n'],
  ])('does not change with %s', (_, path, text) => {
    const folder = folderWith(application)
    const { fingerprint } = projectOf(folder)
    write(folder, path, text)
    expect(projectOf(folder).fingerprint).toBe(fingerprint)
  })

  it('sees a file that imports led to before it was there', () => {
    const { 'src/table.ts': table, ...without } = application
    const folder = folderWith(without)
    const { fingerprint } = projectOf(folder)
    write(folder, 'src/table.ts', table)
    expect(projectOf(folder).fingerprint).not.toBe(fingerprint)
  })

  it('changes with who knows an interface that is implemented, and with what fills a container', () => {
    const folder = folderWith({
      ...application,
      'src/port.ts': 'export interface Orders { list(): void }\n',
      'src/orders.ts': `import type { Orders } from './port'\n${client}export class Stored implements Orders { list = listOrders }\n`,
    })
    let { fingerprint } = projectOf(folder)
    const isAnother = (path: string, text: string): boolean => {
      write(folder, path, text)
      const before = fingerprint
      fingerprint = projectOf(folder).fingerprint
      return fingerprint !== before
    }
    const service =
      "import { Orders } from './port'\nexport const list = (orders: Orders) => orders"
    expect(isAnother('src/service.ts', `${service}\n`)).toBe(true)
    expect(isAnother('src/service.ts', `${service}.list()\n`)).toBe(true)
    expect(isAnother('src/route.ts', "export { list } from './service'\n")).toBe(true)
    expect(
      isAnother('src/providers.ts', 'export const all = [{ provide: 1, useClass: 2 }]\n'),
    ).toBe(true)
    expect(isAnother('src/sums.ts', 'export const one = 0\n')).toBe(false)
  })

  it('covers files that make functions of what one that leads to DynamoDB gives them', () => {
    const folder = folderWith({
      ...application,
      'src/list.ts': 'export const newList = (orders) => async (id) => orders.list(id)\n',
      'src/sums.ts': 'export const newSum = (sums) => async (id) => sums.of(id)\n',
      'src/entry.ts': `${client}import { newList } from './list'\nexport const list = newList(client)\n`,
    })
    const [, config] = plugin.project(folder)
    const [leavesOut] = config?.ignores as unknown as [(file: string) => boolean]
    expect(['list.ts', 'sums.ts'].map((name) => leavesOut(join(folder, 'src', name)))).toEqual([
      false,
      true,
    ])
  })

  it('covers files that speak to DynamoDB by a package', () => {
    const folder = folderWith({ ...application, 'src/get.ts': "import { get } from '@acme/db'\n" })
    const covers = (wrappers: Readonly<Record<string, { operation: 'GetItem' }>>): boolean => {
      const [, config] = plugin.project(folder, { wrappers })
      const [leavesOut] = config?.ignores as unknown as [(file: string) => boolean]
      return !leavesOut(join(folder, 'src/get.ts'))
    }
    expect(covers({ '@acme/db#get': { operation: 'GetItem' } })).toBe(true)
    expect(covers({})).toBe(false)
  })

  it('leaves out what the settings leave out', () => {
    const folder = folderWith(application)
    const [settings, config] = plugin.project(folder, { ignore: ['handler.ts'] })
    expect(settings?.settings).toEqual({ dynamodb: { ignore: ['handler.ts'], root: folder } })
    const [leavesOut] = config?.ignores as unknown as [(file: string) => boolean]
    expect(leavesOut(join(folder, 'src/handler.ts'))).toBe(true)
    expect(leavesOut(join(folder, 'src/orders.ts'))).toBe(false)
  })

  it.each([
    ['torn', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['of another version', (text: string) => text.replace(/"version":"[^"]*"/, '"version":"0"')],
    ['of another kind', () => '[]'],
    ['wrong in its parts', (text: string) => text.replace(/\[[01],\[/g, '["",[')],
    ['wrong in its entries', (text: string) => text.replace(/:\["[^]*$/, ':7}}')],
  ])('minds no file on disk that is %s', (_, spoil) => {
    const folder = folderWith(application)
    const { fingerprint } = projectOf(folder)
    const [name = ''] = readdirSync(cacheOf(folder))
    const place = join(cacheOf(folder), name)
    writeFileSync(place, spoil(readFileSync(place, 'utf8')))
    const again = projectOf(folder)
    expect(again.fingerprint).toBe(fingerprint)
    expect(again.covers('src/orders.ts')).toBe(true)
    expect(JSON.parse(readFileSync(place, 'utf8'))).toHaveProperty('files')
  })

  it('does without a place to keep what it found', () => {
    const folder = folderWith({ ...application, 'node_modules/.cache': 'a file' })
    expect(projectOf(folder).covers('src/orders.ts')).toBe(true)
  })
})

it('takes a directory and nothing else', () => {
  expect(() => plugin.project('src')).toThrow(
    'dynamodb.project() takes the directory of your ESLint configuration: dynamodb.project(import.meta.dirname).',
  )
})
