import { relative } from 'node:path'
import type {
  CallFacts,
  CallId,
  ClassFacts,
  ClassId,
  FunctionFacts,
  FunctionId,
  ModuleFacts,
  Range,
  Value,
  ValueId,
} from '../facts/model.ts'
import type { Wrappers } from '../settings/wrapper-settings.ts'
import { newRounds } from './reentry.ts'
import type { Rounds } from './reentry.ts'
import type { Frame } from './term.ts'

/** A file of the project: its facts, the project it belongs to, and the frames its functions were looked at in. */
export interface Module {
  readonly facts: ModuleFacts
  readonly project: Project
  readonly free: Map<FunctionId, Frame>
}

/** The files that are known, and how one leads to another. */
export interface Project {
  /** The directory that its files are named from; null where it has none. */
  readonly root: string | null
  /** The module that `source`, imported by `from`, stands for; null where it is outside the project. */
  readonly resolve: (from: Module, source: string) => Module | null
  /** Whether what `source`, imported by `from`, stands for may come to speak to DynamoDB. Asked without reading it whole. */
  readonly mayLead: (from: Module, source: string) => boolean
  /** As `mayLead`, of calls whose effect is outside DynamoDB: mails, messages, caches. */
  readonly mayAct: (from: Module, source: string) => boolean
  /**
   * The modules with a class that says it implements or extends something of that name, tests left out. Asked for only where
   * an answer needs it: the text of all files is looked at for it once.
   */
  readonly heirsOf: (name: string) => readonly Module[]
  /** The modules that register something in a container of dependency injection, tests left out. Asked for as `heirsOf` is. */
  readonly containers: () => readonly Module[]
  /** The modules that import a module themselves, tests left out; null where there are more than so many. Asked for as `heirsOf` is. */
  readonly importers: (module: Module, most: number) => readonly Module[] | null
  /** Whether a module is linted for more than its own text shows: it leads to DynamoDB, or is handed what does. */
  readonly isLookedAt: (module: Module) => boolean
  /** What functions of packages do, as the settings tell. */
  readonly wrappers: Wrappers
  /** Counts down with each step of linking; at nothing, everything further is unknown. */
  readonly budget: { steps: number }
  /** How many ways functions were looked at in. */
  readonly frames: { count: number }
  readonly rounds: Rounds
  /** What `keptBy` keeps. */
  readonly kept: Map<object, Map<object, unknown>>
}

/** How much work linking one file may be: far above what real files need, reached by generated ones in about a second. */
const STEPS = 2_000_000

/** A project of files that know nothing of each other. */
export function newProject(
  resolve: Project['resolve'] = () => null,
  {
    root = null,
    mayLead = () => true,
    mayAct = () => true,
    heirsOf = () => [],
    containers = () => [],
    importers = () => [],
    isLookedAt = () => true,
    wrappers = new Map(),
  }: Partial<
    Pick<
      Project,
      | 'root'
      | 'mayLead'
      | 'mayAct'
      | 'heirsOf'
      | 'containers'
      | 'importers'
      | 'isLookedAt'
      | 'wrappers'
    >
  > = {},
): Project {
  return {
    root,
    resolve,
    mayLead,
    mayAct,
    heirsOf,
    containers,
    importers,
    isLookedAt,
    wrappers,
    budget: { steps: STEPS },
    frames: { count: 0 },
    rounds: newRounds(),
    kept: new Map(),
  }
}

/**
 * A place for what is worked out about the terms of a project, gone when the project is. A WeakMap for all projects would
 * hold each of them until the next full garbage collection, and all smaller ones would copy what is dead.
 */
export function keptBy<Key extends object, Kept>(): (project: Project) => Map<Key, Kept> {
  const subject = {}
  return ({ kept }) => {
    const values = kept.get(subject) ?? new Map<Key, Kept>()
    kept.set(subject, values)
    // Nobody else has the subject.
    return values as Map<Key, Kept>
  }
}

/** Lets a project take as much work again: for each file that is linted. */
export function allow({ budget }: Project): void {
  budget.steps = STEPS
}

export function newModule(project: Project, facts: ModuleFacts): Module {
  return { facts, project, free: new Map() }
}

/** The line that an offset in a module's text is in, from 1. */
export function lineAt({ facts }: Module, offset: number): number {
  const { lines } = facts.text
  let [low, high] = [0, lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle] as number) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** A module's file as messages name it: from the project's root, with `/`. */
export function displayName({ facts, project }: Module): string {
  const path = project.root === null ? facts.file : relative(project.root, facts.file)
  return path.replaceAll('\\', '/')
}

export function valueOf(module: Module, id: ValueId): Value {
  // Ids come from the module's own tables.
  return module.facts.values[id] as Value
}

/** Whether a value comes from a file that leads nowhere near DynamoDB, so that calling it comes to what it is given at most. */
export function isBarren(module: Module, id: ValueId): boolean {
  let value = valueOf(module, id)
  while (value.kind === 'member') value = valueOf(module, value.of)
  return value.kind === 'import' && !module.project.mayLead(module, value.source)
}

export function placeOf(module: Module, id: ValueId): Range {
  return module.facts.places[id] as Range
}

export function functionOf(module: Module, id: FunctionId): FunctionFacts {
  return module.facts.functions[id] as FunctionFacts
}

export function callOf(module: Module, id: CallId): CallFacts {
  return module.facts.calls[id] as CallFacts
}

export function classOf(module: Module, id: ClassId): ClassFacts {
  return module.facts.classes[id] as ClassFacts
}
