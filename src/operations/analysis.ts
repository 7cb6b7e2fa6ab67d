import { relative } from 'node:path'
import type { TSESTree } from '@typescript-eslint/utils'
import { MENTIONS_DYNAMODB } from '../clients/index.ts'
import { extractFacts } from '../facts/extract.ts'
import { occurrencesIn } from '../flow/paths/occurrences.ts'
import { isFilledByCallers, ownedOperations } from '../flow/values/ownership.ts'
import { reachabilityOf } from '../flow/paths/reach.ts'
import type { Reachability } from '../flow/paths/reach.ts'
import { withTold } from '../frameworks/told.ts'
import type { ToldEntryPoints } from '../frameworks/told.ts'
import type { CallId } from '../facts/model.ts'
import { entryPoints, isScriptFile, isTestFile } from '../frameworks/index.ts'
import { deployedIn } from '../infrastructure/index.ts'
import type { DeployedFunctions } from '../infrastructure/index.ts'
import { entryPointsWith } from '../infrastructure/entry-points.ts'
import { freeFrame } from '../project/frame.ts'
import { keptBy, newModule, newProject } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { Frame, Place } from '../project/term.ts'
import { withSlashes } from '../project/source-files.ts'
import { wayToDynamoDB as wayThrough } from '../project/leading.ts'
import {
  importedBy,
  importersOf,
  leadsNowhereStill,
  leadsToDynamoDB,
  moduleOfFile,
  moduleOfText,
  surroundingsOf,
  surveyOfProject,
  workspaceOf,
} from '../project/workspace.ts'
import type { ProjectOptions, Workspace } from '../project/workspace.ts'
import type { Survey } from '../project/survey.ts'
import type { UnitPrices } from '../requests/cost.ts'
import { discoveredIn } from '../tables/discovery/index.ts'
import type { StreamSource } from '../tables/discovery/definition.ts'
import type { Discovered } from '../tables/discovery/index.ts'
import { knownTables } from '../tables/discovery/known.ts'
import { isWatched } from '../tables/discovery/watched.ts'
import type { TableSchema } from '../tables/schema.ts'
import { makeOperation } from './operation.ts'
import type { Operation } from './operation.ts'
import { once } from './once.ts'
import type { KnownTables } from './table.ts'
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
  readonly schemas: KnownTables
  readonly prices: UnitPrices
  readonly reachability: Reachability
  /** The operations that this file's own code makes. */
  readonly operations: readonly Operation[]
  /** A script, a migration or a test: nobody waits for it and nothing runs beside it. */
  readonly isMaintenance: boolean
  readonly isTest: boolean
  /** Operations that this file makes, by itself or through wrappers, and those of them whose request is known. */
  readonly counts: { readonly found: number; readonly understood: number }
  /** The streams of tables that set functions of this file off, as infrastructure says. Read when it is asked for. */
  readonly streams: () => readonly StreamSource[]
  /**
   * Whether an alarm of the same app may be over a table that this file's code makes at a place; null where no app is known.
   * Infrastructure is read when it is asked for.
   */
  readonly isWatched: (at: Place) => boolean | null
  /** The files that import this one, from the project's root, with `/`. */
  readonly importers: () => readonly Importer[]
  /** The modules of the project that come to this one, by importing it or what imports it; no tests. */
  readonly callers: () => readonly Module[]
  /**
   * The modules of the project that may write what some modules read: those that speak of DynamoDB, and those that come to
   * them; no tests. Asked for only where a message needs it.
   */
  readonly writersBeside: (modules: readonly Module[]) => readonly Module[]
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
  const around = surroundingsOf(source, knowledge.project)
  const { workspace } = around
  const leads =
    workspace === null
      ? MENTIONS_DYNAMODB.test(source.text)
      : leadsToDynamoDB(around, workspace, source)
  if (!leads) return null
  const { program, file, text } = source
  if (workspace === null)
    return analysisOf(() => moduleAlone(program, file, text), null, source, knowledge)
  const module = moduleOfText(workspace, source, () => extractFacts(program, source))
  const kept = analysesIn(module.project)
  const known = kept.get(module)
  if (known?.knowledge === knowledge && isStillSo(known.asked, workspace)) return known.analysis
  const asked: Asked = { survey: null, deployed: null, tables: null }
  const analysis = analysisOf(always(module), { workspace, asked }, source, knowledge)
  kept.set(module, { knowledge, asked, analysis })
  return analysis
}

/**
 * What tells of a file of which `analyse` gave null whether it would do so again. It is asked at every lint of most files, and
 * looks at little.
 *
 * @returns a function that takes the text where it has changed since, else null
 */
export function staysIdle(
  { file, cwd, text: { length } }: Source,
  { project }: Knowledge,
): (changed: string | null) => boolean {
  const around = surroundingsOf({ file, cwd }, project)
  const { workspace } = around
  if (length > LONGEST_TEXT) return (changed) => changed === null
  if (workspace === null) return (changed) => changed === null || !MENTIONS_DYNAMODB.test(changed)
  return (changed) => leadsNowhereStill(around, workspace, file, changed)
}

function moduleAlone(program: TSESTree.Program, file: string, text: string): Module {
  return newModule(newProject(), extractFacts(program, { file, text }))
}

/** A function of its own, so that what it gives is all it holds: the syntax tree must not outlive the lint. */
function always(module: Module): () => Module {
  return () => module
}

/** What an analysis went by beside the code that it is linked with, as far as it came to ask for it. */
interface Asked {
  survey: Survey | null
  deployed: DeployedFunctions | null
  tables: Discovered | null
}

function isStillSo({ survey, deployed, tables }: Asked, workspace: Workspace): boolean {
  if (survey !== null && workspace.survey !== survey) return false
  if (tables !== null && discoveredIn(workspace) !== tables) return false
  return deployed === null || deployedIn(workspace) === deployed
}

interface KeptAnalysis {
  readonly knowledge: Knowledge
  readonly asked: Asked
  readonly analysis: Analysis
}

/** A text that is linted again, in a project that is the same, gets the same analysis. */
const analysesIn = keptBy<Module, KeptAnalysis>()

/** The files around a module, and what was asked of them. */
interface Around {
  readonly workspace: Workspace
  readonly asked: Asked
}

/** Keeps nothing of the syntax tree: what it gives lives as long as the project does. */
function analysisOf(
  toModule: () => Module,
  around: Around | null,
  { file, text }: Pick<Source, 'file' | 'text'>,
  knowledge: Knowledge,
): Analysis {
  const module = once(toModule)
  const reachability = once(() => reachabilityIn(module(), around, knowledge))
  const schemas = knownTables(knowledge.tables, () => {
    if (around === null) return null
    const discovered = discoveredAround(around)
    return { discovered, callersOf: (of: Module) => callersOf(around, of) }
  })
  const operations = once(() => {
    const context = {
      module: module(),
      text,
      schemas,
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
    text,
    schemas,
    prices: knowledge.prices,
    isMaintenance: isMaintenanceFile(file) || text.startsWith('#!'),
    isTest: isTestFile(file),
    get reachability() {
      return reachability()
    },
    get operations() {
      return operations()
    },
    get counts() {
      return counts()
    },
    streams: () => (around === null ? [] : streamsInto(around, file)),
    isWatched: (at) => isWatched(at, around === null ? null : discoveredAround(around)),
    importers: () => (around === null ? [] : importersIn(around, file)),
    callers: () => (around === null ? [module()] : callersOf(around, module())),
    writersBeside: (modules) => (around === null ? [] : writersBeside(around, modules)),
  }
}

function reachabilityIn(
  module: Module,
  around: Around | null,
  { entryPoints: told }: Knowledge,
): Reachability {
  const shown = withTold(told, entryPoints)
  if (around === null) return reachabilityOf(module, shown, () => [])
  const { workspace, asked } = around
  const deployed = (): DeployedFunctions => {
    asked.deployed ??= deployedIn(workspace)
    return asked.deployed
  }
  const isLeftOut = (file: string): boolean =>
    isTestFile(file) || (isScriptFile(file) && !deployed().has(file))
  return reachabilityOf(
    module,
    shown,
    () => {
      asked.survey ??= surveyOfProject(workspace)
      return importersOf(workspace, module, isLeftOut)
    },
    withTold(told, (each) => entryPointsWith(deployed(), each)),
  )
}

/** A module, and those that may come to it: no tests. */
function callersOf({ workspace, asked }: Around, module: Module): readonly Module[] {
  asked.survey ??= surveyOfProject(workspace)
  const known = callersIn(module.project)
  const seen = known.get(module)
  if (seen) return seen
  const callers = [module, ...importersOf(workspace, module, isTestFile)]
  known.set(module, callers)
  return callers
}

const callersIn = keptBy<Module, readonly Module[]>()

/** In a project with more files that speak of DynamoDB than this, not all of them are looked at for what they write. */
const MOST_SPEAKERS = 300

function writersBeside(around: Around, modules: readonly Module[]): readonly Module[] {
  const { workspace } = around
  const survey = surveyOfProject(workspace)
  around.asked.survey ??= survey
  const speaking = [...survey.outlines].flatMap(([file, outline]) =>
    outline?.mentionsDynamoDB === true && !isTestFile(file) ? [file] : [],
  )
  const found = new Set(modules.flatMap((module) => callersOf(around, module)))
  for (const file of speaking.slice(0, MOST_SPEAKERS)) {
    const module = moduleOfFile(workspace, file)
    if (module !== null) found.add(module)
  }
  return [...found]
}

function discoveredAround({ workspace, asked }: Around): Discovered {
  const tables = discoveredIn(workspace)
  asked.tables = tables
  return tables
}

function streamsInto(around: Around, file: string): readonly StreamSource[] {
  return discoveredAround(around).streams.filter(({ handler }) => handler.file === file)
}

function importersIn({ workspace, asked }: Around, file: string): readonly Importer[] {
  asked.survey ??= surveyOfProject(workspace)
  return importedBy(workspace, file).map((importer) => ({
    file: withSlashes(relative(workspace.root, importer)),
    isTest: isTestFile(importer),
  }))
}

/**
 * The files from one to the nearest that speaks of DynamoDB, each imported by the one before, from the project's root; null
 * where a file leads to none.
 */
export function wayToDynamoDB(source: Source, { project }: Knowledge): readonly string[] | null {
  const workspace = isTestFile(source.file) ? null : workspaceOf(source, project)
  if (workspace === null) return MENTIONS_DYNAMODB.test(source.text) ? [source.file] : null
  const way = wayThrough(workspace, source.file, source.text)
  return way?.map((file) => withSlashes(relative(workspace.root, file))) ?? null
}

function isMaintenanceFile(file: string): boolean {
  return isTestFile(file) || isScriptFile(file)
}

/** A request that callers fill in is understood: it is a wrapper, and each of its callers is looked at. */
function countCalls(module: Module, operations: readonly Operation[]): Analysis['counts'] {
  // Wrappers of other files are filled in here.
  const handedOn = operations.filter(({ occurrence }) => occurrence.frame.module !== module)
  // A call may be known for an operation only by what its callers give it.
  const calls = new Map<CallId, boolean>()
  module.facts.functions.forEach((_, id) => {
    const frame = freeFrame(module, id)
    for (const occurrence of occurrencesIn(frame)) {
      const { call } = occurrence
      if (occurrence.frame.module !== module || calls.get(call) === true) continue
      const { view } = requestOf(occurrence.spelling.request)
      calls.set(call, view !== null || isFilledByCallers(occurrence, frame))
    }
  })
  return {
    found: handedOn.length + calls.size,
    understood:
      handedOn.filter(({ request }) => request.view !== null).length +
      [...calls.values()].filter((isUnderstood) => isUnderstood).length,
  }
}
