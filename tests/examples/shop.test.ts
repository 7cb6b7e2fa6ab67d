import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { rules } from '../../src/plugin/rules.ts'

const shop = path.resolve(import.meta.dirname, '../../docs/examples/shop')

type Reach = 'local' | 'same-file' | 'cross-file'

/** One intended finding: `anchor` is a snippet of the reported line that its file has only once. */
interface ShopFinding {
  file: string
  rule: string
  anchor: string
  reach: Reach
  issue: 'now' | 'later'
}

const namedRules = new Set([
  'no-scan-in-handler',
  'no-unconditional-read-modify-write',
  'no-sequential-partition-key',
  'require-sort-key-prefix',
])

const findings = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'shop-findings.json'), 'utf8'),
) as ShopFinding[]

const textOf = (file: string) => readFileSync(path.join(shop, file), 'utf8')

describe('the example shop', () => {
  it('type-checks with its own settings', { timeout: 60_000 }, () => {
    expect(typeErrors(path.join(shop, 'tsconfig.json'))).toEqual([])
  })

  it.each(findings)('has the place of $rule in $file once: $anchor', ({ file, anchor }) => {
    expect(anchor).not.toContain('\n')
    expect(textOf(file).split(anchor)).toHaveLength(2)
  })

  it('marks what the rules that are there find as due now', () => {
    for (const { rule, issue } of findings) {
      expect([rule, issue]).toEqual([rule, Object.hasOwn(rules, rule) ? 'now' : 'later'])
    }
  })

  it.each([...namedRules])('has %s within one file and across files', (rule) => {
    const found = new Set(findings.filter((one) => one.rule === rule).map((one) => one.reach))
    expect(found.has('local') || found.has('same-file')).toBe(true)
    expect(found.has('cross-file')).toBe(true)
  })

  it('explains in FINDINGS.md exactly what shop-findings.json lists', () => {
    const listed = findings.map(({ file, rule, reach }) => [file, rule, reachInWords[reach]].join())
    expect(explainedFindings().sort()).toEqual(listed.sort())
  })
})

const reachInWords: Record<ShopFinding['reach'], string> = {
  local: 'one file',
  'same-file': 'one file (several functions)',
  'cross-file': 'across files',
}

/** The rows of the finding tables in FINDINGS.md, as `file,rule,reach`. */
function explainedFindings(): string[] {
  return textOf('FINDINGS.md')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter((cells) => cells.length === 8 && (cells[1] ?? '').endsWith('.ts'))
    .map((cells) => [cells[1], cells[3], cells[6]].join())
}

function typeErrors(configFile: string): string[] {
  const read = ts.readConfigFile(configFile, (file) => ts.sys.readFile(file))
  const config: unknown = read.config
  const { error } = read
  if (error) return [ts.flattenDiagnosticMessageText(error.messageText, '\n')]
  const { fileNames, options, errors } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    path.dirname(configFile),
  )
  const program = ts.createProgram(fileNames, options)
  return [...errors, ...ts.getPreEmitDiagnostics(program)].map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
    return `${path.relative(shop, diagnostic.file?.fileName ?? configFile)}: ${message}`
  })
}
