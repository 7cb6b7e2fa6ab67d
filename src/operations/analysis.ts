import { isAbsolute, relative } from 'node:path'
import type { TSESTree } from '@typescript-eslint/utils'
import type { ModuleFacts } from '../facts/model.ts'
import { MENTIONS_DYNAMODB } from '../clients/index.ts'
import { extractFacts } from '../facts/extract.ts'
import { occurrencesIn } from '../flow/occurrences.ts'
import { isFilledByCallers, ownedOperations } from '../flow/ownership.ts'
import { reachabilityOf } from '../flow/reach.ts'
import type { Reachability } from '../flow/reach.ts'
import { withTold } from '../frameworks/told.ts'
import type { ToldEntryPoints } from '../frameworks/told.ts'
import { entryPoints, isScriptFile, isTestFile } from '../frameworks/index.ts'
import { deployedIn } from '../infrastructure/index.ts'
import { entryPointsWith } from '../infrastructure/entry-points.ts'
import { freeFrame } from '../project/frame.ts'
import { newModule, newProject } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { Frame } from '../project/term.ts'
import { withSlashes } from '../project/source-files.ts'
import {
  importedBy,
  importersOf,
  leadsToDynamoDB,
  moduleOfText,
  wayToDynamoDB as wayThrough,
  workspaceOf,
} from '../project/workspace.ts'
import type { ProjectOptions } from '../project/workspace.ts'
import type { UnitPrices } from '../requests/cost.ts'
import type { TableSchema } from '../tables/schema.ts'
import { makeOperation } from './operation.ts'
import type { Operation } from './operation.ts'
import { once } from './once.ts'
import { requestOf } from './request.ts'

/** What is known of the project beyond its code. */
export interface Knowledge {
  readonly tables: ReadonlyMap<string, TableSchema>
  readonly prices: UnitPrices
  readonly project: ProjectOptions
  /** Functions that something outside the code calls, though the code does not show it. */
  readonly entryPoints: readonly ToldEntryPoints[]
}

/** Everything that rules can ask about one file. */
export interface Analysis {
  readonly module: Module
  readonly text: string
  readonly schemas: ReadonlyMap<string, TableSchema>
  readonly prices: UnitPrices
  readonly reachability: Reachability
  /** The operations that this file's own code makes. */
  readonly operations: readonly Operation[]
  /** A script, a migration or a test: nobody waits for it and nothing runs beside it. */
  readonly isMaintenance: boolean
  readonly isTest: boolean
  /** Operations that this file makes, by itself or through wrappers, and those of them whose request is known. */
  readonly counts: { readonly found: number; readonly understood: number }
  /** The files that import this one, from the project's root, with `/`. */
  readonly importers: () => readonly Importer[]
}

export interface Importer {
  readonly file: string
  readonly isTest: boolean
}

export interface Source {
  readonly program: TSESTree.Program
  readonly file: string
  /** As the tree's ranges count it: without a byte-order mark. */
  readonly text: string
  /** Where the linter was started. */
  readonly cwd: string
}

/** Longer texts are bundles: machines wrote them, and nobody mends them by hand. */
const LONGEST_TEXT = 600_000

/** Analyses a file; null where neither it nor what it imports speaks of DynamoDB, or where it is a bundle. */
export function analyse(source: Source, knowledge: Knowledge): Analysis | null {
  if (source.text.length > LONGEST_TEXT) return null
  const isTest = isTestFile(source.file)
  // What a test leads to is looked at where it stands; only what the test itself writes is its own.
  const workspace =
    isTest || !isAbsolute(source.file) ? null : workspaceOf(source, knowledge.project)
  const leads =
    workspace === null ? MENTIONS_DYNAMODB.test(source.text) : leadsToDynamoDB(workspace, source)
  if (!leads) return null
  const module = once(() => {
    const extract = (): ModuleFacts => extractFacts(source.program, source)
    return workspace === null
      ? newModule(newProject(), extract())
      : moduleOfText(workspace, source, extract)
  })
  const reachability = once(() => {
    const shown = withTold(knowledge.entryPoints, entryPoints)
    if (workspace === null) return reachabilityOf(module(), shown, () => [])
    const isLeftOut = (file: string): boolean =>
      isTestFile(file) || (isScriptFile(file) && !deployedIn(workspace).has(file))
    return reachabilityOf(
      module(),
      shown,
      () => importersOf(workspace, module(), isLeftOut),
      withTold(knowledge.entryPoints, (each) => entryPointsWith(deployedIn(workspace), each)),
    )
  })
  const operations = once(() => {
    const context = {
      module: module(),
      text: source.text,
      schemas: knowledge.tables,
      reachFrom: (free: Frame) => reachability().from(free),
    }
    return ownedOperations(module(), (free) => reachability().isEntry(free)).map((owned) =>
      makeOperation(owned, context),
    )
  })
  const counts = once(() => countCalls(module(), operations()))
  return {
    get module() {
      return module()
    },
    text: source.text,
    schemas: knowledge.tables,
    prices: knowledge.prices,
    isMaintenance: isMaintenanceFile(source.file) || source.text.startsWith('#!'),
    isTest,
    get reachability() {
      return reachability()
    },
    get operations() {
      return operations()
    },
    get counts() {
      return counts()
    },
    importers: () =>
      workspace === null
        ? []
        : importedBy(workspace, source.file).map((file) => ({
            file: withSlashes(relative(workspace.root, file)),
            isTest: isTestFile(file),
          })),
  }
}

/**
 * The files from one to the nearest that speaks of DynamoDB, each imported by the one before, from the project's root; null
 * where a file leads to none.
 */
export function wayToDynamoDB(source: Source, { project }: Knowledge): readonly string[] | null {
  const workspace = isTestFile(source.file) ? null : workspaceOf(source, project)
  if (workspace === null) return MENTIONS_DYNAMODB.test(source.text) ? [source.file] : null
  const way = wayThrough(workspace, source)
  return way?.map((file) => withSlashes(relative(workspace.root, file))) ?? null
}

function isMaintenanceFile(file: string): boolean {
  return isTestFile(file) || isScriptFile(file)
}

/** A request that callers fill in is understood: it is a wrapper, and each of its callers is looked at. */
function countCalls(module: Module, operations: readonly Operation[]): Analysis['counts'] {
  // Wrappers of other files are filled in here.
  const handedOn = operations.filter(({ occurrence }) => occurrence.frame.module !== module)
  let found = handedOn.length
  let understood = handedOn.filter(({ request }) => request.view !== null).length
  module.facts.functions.forEach((_, id) => {
    const frame = freeFrame(module, id)
    for (const occurrence of occurrencesIn(frame)) {
      if (occurrence.trail.length > 1) continue
      found += 1
      const { view } = requestOf(occurrence.spelling.request)
      if (view !== null || isFilledByCallers(occurrence, frame)) understood += 1
    }
  })
  return { found, understood }
}
