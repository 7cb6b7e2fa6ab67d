import type { Linter, Rule } from 'eslint'
import { presetsOf } from './presets.ts'
import { project } from './project.ts'
import { rules } from './rules.ts'
import type { DynamodbSettings } from '../settings/settings.ts'
import { version } from '../version.ts'

/** The plugin, as `eslint.config.js` imports it. */
export interface DynamodbPlugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string }
  rules: Record<string, Rule.RuleModule>
  readonly configs: {
    /** Rules that are right nearly always and need no configuration. */
    readonly recommended: Linter.Config
    /** Every rule. */
    readonly strict: Linter.Config
  }
  /**
   * Makes `eslint --cache` right where a report rests on other files.
   *
   * @param directory absolute: `import.meta.dirname` of the ESLint configuration
   * @param settings what `settings.dynamodb` is to hold
   * @returns configuration objects to put into the configuration's list
   */
  readonly project: (directory: string, settings?: DynamodbSettings) => Linter.Config[]
}

/** The plugin: its rules, and presets that name the plugin itself. */
export const plugin: DynamodbPlugin = {
  meta: { name: 'eslint-plugin-dynamodb', version, namespace: 'dynamodb' },
  rules,
  get configs() {
    return configs
  },
  project,
}

const configs = presetsOf(plugin, rules)
