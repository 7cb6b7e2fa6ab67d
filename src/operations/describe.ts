import type { Occurrence } from '../flow/occurrences.ts'
import type { Reach } from '../flow/reach.ts'
import { functionOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { TableSchema } from '../tables/schema.ts'
import { memberOfRequest } from './request.ts'
import type { Request } from './request.ts'
import { tableOf } from './table.ts'
import type { Table } from './table.ts'

/** The file that messages quote from. */
export interface Quoted {
  readonly module: Module
  readonly text: string
  readonly schemas: ReadonlyMap<string, TableSchema>
}

/** The table of a request, called what the code calls it. */
export function tableOfRequest(request: Request, { module, text, schemas }: Quoted): Table {
  const name = memberOfRequest(request, 'TableName')
  if (name.state !== 'known') return tableOf(null, schemas, () => null)
  return tableOf(name.term, schemas, () => {
    const written = name.at.module === module ? text.slice(name.at.start, name.at.end) : ''
    return /^[\w.[\]'"]{1,40}$/.test(written) ? written : null
  })
}

/** The functions from an occurrence up to where it is reached from: `listOrders ← handler`. */
export function callPathOf(occurrence: Occurrence, reach: Reach | null): string {
  const below = occurrence.trail
    .map(({ frame }) => functionOf(frame.module, frame.function).name)
    .reverse()
  const above = (reach?.path ?? [])
    .slice(0, -1)
    .map(({ module, function: id }) => functionOf(module, id).name)
    .reverse()
  const names = [...below, ...above].filter((name) => name !== '')
  const path = names.filter((name, index) => name !== names[index - 1]).join(' ← ')
  if (path !== '') return path
  if (reach !== null) return 'in the handler itself'
  const { module: own, function: id } = occurrence.frame
  return functionOf(own, id).parent === null ? 'at the top of the file' : 'in a nameless function'
}
