import { readFileSync } from 'node:fs'
import { defineConfig } from 'eslint/config'
import { describe, expect, it } from 'vitest'
import plugin, * as everything from '../../src/index.ts'
import { createRule, type Preset } from '../../src/rule/create-rule.ts'
import { presetsOf } from '../../src/plugin/presets.ts'
import { rules } from '../../src/plugin/rules.ts'

const packageJson = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { name: string; version: string }

function ruleOf(name: string, preset: Preset) {
  return createRule({
    name,
    meta: {
      type: 'problem',
      docs: { description: name, preset },
      messages: { found: 'Found.' },
      schema: [],
      defaultOptions: [],
    },
    create: () => ({}),
  })
}

describe('the plugin', () => {
  it('tells its name, version and namespace', () => {
    expect(plugin.meta).toEqual({
      name: packageJson.name,
      version: packageJson.version,
      namespace: 'dynamodb',
    })
  })

  it('is the default export and what `require` gives', () => {
    expect(Object.keys(everything).sort()).toEqual(['default', 'module.exports'])
    expect(everything['module.exports']).toBe(plugin)
  })

  it.each(['recommended', 'strict'] as const)('is itself the plugin of configs.%s', (preset) => {
    const config = plugin.configs[preset]
    expect(config.name).toBe(`dynamodb/${preset}`)
    expect(config.plugins?.dynamodb).toBe(plugin)
    expect(defineConfig([plugin.configs[preset]])).toEqual([config])
  })

  it('has every rule in strict, and all levels are "error"', () => {
    expect(plugin.rules).toBe(rules)
    expect(Object.keys(plugin.configs.strict.rules ?? {})).toEqual(
      Object.keys(rules).map((id) => `dynamodb/${id}`),
    )
  })
})

it('computes presets from what each rule says of itself', () => {
  const configs = presetsOf(plugin, {
    'a-rule': ruleOf('a-rule', 'recommended'),
    'b-rule': ruleOf('b-rule', 'strict'),
  })
  expect(configs.recommended.rules).toEqual({ 'dynamodb/a-rule': 'error' })
  expect(configs.strict.rules).toEqual({ 'dynamodb/a-rule': 'error', 'dynamodb/b-rule': 'error' })
})
