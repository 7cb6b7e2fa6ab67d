import type { CallId, FunctionId, Value, ValueId } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { callOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { FunctionTerm, Term } from '../project/term.ts'

/** The parameter that a value is read out of, and where in it: `event.Records[0].body` is `Records`, `*`, `body`. */
export interface Root {
  readonly function: FunctionId
  readonly index: number
  readonly path: readonly string[]
}

/** What the code of one file does with a parameter. */
export interface Uses {
  /** Everything that is read out of it: `pathParameters.id`, `Records.*.dynamodb`. */
  readonly reads: Set<string>
  /** The methods of it that are called with something, or of what is read out of it: `json`. */
  readonly methods: Set<string>
  /** The properties of it that are assigned. */
  readonly writes: Set<string>
  /** Where it, or something read out of it, is passed on. */
  readonly passed: {
    readonly call: CallId
    readonly argument: number
    readonly path: readonly string[]
  }[]
}

/** Array methods that call back with one element, and the parameter that takes it. */
const ITERATORS: ReadonlyMap<string, number> = new Map([
  ['map', 0],
  ['flatMap', 0],
  ['forEach', 0],
  ['filter', 0],
  ['find', 0],
  ['some', 0],
  ['every', 0],
  ['reduce', 1],
])

/** Deeper than this nothing tells one framework from another. */
const MOST_PATH = 5

/** How many helpers deep a parameter is followed, and through how many of them in one function. */
const MOST_DEPTH = 3
const MOST_PASSED = 24

interface Index {
  readonly module: Module
  readonly roots: (Root | null | undefined)[]
  /** Parameters of callbacks that take an element of a list. */
  readonly elements: ReadonlyMap<string, ValueId>
  readonly uses: Map<string, Uses>
}

const indexes = new WeakMap<Module, Index>()

/** The parameter that a value comes out of, through names, closures, loops and callbacks; null where it is from elsewhere. */
export function rootOf(module: Module, value: ValueId): Root | null {
  return root(indexOf(module), value)
}

/** What a file does with a parameter of one of its functions; null where it is not looked at. */
export function usesOf(module: Module, id: FunctionId, parameter: number): Uses | null {
  return indexOf(module).uses.get(keyOf(id, parameter)) ?? null
}

/** Everything read out of a parameter, in the function and in the helpers that it is passed on to. */
export function readsOf(term: FunctionTerm, parameter: number): ReadonlySet<string> {
  const found = new Set<string>()
  collect(term, parameter, [], found, new Set(), 0)
  return found
}

function collect(
  term: FunctionTerm,
  parameter: number,
  prefix: readonly string[],
  found: Set<string>,
  seen: Set<string>,
  depth: number,
): void {
  const { module } = term
  const key = `${module.facts.file}:${keyOf(term.function, parameter)}:${prefix.join('.')}`
  if (seen.has(key) || depth > MOST_DEPTH) return
  seen.add(key)
  const uses = usesOf(module, term.function, parameter)
  if (uses === null) return
  for (const path of uses.reads) found.add([...prefix, path].join('.'))
  for (const { call, argument, path } of uses.passed.slice(0, MOST_PASSED)) {
    const { callee, function: caller } = callOf(module, call)
    const target = evaluate({ frame: freeFrame(module, caller), value: callee })
    for (const option of alternatives(target)) {
      if (option.kind === 'function')
        collect(option, argument, [...prefix, ...path], found, seen, depth + 1)
    }
  }
}

/** The functions of other files or packages that a parameter is passed to whole. */
export function passedTo(term: FunctionTerm, parameter: number): readonly Term[] {
  const { module } = term
  const uses = usesOf(module, term.function, parameter)
  return (uses?.passed ?? [])
    .filter(({ path }) => path.length === 0)
    .slice(0, MOST_PASSED)
    .map(({ call }) => {
      const { callee, function: caller } = callOf(module, call)
      return evaluate({ frame: freeFrame(module, caller), value: callee })
    })
}

function keyOf(id: FunctionId, parameter: number): string {
  return `${String(id)}:${String(parameter)}`
}

function indexOf(module: Module): Index {
  const known = indexes.get(module)
  if (known) return known
  const index: Index = {
    module,
    roots: new Array<undefined>(module.facts.values.length),
    elements: callbackParameters(module),
    uses: new Map(),
  }
  indexes.set(module, index)
  readUses(index)
  return index
}

function callbackParameters(module: Module): ReadonlyMap<string, ValueId> {
  const found = new Map<string, ValueId>()
  for (const call of module.facts.calls) {
    const callee = module.facts.values[call.callee]
    const [first] = call.arguments
    if (callee?.kind !== 'member' || !first) continue
    const parameter = ITERATORS.get(callee.key)
    const given = module.facts.values[first.value]
    if (parameter !== undefined && given?.kind === 'function')
      found.set(keyOf(given.function, parameter), callee.of)
  }
  return found
}

function readUses(index: Index): void {
  const { facts } = index.module
  facts.values.forEach((value, id) => {
    // Every value in the order it was read, so that long chains are not computed by recursion.
    const at = root(index, id)
    if (value.kind === 'member' || value.kind === 'element') {
      if (at && at.path.length > 0) usesAt(index, at).reads.add(at.path.join('.'))
    } else if (value.kind === 'set' && typeof value.key === 'string') {
      if (at) usesAt(index, at).writes.add([...at.path, value.key].join('.'))
    }
  })
  facts.calls.forEach((call, id) => {
    const callee = facts.values[call.callee]
    const at = callee?.kind === 'member' ? root(index, call.callee) : null
    if (at && call.arguments.length > 0) usesAt(index, at).methods.add(at.path.join('.'))
    call.arguments.forEach((item, argument) => {
      const given = item.spread ? null : root(index, item.value)
      if (given) usesAt(index, given).passed.push({ call: id, argument, path: given.path })
    })
  })
}

function usesAt(index: Index, at: Root): Uses {
  const key = keyOf(at.function, at.index)
  const known = index.uses.get(key)
  if (known) return known
  const uses: Uses = { reads: new Set(), methods: new Set(), writes: new Set(), passed: [] }
  index.uses.set(key, uses)
  return uses
}

function root(index: Index, id: ValueId): Root | null {
  const known = index.roots[id]
  if (known !== undefined) return known
  index.roots[id] = null
  const value = index.module.facts.values[id]
  const found = value ? compute(index, value) : null
  index.roots[id] = found
  return found
}

function compute(index: Index, value: Value): Root | null {
  switch (value.kind) {
    case 'parameter': {
      const list = index.elements.get(keyOf(value.function, value.index))
      const from = list === undefined ? null : below(root(index, list), '*')
      return from ?? { function: value.function, index: value.index, path: [] }
    }
    case 'member':
      return below(root(index, value.of), /^\d+$/.test(value.key) ? '*' : value.key)
    case 'item':
    case 'element':
      return below(root(index, value.of), '*')
    case 'variable': {
      const variable = index.module.facts.variables[value.variable]
      return variable?.final == null ? null : root(index, variable.final)
    }
    case 'logical':
      return root(index, value.left) ?? root(index, value.right)
    case 'choice':
      return first(value.options, (option) => root(index, option))
    case 'loop':
      return root(index, value.initial)
    case 'set':
    case 'delete':
    case 'append':
    case 'rest':
      return root(index, value.of)
    default:
      return null
  }
}

function below(at: Root | null, key: string): Root | null {
  if (at === null || at.path.length >= MOST_PATH) return at
  return { ...at, path: [...at.path, key] }
}

function first<T, U>(all: readonly T[], find: (one: T) => U | null): U | null {
  for (const one of all) {
    const found = find(one)
    if (found !== null) return found
  }
  return null
}
