import type { Module } from '../project/module.ts'
import { canonical } from '../project/canonical.ts'
import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'
import { architectName } from '../tables/architect-name.ts'
import { tablesCreatedIn } from '../tables/create-table.ts'
import type { TableSchema } from '../tables/schema.ts'
import { once } from './once.ts'

/** The table an operation speaks to. */
export interface Table {
  readonly term: Term | null
  /** Its name, what Architect calls it, or the environment variable that holds it; null where none is known. */
  readonly name: string | null
  /** How a message calls it. */
  readonly label: string
  /** What is known of its keys: good enough to word a suggestion. */
  readonly schema: TableSchema | null
  /** Its schema where that is defined, and whichever table the code takes has just this. */
  readonly certain: TableSchema | null
}

/** What is known of tables by other means than what the file itself says. */
export interface KnownTables {
  /** What the settings say of a name: of a table, or of the environment variable that holds it. */
  readonly get: (name: string) => TableSchema | undefined
  /** The table that infrastructure defines, and that a value in a file names; null where none is known. */
  readonly linked?: (term: Term, from: Module, hasDefault?: boolean) => TableSchema | null
}

/** `X` of `process.env.X`, `process.env['X']`, `import.meta.env.X` or `Deno.env`. */
function environmentVariable(term: Term): string | null {
  if (term.kind === 'external' && term.source === '') {
    const [root, env, name] = term.path
    return root === 'process' && env === 'env' && name !== undefined ? name : null
  }
  return null
}

/** The name a table may go by in the settings: what the code writes, the variable it reads, or what Architect calls it. */
function tableName(term: Term): string | null {
  if (term.kind === 'literal')
    return typeof term.value === 'string' && term.value !== '' ? term.value : null
  return environmentVariable(term) ?? architectName(term)
}

/**
 * @param schemas the tables that are known by name
 * @param module the file that the operation is seen from: tables that are created there are known too
 * @param text what the code calls a table of no known name
 */
export function tableOf(
  term: Term | null,
  schemas: KnownTables,
  module: Module,
  text: (term: Term) => string | null = () => null,
): Table {
  if (term === null) return { term, name: null, label: 'a table', schema: null, certain: null }
  const options = alternatives(term).filter((option) => !isNothing(option))
  const found = once(() => {
    const isDefault = (option: Term): boolean =>
      option.kind === 'literal' && schemaOf(option, schemas, module) === null
    const hasDefault = options.length > 1 && options.some(isDefault)
    return options.map((option) => schemaOf(option, schemas, module, hasDefault))
  })
  const name = options.map(tableName).find((known) => known !== null) ?? null
  const shown = name ?? text(term)
  return {
    term,
    name,
    label: shown === null ? 'a table' : `\`${shown}\``,
    // Infrastructure is read when somebody asks.
    get schema() {
      return found().find((schema) => schema !== null) ?? null
    },
    get certain() {
      return certainSchema(options, found())
    },
  }
}

function isNothing(term: Term): boolean {
  return term.kind === 'literal' && (term.value === undefined || term.value === '')
}

function schemaOf(
  term: Term,
  schemas: KnownTables,
  module: Module,
  hasDefault = false,
): TableSchema | null {
  const name = tableName(term)
  const told = name === null ? undefined : schemas.get(name)
  if (told) return told
  const written = term.kind === 'literal' ? term.ref?.frame.module : undefined
  const modules = written && written !== module ? [module, written] : [module]
  const spelling = canonical(term)
  const created = modules
    .map((one) => tablesCreatedIn(one).get(spelling))
    .find((schema) => schema !== undefined)
  return created ?? schemas.linked?.(term, module, hasDefault) ?? null
}

/** One environment variable beside names (`process.env.ORDERS ?? 'Orders'`) is another name of the same table. */
function certainSchema(
  options: readonly Term[],
  found: readonly (TableSchema | null)[],
): TableSchema | null {
  const variables = options.filter((option) => environmentVariable(option) !== null)
  const isNamedTwice = variables.length === 1 && options.every((o) => tableName(o) !== null)
  const [first, ...others] = isNamedTwice ? found.filter((schema) => schema !== null) : found
  return first?.certainty === 'defined' && others.every((other) => other === first) ? first : null
}
