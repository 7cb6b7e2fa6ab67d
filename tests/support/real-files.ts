/** Files that stand on disk, where imports lead to other files. */
import { readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Linter } from 'eslint'
import { globSync } from 'tinyglobby'
import plugin from '../../src/index.ts'
import * as ownParser from '../../src/parser/index.ts'
import { rules } from '../../src/plugin/rules.ts'

/** One report in one file of a folder. */
export interface ReportInFile {
  /** Path below the folder, with `/`. */
  readonly file: string
  readonly rule: string
  readonly message: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly suggestions: readonly string[]
}

export interface FolderRequest {
  readonly folder: string
  /** The rules to run, each with its options; every rule with its defaults where none is named. */
  readonly rules?: Readonly<Record<string, readonly unknown[]>>
  readonly settings?: unknown
}

/** The source files below a folder, with `/`, sorted. */
function sourceFiles(folder: string): string[] {
  return globSync('**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts}', {
    cwd: folder,
    ignore: ['**/node_modules/**', '**/*.d.ts'],
  })
    .map((file) => file.split(sep).join('/'))
    .sort()
}

/**
 * Lints every source file below a folder, each at its own path.
 *
 * @throws where a file does not parse
 */
export function lintFolder({ folder, rules: wanted, settings }: FolderRequest): ReportInFile[] {
  const linter = new Linter({ cwd: folder, configType: 'flat' })
  const chosen = wanted ?? Object.fromEntries(Object.keys(rules).map((id) => [id, []]))
  const config: Linter.Config = {
    files: ['**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts}'],
    languageOptions: { parser: ownParser },
    plugins: { dynamodb: plugin },
    rules: Object.fromEntries(
      Object.entries(chosen).map(([id, options]) => [`dynamodb/${id}`, ['error', ...options]]),
    ),
    ...(settings === undefined ? {} : { settings: { dynamodb: settings } }),
  }
  return sourceFiles(folder).flatMap((file) => {
    const path = join(folder, file)
    return linter.verify(readFileSync(path, 'utf8'), [config], path).map((message) => {
      const { ruleId, line, column, endLine = line, endColumn = column } = message
      if (ruleId === null) throw new Error(`${file}:${String(line)}: ${message.message}`)
      return {
        file,
        rule: ruleId.replace(/^dynamodb\//, ''),
        message: message.message,
        line,
        column,
        endLine,
        endColumn,
        suggestions: (message.suggestions ?? []).map(({ desc }) => desc),
      }
    })
  })
}
