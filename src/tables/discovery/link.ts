import { dirname } from 'node:path'
import { alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'
import { textWithHoles } from './code-values.ts'
import type { AnyDefinition, Binding, TableDefinition, Target } from './definition.ts'
import { isRead, isSameSchema } from './definition.ts'
import { hole, isWhole, mayBe, shapeOf, withoutWords } from './names.ts'
import type { Discovered } from './index.ts'

/**
 * The table that a value of code names, as infrastructure tells: by its name, by a variable that a function gets, by the
 * construct that SST binds. null where there is none, or where there may be several that differ.
 *
 * @param from the file that the value is used in: of several tables called the same, the nearest counts
 */
export function linkedTable(
  discovered: Discovered,
  term: Term,
  from: string,
): TableDefinition | null {
  const found = definitionsOf(discovered, term, from)
  return found === null ? null : only(found)
}

/** One definition, or one of several that say the same; null where one is not read, or they disagree. */
function only(found: readonly AnyDefinition[]): TableDefinition | null {
  const [first, ...others] = found
  if (first === undefined || !isRead(first)) return null
  return others.every((other) => isRead(other) && isSameSchema(first, other)) ? first : null
}

function definitionsOf(
  discovered: Discovered,
  term: Term,
  from: string,
): readonly AnyDefinition[] | null {
  const variable = variableOf(term)
  if (variable !== null) return byVariable(discovered, variable, from)
  const bound = boundName(term)
  if (bound !== null)
    return nearest(
      discovered.definitions.filter(({ id, framework }) => framework === 'SST' && id === bound),
      from,
    )
  const text = textWithHoles(term, (piece) => givenText(discovered, piece, from))
  return text === null ? null : byName(discovered, text, from)
}

/** The environment variable that a value is: `process.env.ORDERS`, or a member of what checks such. */
function variableOf(term: Term): string | null {
  if (term.kind === 'external' && term.source === '') {
    const [root, env, name] = term.path
    return root === 'process' && env === 'env' && name !== undefined ? name : null
  }
  if (term.kind !== 'part' || !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(term.key)) return null
  return comesFromEnvironment(term.of, 0) ? term.key : null
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
    const variable = variableOf(option)
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
  from: string,
): readonly AnyDefinition[] | null {
  const all = discovered.bindings.filter((binding) => binding.variable === variable)
  const own = all.filter(({ handlers }) => handlers?.includes(from) === true)
  const some = nearest(own.length > 0 ? own : all, from)
  const found = some.map((binding) => definitionsOfTarget(discovered, binding))
  return found.every((each) => each !== null) ? found.flat() : null
}

function definitionsOfTarget(
  discovered: Discovered,
  { target, at }: Pick<Binding, 'target' | 'at'>,
): readonly AnyDefinition[] | null {
  switch (target.kind) {
    case 'definition':
      return [target.definition]
    case 'unknown':
      return null
    case 'name': {
      const found = target.names.flatMap((name) => [
        ...named(discovered, name, at.file),
        ...givenOut(discovered, name),
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

function givenOut({ outputs }: Discovered, name: string): readonly AnyDefinition[] {
  const [, given] = /^output:(.*)$/.exec(name) ?? []
  const targets: readonly Target[] = given === undefined ? [] : (outputs.get(given) ?? [])
  return targets.flatMap((target) => (target.kind === 'definition' ? [target.definition] : []))
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
  const found = discovered.definitions.filter(({ names }) =>
    names.some((name) => !isWhole(name) && shapeOf(name) === shape),
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
