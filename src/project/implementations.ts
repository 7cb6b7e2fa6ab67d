import type { ClassId } from '../facts/model.ts'
import { providedFor } from './containers.ts'
import { evaluate } from './evaluate.ts'
import { freeFrame } from './frame.ts'
import { classOf, keptBy, valueOf } from './module.ts'
import type { Module } from './module.ts'
import type { ClassTerm, Ref, Term } from './term.ts'

/** Something that classes promise to be: an interface, or a class that others extend or implement. */
type Promised = Extract<Term, { kind: 'shape' | 'class' }>

/** Interfaces extend each other, and abstract classes, no deeper than this. */
const MOST_DEPTH = 4

/** Known by the module that declares it, its name, and whether it is an interface. */
const implementationsIn = keptBy<Module, Map<string, Term | null>>()

/**
 * Anything of a type, where one class of the project alone is what the type promises: implements the interface, extends
 * the abstract class; or one function makes an object of it. null where there is none, or more than one.
 */
export function implementationOf(type: Promised): Term | null {
  const { module } = placeOf(type)
  const name = nameOf(type)
  if (name === null) return null
  const modules = implementationsIn(module.project)
  const known = modules.get(module) ?? new Map<string, Term | null>()
  modules.set(module, known)
  const key = `${type.kind} ${name}`
  const seen = known.get(key)
  if (seen !== undefined) return seen
  // What is asked for while it is being looked for adds nothing.
  known.set(key, null)
  const found = (type.kind === 'class' ? providedFor(module.project, type) : null) ?? onlyHeir(type)
  known.set(key, found)
  return found
}

function onlyHeir(type: Promised): Term | null {
  const heirs: readonly Term[] = [
    ...heirsOf(type, 0).map((heir): Term => ({ kind: 'instance', class: heir, construct: null })),
    ...(type.kind === 'shape' ? objectsOf(type) : []),
  ]
  const [first, ...more] = heirs
  return first && more.length === 0 ? first : null
}

/** The objects that functions of the project make and say to be of a type. */
function objectsOf(type: Extract<Term, { kind: 'shape' }>): readonly Term[] {
  const name = nameOf(type)
  if (name === null) return []
  const own = placeOf(type).module
  return [...new Set([own, ...own.project.heirsOf(name)])].flatMap((module) =>
    module.facts.functions.flatMap(({ makes, returns }, id) => {
      if (makes === null) return []
      const said = promisedAt({ frame: freeFrame(module, 0), value: makes })
      if (!said.some((promised) => isSame(promised, type))) return []
      const frame = freeFrame(module, id)
      return returns.flatMap(({ value }) => {
        const made = evaluate({ frame, value })
        return made.kind === 'object' ? [made] : []
      })
    }),
  )
}

/** The modules that declare what the classes of a module promise to be, and what its functions say they make. */
export function promisedBy(module: Module): readonly Module[] {
  const modules = promisedIn(module.project)
  const known = modules.get(module)
  if (known) return known
  const found = new Set<Module>()
  const note = (promised: Promised, depth: number): void => {
    if (promised.kind === 'shape') {
      found.add(placeOf(promised).module)
      if (depth < MOST_DEPTH) for (const parent of parentsOf(promised)) note(parent, depth + 1)
    } else if (classOf(promised.module, promised.class).abstract) found.add(promised.module)
  }
  module.facts.classes.forEach((_, id) => {
    for (const promised of promisesOf(module, id)) note(promised, 0)
  })
  for (const { makes } of module.facts.functions) {
    if (makes === null) continue
    for (const promised of promisedAt({ frame: freeFrame(module, 0), value: makes }))
      note(promised, 0)
  }
  found.delete(module)
  const all = [...found]
  modules.set(module, all)
  return all
}

const promisedIn = keptBy<Module, readonly Module[]>()

/** The classes that can be made of what is, directly or not, of a type. */
function heirsOf(type: Promised, depth: number): readonly ClassTerm[] {
  const name = nameOf(type)
  if (name === null || depth > MOST_DEPTH) return []
  const own = placeOf(type).module
  const found: ClassTerm[] = []
  const note = (heir: ClassTerm): void => {
    if (!found.some((other) => other.module === heir.module && other.class === heir.class))
      found.push(heir)
  }
  for (const module of new Set([own, ...own.project.heirsOf(name)])) {
    const frame = freeFrame(module, 0)
    module.facts.classes.forEach((facts, id) => {
      if (!promisesOf(module, id).some((promised) => isSame(promised, type))) return
      const heir: ClassTerm = { kind: 'class', module, class: id, frame }
      if (!facts.abstract) note(heir)
      for (const further of heirsOf(heir, depth + 1)) note(further)
    })
    for (const [key, value] of Object.entries(module.facts.exports)) {
      if (valueOf(module, value).kind !== 'shape' || key === 'default') continue
      const shape = evaluate({ frame, value })
      if (shape.kind !== 'shape' || !parentsOf(shape).some((parent) => isSame(parent, type)))
        continue
      for (const further of heirsOf(shape, depth + 1)) note(further)
    }
  }
  return found
}

/** What a class says it implements or extends, as far as the project knows it. */
function promisesOf(module: Module, id: ClassId): readonly Promised[] {
  const { implements: promised, extends: parent } = classOf(module, id)
  const frame = freeFrame(module, 0)
  return [...promised, ...(parent === null ? [] : [parent])].flatMap((value) =>
    promisedAt({ frame, value }),
  )
}

/** What an interface extends. */
export function parentsOf({ ref }: Extract<Term, { kind: 'shape' }>): readonly Promised[] {
  const node = valueOf(ref.frame.module, ref.value)
  if (node.kind !== 'shape') return []
  return node.extends.flatMap((value) => promisedAt({ frame: ref.frame, value }))
}

function promisedAt(ref: Ref): readonly Promised[] {
  const term = evaluate(ref)
  return term.kind === 'shape' || term.kind === 'class' ? [term] : []
}

/** A type is read once for each depth that it is met at: its name in its file is what it is known by. */
function isSame(a: Promised, b: Promised): boolean {
  const name = nameOf(a)
  return (
    a.kind === b.kind &&
    name !== null &&
    name === nameOf(b) &&
    placeOf(a).module === placeOf(b).module
  )
}

function nameOf(type: Promised): string | null {
  if (type.kind === 'class') return classOf(type.module, type.class).name || null
  const node = valueOf(type.ref.frame.module, type.ref.value)
  return node.kind === 'shape' ? node.name : null
}

function placeOf(type: Promised): { readonly module: Module } {
  return type.kind === 'class' ? type : type.ref.frame
}
