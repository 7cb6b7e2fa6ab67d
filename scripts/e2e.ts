/**
 * `npm run e2e`: packs the plugin and installs it as a user would, beside each ESLint and each
 * TypeScript it says it works with. Needs a package registry; `npm test` needs none.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'

const root = join(import.meta.dirname, '..')
const work = mkdtempSync(join(tmpdir(), 'dynamodb-e2e-'))
const eslints = ['9.22.0', '9', '10'] as const
const typescripts = ['none', '5', '6', '7'] as const

interface Outcome {
  readonly status: number
  readonly output: string
}

function run(cwd: string, command: string, ...args: readonly string[]): Outcome {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  return { status: status ?? 2, output: `${stdout}${stderr}${error?.message ?? ''}` }
}

const failures: string[] = []

function check(name: string, holds: boolean, output: string): void {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}`)
  if (holds) return
  failures.push(name)
  console.log(output)
}

const handler = `import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})

export const handler = async (event) => {
  const page = await client.send(
    new ScanCommand({
      TableName: 'Orders',
      FilterExpression: 'customerId = :c',
      ExpressionAttributeValues: { ':c': { S: event.pathParameters.id } },
    }),
  )
  return { statusCode: 200, body: JSON.stringify(page.Items) }
}
`

const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'project', private: true, type: 'module' }),
  'src/handler.js': handler,
  'src/typed.ts': handler.replace('(event)', '(event: { pathParameters: { id: string } })'),
  'eslint.config.js': `import dynamodb from 'eslint-plugin-dynamodb'

export default [dynamodb.configs.recommended]
`,
  'own-parser.config.js': `import dynamodb from 'eslint-plugin-dynamodb'
import * as parser from 'eslint-plugin-dynamodb/parser'

export default [{ files: ['**/*.ts'], languageOptions: { parser } }, dynamodb.configs.strict]
`,
  'typescript-eslint.config.js': `import dynamodb from 'eslint-plugin-dynamodb'
import * as parser from '@typescript-eslint/parser'

export default [{ files: ['**/*.ts'], languageOptions: { parser } }, dynamodb.configs.recommended]
`,
  'types.ts': `import { defineConfig } from 'eslint/config'
import dynamodb, { type DynamodbSettings } from 'eslint-plugin-dynamodb'
import { parseForESLint } from 'eslint-plugin-dynamodb/parser'
import * as expressions from 'eslint-plugin-dynamodb/expressions'

const settings = { tables: { Orders: { partitionKey: 'PK' } } } satisfies DynamodbSettings
export const version: string = dynamodb.meta.version
export const used = [parseForESLint, expressions]
export default defineConfig([
  dynamodb.configs.recommended,
  { extends: [dynamodb.configs.strict], plugins: { dynamodb }, settings: { dynamodb: settings } },
])
`,
  'required.cjs': `const plugin = require('eslint-plugin-dynamodb')
console.log(plugin.meta.name, plugin.configs.recommended.plugins.dynamodb === plugin)
`,
}

function pack(): string {
  const { status, output } = run(root, 'npm', 'pack', '--silent', '--pack-destination', work)
  if (status !== 0) throw new Error(output)
  return join(work, output.trim().split('\n').at(-1) ?? '')
}

function findsTheScan({ status, output }: Outcome, file: string): boolean {
  return status === 1 && output.includes('no-scan-in-handler') && output.includes(file)
}

function tryProject(tarball: string, eslint: string, typescript: string): void {
  const name = `eslint ${eslint}, typescript ${typescript}`
  const project = join(work, name.replace(/\W+/g, '-'))
  mkdirSync(join(project, 'src'), { recursive: true })
  for (const [path, text] of Object.entries(files)) writeFileSync(join(project, path), text)

  const withParser = typescript === '5' || typescript === '6'
  const wanted = [
    tarball,
    `eslint@${eslint}`,
    ...(typescript === 'none' ? [] : [`typescript@${typescript}`]),
    ...(withParser ? ['@typescript-eslint/parser@8'] : []),
  ]
  const options = ['--strict-peer-deps', '--no-audit', '--no-fund', '--prefer-offline']
  const installed = run(project, 'npm', 'install', ...options, ...wanted)
  check(`${name}: installs without a peer conflict`, installed.status === 0, installed.output)
  if (installed.status !== 0) return

  const npx = (...args: readonly string[]): Outcome => run(project, 'npx', '--no-install', ...args)
  const finds = (what: string, file: string, outcome: Outcome): void =>
    check(`${name}: ${what} finds the scan`, findsTheScan(outcome, file), outcome.output)

  finds('eslint', 'handler.js', npx('eslint', 'src/handler.js'))
  finds('eslint with our parser', 'typed.ts', npx('eslint', '-c', 'own-parser.config.js', 'src'))
  if (withParser) {
    const linted = npx('eslint', '-c', 'typescript-eslint.config.js', 'src')
    finds('eslint with typescript-eslint', 'typed.ts', linted)
  }
  finds('the command line', 'typed.ts', npx('eslint-plugin-dynamodb', 'check', 'src'))

  const required = run(project, process.execPath, 'required.cjs')
  const isPlugin = required.output.includes('eslint-plugin-dynamodb true')
  check(`${name}: require() gives the plugin`, isPlugin, required.output)

  if (typescript === 'none') return
  const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false']
  const typed = npx('tsc', ...strict, '--module', 'nodenext', '--target', 'es2022', 'types.ts')
  check(`${name}: the types hold`, typed.status === 0, typed.output)
}

function checkPackage(tarball: string): void {
  const unpacked = join(work, 'unpacked')
  mkdirSync(unpacked)
  run(unpacked, 'tar', '-xzf', tarball)
  const published = globSync('**/*', { cwd: unpacked })
  const naming = published
    .filter((path) => path.endsWith('.d.ts'))
    .filter((path) => readFileSync(join(unpacked, path), 'utf8').includes('@typescript-eslint/'))
  check('no published type names typescript-eslint', naming.length === 0, naming.join('\n'))

  const wanted = ['README.md', 'CHANGELOG.md', 'LICENSE', 'dist/src/index.js', 'dist/src/cli.js']
  const missing = wanted.filter((path) => !published.includes(`package/${path}`))
  check('the package holds what it needs', missing.length === 0, missing.join('\n'))
  const surplus = published.filter((path) => /\/(tests|scripts|examples)\//.test(path))
  check('the package holds no tests', surplus.length === 0, surplus.join('\n'))
}

try {
  const built = run(root, 'npm', 'run', 'build')
  if (built.status !== 0) throw new Error(built.output)
  const tarball = pack()
  checkPackage(tarball)
  for (const eslint of eslints) {
    for (const typescript of typescripts) tryProject(tarball, eslint, typescript)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
console.log(failures.length === 0 ? 'All held.' : `${failures.length} did not hold.`)
process.exitCode = failures.length === 0 ? 0 : 1
