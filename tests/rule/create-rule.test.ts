import { Linter, type Rule } from 'eslint'
import { Linter as Linter9 } from 'eslint9'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createRule, type RuleDefinition } from '../../src/rule/create-rule.ts'
import { version } from '../../src/version.ts'

type Create = RuleDefinition<'found', readonly [{ readonly word: string }]>['create']

function ruleThat(create: Create): Rule.RuleModule {
  return createRule({
    name: 'some-rule',
    meta: {
      type: 'problem',
      docs: { description: 'Some rule', preset: 'recommended' },
      messages: { found: 'Found `{{word}}`.' },
      schema: [
        {
          type: 'object',
          properties: { word: { type: 'string' } },
          additionalProperties: false,
        },
      ],
      defaultOptions: [{ word: 'default' }],
    },
    create,
  })
}

const linters = [
  ['ESLint 9', new Linter9({ configType: 'flat' }) as unknown as Linter],
  ['ESLint 10', new Linter()],
] as const

function run(
  linter: Linter,
  rules: Record<string, Rule.RuleModule>,
  {
    options = [],
    settings = {},
    filename = 'a.js',
  }: {
    options?: unknown[]
    settings?: Record<string, unknown>
    filename?: string
  } = {},
): string[] {
  const names = Object.keys(rules)
  const config: Linter.Config = {
    plugins: { own: { rules } },
    rules: Object.fromEntries(names.map((name) => [`own/${name}`, ['error', ...options]])),
    settings,
  }
  return linter
    .verify('a()', [config], filename)
    .map(({ ruleId, line, column, message }) => [ruleId, line, column, message].join(' '))
}

const found: Create = (context) => ({
  CallExpression(node) {
    if (node.loc == null) return
    context.report({
      loc: node.loc,
      messageId: 'found',
      data: { word: context.options[0].word },
    })
  },
})

const broken: Create = () => ({
  Program() {
    throw new Error('Program is wrong')
  },
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe.each(linters)('createRule on %s', (_, linter) => {
  it('gives the rule its options over the defaults', () => {
    const rules = { 'some-rule': ruleThat(found) }
    expect(run(linter, rules)).toEqual(['own/some-rule 1 1 Found `default`.'])
    expect(run(linter, rules, { options: [{ word: 'mine' }] })).toEqual([
      'own/some-rule 1 1 Found `mine`.',
    ])
  })

  it('is silent where a visitor throws, and goes on with the others', () => {
    const write = vi.spyOn(process.stderr, 'write')
    vi.stubEnv('DEBUG', '')
    const half: Create = (context) => ({ ...found(context), ...broken(context) })
    expect(run(linter, { 'some-rule': ruleThat(half) })).toEqual([
      'own/some-rule 1 1 Found `default`.',
    ])
    expect(write).not.toHaveBeenCalled()
  })

  it('is silent where create throws', () => {
    const rule = ruleThat(() => {
      throw new Error('nothing works')
    })
    expect(run(linter, { 'some-rule': rule })).toEqual([])
  })

  it('writes one line to stderr where DEBUG names the plugin', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    vi.stubEnv('DEBUG', 'other,eslint-plugin-dynamodb')
    run(linter, { 'some-rule': ruleThat(broken) })
    expect(write.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^eslint-plugin-dynamodb: some-rule on a\.js: Error: Program is wrong at .*\n$/,
        ),
      ],
    ])
  })

  it('throws where DEBUG asks for it', () => {
    vi.stubEnv('DEBUG', 'eslint-plugin-dynamodb:throw')
    expect(() => run(linter, { 'some-rule': ruleThat(broken) })).toThrow('Program is wrong')
  })
})

it('names the page of the rule in this version', () => {
  expect(ruleThat(found).meta?.docs?.url).toBe(
    `https://unpkg.com/eslint-plugin-dynamodb@${version}/docs/rules/some-rule.md`,
  )
})

describe.each(linters)('wrong settings on %s', (name, linter) => {
  // Each test has a setting of its own, as a problem is told once in a process.
  const settingsWith = (key: string): Record<string, unknown> => ({ dynamodb: { [name + key]: 1 } })
  const problem = (key: string): string =>
    `own/first 1 1 settings.dynamodb["${name}${key}"] is not a setting. Use one of tables, prices, root, ignore, entryPoints, wrappers.`

  it('are told by one rule, and the rest of the lint goes on', () => {
    const rules = { first: ruleThat(found), second: ruleThat(found) }
    expect(run(linter, rules, { settings: settingsWith(' a') })).toEqual([
      problem(' a'),
      'own/first 1 1 Found `default`.',
      'own/second 1 1 Found `default`.',
    ])
  })

  it('are told in the first file linted, each time, and in no other', () => {
    const rules = { first: ruleThat(() => ({})) }
    const settings = settingsWith(' b')
    expect(run(linter, rules, { settings, filename: 'a.js' })).toEqual([problem(' b')])
    expect(run(linter, rules, { settings, filename: 'b.js' })).toEqual([])
    expect(run(linter, rules, { settings, filename: 'a.js' })).toEqual([problem(' b')])
  })
})
