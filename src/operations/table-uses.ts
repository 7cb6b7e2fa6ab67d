import type { TableSchema } from '../tables/schema.ts'
import { lineAt } from '../project/module.ts'
import type { Analysis } from './analysis.ts'
import { tableOfRequest, tableOfTerm } from './describe.ts'
import { entriesIn } from './entries.ts'
import { said } from './said.ts'
import type { Table } from './table.ts'
import { requestOf } from './request.ts'

/** One operation's use of a table. */
export interface TableUse {
  /** What the code names the table by: a text, an environment variable, or how it is come by. */
  readonly name: string
  readonly kind: string
  readonly line: number
  /** The table that is known by this name; null where none is. */
  readonly schema: TableSchema | null
}

/** The tables that a file's operations speak to, one for each operation and table. */
export function tableUsesOf(analysis: Analysis): readonly TableUse[] {
  return analysis.operations.flatMap((operation) => {
    const line = lineAt(operation.module, operation.at.start)
    const seen = new Map<string, TableUse>()
    for (const table of tablesOf(operation, analysis)) {
      const name =
        table.name ?? (table.term === null ? 'a table that is not known' : said(table.term).text)
      const schema = table.certain ?? table.schema
      seen.set(name, { name, kind: operation.kind, line, schema })
    }
    return [...seen.values()]
  })
}

function tablesOf(
  { table, spelling }: Analysis['operations'][number],
  analysis: Analysis,
): readonly Table[] {
  const entries = entriesIn(spelling)
  if (table.term !== null || entries.length === 0) return [table]
  return entries.map(({ term, table: named }) =>
    named === null ? tableOfRequest(requestOf(term), analysis) : tableOfTerm(named, analysis),
  )
}
