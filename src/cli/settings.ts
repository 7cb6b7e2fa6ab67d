import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CannotRun, firstLine } from './cannot-run.ts'

/**
 * What `settings.dynamodb` shall hold, from a JSON file. What it says is checked by the plugin.
 *
 * @throws CannotRun if the file cannot be read or is no JSON object.
 */
export function readSettingsFile(path: string, cwd: string): unknown {
  let text: string
  try {
    text = readFileSync(resolve(cwd, path), 'utf8').replace(/^\uFEFF/, '')
  } catch (thrown) {
    throw new CannotRun(`The settings file ${path} cannot be read: ${firstLine(thrown)}.`)
  }
  let settings: unknown
  try {
    settings = JSON.parse(text)
  } catch (thrown) {
    throw new CannotRun(`The settings file ${path} is not JSON: ${firstLine(thrown)}.`)
  }
  if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) return settings
  throw new CannotRun(`The settings file ${path} must hold an object such as { "tables": {} }.`)
}
