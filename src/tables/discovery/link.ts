import { dirname } from 'node:path'
import { alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import { architectName } from '../architect-name.ts'
import { textWithHoles } from './code-values.ts'
import type { AnyDefinition, Binding, TableDefinition, Target } from './definition.ts'
import { isRead, isSameSchema } from './definition.ts'
import { hole, isWhole, mayBe, onlyHole, shapeOf, withoutHoles, withoutWords } from './names.ts'
import type { Discovered } from './index.ts'

/**
 * The table that a value of code names, as infrastructure tells: by its name, by a variable that a function gets, by the
 * construct that SST binds. null where there is none, or where there may be several that differ.
 *
 * @param from the file that the value is used in: of several tables called the same, the nearest counts
 * @param callers the files that import it: of several functions that get the same variable, those that come here count
 * @param hasDefault the code has another name where there is no such variable: what is deployed in no way that is known has that
 */
export function linkedTable(
  discovered: Discovered,
  term: Term,
  from: string,
  callers: () => readonly string[] = () => [],
  hasDefault = false,
): TableDefinition | null {
  const found = definitionsOf(discovered, term, { from, callers, hasDefault })
  return found === null ? null : only(found)
}

/** Whether a value is one that only the callers of a function know. */
export function isOpen(term: Term): boolean {
  return alternatives(term).some(
    ({ kind }) => kind !== 'literal' && kind !== 'external' && kind !== 'object',
  )
}

/** Where a value is used. */
interface Use {
  readonly from: string
  /** The files that come to `from`; asked for only where variables differ. */
  readonly callers: () => readonly string[]
  readonly hasDefault: boolean
}

/** One definition, or one of several that say the same; null where one is not read, or they disagree. */
function only(found: readonly AnyDefinition[]): TableDefinition | null {
  const [first, ...others] = found
  if (first === undefined || !isRead(first)) return null
  return others.every((other) => isRead(other) && isSameSchema(first, other)) ? first : null
}

function definitionsOf(
  discovered: Discovered,
  written: Term,
  use: Use,
): readonly AnyDefinition[] | null {
  const { from } = use
  const term = unwrapped(written)
  const variable = variableOf(term, discovered)
  if (variable !== null) return byVariable(discovered, variable, use)
  const bound = boundName(term)
  if (bound !== null)
    return nearest(
      discovered.definitions.filter(({ id, framework }) => framework === 'SST' && id === bound),
      from,
    )
  const table = architectName(term)
  if (table !== null)
    return nearest(
      discovered.definitions.filter(
        ({ id, framework }) => framework === 'Architect' && id === table,
      ),
      from,
    )
  const text = textWithHoles(term, (piece) => givenText(discovered, piece, from))
  return text === null ? null : byName(discovered, text, from)
}

/** `String(name)`, `name.trim()` */
function unwrapped(term: Term): Term {
  if (term.kind === 'result' && term.callee.kind === 'external') {
    const { source, path } = term.callee
    const isOfVariable = source === '' && path.length === 4 && path[0] === 'process'
    const isSame = isOfVariable && /^(?:trim|toString)$/.test(path[3] ?? '')
    return isSame ? { ...term.callee, path: path.slice(0, 3) } : term
  }
  const isSame = term.kind === 'derived' && /^(?:String|trim|toString|!)$/.test(term.operator)
  const [first] = isSame ? term.from : []
  return first === undefined ? term : unwrapped(first)
}

/** The environment variable that a value is: `process.env.ORDERS`, or a member of what checks such. */
function variableOf(term: Term, { bindings }: Discovered): string | null {
  if (term.kind === 'external' && term.source === '') {
    const [root, env, name] = term.path
    return root === 'process' && env === 'env' && name !== undefined ? name : null
  }
  if (term.kind === 'result') return askedVariable(term)
  if (term.kind !== 'part') return null
  if (comesFromEnvironment(term.of, 0)) return term.key
  // What a handler is given as its environment, by whatever has read it: nothing else is called like a variable that
  // infrastructure gives.
  const isWritten = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(term.key) && isUnknown(term.of)
  return isWritten && bindings.some(({ variable }) => variable === term.key) ? term.key : null
}

function isUnknown({ kind }: Term): boolean {
  return kind === 'part' || kind === 'parameter' || kind === 'result' || kind === 'unknown'
}

/** `env.get('ORDERS').required().asString()` of the package `env-var`. */
function askedVariable(term: Extract<Term, { kind: 'result' }>): string | null {
  let at: Term = term
  while (at.kind === 'result' && at.callee.kind === 'part') at = at.callee.of
  if (at.kind !== 'result' || at.callee.kind !== 'external') return null
  const { source, path } = at.callee
  if (source !== 'env-var' || path.at(-1) !== 'get') return null
  const name = at.arguments[0]?.term()
  return name?.kind === 'literal' && typeof name.value === 'string' ? name.value : null
}

/** What a library made of `process.env`: `schema.parse(process.env)`, `cleanEnv(process.env, …)`. */
function comesFromEnvironment(term: Term, depth: number): boolean {
  if (depth > 5) return false
  switch (term.kind) {
    case 'external':
      return term.source === '' && term.path.join('.') === 'process.env'
    case 'result':
      return term.arguments.some((each) => comesFromEnvironment(each.term(), depth + 1))
    case 'part':
      return comesFromEnvironment(term.of, depth + 1)
    case 'choice':
      return alternatives(term).some((option) => comesFromEnvironment(option, depth + 1))
    case 'object': {
      // `createEnv({ server: { … }, runtimeEnv: process.env })`
      const given = viewOf(term)?.fields.get('runtimeEnv')
      return given !== undefined && comesFromEnvironment(given.term(), depth + 1)
    }
    default:
      return false
  }
}

/** `Resource.Orders.name` of SST 3, `Table.orders.tableName` of SST 2. */
function boundName(term: Term): string | null {
  if (term.kind !== 'external' || term.path.length !== 3) return null
  const [whole, id = null, key] = term.path
  if (term.source === 'sst' && whole === 'Resource' && key === 'name') return id
  const isTable = /^(?:sst|@serverless-stack)\/node(?:\/table)?$/.test(term.source)
  return isTable && whole === 'Table' && key === 'tableName' ? id : null
}

/** The text that infrastructure gives the functions under the variable that a piece of a name is; null where it is none. */
function givenText(discovered: Discovered, piece: Term, from: string): string | null {
  for (const option of alternatives(piece)) {
    const variable = variableOf(option, discovered)
    if (variable === null) continue
    const given = nearest(
      discovered.bindings.filter((binding) => binding.variable === variable),
      from,
    )
    const [text, ...others] = given.map(({ target }) =>
      target.kind === 'name' ? (target.names[0] ?? null) : null,
    )
    const isOne = others.every(
      (other) => text != null && other !== null && withoutWords(other) === withoutWords(text),
    )
    return isOne && text != null ? text : hole(variable)
  }
  return null
}

function byVariable(
  discovered: Discovered,
  variable: string,
  { from, callers, hasDefault }: Use,
): readonly AnyDefinition[] | null {
  const all = discovered.bindings.filter((binding) => binding.variable === variable)
  if (all.length === 0) return namedByVariable(discovered, variable, from)
  const own = all.filter(({ handlers }) => handlers?.includes(from) === true)
  const some = nearest(own.length > 0 ? own : all, from)
  const found = definitionsOfAll(discovered, some)
  const isOne = found !== null && only(found) !== null
  const isAnybodys = !hasDefault || all.some(({ handlers }) => handlers === null)
  if (own.length > 0 || (isOne && isAnybodys)) return found
  // Functions that get different tables: those count that come here. Where none does, this may be deployed in another way.
  const files = new Set(callers())
  const coming = all.filter(({ handlers }) => handlers?.some((each) => files.has(each)) ?? true)
  return coming.length === all.length ? found : definitionsOfAll(discovered, coming)
}

/** Those of the Serverless Framework that are called as the variable says: `TableName: ${env:ORDERS}`. */
function namedByVariable(
  discovered: Discovered,
  variable: string,
  from: string,
): readonly AnyDefinition[] {
  const found = discovered.definitions.filter(({ names }) =>
    names.some((name) => onlyHole(name)?.split(',')[0]?.trim() === `env:${variable}`),
  )
  return nearest(found, from)
}

function definitionsOfAll(
  discovered: Discovered,
  bindings: readonly Binding[],
): readonly AnyDefinition[] | null {
  const found = bindings.map((binding) => definitionsOfTarget(discovered, binding))
  return found.every((each) => each !== null) ? found.flat() : null
}

function definitionsOfTarget(
  discovered: Discovered,
  { target, at }: Pick<Binding, 'target' | 'at'>,
  depth = 0,
): readonly AnyDefinition[] | null {
  switch (target.kind) {
    case 'definition':
      return [target.definition]
    case 'unknown':
      return null
    case 'name': {
      const found = target.names.flatMap((name) => [
        ...named(discovered, name, at.file),
        ...givenOut(discovered, name, at, depth),
      ])
      return found.length === 0 ? null : [...new Set(found)]
    }
  }
}

/** Names inside of infrastructure are the same where their holes are. */
function named(discovered: Discovered, name: string, from: string): readonly AnyDefinition[] {
  return nearest(
    discovered.definitions.filter(({ names }) => names.includes(name)),
    from,
  )
}

/** Through how many stacks in stacks a table is followed. */
const MOST_STACKS = 6

function givenOut(
  discovered: Discovered,
  name: string,
  at: Binding['at'],
  depth: number,
): readonly AnyDefinition[] {
  const { outputs } = discovered
  const [, given] = /^output:(.*)$/.exec(name) ?? []
  if (given === undefined || depth > MOST_STACKS) return []
  const targets: readonly Target[] = outputs.get(given) ?? outputs.get(withoutWords(given)) ?? []
  return targets.flatMap(
    (target) => definitionsOfTarget(discovered, { target, at }, depth + 1) ?? [],
  )
}

/** A text as it is written; one with holes where just its shape is that of a name. */
function byName(discovered: Discovered, text: string, from: string): readonly AnyDefinition[] {
  if (isWhole(text)) {
    const exact = named(discovered, text, from)
    if (exact.length > 0) return exact
    const found = discovered.definitions.filter(({ names }) =>
      names.some((name) => !isWhole(name) && mayBe(text, name)),
    )
    return nearest(found, from)
  }
  const same = named(discovered, text, from)
  if (same.length > 0) return same
  const shape = shapeOf(text)
  if (shape === null) return []
  const alike = discovered.definitions.filter(({ names }) =>
    names.some((name) => !isWhole(name) && shapeOf(name) === shape),
  )
  if (alike.length > 0) return nearest(alike, from)
  const bare = named(discovered, withoutHoles(text), from)
  if (bare.length > 0) return bare
  // `orders-${stage}` where infrastructure writes `orders-local`.
  const found = discovered.definitions.filter(({ names }) =>
    names.some((name) => isWhole(name) && mayBe(name, text)),
  )
  return nearest(found, from)
}

/** Of several, those whose files share the most directories with a file. */
function nearest<T extends Pick<AnyDefinition, 'at'>>(
  all: readonly T[],
  from: string,
): readonly T[] {
  if (all.length < 2) return all
  const ranked = all.map((each) => [sharedDirectories(each.at.file, from), each] as const)
  const most = Math.max(...ranked.map(([shared]) => shared))
  return ranked.filter(([shared]) => shared === most).map(([, each]) => each)
}

function sharedDirectories(a: string, b: string): number {
  const [left, right] = [dirname(a).split(/[\\/]/), dirname(b).split(/[\\/]/)]
  const differs = left.findIndex((step, index) => step !== right[index])
  return differs === -1 ? left.length : differs
}
