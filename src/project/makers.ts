import type { CallId, FunctionId, ValueId } from '../facts/model.ts'
import { callsBack, givenBy } from './call.ts'
import { evaluate } from './evaluate.ts'
import { enter, freeFrame } from './frame.ts'
import { isMadeAlike } from './made-alike.ts'
import { callOf, functionOf, keptBy, valueOf } from './module.ts'
import type { Module } from './module.ts'
import { once } from './reentry.ts'
import type { Ways } from './reentry.ts'
import { alternatives } from './term.ts'
import type { Argument, Frame, FunctionTerm, Term } from './term.ts'
import { viewOf } from './view.ts'

/**
 * Makers of functions: `const createList = ({ orders }) => async (status) => orders.byStatus(status)`. What one is given it is
 * given for good, as a constructor is. Where all of the project that calls it gives it the same, that is what its parameters
 * stand for.
 */

/** One call of a maker. */
interface Site {
  readonly module: Module
  readonly call: CallId
  readonly callee: FunctionTerm
}

/** Files hand functions of others on no further than this. */
const MOST_STEPS = 3

/** Files that more than this import hold tools, and so do those that hand on what they hold. */
const MOST_IMPORTERS = 20

/** A maker that is called in more places than this is a tool, and each of them gives it something else. */
const MOST_SITES = 12

/** Calls of makers stand in functions that are called once, no further than this. */
const MOST_RUNS = 5

/** What a parameter of a maker of functions stands for, of which nobody says more; null where it is no such, or where that cannot be told. */
export function givenToMaker({ module, function: id }: Frame, index: number): Term | null {
  // What is found of a function that stands in a file which nobody looks at would be told nowhere.
  if (!isMaker(module, id) || !module.project.isLookedAt(module)) return null
  const runs = runsOfMaker(module, id)
  const [first, ...others] = runs.map((given) =>
    given.slice(0, index + 1).some(({ spread }) => spread) ? null : (given[index]?.term() ?? null),
  )
  if (!first || !isTold(first)) return null
  return others.every((other) => other !== null && isMadeAlike(first, other)) ? first : null
}

const makersIn = keptBy<Module, ReadonlySet<FunctionId>>()

/** Whether a function gives back functions that use what it was given. */
function isMaker(module: Module, id: FunctionId): boolean {
  const modules = makersIn(module.project)
  const known = modules.get(module)
  if (known) return known.has(id)
  const makers = new Set(makersOf(module))
  modules.set(module, makers)
  return makers.has(id)
}

function makersOf(module: Module): readonly FunctionId[] {
  const { functions, calls } = module.facts
  // What an async function gives back of a call that was given a function is what came of calling that.
  const makers = functions.flatMap(({ parent, parameters, returns, kind, async }, id) =>
    parent === 0 &&
    parameters.length > 0 &&
    !(async && returns.every(({ value }) => valueOf(module, value).kind === 'call')) &&
    (kind === 'function' || kind === 'arrow') &&
    returns.some(({ value }) => gives(module, value, (made) => isWithin(module, made, id)))
      ? [id]
      : [],
  )
  if (makers.length === 0) return []
  const using = new Set<FunctionId>()
  for (const { callee, arguments: given, function: caller } of calls) {
    const maker = makers.find((id) => id !== caller && isWithin(module, caller, id))
    if (maker === undefined || using.has(maker)) continue
    const used = [callee, ...given.map(({ value }) => value)]
    if (used.some((value) => isGivenTo(module, maker, value))) using.add(maker)
  }
  return [...using]
}

function isWithin(module: Module, inner: FunctionId, outer: FunctionId): boolean {
  let at: FunctionId | null = inner
  while (at !== null && at !== outer) at = functionOf(module, at).parent
  return at === outer
}

/** Whether the function around a function gives it back, itself or in an object, so that whoever called that may call it. */
export function isGivenBack(module: Module, id: FunctionId): boolean {
  const { parent } = functionOf(module, id)
  if (parent === null || parent === 0) return false
  return functionOf(module, parent).returns.some(({ value }) =>
    gives(module, value, (made) => made === id),
  )
}

/** Whether a value is, or holds, one of some functions of its module. */
function gives(
  module: Module,
  id: ValueId,
  isWanted: (made: FunctionId) => boolean,
  depth = 0,
): boolean {
  if (depth > 4) return false
  const value = valueOf(module, id)
  const inner = (each: ValueId): boolean => gives(module, each, isWanted, depth + 1)
  switch (value.kind) {
    case 'function':
      return isWanted(value.function)
    case 'object':
      return value.entries.some((entry) => inner(entry.value))
    case 'set':
      return inner(value.value) || inner(value.of)
    case 'choice':
      return value.options.some(inner)
    case 'call': {
      const { callee, arguments: given } = callOf(module, value.call)
      const method = valueOf(module, callee)
      // What is mapped is not what maps it.
      if (method.kind === 'member' && callsBack(method.key)) return false
      return given.some((item) => inner(item.value))
    }
    default:
      return false
  }
}

/** Whether a value is what a function is given, or a part of it. */
function isGivenTo(module: Module, maker: FunctionId, id: ValueId): boolean {
  let value = valueOf(module, id)
  for (let steps = 0; steps < 6; steps += 1) {
    if (value.kind === 'member') value = valueOf(module, value.of)
    else if (value.kind === 'parameter') return value.function === maker
    else if (value.kind === 'variable') {
      const { function: owner, final } = module.facts.variables[value.variable] ?? {}
      if (owner !== maker || final == null) return false
      value = valueOf(module, final)
    } else return false
  }
  return false
}

const runsIn = keptBy<Module, Map<FunctionId, readonly (readonly Argument[])[]>>()

/** What each call of a maker gives it; none where there are too many, or ones that nobody sees. */
function runsOfMaker(module: Module, id: FunctionId): readonly (readonly Argument[])[] {
  const modules = runsIn(module.project)
  const known = modules.get(module) ?? new Map<FunctionId, readonly (readonly Argument[])[]>()
  modules.set(module, known)
  return once(module.project.rounds, known, id, NO_RUNS, () => {
    const sites = sitesOf(module, id) ?? []
    const frames = sites.map((site) => frameAround(site, 0))
    const runs = frames.flatMap((frame, index) => {
      const site = sites[index]
      return frame === null || !site ? [] : [givenBy(frame, site.call)]
    })
    return runs.length < sites.length ? [] : runs
  })
}

/** Where a maker is asked for while its calls are being looked for, none is known. */
const NO_RUNS: Ways<readonly (readonly Argument[])[]> = {
  again: [],
  againStrictly: [],
  widen: () => [],
}

/** The run of the function that a call stands in, where it runs once or nobody of the project calls it; null where it may run more often. */
function frameAround({ module, call }: Site, depth: number): Frame | null {
  const { function: id } = callOf(module, call)
  if (id === 0) return freeFrame(module, 0)
  const sites = sitesOf(module, id) ?? []
  const [site] = sites
  if (!site) return freeFrame(module, id)
  if (sites.length > 1 || depth >= MOST_RUNS) return null
  const outer = frameAround(site, depth + 1)
  return outer === null ? null : enter(outer, site.call, site.callee, givenBy(outer, site.call))
}

const sitesIn = keptBy<Module, Map<FunctionId, readonly Site[] | null>>()

/** Where the project calls a function; null where it is handed to somebody who may, or there are too many such places. */
function sitesOf(module: Module, id: FunctionId): readonly Site[] | null {
  const modules = sitesIn(module.project)
  const known = modules.get(module) ?? new Map<FunctionId, readonly Site[] | null>()
  modules.set(module, known)
  return once(module.project.rounds, known, id, NO_SITES, () => findSites(module, id))
}

const NO_SITES: Ways<readonly Site[] | null> = {
  again: null,
  againStrictly: null,
  widen: () => null,
}

function findSites(module: Module, id: FunctionId): readonly Site[] | null {
  const isOwn = (term: Term): term is FunctionTerm =>
    term.kind === 'function' && term.module === module && term.function === id
  const { parent } = functionOf(module, id)
  const handingOn = parent === 0 ? handersOn(module) : new Set([module])
  if (handingOn === null) return null
  const sites: Site[] = []
  for (const at of handingOn) {
    for (const [call, facts] of at.facts.calls.entries()) {
      const termOf = (value: ValueId): Term | null =>
        mayBeOf(at, value, module, handingOn)
          ? evaluate({ frame: freeFrame(at, facts.function), value })
          : null
      if (facts.arguments.some(({ value }) => isAmong(termOf(value), isOwn))) return null
      const callee = termOf(facts.callee)
      if (callee === null || !isAmong(callee, isOwn)) continue
      if (!isOwn(callee) || facts.isNew || sites.length >= MOST_SITES) return null
      sites.push({ module: at, call, callee })
    }
  }
  return sites
}

function isAmong(term: Term | null, isOwn: (option: Term) => boolean): boolean {
  return term !== null && alternatives(term).some(isOwn)
}

/** A module, those that import it, and those that import one which hands on what it imports; null where these are many. */
function handersOn(module: Module): ReadonlySet<Module> | null {
  const found = new Set([module])
  let latest: readonly Module[] = [module]
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next: Module[] = []
    for (const each of latest) {
      const importers = each.project.importers(each, MOST_IMPORTERS)
      if (importers === null) return null
      for (const importer of importers) if (!found.has(importer)) next.push(importer)
    }
    for (const each of next) found.add(each)
    latest = next.filter((each) => handsOn(each, found))
  }
  return found
}

function handsOn(at: Module, from: ReadonlySet<Module>): boolean {
  const { exports, reexports } = at.facts
  const isFrom = (source: string): boolean => {
    const target = at.project.resolve(at, source)
    return target !== null && from.has(target)
  }
  if (reexports.some(({ source }) => isFrom(source))) return true
  return Object.values(exports).some((value) => holdsImport(at, value, isFrom, 0))
}

function holdsImport(
  at: Module,
  id: ValueId,
  isFrom: (source: string) => boolean,
  depth: number,
): boolean {
  const value = valueOf(at, id)
  if (value.kind === 'import') return isFrom(value.source)
  if (value.kind === 'member') return holdsImport(at, value.of, isFrom, depth)
  if (value.kind === 'set') return holdsImport(at, value.value, isFrom, depth)
  if (value.kind !== 'object' || depth > 1) return false
  return value.entries.some((entry) => holdsImport(at, entry.value, isFrom, depth + 1))
}

/** Whether a value may be a function of a module: a name of that module, or what comes from it or from one that hands it on. */
function mayBeOf(at: Module, id: ValueId, module: Module, handingOn: ReadonlySet<Module>): boolean {
  let value = valueOf(at, id)
  for (let steps = 0; steps < 8; steps += 1) {
    if (value.kind === 'member') value = valueOf(at, value.of)
    else if (value.kind === 'variable') {
      const final = at.facts.variables[value.variable]?.final
      if (final == null) return false
      value = valueOf(at, final)
    } else break
  }
  if (value.kind === 'function') return at === module
  if (value.kind !== 'import') return false
  const target = at.project.resolve(at, value.source)
  return target !== null && handingOn.has(target)
}

/** Whether something is known of a value, and none of it only by who calls a function that it stands in. */
function isTold(term: Term): boolean {
  return alternatives(term).every((option) => {
    if (!isKnown(option)) return false
    const fields = option.kind === 'object' ? viewOf(option)?.fields.values() : []
    return [...(fields ?? [])].every((field) => alternatives(field.term()).every(isOfNoCaller))
  })
}

/** A function that takes a function wraps it: what it makes is that one, run otherwise. */
function isKnown(term: Term): boolean {
  return !['unknown', 'shape', 'function'].includes(term.kind) && isOfNoCaller(term)
}

function isOfNoCaller(term: Term): boolean {
  let inner = term
  while (inner.kind === 'part' || inner.kind === 'item' || inner.kind === 'element')
    inner = inner.of
  return inner.kind !== 'parameter'
}
