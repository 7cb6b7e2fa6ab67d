/** `npm run demo`: the main job on the example shop. Findings are what it shows, so they are no failure. */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'

const root = join(import.meta.dirname, '..')
const program = join(root, 'dist/src/cli.js')

function node(...args: readonly string[]): number {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 2
}

function isBuilt(): boolean {
  if (!existsSync(program)) return false
  const built = statSync(program).mtimeMs
  return globSync(['src/**/*.ts', 'rules/*.ts', 'package.json'], { cwd: root }).every(
    (file) => statSync(join(root, file)).mtimeMs <= built,
  )
}

if (!isBuilt()) {
  console.error('Building first …')
  const status =
    node('scripts/clean.mjs') ||
    node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
  if (status !== 0) process.exit(status)
}
const shop = 'docs/examples/shop'
const status = node(program, 'check', shop, '--settings', `${shop}/dynamodb.json`)
process.exitCode = status === 1 ? 0 : status
