import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { ESLint, Linter } from 'eslint'

import type { checkRequest } from '../../src/expressions/index.ts'
import type { analysisOf } from '../../src/rule/on-operations.ts'
import { bundle } from '../bundle/bundle.ts'

/** The plugin's own code, compiled as it is published. */
export type BuiltPlugin = {
  /** Where it was compiled to. */
  readonly directory: string
  readonly plugin: ESLint.Plugin
  readonly parser: Linter.Parser
  readonly analysisOf: typeof analysisOf
  readonly checkRequest: typeof checkRequest
}

/**
 * Compiles the plugin apart from `dist/` and loads it. What runs TypeScript in place adds a call to
 * each function it meets, which would be timed as the rules' own cost.
 *
 * @param root directory of the project
 * @throws where nothing could be written
 */
export async function buildPlugin(root: string): Promise<BuiltPlugin> {
  const directory = join(root, 'node_modules/.cache/eslint-plugin-dynamodb-bench')
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  await bundle(root, directory, ['src/rule/on-operations.ts'])
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }\n')
  const load = (path: string): Promise<unknown> =>
    import(pathToFileURL(join(directory, 'src', path)).href)
  const { default: plugin } = (await load('index.js')) as { default: ESLint.Plugin }
  const parser = (await load('parser/index.js')) as Linter.Parser
  const shared = (await load('rule/on-operations.js')) as Pick<BuiltPlugin, 'analysisOf'>
  const expressions = (await load('expressions/index.js')) as Pick<BuiltPlugin, 'checkRequest'>
  const { checkRequest } = expressions
  return { directory, plugin, parser, analysisOf: shared.analysisOf, checkRequest }
}
