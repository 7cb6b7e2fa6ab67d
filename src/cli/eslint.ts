import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ESLint } from 'eslint'
import { CannotRun } from './cannot-run.ts'

/** ESLint's class, of whatever version. */
export type ESLintClass = typeof ESLint

/**
 * The ESLint of the project, or else the one that this package was installed with.
 *
 * @throws CannotRun if there is none, or only one that is too old.
 */
export async function loadESLint(cwd: string): Promise<ESLintClass> {
  let tooOld: string | undefined
  for (const base of [pathToFileURL(join(cwd, 'package.json')).href, import.meta.url]) {
    const found = await importESLint(base)
    if (found === undefined) continue
    if (isRecent(found.version)) return found
    tooOld ??= found.version
  }
  throw new CannotRun(
    tooOld === undefined
      ? 'ESLint is not installed here; run `npm install --save-dev eslint`.'
      : `ESLint ${tooOld} is too old, version 9.22 or later is needed; run \`npm install --save-dev eslint@latest\`.`,
  )
}

async function importESLint(base: string): Promise<ESLintClass | undefined> {
  try {
    const file = createRequire(base).resolve('eslint')
    const module = (await import(pathToFileURL(file).href)) as { readonly ESLint?: ESLintClass }
    return module.ESLint
  } catch {
    return undefined
  }
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 9 || (major === 9 && minor >= 22)
}
