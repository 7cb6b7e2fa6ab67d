import { describe, expect, it } from 'vitest'
import { isScriptFile, isTestFile } from '../../src/frameworks/index.ts'
import { entries, labels } from './entries.ts'

it.each([
  'scripts/fix.ts',
  'packages/api/script/fix.js',
  'migrations/2024-orders.js',
  'src/migrate/index.ts',
  'src/seeds/orders.ts',
  'src/seed.ts',
  'src/seed-orders.ts',
  'src/seedOrders.ts',
  'bin/app.ts',
  'tools/report.js',
  'src/cli/index.ts',
  'vite.config.ts',
  'jest-config.js',
  'src/backfill-emails.ts',
])('takes %s for a script', (path) => {
  expect(isScriptFile(path)).toBe(true)
})

it.each([
  'src/orders.ts',
  'src/config.ts',
  'src/container/pricing-config.ts',
  'src/seedling.ts',
  'src/scripting/run.ts',
  'src/toolset.ts',
])('takes %s for no script', (path) => {
  expect(isScriptFile(path)).toBe(false)
})

it.each([
  'src/orders.test.ts',
  'src/orders.spec.tsx',
  'src/orders.unit.js',
  'tests/unit/orders.unitTest.ts',
  'src/__tests__/orders.ts',
  'test/orders.js',
  'feature-tests/utils/orders.ts',
  'src/test-helper/counters.ts',
  'e2e/orders.ts',
  'src/orders.e2e-spec.ts',
  'local/testHelpers.ts',
  'src/test-utils.tsx',
])('takes %s for a test', (path) => {
  expect(isTestFile(path)).toBe(true)
})

it.each(['src/orders.ts', 'src/testimonials/list.ts', 'src/contest.ts', 'src/testHelp.ts'])(
  'takes %s for no test',
  (path) => {
    expect(isTestFile(path)).toBe(false)
  },
)

it('counts no folder above the working directory', () => {
  expect(isTestFile(`${process.cwd()}/src/orders.ts`)).toBe(false)
  expect(isTestFile(`${process.cwd()}/test/orders.ts`)).toBe(true)
})

describe('what a file runs as it is loaded', () => {
  it.each([
    ['async function main() { await purge() }\nmain()', 'script main'],
    ['async function main() { await purge() }\nmain().catch((error) => log(error))', 'script main'],
    [
      'export const main = async () => purge()\nif (process.argv[1] === file) { await main() }',
      'script main',
    ],
    ['const run = async () => purge()\nrun()', 'script run'],
    ['(async () => { await purge() })()', 'script'],
  ])('%s', (text, label) => {
    expect(labels(text)).toEqual([`script ${label}`])
  })

  it('is no entry point where it makes something', () => {
    expect(
      labels('function makeClient() { return new Client() }\nconst client = makeClient()'),
    ).toEqual([])
  })

  it('is all there is in a script', () => {
    const text = 'async function handler(event) { await purge(event.pathParameters) }\nhandler({})'
    expect(labels(text, 'scripts/purge.js')).toEqual(['script script handler'])
    expect(labels(`#!/usr/bin/env node\n${text}`)).toEqual(['script script handler'])
    expect(labels('exports.handler = async (event) => purge()', 'scripts/purge.js')).toEqual([])
  })
})

it('finds no entry point in a test', () => {
  const text = "import express from 'express'\nexpress().get('/a', (req, res) => res.json(1))"
  expect(entries(text, 'src/a.ts')).toHaveLength(1)
  expect(entries(text, 'src/a.test.ts')).toEqual([])
})
