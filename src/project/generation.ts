import { EFFECT_PACKAGES } from '../clients/effects/index.ts'
import type { ModuleFacts } from '../facts/model.ts'
import type { Wrappers } from '../settings/wrapper-settings.ts'
import { factsOf, stampOf } from './disk.ts'
import type { Outline } from './disk.ts'
import { isMadeUseOf } from './handed.ts'
import type { Handing } from './handed.ts'
import type { KeptFacts } from './kept-facts.ts'
import { mayAct, mayBeGiven, mayLead, mayTakeOut, speaks, targetOf } from './leading.ts'
import type { Extent, Leads } from './leading.ts'
import { newModule, newProject } from './module.ts'
import type { Module, Project } from './module.ts'
import type { Survey } from './survey.ts'
import { isTestFile } from './test-files.ts'

/** What of a project stays the same from one moment to the next. */
export interface Grounds extends Extent {
  readonly wrappers: Wrappers
  /** What other processes know of its files. */
  readonly kept: KeptFacts
  /** What its files import, asked for now. */
  readonly surveyed: () => Survey
  /** What the text of one of its files shows, as the linter has it or else the disk. */
  readonly outline: (file: string) => Outline | null
}

/** The files of a project as they stood at one moment, and all that was worked out of them. */
export interface Generation {
  readonly project: Project
  readonly kept: KeptFacts
  /** null for what cannot be read. */
  readonly modules: Map<string, Module | null>
  readonly stamps: Map<string, string | null>
  readonly leads: Leads
  /** The same of effects outside DynamoDB, of containers of dependency injection, and of types of what leads to DynamoDB. */
  readonly acts: Leads
  readonly containers: Leads
  readonly givens: Leads
}

const generationOf = new WeakMap<Project, Generation>()

/** The module of a file of a project; null where it cannot be read. */
export function moduleAt(project: Project, file: string): Module | null {
  const generation = generationOf.get(project)
  return generation ? load(generation, file) : null
}

/**
 * A project whose files are loaded as they are asked for.
 *
 * @param texts what the linter has and the disk has not
 * @param before whose files lead where they did, though a text has changed: they are forgotten where they may not
 */
export function newGeneration(
  extent: Grounds,
  texts: ReadonlyMap<string, ModuleFacts>,
  before: Pick<Generation, 'leads' | 'acts' | 'containers' | 'givens'> | null = null,
): Generation {
  const { root } = extent
  const targets = new Map<string, Module | null>()
  const { leads, acts, containers, givens } = before ?? {
    leads: new Map<string, boolean>(),
    acts: new Map<string, boolean>(),
    containers: new Map<string, boolean>(),
    givens: new Map<string, boolean>(),
  }
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
    return (
      file === null ||
      mayLead(extent, leads, file) ||
      mayTakeOut(extent, containers, file) ||
      mayBeGiven(extent, leads, givens, file)
    )
  }
  const isWorthFollowingForEffects: Project['mayAct'] = (from, source) => {
    const file = targetOf(extent, from.facts.file, source)
    return file === null ? EFFECT_PACKAGES.has(source) : mayAct(extent, acts, file)
  }
  const modulesOf = (files: readonly string[]): readonly Module[] =>
    files.flatMap((file) => (isTestFile(file) ? [] : (load(generation, file) ?? [])))
  const project = newProject(resolve, {
    root,
    mayLead: isWorthFollowing,
    mayAct: isWorthFollowingForEffects,
    heirsOf: (name) => modulesOf(extent.surveyed().index.heirs(name)),
    containers: () => modulesOf(extent.surveyed().index.containers),
    importers: ({ facts }, most) => {
      const files = extent
        .surveyed()
        .index.importers(facts.file)
        .filter((file) => !extent.isLeftOut(file) && !isTestFile(file))
      return files.length > most ? null : modulesOf(files)
    },
    isLookedAt: ({ facts: { file } }) => isLookedAt(extent, leads, file),
    wrappers: extent.wrappers,
  })
  const generation: Generation = {
    project,
    kept: extent.kept,
    modules: new Map(),
    stamps: new Map(),
    leads,
    acts,
    containers,
    givens,
  }
  generationOf.set(project, generation)
  for (const [file, facts] of texts) loaded(generation, file, facts)
  return generation
}

/** Whether a file that makes functions is linted for more than what it says itself. */
function isLookedAt(extent: Grounds, leads: Leads, file: string): boolean {
  const outline = extent.outline(file)
  if (outline === null) return false
  if (speaks(extent, outline) || mayLead(extent, leads, file, outline)) return true
  return outline.makes && isMadeUseOf(handingIn(extent, leads), file)
}

export function load(generation: Generation, file: string): Module | null {
  const known = generation.modules.get(file)
  if (known !== undefined) return known
  const facts = factsOf(file, generation.kept)
  if (facts !== null) return loaded(generation, file, facts)
  generation.modules.set(file, null)
  generation.stamps.set(file, stampOf(file))
  return null
}

export function loaded(generation: Generation, file: string, facts: ModuleFacts): Module {
  const known = generation.modules.get(file)
  if (known) return known
  const module = newModule(generation.project, facts)
  generation.modules.set(file, module)
  generation.stamps.set(file, stampOf(file))
  return module
}

export function handingIn(extent: Grounds, leads: Leads): Handing {
  const { surveyed, outline } = extent
  return { extent, leads, survey: surveyed, outline }
}
