import { basename, isAbsolute, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Linter } from 'eslint'
import { isTestFile } from '../frameworks/index.ts'
import { isInfrastructureCode } from '../infrastructure/find.ts'
import { fingerprintOf } from '../project/fingerprint.ts'
import { cacheFolder, keptFilesIn } from '../project/kept-files.ts'
import { matcherOf } from '../project/patterns.ts'
import { rootOf } from '../project/root.ts'
import { isInside } from '../project/source-files.ts'
import { readSettings } from '../settings/settings.ts'
import type { DynamodbSettings } from '../settings/settings.ts'
import { version } from '../version.ts'
import { packagesOf } from '../settings/wrapper-settings.ts'

/**
 * Makes `eslint --cache` see what a report rests on in other files: puts a fingerprint of them into the settings of the
 * files that lead to DynamoDB, and so into ESLint's cache key for these. Takes file sizes and times, and reads a file only
 * where they differ from those kept in `node_modules/.cache/eslint-plugin-dynamodb`.
 *
 * @param directory absolute: `import.meta.dirname` of the ESLint configuration
 * @param settings what `settings.dynamodb` is to hold
 * @returns configuration objects to put into the configuration's list
 * @throws TypeError for anything but an absolute path
 */
export function project(directory: string, settings: DynamodbSettings = {}): Linter.Config[] {
  if (typeof directory !== 'string' || !isAbsolute(directory))
    throw new TypeError(
      'dynamodb.project() takes the directory of your ESLint configuration: dynamodb.project(import.meta.dirname).',
    )
  const { root: told, ignore, wrappers } = readSettings(settings).settings.project
  const isFitting = told !== undefined && isInside(directory, told)
  const root = isFitting ? told : rootOf(join(directory, 'eslint.config.js'), directory)
  const { text, isLeading } = look(directory, root, ignore, packagesOf(wrappers))
  return [
    { name: 'dynamodb/settings', settings: { dynamodb: { ...settings, root } } },
    {
      name: 'dynamodb/project',
      // As `files`, they would have ESLint lint files that nobody asked for. ESLint's types know of texts only.
      ignores: [(file: string) => !isLeading(file)] as unknown as string[],
      settings: { dynamodb: { fingerprint: text } },
    },
  ]
}

function look(
  directory: string,
  root: string,
  ignore: readonly string[],
  speaking: ReadonlySet<string>,
): { readonly text: string; readonly isLeading: (file: string) => boolean } {
  try {
    const kept = keptFilesIn(root, cacheFolder(directory, root), version)
    const isLeftOut = matcherOf(ignore, root)
    const { text, leading } = fingerprintOf({
      root,
      kept,
      isLeftOut,
      isAlone,
      isAsked: isInfrastructureCode,
      speaking,
    })
    kept.save()
    return { text, isLeading: (file) => leading.has(file) }
  } catch {
    // Rather linted once too often than told what no longer holds.
    return { text: randomUUID(), isLeading: () => true }
  }
}

/** ESLint's own configuration is in its cache key already. */
function isAlone(file: string): boolean {
  return isTestFile(file) || /^eslint\.config\.[cm]?[jt]s$/.test(basename(file))
}
