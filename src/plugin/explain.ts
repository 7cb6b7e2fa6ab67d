import type { TSESTree } from '@typescript-eslint/utils'
import { analyse, wayToDynamoDB } from '../operations/analysis.ts'
import { explain } from '../operations/explain.ts'
import type { Explanation } from '../operations/explain.ts'
import { parseModule } from '../parser/oxc.ts'
import type { ParseFailure } from '../parser/oxc.ts'
import { knowledgeOf } from '../rule/on-operations.ts'
import { readSettings } from '../settings/settings.ts'

/** A file that is to be explained. */
export interface FileToExplain {
  /** Absolute path. */
  readonly file: string
  readonly text: string
  /** Absolute path of the working directory. */
  readonly cwd: string
  /** What `settings.dynamodb` holds. */
  readonly settings: unknown
}

export interface ExplainedFile extends Explanation {
  /** The files from this one to the nearest that speaks of DynamoDB, from the project's root; null where it leads to none. */
  readonly way: readonly string[] | null
  /** It is a test, a script or a migration: most rules leave it alone. */
  readonly isMaintenance: boolean
  /** What is wrong with the settings, a sentence each. */
  readonly problems: readonly string[]
}

/** What is understood of a file: the same that the rules go by, without ESLint. */
export function explainFile(
  given: FileToExplain,
): ExplainedFile | { readonly error: ParseFailure } {
  const parsed = parseModule(given.text, given.file)
  if ('error' in parsed) return parsed
  const { settings, problems } = readSettings(given.settings)
  // oxc gives typescript-estree's tree under types of its own.
  const program = parsed.program as unknown as TSESTree.Program
  const source = { program, file: given.file, text: parsed.text, cwd: given.cwd }
  const knowledge = knowledgeOf(settings)
  const way = wayToDynamoDB(source, knowledge)
  const analysis = analyse(source, knowledge)
  const explained = analysis === null ? { operations: [], wrappers: [] } : explain(analysis)
  return { ...explained, way, isMaintenance: analysis?.isMaintenance ?? false, problems }
}
