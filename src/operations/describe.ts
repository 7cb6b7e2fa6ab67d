import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { RaceAt } from '../flow/writes/races.ts'
import type { Reach } from '../flow/paths/reach.ts'
import { displayName, functionOf, lineAt } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { Frame, Place, Term } from '../project/term.ts'
import type { Analysis } from './analysis.ts'
import { exportName } from './export-name.ts'
import { placeOfTrail } from './operation.ts'
import { memberOfRequest, requestOf } from './request.ts'
import type { Request } from './request.ts'
import { tableOf } from './table.ts'
import type { KnownTables, Table } from './table.ts'
import type { Write } from './writes.ts'

/** The file that messages quote from. */
export interface Quoted {
  readonly module: Module
  readonly text: string
  readonly schemas: KnownTables
}

/** The table of a request, called what the code calls it. */
export function tableOfRequest(request: Request, { module, text, schemas }: Quoted): Table {
  const name = memberOfRequest(request, 'TableName')
  if (name.state !== 'known') return tableOf(null, schemas, module)
  return tableOf(name.term, schemas, module, (term) => {
    // What a builder's method calls what it keeps says nothing to who calls that.
    if (
      term.kind === 'parameter' &&
      functionOf(term.frame.module, term.frame.function).kind === 'method'
    )
      return null
    const written = name.at.module === module ? text.slice(name.at.start, name.at.end) : ''
    return /^[\w.[\]'"]{1,40}$/.test(written) && !SAYS_NOTHING.test(written) ? written : null
  })
}

/** Every table is called so somewhere. */
const SAYS_NOTHING = /^(?:this\.)?_?table(?:_?name)?$/i

/** The table that a batch names. */
export function tableOfTerm(term: Term, { module, schemas }: Quoted): Table {
  return tableOf(term, schemas, module)
}

/**
 * The functions from an occurrence up to where it is reached from: `listOrders ← handler`. Those in other files than the one
 * that makes the operation come with their place: `listOrders ← handler (src/orders/list.ts:12)`.
 */
export function callPathOf(occurrence: Occurrence, reach: Reach | null): string {
  const { frame: own } = occurrence.trail[0] ?? occurrence
  const above = reach?.path.slice(0, -1) ?? []
  const frames = [...occurrence.trail.map(({ frame }) => frame).reverse(), ...above.toReversed()]
  const path = namesOf(frames, own.module)
  if (path !== '') return path
  if (reach !== null) return IN_HANDLER
  return functionOf(occurrence.frame.module, occurrence.frame.function).parent === null
    ? 'at the top of the file'
    : 'in a nameless function'
}

const IN_HANDLER = 'in the handler itself'

/** The functions of a way from an entry point, innermost first, as `callPathOf` writes them. */
export function pathOf(frames: readonly Frame[], seenFrom: Module): string {
  const path = namesOf(frames, seenFrom)
  return path === '' ? IN_HANDLER : path
}

function namesOf(frames: readonly Frame[], seenFrom: Module): string {
  const names = frames.map((frame) => nameFrom(frame, seenFrom)).filter((name) => name !== '')
  return names.filter((name, index) => name !== names[index - 1]).join(' ← ')
}

/** A function as somebody who looks at one file would name it. */
function nameFrom({ module, function: id }: Frame, seenFrom: Module): string {
  const { name, kind, nameAt } = functionOf(module, id)
  if (module === seenFrom) return name
  const place = `${displayName(module)}:${String(lineAt(module, nameAt.start))}`
  if (kind === 'module') return place
  return `${name === '' ? (exportName(module, id) ?? 'function') : name} (${place})`
}

/** What a message says of a write that rests on a read: the table, the line of the read, the call path of the write. */
export function raceData(
  { read, occurrence, write }: RaceAt,
  quoted: Quoted & Pick<Analysis, 'reachability'>,
): Record<'table' | 'line' | 'path', string> {
  const [first] = occurrence.trail
  const reach = first ? quoted.reachability.from(first.frame) : null
  return {
    table: tableLabel(read, write, quoted),
    line: lineOf(placeOfTrail(read, 0)),
    path: callPathOf(occurrence, reach),
  }
}

/** The table as the read names it; a batch or a transaction names it elsewhere, and the write is of the same. */
function tableLabel(read: Occurrence, write: Write, quoted: Quoted): string {
  const table = tableOfRequest(requestOf(read.spelling.request), quoted)
  return table.term === null
    ? tableOf(write.table, quoted.schemas, quoted.module).label
    : table.label
}

/** The longest code that a message quotes, in characters. */
const LONGEST_CODE = 60

/** Code in the quotes of a message; null where it is too long for one, or would break out of its quotes. */
export function quoteOf(code: string): string | null {
  return code !== '' && code.length <= LONGEST_CODE && !/[\n`]/.test(code) ? `\`${code}\`` : null
}

/** `in line 12`, or `in src/orders/list.ts:12` where that is another file. */
export function lineInFile(at: Place, seenFrom: Module): string {
  return at.module === seenFrom
    ? `in line ${lineOf(at)}`
    : `in ${displayName(at.module)}:${lineOf(at)}`
}

function lineOf({ module, start }: Place): string {
  return String(lineAt(module, start))
}
