import { isAbsolute } from 'node:path'
import { packagesOf } from '../settings/wrapper-settings.ts'
import type { Wrappers } from '../settings/wrapper-settings.ts'
import { hashOf } from '../facts/extract.ts'
import type { ModuleFacts } from '../facts/model.ts'
import {
  importsNoMoreThan,
  leadAndStartOf,
  leadsTheSame,
  outlineOf,
  outlineOfText,
  stampOf,
} from './disk.ts'
import type { Outline } from './disk.ts'
import { MOST_AGE, mayLead, speaks } from './leading.ts'
import type { SeenText, Shown } from './leading.ts'
import { handingIn, load, loaded, moduleAt, newGeneration } from './generation.ts'
import type { Generation, Grounds } from './generation.ts'
import { isHanded, wayGivenIn } from './handed.ts'
import type { Handing } from './handed.ts'
import { keptFactsIn } from './kept-facts.ts'
import { cacheFolder } from './kept-files.ts'
import { promisedBy } from './implementations.ts'
import { allow } from './module.ts'
import type { Module } from './module.ts'
import { forgetResolutions, somethingAppearedIn } from './resolution.ts'
import { matcherOf } from './patterns.ts'
import { rootOf } from './root.ts'
import { isInside } from './source-files.ts'
import { importsTheSame, isStillSo, surveyOf } from './survey.ts'
import type { Survey } from './survey.ts'
import { isTestFile } from './test-files.ts'

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
  /** What functions of packages do. */
  readonly wrappers: Wrappers
}

interface Unsaved {
  readonly stamp: string | null
  readonly facts: ModuleFacts
  readonly outline: Outline
}

/** A project on disk, kept from one linted file to the next. */
export interface Workspace extends Grounds {
  generation: Generation
  /** Texts that the linter has and the disk has not, with the file's stamp when they were seen. */
  readonly unsaved: Map<string, Unsaved>
  /** What its files import; null until somebody asks. */
  survey: Survey | null
  /** What linted texts showed counts while this is the same; see `leading.ts`. */
  shown: Shown
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

/** Whether nobody used a project for so long that its files may have changed. */
function isPause({ usedAt }: Workspace): boolean {
  return performance.now() - usedAt > PAUSE
}

/** The project of a file, brought up to date with the disk; null where the file is no part of it. */
export function workspaceOf(linted: LintedText, options = EVERYTHING): Workspace | null {
  const workspace = workspaceAround(linted.file, linted.cwd, options)
  if (workspace !== null) refresh(workspace)
  return workspace
}

/**
 * The project that a file is looked at in, as it was last seen; null where the file is no part of one. A test is looked at by
 * itself: what it leads to is looked at where it stands, and only what the test itself writes is its own.
 */
export function surroundingsOf(
  { file, cwd }: Omit<LintedText, 'text'>,
  options: ProjectOptions,
): Surroundings {
  const known = surroundings.get(file)
  if (known?.cwd === cwd && known.options === options) return known
  const isAlone = isTestFile(file) || !isAbsolute(file)
  const workspace = isAlone ? null : workspaceAround(file, cwd, options)
  const found: Surroundings = { cwd, options, workspace, seen: null }
  surroundings.set(file, found)
  return found
}

/** What is known of a file by its name. */
export interface Surroundings {
  readonly cwd: string
  readonly options: ProjectOptions
  readonly workspace: Workspace | null
  /** What its text showed when it was last linted. */
  seen: SeenText | null
}

/** Every lint of a file asks for its project. */
const surroundings = new Map<string, Surroundings>()

/** null where the file is no part of the project. */
function workspaceAround(
  file: string,
  cwd: string,
  { root: told, ignore, wrappers }: ProjectOptions,
): Workspace | null {
  const root = told !== null && isInside(file, told) ? told : rootOf(file, cwd)
  const key = [root, ...ignore, ...keyOf(wrappers)].join('\0')
  const workspace = workspaces.get(key) ?? newWorkspace(root, { ignore, wrappers }, key)
  return workspace.isLeftOut(file) ? null : workspace
}

const EVERYTHING: ProjectOptions = { root: null, ignore: [], wrappers: new Map() }

const keys = new WeakMap<Wrappers, readonly string[]>()

/** Equal for the same wrappers. */
function keyOf(wrappers: Wrappers): readonly string[] {
  if (wrappers.size === 0) return []
  const known = keys.get(wrappers)
  if (known) return known
  const key = [...wrappers].map(([name, { operation, request }]) =>
    JSON.stringify([name, operation, request instanceof Map ? [...request] : request]),
  )
  keys.set(wrappers, key)
  return key
}

function newWorkspace(
  root: string,
  { ignore, wrappers }: Pick<ProjectOptions, 'ignore' | 'wrappers'>,
  key: string,
): Workspace {
  let frames = 0
  for (const { generation } of workspaces.values()) frames += generation.project.frames.count
  if (frames > MOST_FRAMES_KEPT) {
    workspaces.clear()
    surroundings.clear()
  }
  const now = performance.now()
  const isLeftOut = matcherOf(ignore, root)
  const kept = keptFactsIn(cacheFolder(root, root))
  const speaking = packagesOf(wrappers)
  const grounds: Grounds = {
    root,
    isLeftOut,
    speaking,
    wrappers,
    kept,
    surveyed: () => surveyOfProject(workspace),
    outline: (file) => outlineIn(workspace, file),
  }
  const workspace: Workspace = {
    ...grounds,
    generation: newGeneration(grounds, new Map()),
    unsaved: new Map(),
    survey: null,
    shown: { since: now },
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
    return loaded(newGeneration(workspace, unsavedTexts(workspace), generation), file, facts)
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

/**
 * Whether a file speaks of DynamoDB, or imports one that does, however far away. Where it does, the project is brought up to
 * date with the disk; where it is known that it does not, nothing is looked at but its text.
 */
export function leadsToDynamoDB(
  around: Surroundings,
  workspace: Workspace,
  { file, text }: Pick<LintedText, 'file' | 'text'>,
): boolean {
  const { seen } = around
  if (leadsNowhereStill(around, workspace, file, text)) return false
  const { lead, start } = leadAndStartOf(text)
  const given = wayGivenIn(text)
  // What else leads to DynamoDB may do so through this file.
  const isTheSame = seen?.given === given && leadsTheSame(seen.lead, lead)
  if (seen?.as === workspace.shown && !isTheSame) forgetShown(workspace)
  refresh(workspace, file)
  const { leads } = workspace.generation
  if (leads.get(file) === false) leads.delete(file)
  const isLeading = speaks(workspace, lead) || mayLead(workspace, leads, file, lead)
  const isHandedIt = !isLeading && given !== null && isHanded(handing(workspace), file, lead, given)
  around.seen = {
    lead: isTheSame ? seen.lead : lead,
    start,
    given,
    isHanded: isHandedIt || null,
    leads: isLeading || isHandedIt,
    as: workspace.shown,
  }
  return isLeading || isHandedIt
}

/**
 * Whether a file leads nowhere near DynamoDB by what its text showed when it was last linted.
 *
 * @param changed its text, where that is another one now
 */
export function leadsNowhereStill(
  { seen }: Surroundings,
  workspace: Workspace,
  file: string,
  changed: string | null,
): boolean {
  if (seen?.as !== workspace.shown || seen.leads) return false
  const now = performance.now()
  if (now - seen.as.since > MOST_AGE) return false
  if (changed !== null && !showsTheSame(seen, workspace, file, changed)) return false
  if (now - workspace.usedAt <= PAUSE) workspace.usedAt = now
  return true
}

/** Whether a text shows no more of where it leads than the one before. */
function showsTheSame(seen: SeenText, workspace: Workspace, file: string, text: string): boolean {
  if (seen.start === null || !importsNoMoreThan(seen.start, text)) return false
  if (seen.isHanded === null && workspace.survey !== null)
    seen.isHanded = isHanded(handing(workspace), file, seen.lead, 'both')
  return seen.isHanded === false || wayGivenIn(text) === seen.given
}

function handing(workspace: Workspace): Handing {
  return handingIn(workspace, workspace.generation.leads)
}

/** Forgets which files lead to DynamoDB. */
function forgetShown(workspace: Workspace): void {
  workspace.shown = { since: performance.now() }
  workspace.generation.leads.clear()
  workspace.generation.acts.clear()
  workspace.generation.containers.clear()
  workspace.generation.givens.clear()
}

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
    const at = file === module.facts.file ? module : moduleAt(module.project, file)
    if (at !== null && at !== module) found.push(at)
    if (found.length >= MOST_IMPORTERS) break
    // Who knows an interface only is a caller of what implements it.
    const promised = at === null ? [] : promisedBy(at).map(({ facts }) => facts.file)
    for (const importer of [file, ...promised].flatMap(importers))
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

/** The module of a file of the project; null where it cannot be read. */
export function moduleOfFile({ generation }: Workspace, file: string): Module | null {
  return load(generation, file)
}

/**
 * Compares a project with the disk: after a pause, so that comparing takes no more than a tenth of the time, and in a long run
 * now and then, so that it takes no more than a fiftieth.
 *
 * @param linted the file whose text is to be linked next: what the linter last had of it does not matter
 */
function refresh(workspace: Workspace, linted: string | null = null): void {
  const now = performance.now()
  const since = now - workspace.comparedAt
  const isLater = isPause(workspace) && since > workspace.comparing * 10
  const isDue = since > Math.max(1000, workspace.comparing * 50)
  workspace.usedAt = now
  const isFull = workspace.generation.project.frames.count > MOST_FRAMES_KEPT
  if (!isLater && !isDue && !isFull) return
  for (const [file, { stamp }] of workspace.unsaved)
    if (stampOf(file) !== stamp) workspace.unsaved.delete(file)
  const { survey, root } = workspace
  if (survey !== null && !isStillSo(survey, root, (file) => outlineIn(workspace, file)))
    workspace.survey = null
  if (workspace.survey !== survey || now - workspace.shown.since > MOST_AGE) forgetShown(workspace)
  if (isFull || hasChanged(workspace)) {
    forgetResolutions()
    workspace.generation = newGeneration(workspace, unsavedTexts(workspace))
    forgetShown(workspace)
  } else if (isUnsavedElsewhere(workspace, linted)) {
    const { generation } = workspace
    workspace.generation = newGeneration(workspace, unsavedTexts(workspace), generation)
  }
  workspace.comparedAt = performance.now()
  workspace.comparing = workspace.comparedAt - now
}

/** Whether what is on disk did. */
function hasChanged({ root, generation }: Workspace): boolean {
  for (const [file, stamp] of generation.stamps) if (stampOf(file) !== stamp) return true
  return somethingAppearedIn(root)
}

/** Whether the linter came to have a text, of another file than one, that the project does not know. */
function isUnsavedElsewhere({ generation, unsaved }: Workspace, linted: string | null): boolean {
  for (const [file, { facts }] of unsaved) {
    const known = generation.modules.get(file)
    if (file !== linted && known?.facts.text.hash !== facts.text.hash) return true
  }
  return false
}
