/** With type information or without: the rules say the same. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as typescriptParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { globSync } from 'tinyglobby'
import { expect, it } from 'vitest'
import plugin from '../../src/index.ts'
import { rules } from '../../src/plugin/rules.ts'

const shop = resolve(import.meta.dirname, '../../docs/examples/shop')
const settings: unknown = JSON.parse(readFileSync(join(shop, 'dynamodb.json'), 'utf8'))
const files = globSync('src/{handlers,repositories,routes,services}/**/*.ts', { cwd: shop }).sort()

/** What every rule says of the files; what is suggested included. */
function reportsWith(parserOptions: Linter.ParserOptions): unknown[] {
  const linter = new Linter({ cwd: shop, configType: 'flat' })
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: typescriptParser, parserOptions },
    plugins: { dynamodb: plugin },
    rules: Object.fromEntries(Object.keys(rules).map((id) => [`dynamodb/${id}`, 'error'])),
    settings: { dynamodb: settings },
  }
  return files.flatMap((file) => {
    const path = join(shop, file)
    return linter
      .verify(readFileSync(path, 'utf8'), [config], path)
      .map((message) => ({ file, ...message }))
  })
}

it('a typed run and an untyped run report the same', () => {
  const untyped = reportsWith({})
  expect(untyped.length).toBeGreaterThan(20)
  expect(untyped.filter((message) => (message as Linter.LintMessage).fatal)).toEqual([])
  expect(reportsWith({ projectService: true, tsconfigRootDir: shop })).toEqual(untyped)
})
