/** What the rules say of the example shop, against the list of what they should say. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readSettings } from '../../src/settings/settings.ts'
import { rules } from '../../src/plugin/rules.ts'
import { lintFolder } from '../support/real-files.ts'

interface ShopFinding {
  readonly file: string
  readonly rule: string
  readonly anchor: string
  readonly reach: 'local' | 'same-file' | 'cross-file'
  readonly issue: 'now' | 'later'
}

const shop = resolve(import.meta.dirname, '../../docs/examples/shop')
const settings: unknown = JSON.parse(readFileSync(join(shop, 'dynamodb.json'), 'utf8'))
const listed = JSON.parse(
  readFileSync(join(import.meta.dirname, 'shop-findings.json'), 'utf8'),
) as ShopFinding[]
const due = listed.filter(({ rule, issue }) => issue === 'now' && Object.hasOwn(rules, rule))

const reports = lintFolder({
  folder: shop,
  rules: Object.fromEntries([...new Set(due.map(({ rule }) => rule))].map((id) => [id, []])),
  settings,
})
const found = new Set(reports.map(({ file, line, rule }) => place(file, line, rule)))

function place(file: string, line: number, rule: string): string {
  return `${file}:${String(line)} ${rule}`
}

function placeOf({ file, anchor, rule }: ShopFinding): string {
  const before = readFileSync(join(shop, file), 'utf8').split(anchor)[0] ?? ''
  return place(file, before.split('\n').length, rule)
}

it('has settings that are right', () => {
  expect(readSettings(settings).problems).toEqual([])
})

it('finds everything that one file shows', () => {
  const wanted = due.filter(({ reach }) => reach !== 'cross-file').map(placeOf)
  expect(wanted.filter((each) => !found.has(each))).toEqual([])
})

it('finds nothing that is not listed', () => {
  const wanted = new Set(due.map(placeOf))
  expect([...found].filter((each) => !wanted.has(each))).toEqual([])
})
