import type { Table } from './table.ts'
import { alternatives } from '../project/term.ts'

/** What users say of tables that are read together: options of the rules that would have them be one. */
export interface RelatedTables {
  /** Groups of tables that are meant to be separate. */
  readonly separate: readonly (readonly string[])[]
  /** Tables in which things are looked up, such as configuration or identities. */
  readonly lookups: readonly string[]
}

const NAMES = { type: 'array', items: { type: 'string' } } as const

/** The properties of such options, for a rule's schema. */
export const RELATED_TABLES = {
  separate: {
    type: 'array',
    items: { ...NAMES, minItems: 2 },
    description:
      'Groups of tables that are meant to be separate, each by its name or by the environment variable that holds it.',
  },
  lookups: {
    ...NAMES,
    description:
      'Tables in which things are looked up (configuration, identities): reading one beside another is no join.',
  },
} as const

/** Whether two tables may be read together, as the options have it. */
export function mayBeSeparate(a: Table, b: Table, { separate, lookups }: RelatedTables): boolean {
  const [first, second] = [namesOfTable(a), namesOfTable(b)]
  const isIn = (names: readonly string[], list: readonly string[]): boolean =>
    names.some((name) => list.includes(name))
  return (
    isIn([...first, ...second], lookups) ||
    separate.some((group) => isIn(first, group) && isIn(second, group))
  )
}

/** All names that a table goes by: texts, environment variables, and what is defined. */
function namesOfTable({ term, schema }: Table): readonly string[] {
  const written = term === null ? [] : alternatives(term)
  return [
    ...written.flatMap((option): readonly string[] => {
      if (option.kind === 'literal') return typeof option.value === 'string' ? [option.value] : []
      return option.kind === 'external' ? [option.path.at(-1) ?? ''] : []
    }),
    ...(schema === null ? [] : [schema.name]),
  ].filter((name) => name !== '')
}
