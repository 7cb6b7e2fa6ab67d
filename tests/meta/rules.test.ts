import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ruleIds } from '../../scripts/generate.ts'
import { rules } from '../../src/plugin/rules.ts'

const root = join(import.meta.dirname, '../..')

it('lists exactly the files in rules/', () => {
  expect(Object.keys(rules)).toEqual(ruleIds(root))
})

describe.each(Object.entries(rules))('%s', (id, rule) => {
  const { docs, messages, schema, defaultOptions, hasSuggestions } = rule.meta

  it('carries its own name', () => {
    expect(rule.name).toBe(id)
  })

  it('has a page, and a test file', () => {
    expect(existsSync(join(root, `docs/rules/${id}.md`))).toBe(true)
    expect(existsSync(join(root, `tests/rules/${id}.test.ts`))).toBe(true)
  })

  it('describes itself in one sentence, and names its preset', () => {
    expect(docs.description).toMatch(/^[A-Z][^\n]{10,120}[^.]\.$/)
    expect(['recommended', 'strict']).toContain(docs.preset)
  })

  it('speaks in sentences that end in a period', () => {
    for (const [messageId, text] of Object.entries(messages)) {
      expect(messageId).toMatch(/^[a-z][a-zA-Z]+$/)
      expect(text).toMatch(/(\.|\}\})$/)
    }
  })

  it('takes one object of described options at most, and documents each', () => {
    const schemas = schema as { properties?: Record<string, { description?: string }> }[]
    expect(schemas.length).toBeLessThanOrEqual(1)
    const page = readFileSync(join(root, `docs/rules/${id}.md`), 'utf8')
    const options = Object.entries(schemas[0]?.properties ?? {})
    for (const [name, { description }] of options) {
      expect(description, name).toMatch(/./)
      expect(page).toContain(`\`${name}\``)
    }
    const defaults = Object.keys(defaultOptions?.[0] ?? {})
    expect(defaults.sort()).toEqual(options.map(([name]) => name).sort())
  })

  it('has a page that speaks of its suggestions where it has any', () => {
    const page = readFileSync(join(root, `docs/rules/${id}.md`), 'utf8')
    expect(/^## Suggestions$/m.test(page)).toBe(hasSuggestions === true)
  })
})
