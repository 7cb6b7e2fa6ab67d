import { hashOf } from '../facts/extract.ts'
import type { ModuleFacts } from '../facts/model.ts'
import { factsOf, outlineOf, outlineOfText, stampOf } from './disk.ts'
import type { Outline } from './disk.ts'
import { keptFactsIn } from './kept-facts.ts'
import type { KeptFacts } from './kept-facts.ts'
import { cacheFolder } from './kept-files.ts'
import { allow, newModule, newProject } from './module.ts'
import type { Module, Project } from './module.ts'
import { forgetResolutions, resolveFrom, somethingAppearedIn } from './resolution.ts'
import { matcherOf } from './patterns.ts'
import { rootOf } from './root.ts'
import { isInside } from './source-files.ts'
import { importsTheSame, isStillSo, surveyOf } from './survey.ts'
import type { Survey } from './survey.ts'

/** A file as the linter has it, which may differ from what is on disk. */
export interface LintedText {
  readonly file: string
  readonly text: string
  /** Where the linter was started. */
  readonly cwd: string
}

/** What a user says of a project. */
export interface ProjectOptions {
  /** The directory it takes up; null where it is to be found. */
  readonly root: string | null
  /** What is no part of it, as lines of a `.gitignore` in its root. */
  readonly ignore: readonly string[]
}

/** The files of a project as they stood at one moment, and all that was worked out of them. */
interface Generation {
  readonly project: Project
  readonly kept: KeptFacts
  /** null for what cannot be read. */
  readonly modules: Map<string, Module | null>
  readonly stamps: Map<string, string | null>
  readonly leads: Map<string, boolean>
}

interface Unsaved {
  readonly stamp: string | null
  readonly facts: ModuleFacts
  readonly outline: Outline
}

/** A project on disk, kept from one linted file to the next. */
export interface Workspace {
  readonly root: string
  /** Whether a file is no part of the project. */
  readonly isLeftOut: (file: string) => boolean
  /** What other processes know of its files. */
  readonly kept: KeptFacts
  generation: Generation
  /** Texts that the linter has and the disk has not, with the file's stamp when they were seen. */
  readonly unsaved: Map<string, Unsaved>
  /** What its files import; null until somebody asks. */
  survey: Survey | null
  /** When it was last used, last compared with the disk, and how long that took; in milliseconds. */
  usedAt: number
  comparedAt: number
  comparing: number
}

const workspaces = new Map<string, Workspace>()

/** Projects whose functions were looked at in more ways than this, all together, begin anew: they would outgrow the memory. */
const MOST_FRAMES_KEPT = 400_000

/** A pause longer than this, in milliseconds, is a person's: the files may have changed. */
const PAUSE = 100

/** The project of a file, brought up to date with the disk; null where the file is no part of it. */
export function workspaceOf(
  { file, cwd }: LintedText,
  { root: told, ignore }: ProjectOptions = EVERYTHING,
): Workspace | null {
  const root = told !== null && isInside(file, told) ? told : rootOf(file, cwd)
  const key = [root, ...ignore].join('\0')
  const workspace = workspaces.get(key) ?? newWorkspace(root, ignore, key)
  if (workspace.isLeftOut(file)) return null
  refresh(workspace)
  return workspace
}

const EVERYTHING: ProjectOptions = { root: null, ignore: [] }

function newWorkspace(root: string, ignore: readonly string[], key: string): Workspace {
  let frames = 0
  for (const { generation } of workspaces.values()) frames += generation.project.frames.count
  if (frames > MOST_FRAMES_KEPT) workspaces.clear()
  const now = performance.now()
  const isLeftOut = matcherOf(ignore, root)
  const kept = keptFactsIn(cacheFolder(root, root))
  const workspace: Workspace = {
    root,
    isLeftOut,
    kept,
    generation: newGeneration({ root, isLeftOut, kept }, new Map()),
    unsaved: new Map(),
    survey: null,
    usedAt: now,
    comparedAt: now,
    comparing: 0,
  }
  workspaces.set(key, workspace)
  return workspace
}

/**
 * The module of the file being linted, linked with the project around it. Where its text is the one that the project
 * knows, all that is known of it is used again; where it is not, it is linked afresh.
 *
 * @param extract its facts, asked for only where they are not known
 */
export function moduleOfText(
  workspace: Workspace,
  { file, text }: LintedText,
  extract: () => ModuleFacts,
): Module {
  const { generation } = workspace
  const hash = hashOf(text)
  const known = generation.modules.get(file)
  if (known?.facts.text.hash === hash) {
    // An edit that was taken back is no longer what the linter has.
    if (workspace.unsaved.get(file)?.facts.text.hash !== hash) workspace.unsaved.delete(file)
    allow(known.project)
    return known
  }
  const facts = extract()
  const isLoaded = known !== undefined
  if (isLoaded) {
    const outline = outlineOfText(text)
    if (!importsTheSame(outline, outlineIn(workspace, file))) workspace.survey = null
    workspace.unsaved.set(file, { stamp: stampOf(file), facts, outline })
    return loaded(newGeneration(workspace, unsavedTexts(workspace)), file, facts)
  }
  allow(generation.project)
  return loaded(generation, file, facts)
}

function unsavedTexts({ unsaved }: Workspace): ReadonlyMap<string, ModuleFacts> {
  return new Map([...unsaved].map(([file, { facts }]) => [file, facts]))
}

/** What the text of a file of the project shows, as the linter has it or else the disk. */
export function outlineIn({ unsaved }: Workspace, file: string): Outline | null {
  return unsaved.get(file)?.outline ?? outlineOf(file)
}

/** Whether a file speaks of DynamoDB, or imports one that does, however far away. */
export function leadsToDynamoDB(workspace: Workspace, { file, text }: LintedText): boolean {
  const outline = outlineOfText(text)
  // The text in hand may not be the one on disk: what it mentions is not kept.
  return outline.mentionsDynamoDB || mayLead(workspace, workspace.generation.leads, file, outline)
}

/**
 * The files from one to the nearest that speaks of DynamoDB, each imported by the one before; the first is the file itself.
 * null where it leads to none.
 */
export function wayToDynamoDB(
  workspace: Workspace,
  { file, text }: LintedText,
): readonly string[] | null {
  const before = new Map<string, string | null>([[file, null]])
  for (const [at] of before) {
    const { mentionsDynamoDB, imports } =
      (at === file ? outlineOfText(text) : outlineOf(at)) ?? NOTHING
    if (mentionsDynamoDB) {
      const way: string[] = []
      for (let step: string | null = at; step !== null; step = before.get(step) ?? null)
        way.unshift(step)
      return way
    }
    for (const { source, typeOnly } of imports) {
      const target = typeOnly ? null : targetOf(workspace, at, source)
      if (target !== null && !before.has(target)) before.set(target, at)
    }
  }
  return null
}

/** The part of a workspace that does not change. */
type Extent = Pick<Workspace, 'root' | 'isLeftOut' | 'kept'>

/** The file of the project that an import in a file stands for. */
function targetOf({ root, isLeftOut }: Extent, from: string, source: string): string | null {
  const target = resolveFrom(from, source, root)
  return target === null || isLeftOut(target) ? null : target
}

function mayLead(
  extent: Extent,
  leads: Map<string, boolean>,
  file: string,
  outline: Outline | null,
): boolean {
  const seen = new Set([file])
  const waiting: (readonly [string, Outline | null])[] = [[file, outline]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [from, { mentionsDynamoDB, imports }] = [next[0], next[1] ?? NOTHING]
    if (mentionsDynamoDB || leads.get(from) === true) {
      leads.set(file, true)
      return true
    }
    for (const { source, typeOnly } of imports) {
      const target = typeOnly ? null : targetOf(extent, from, source)
      if (target === null || seen.has(target) || leads.get(target) === false) continue
      seen.add(target)
      waiting.push([target, outlineOf(target)])
    }
  }
  for (const each of seen) leads.set(each, false)
  return false
}

const NOTHING: Outline = { mentionsDynamoDB: false, imports: [] }

/**
 * The modules that import a module, directly or through others, nearest first.
 *
 * @param isLeftOut files that are not looked at: nothing goes on from them
 */
export function importersOf(
  workspace: Workspace,
  module: Module,
  isLeftOut: (file: string) => boolean,
): readonly Module[] {
  const { importers } = surveyOfProject(workspace).index
  const seen = new Set([module.facts.file])
  const found: Module[] = []
  for (const file of seen) {
    if (file !== module.facts.file) {
      const importer = moduleAt(module.project, file)
      if (importer !== null) found.push(importer)
    }
    if (found.length >= MOST_IMPORTERS) break
    for (const importer of importers(file))
      if (!isLeftOut(importer) && !workspace.isLeftOut(importer)) seen.add(importer)
  }
  return found
}

/** The files that import a file themselves. */
export function importedBy(workspace: Workspace, file: string): readonly string[] {
  return surveyOfProject(workspace)
    .index.importers(file)
    .filter((importer) => !workspace.isLeftOut(importer))
}

/** What the texts of all its files show. */
export function surveyOfProject(workspace: Workspace): Survey {
  const { root, isLeftOut } = workspace
  workspace.survey ??= surveyOf(root, isLeftOut, (file) => outlineIn(workspace, file))
  return workspace.survey
}

/** A file that more than this import is looked at from the nearest of them only. */
const MOST_IMPORTERS = 400

const generationOf = new WeakMap<Project, Generation>()

/** The module of a file of the project; null where it cannot be read. */
export function moduleOfFile({ generation }: Workspace, file: string): Module | null {
  return load(generation, file)
}

function moduleAt(project: Project, file: string): Module | null {
  const generation = generationOf.get(project)
  return generation ? load(generation, file) : null
}

function newGeneration(extent: Extent, texts: ReadonlyMap<string, ModuleFacts>): Generation {
  const { root } = extent
  const targets = new Map<string, Module | null>()
  const leads = new Map<string, boolean>()
  const resolve: Project['resolve'] = (from, source) => {
    const key = `${from.facts.file}\0${source}`
    const known = targets.get(key)
    if (known !== undefined) return known
    const file = targetOf(extent, from.facts.file, source)
    const target = file === null ? null : load(generation, file)
    targets.set(key, target)
    return target
  }
  const isWorthFollowing: Project['mayLead'] = (from, source) => {
    const file = targetOf(extent, from.facts.file, source)
    return file === null || (leads.get(file) ?? mayLead(extent, leads, file, outlineOf(file)))
  }
  const project = newProject(resolve, { root, mayLead: isWorthFollowing })
  const generation: Generation = {
    project,
    kept: extent.kept,
    modules: new Map(),
    stamps: new Map(),
    leads,
  }
  generationOf.set(project, generation)
  for (const [file, facts] of texts) loaded(generation, file, facts)
  return generation
}

function load(generation: Generation, file: string): Module | null {
  const known = generation.modules.get(file)
  if (known !== undefined) return known
  const facts = factsOf(file, generation.kept)
  if (facts !== null) return loaded(generation, file, facts)
  generation.modules.set(file, null)
  generation.stamps.set(file, stampOf(file))
  return null
}

function loaded(generation: Generation, file: string, facts: ModuleFacts): Module {
  const known = generation.modules.get(file)
  if (known) return known
  const module = newModule(generation.project, facts)
  generation.modules.set(file, module)
  generation.stamps.set(file, stampOf(file))
  return module
}

/**
 * Compares a project with the disk: after a pause, and in a long run now and then, so that comparing takes no more than a
 * twentieth of the time.
 */
function refresh(workspace: Workspace): void {
  const now = performance.now()
  const isPause = now - workspace.usedAt > PAUSE
  const isDue = now - workspace.comparedAt > Math.max(1000, workspace.comparing * 20)
  workspace.usedAt = now
  const isFull = workspace.generation.project.frames.count > MOST_FRAMES_KEPT
  if (!isPause && !isDue && !isFull) return
  for (const [file, { stamp }] of workspace.unsaved)
    if (stampOf(file) !== stamp) workspace.unsaved.delete(file)
  const { survey, root } = workspace
  if (survey !== null && !isStillSo(survey, root, (file) => outlineIn(workspace, file)))
    workspace.survey = null
  if (isFull || hasChanged(workspace)) {
    forgetResolutions()
    workspace.generation = newGeneration(workspace, unsavedTexts(workspace))
  }
  workspace.generation.leads.clear()
  workspace.comparedAt = performance.now()
  workspace.comparing = workspace.comparedAt - now
}

function hasChanged({ root, generation, unsaved }: Workspace): boolean {
  for (const [file, stamp] of generation.stamps) if (stampOf(file) !== stamp) return true
  for (const [file, { facts }] of unsaved)
    if (generation.modules.get(file)?.facts.text.hash !== facts.text.hash) return true
  return somethingAppearedIn(root)
}
