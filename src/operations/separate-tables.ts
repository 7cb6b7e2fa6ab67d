import { alternatives } from '../project/term.ts'
import type { TableSchema } from '../tables/schema.ts'
import type { Table } from './table.ts'

/** What users say of tables that are rightly apart; each by its name, its logical name, or the variable that holds it. */
export interface SeparateTables {
  /** Groups of tables that do not belong together. */
  readonly separate: readonly (readonly string[])[]
  /** Tables in which anything may be looked up: of identities, of configuration. */
  readonly lookups: readonly string[]
}

/** How a rule's options are written that take `SeparateTables`. */
export const SEPARATE_TABLES = {
  separate: {
    type: 'array',
    description:
      'Groups of tables that are rightly apart, by name, logical name or environment variable.',
    items: { type: 'array', items: { type: 'string' }, minItems: 2 },
  },
  lookups: {
    type: 'array',
    description:
      'Tables in which anything may be looked up, such as those of identities or configuration.',
    items: { type: 'string' },
  },
} as const

/** Whether a table is listed as one in which anything may be looked up. */
export function isLookup(table: Table, { lookups }: SeparateTables): boolean {
  const names = namesOf(table)
  return lookups.some((name) => names.has(name))
}

/** Whether two tables are listed as rightly apart. */
export function areSeparate(a: Table, b: Table, { separate }: SeparateTables): boolean {
  const [first, second] = [namesOf(a), namesOf(b)]
  return separate.some((group) => [first, second].every((own) => group.some((n) => own.has(n))))
}

/** All that a table is known by. */
function namesOf({ name, label, term, certain }: Table): ReadonlySet<string> {
  const own = certain === null ? [] : [certain.name, ...definedNames(certain)]
  const written = (term === null ? [] : alternatives(term)).flatMap((option) => {
    if (option.kind === 'external') return option.path.at(-1) ?? []
    return option.kind === 'literal' && typeof option.value === 'string' ? option.value : []
  })
  return new Set([...(name === null ? [] : [name]), label.replaceAll('`', ''), ...written, ...own])
}

function definedNames(schema: TableSchema): readonly string[] {
  if (!('names' in schema) || !Array.isArray(schema.names)) return []
  const names = schema.names as readonly string[]
  return 'id' in schema ? [...names, String(schema.id)] : names
}

/**
 * Whether two tables are surely not the same: two definitions, or else two names of one kind. Of a name and a variable nobody
 * can tell.
 */
export function areDifferent(a: Table, b: Table): boolean {
  if (a.certain !== null && b.certain !== null) return a.certain !== b.certain
  if (a.name === null || b.name === null || a.name === b.name) return false
  return isVariable(a) === isVariable(b)
}

function isVariable({ term }: Table): boolean {
  return term !== null && alternatives(term).some(({ kind }) => kind === 'external')
}

/** How a message calls a table: as the code does, or else as what defines it does. */
export function calledBy({ name, label, certain }: Table): string {
  const id = certain !== null && 'id' in certain ? String(certain.id) : certain?.name
  return name === null && label === 'a table' && id ? `\`${id}\`` : label
}
