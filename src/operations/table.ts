import type { TableSchema } from '../tables/schema.ts'
import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'

/** The table an operation speaks to. */
export interface Table {
  readonly term: Term | null
  /** Its name, or the environment variable that holds it; null where neither is known. */
  readonly name: string | null
  /** How a message calls it. */
  readonly label: string
  readonly schema: TableSchema | null
}

/** `X` of `process.env.X`, `process.env['X']`, `import.meta.env.X` or `Deno.env`. */
function environmentVariable(term: Term): string | null {
  if (term.kind === 'external' && term.source === '') {
    const [root, env, name] = term.path
    return root === 'process' && env === 'env' && name !== undefined ? name : null
  }
  return null
}

/** The names a table may go by in the settings: what the code writes, or the variable it reads. */
function tableNames(term: Term): readonly string[] {
  return alternatives(term).flatMap((option) => {
    if (option.kind === 'literal')
      return typeof option.value === 'string' && option.value !== '' ? [option.value] : []
    const variable = environmentVariable(option)
    return variable === null ? [] : [variable]
  })
}

export function tableOf(
  term: Term | null,
  schemas: ReadonlyMap<string, TableSchema>,
  text: (term: Term) => string | null,
): Table {
  if (term === null) return { term, name: null, label: 'a table', schema: null }
  const names = tableNames(term)
  const [name = null] = names
  const schema = names.map((n) => schemas.get(n)).find((found) => found !== undefined) ?? null
  const shown = name ?? text(term)
  return { term, name, label: shown === null ? 'a table' : `\`${shown}\``, schema }
}
