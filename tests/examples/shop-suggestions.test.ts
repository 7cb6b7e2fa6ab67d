/** The example shop with every suggestion taken: it compiles, and what was reported is gone. */
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ESLint } from 'eslint'
import ts from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import plugin from '../../src/index.ts'
import * as parser from '../../src/parser/index.ts'
import { rules } from '../../src/plugin/rules.ts'

const root = path.resolve(import.meta.dirname, '../..')
const shop = path.join(root, 'docs/examples/shop')

interface Taken {
  readonly place: string
  readonly title: string
}

let copy = ''
let taken: readonly Taken[] = []
let before: readonly string[] = []
let after: readonly string[] = []

beforeAll(async () => {
  // The compiler resolves links; the copy has to go by the same path.
  copy = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), 'shop-'))), 'shop')
  cpSync(shop, copy, { recursive: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
  before = (await reports()).map(placeOf)
  taken = await takeAll()
  after = (await reports()).map(placeOf)
}, 120_000)

afterAll(() => {
  rmSync(path.dirname(copy), { recursive: true, force: true })
})

interface Report {
  readonly file: string
  readonly message: ESLint.LintResult['messages'][number]
}

function placeOf({ file, message }: Report): string {
  return `${path.relative(copy, file).replaceAll('\\', '/')} ${message.ruleId ?? ''}`
}

async function reports(): Promise<Report[]> {
  const eslint = new ESLint({
    cwd: copy,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser },
      plugins: { dynamodb: plugin },
      rules: Object.fromEntries(Object.keys(rules).map((id) => [`dynamodb/${id}`, 'error'])),
      settings: {
        dynamodb: JSON.parse(readFileSync(path.join(shop, 'dynamodb.json'), 'utf8')) as unknown,
      },
    },
  })
  const results = await eslint.lintFiles(['src', 'scripts', 'infrastructure'])
  return results.flatMap(({ filePath, messages }) =>
    messages.map((message) => ({ file: filePath, message })),
  )
}

/** Takes the first suggestion of each report, one in each file at a time: a change moves what stands below it. */
async function takeAll(): Promise<Taken[]> {
  const all: Taken[] = []
  for (let round = 0; round < 10; round += 1) {
    const changed = new Set<string>()
    for (const report of await reports()) {
      const [suggestion] = report.message.suggestions ?? []
      if (!suggestion || changed.has(report.file)) continue
      changed.add(report.file)
      const text = readFileSync(report.file, 'utf8')
      const [start, end] = suggestion.fix.range
      writeFileSync(report.file, text.slice(0, start) + suggestion.fix.text + text.slice(end))
      all.push({ place: placeOf(report), title: suggestion.desc })
    }
    if (changed.size === 0) break
  }
  return all
}

it('takes these', () => {
  const lines = taken.map(({ place, title }) => `${place}: ${title}`)
  expect(lines.sort().join('\n')).toMatchSnapshot()
})

it('leaves only the reports that have no suggestion', () => {
  // Nobody counts the orders any more, once their ids are random.
  const alongside = ['src/handlers/create-order.ts dynamodb/no-scan-in-handler']
  // Legacy parameters say less than the expression that they become.
  const later = ['src/repositories/legacy-customers.ts dynamodb/no-phantom-upsert']
  const gone = [...taken.map(({ place }) => place), ...alongside]
  const left = [...before, ...later]
  for (const place of gone) {
    expect(left).toContain(place)
    left.splice(left.indexOf(place), 1)
  }
  expect([...after].sort()).toEqual(left.sort())
  expect(after.join('\n')).not.toContain('Parsing error')
})

it('still compiles, with nothing unused', { timeout: 120_000 }, () => {
  const configFile = path.join(copy, 'tsconfig.json')
  const read = ts.readConfigFile(configFile, (file) => ts.sys.readFile(file))
  const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, copy)
  const program = ts.createProgram(fileNames, options)
  expect(fileNames.length).toBeGreaterThan(50)
  expect(
    ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const name = path.relative(copy, file?.fileName ?? '')
      return `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    }),
  ).toEqual([])
})
