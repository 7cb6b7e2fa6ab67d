import type { Linter } from 'eslint'
import type { DynamodbPlugin } from './plugin.ts'
import type { DynamodbRule, Preset } from '../rule/create-rule.ts'

/**
 * The presets as flat configurations. Every rule says in its metadata which preset it first appears
 * in; `strict` holds all, with the options that a rule says for it. Both are "error", so that ESLint's suppression files
 * take them.
 *
 * @param plugin the plugin object itself, which each configuration names
 */
export function presetsOf(
  plugin: DynamodbPlugin,
  rules: Readonly<Record<string, DynamodbRule>>,
): DynamodbPlugin['configs'] {
  const config = (preset: Preset): Linter.Config => ({
    name: `dynamodb/${preset}`,
    plugins: { dynamodb: plugin },
    rules: Object.fromEntries(
      Object.entries(rules)
        .filter(([, rule]) => preset === 'strict' || rule.meta.docs.preset === preset)
        .map(([name, rule]) => [`dynamodb/${name}`, entryOf(rule, preset)] as const),
    ),
  })
  return { recommended: config('recommended'), strict: config('strict') }
}

function entryOf({ meta }: DynamodbRule, preset: Preset): Linter.RuleEntry {
  const { strictOptions } = meta.docs
  return preset === 'strict' && strictOptions ? ['error', ...strictOptions] : 'error'
}
