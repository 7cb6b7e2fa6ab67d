import type { Module } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import type { TableSchema } from '../schema.ts'
import type { Discovered } from './index.ts'
import { linkedTable } from './link.ts'

/** Tables by the names that the settings give them, and by what infrastructure says. */
interface KnownTables {
  readonly get: (name: string) => TableSchema | undefined
  readonly linked: (term: Term, from: Module) => TableSchema | null
}

/**
 * The tables that are known in a project: those of the settings, and behind them those that its infrastructure defines,
 * which is read only when a value is to be linked.
 *
 * @param discovered what infrastructure says; null where only the file itself is known
 */
export function knownTables(
  told: ReadonlyMap<string, TableSchema>,
  discovered: () => Discovered | null,
): KnownTables {
  return {
    get: (name) => told.get(name),
    linked(term, from) {
      const tables = discovered()
      const definition = tables === null ? null : linkedTable(tables, term, from.facts.file)
      if (definition === null) return null
      // What the user says of a table counts, whichever of its names the code uses.
      const names = [...definition.names, definition.id]
      return names.map((name) => told.get(name)).find((schema) => schema) ?? definition
    },
  }
}
