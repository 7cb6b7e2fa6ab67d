import { plainValue } from '../../operations/plain-value.ts'
import type { Spelling } from '../../operations/recognise.ts'
import { areDifferent } from '../../operations/separate-tables.ts'
import { sourceTextsOf } from '../../operations/source-text.ts'
import type { SourceText } from '../../operations/source-text.ts'
import type { Table } from '../../operations/table.ts'
import type { Write } from '../../operations/writes.ts'
import type { Term } from '../../project/term.ts'
import { isClosed, viewOf } from '../../project/view.ts'

/** A write with its table, and what is known of that table's keys. */
export interface KeyedWrite {
  readonly write: Write
  readonly table: Table
  readonly spelling: Spelling
  /** Attributes of the primary key, as far as they are known. */
  readonly keyNames: readonly string[]
}

/**
 * Whether two writes are surely of two items: of two tables, or with texts in one attribute of the key that no values can
 * make the same, such as `FOLLOWS#…` and `FOLLOWED#…`.
 */
export function areTwoItems(a: KeyedWrite, b: KeyedWrite): boolean {
  if (areDifferent(a.table, b.table)) return true
  const names = new Set([...a.keyNames, ...b.keyNames, ...keyNamed(a), ...keyNamed(b)])
  return [...names].some((name) => {
    const [x, y] = [valueNamed(a, name), valueNamed(b, name)]
    return x !== null && y !== null && areNeverTheSame(x, y)
  })
}

/** A Key object names the attributes of the key and no others. */
function keyNamed({ write: { kind, item } }: KeyedWrite): readonly string[] {
  const view = kind === 'Put' || item === null ? null : viewOf(item)
  return view === null || !isClosed(view) ? [] : [...view.fields.keys()]
}

function valueNamed({ write, spelling }: KeyedWrite, name: string): Term | null {
  const view = write.item === null ? null : viewOf(write.item)
  const field = view !== null && isClosed(view) ? view.fields.get(name) : undefined
  return field ? plainValue(field.term(), spelling) : null
}

function areNeverTheSame(a: Term, b: Term): boolean {
  const [all, others] = [sourceTextsOf(a), sourceTextsOf(b)]
  if (all === null || others === null) return false
  return all.every((one) => others.every((other) => differ(one, other)))
}

/** One of the two begins, or ends, with a text that the other cannot have. */
function differ(a: SourceText, b: SourceText): boolean {
  const [begins, ends] = [a, b].map((text) => ({ head: headOf(text), tail: tailOf(text) }))
  if (!begins || !ends) return false
  const areWhole = [a, b].every((text) => text.every((piece) => piece.text !== null))
  if (areWhole) return begins.head !== ends.head
  return (
    !areOneInOther(begins.head, ends.head, (long, short) => long.startsWith(short)) ||
    !areOneInOther(begins.tail, ends.tail, (long, short) => long.endsWith(short))
  )
}

function areOneInOther(
  a: string,
  b: string,
  holds: (long: string, short: string) => boolean,
): boolean {
  return a.length >= b.length ? holds(a, b) : holds(b, a)
}

function headOf(text: SourceText): string {
  const end = text.findIndex((piece) => piece.text === null)
  return (end < 0 ? text : text.slice(0, end)).map((piece) => piece.text).join('')
}

function tailOf(text: SourceText): string {
  const from = text.findLastIndex((piece) => piece.text === null)
  return text
    .slice(from + 1)
    .map((piece) => piece.text)
    .join('')
}
