/** `eslint-plugin-dynamodb`: the rules, the presets and their types. */
import { plugin } from './plugin/plugin.ts'

export { plugin as default, plugin as 'module.exports' }

export type { DynamodbPlugin } from './plugin/plugin.ts'
export type { DynamodbSettings } from './settings/settings.ts'
