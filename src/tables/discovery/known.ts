import type { Module } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import type { TableSchema } from '../schema.ts'
import type { AnyDefinition, TableDefinition } from './definition.ts'
import { isSameSchema } from './definition.ts'
import { givenTerms } from './given.ts'
import type { CallersOf } from './given.ts'
import type { Discovered } from './index.ts'
import { isOpen, linkedTable } from './link.ts'

/** Tables by the names that the settings give them, and by what infrastructure says. */
interface KnownTables {
  readonly get: (name: string) => TableSchema | undefined
  /** @param hasDefault beside a variable the code has a name that no table is known by: `process.env.ORDERS ?? 'orders-local'` */
  readonly linked: (term: Term, from: Module, hasDefault?: boolean) => TableSchema | null
}

/** What infrastructure says of a project's tables, and who calls what in it. */
export interface TableSources {
  readonly discovered: Discovered
  readonly callersOf: CallersOf
}

/**
 * The tables that are known in a project: those of the settings, and behind them those that its infrastructure defines,
 * which is read only when a value is to be linked.
 *
 * @param sources what infrastructure says; null where only the file itself is known
 */
export function knownTables(
  told: ReadonlyMap<string, TableSchema>,
  sources: () => TableSources | null,
): KnownTables {
  return {
    get: (name) => told.get(name),
    linked(term, from, hasDefault = false) {
      const known = sources()
      if (known === null || known.discovered.definitions.length === 0) return null
      const definition = linkedThroughCallers(known, term, from, hasDefault)
      if (definition === null) return null
      // What the user says of a table counts, whichever of its names the code uses.
      const names = [...definition.names, definition.id]
      return names.map((name) => told.get(name)).find((schema) => schema) ?? definition
    },
  }
}

/** The table that a value names, or that all who hand it over name. */
function linkedThroughCallers(
  { discovered, callersOf }: TableSources,
  term: Term,
  from: Module,
  hasDefault: boolean,
): TableDefinition | null {
  const near = (module: Module): readonly string[] =>
    callersOf(module).map(({ facts }) => facts.file)
  const { file } = from.facts
  const link = (each: Term, defaulted: boolean): TableDefinition | null =>
    linkedTable(discovered, each, file, () => near(from), defaulted)
  const found = link(term, hasDefault)
  if (found !== null || !isOpen(term)) return found
  const given = givenTerms(term, callersOf).filter((each) => !isNothing(each))
  const isDefault = (each: Term): boolean =>
    given.length > 1 && each.kind === 'literal' && link(each, false) === null
  const named = given.filter((each) => !isDefault(each))
  const [first, ...others] = named.map((each) => link(each, named.length < given.length))
  if (!first) return null
  return others.every((other) => other !== null && isSameSchema(first, other)) ? first : null
}

function isNothing(term: Term): boolean {
  return term.kind === 'literal' && (term.value == null || term.value === '')
}

/** Whether what is known of a table is what a definition says, or what the settings say of one of its names. */
export function isTableOf(
  definition: AnyDefinition,
  known: TableSchema | null,
  told: Pick<KnownTables, 'get'>,
): boolean {
  if (known === null) return false
  const names = [...definition.names, definition.id]
  return known === definition || names.some((name) => told.get(name) === known)
}
