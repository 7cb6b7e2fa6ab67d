import { readFileSync } from 'node:fs'
import type { TSESTree } from '@typescript-eslint/utils'
import { analyse } from '../operations/analysis.ts'
import { tableUsesOf } from '../operations/table-uses.ts'
import type { TableUse } from '../operations/table-uses.ts'
import { parseModule } from '../parser/oxc.ts'
import { workspaceOf } from '../project/workspace.ts'
import type { AnyDefinition, Binding } from '../tables/discovery/definition.ts'
import { discoveredIn } from '../tables/discovery/index.ts'
import type { Problem } from '../tables/discovery/index.ts'
import { knowledgeOf } from '../rule/on-operations.ts'
import { readSettings } from '../settings/settings.ts'

/** Where to look for tables, and with what settings. */
export interface TablesToShow {
  /** Absolute paths of source files. */
  readonly files: readonly string[]
  /** Absolute path of the working directory. */
  readonly cwd: string
  /** What `settings.dynamodb` holds. */
  readonly settings: unknown
}

/** A use of a table, and the file that it stands in. */
export interface PlacedUse extends TableUse {
  readonly file: string
}

/** What is known of the tables of some files' projects. */
export interface ShownTables {
  readonly definitions: readonly AnyDefinition[]
  readonly bindings: readonly Binding[]
  readonly problems: readonly Problem[]
  readonly uses: readonly PlacedUse[]
  /** What is wrong with the settings, a sentence each. */
  readonly settingsProblems: readonly string[]
}

/** The tables that the projects of some files define, and which of them the files' operations speak to. */
export function showTables({ files, cwd, settings: given }: TablesToShow): ShownTables {
  const { settings, problems: settingsProblems } = readSettings(given)
  const knowledge = knowledgeOf(settings)
  const discovered = new Map<string, ReturnType<typeof discoveredIn>>()
  const uses: PlacedUse[] = []
  for (const file of files) {
    const text = textOf(file)
    if (text === null) continue
    const workspace = workspaceOf({ file, text, cwd }, knowledge.project)
    if (workspace !== null) discovered.set(workspace.root, discoveredIn(workspace))
    uses.push(...usesIn(file, text, cwd, knowledge))
  }
  const all = [...discovered.values()]
  return {
    definitions: all.flatMap(({ definitions }) => definitions),
    bindings: all.flatMap(({ bindings }) => bindings),
    problems: all.flatMap(({ problems }) => problems),
    uses,
    settingsProblems,
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function usesIn(
  file: string,
  text: string,
  cwd: string,
  knowledge: ReturnType<typeof knowledgeOf>,
): readonly PlacedUse[] {
  const parsed = parseModule(text, file)
  if ('error' in parsed) return []
  // oxc gives typescript-estree's tree under types of its own.
  const program = parsed.program as unknown as TSESTree.Program
  const analysis = analyse({ program, file, text: parsed.text, cwd }, knowledge)
  if (analysis === null || analysis.isTest) return []
  return tableUsesOf(analysis).map((use) => ({ ...use, file }))
}
