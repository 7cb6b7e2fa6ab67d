import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ruleIds } from '../../scripts/generate.ts'
import { readFences, type Fence } from '../support/fences.ts'
import { lint, setups } from '../support/linters.ts'

const root = join(import.meta.dirname, '../..')
const examples = ruleIds(root).flatMap((id) => {
  const path = join(root, `docs/rules/${id}.md`)
  if (!existsSync(path)) return []
  return readFences(readFileSync(path, 'utf8'))
    .filter(({ words }) => words.includes('incorrect') || words.includes('correct'))
    .map((fence) => ({ id, fence, line: fence.line }))
})

function reports(setup: (typeof setups)[number], id: string, fence: Fence): string[] {
  const { filename = `src/handler.${fence.language}`, options = [], settings } = fence.values
  const messages = lint(setup, {
    code: fence.code,
    filename: String(filename),
    rules: { [id]: options as unknown[] },
    settings,
  })
  return messages.map(({ message, line }) => `${String(fence.line + line)}: ${message}`)
}

describe.each(setups)('rule pages on $name', (setup) => {
  it.each(examples)('$id, line $line', ({ id, fence }) => {
    if (fence.words.includes('correct')) expect(reports(setup, id, fence)).toEqual([])
    else expect(reports(setup, id, fence)).not.toEqual([])
  })
})

it.each(ruleIds(root))('%s shows incorrect and correct code under headings that say so', (id) => {
  const own = examples.filter((example) => example.id === id).map(({ fence }) => fence)
  const kinds = new Set(own.flatMap(({ words }) => words))
  expect(kinds).toContain('incorrect')
  expect(kinds).toContain('correct')
})

it('finds the rules folder', () => {
  expect(existsSync(join(root, 'rules'))).toBe(true)
})
