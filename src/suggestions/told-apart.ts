import type { WrittenOneByOne } from '../flow/loops/written-one-by-one.ts'
import { isRandomId } from '../flow/values/random-id.ts'
import { responsePart } from '../flow/values/sources.ts'
import type { Analysis } from '../operations/analysis.ts'
import { tableOfRequest } from '../operations/describe.ts'
import { plainValue } from '../operations/plain-value.ts'
import { spellingOf } from '../operations/recognise.ts'
import { readOf } from '../operations/writes.ts'
import { canonical } from '../project/canonical.ts'
import { placeOf, valueOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'
import { inferKeys } from '../tables/inferred.ts'
import { roundKey } from './round-key.ts'
import { contains, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import type { Property } from './written-request.ts'
import type { WrittenRound } from './written-round.ts'

/** How the items of two rounds are told apart: they are never one, or some code gives the same only for the same item. */
export type ToldApart =
  { readonly kind: 'distinct' } | { readonly kind: 'by-key'; readonly code: string }

/** What a batch has to know, since it takes no item twice; null where the code does not show it. */
export function toldApart(
  each: WrittenOneByOne,
  holder: Property,
  round: WrittenRound,
  analysis: Analysis,
): ToldApart | null {
  if (isEachListed(each)) return { kind: 'distinct' }
  const { values } = each.occurrence.spelling
  if (each.write.kind === 'Delete')
    return byKey(roundKey(analysis, holder, round, { attributes: null, values })?.code)
  const attributes = keyAttributes(each, analysis)
  if (attributes.length === 0) return null
  if (attributes.some((name) => isRandom(analysis, each, name, holder, round)))
    return { kind: 'distinct' }
  const copied = values === 'document' ? copiedFrom(analysis, holder, attributes) : null
  if (copied === null || !round.names.includes(copied))
    return byKey(roundKey(analysis, holder, round, { attributes, values })?.code)
  const parts = attributes.map((name) => `${copied}.${name}`)
  return byKey(parts.length === 1 ? parts[0] : `JSON.stringify([${parts.join(', ')}])`)
}

function byKey(code: string | undefined): ToldApart | null {
  return code === undefined ? null : { kind: 'by-key', code }
}

/** All attributes of the table's primary key; none where they are not known. */
function keyAttributes(
  { write, occurrence }: WrittenOneByOne,
  analysis: Analysis,
): readonly string[] {
  const { certain } = tableOfRequest(write.request, analysis)
  if (certain !== null) return [certain.partitionKey.name, certain.sortKey?.name ?? []].flat()
  return write.table === null ? [] : inferKeys(write.table, [occurrence.frame.module]).whole
}

/** The name of what an item is, or is a copy of with none of the key's attributes changed; null for any other item. */
function copiedFrom(
  file: SourceFile,
  holder: Property,
  attributes: readonly string[],
): string | null {
  if (attributes.some((name) => !/^[A-Za-z_$][\w$]*$/.test(name))) return null
  const text = textAt(file, holder.valueAt)
  if (/^[A-Za-z_$][\w$]*$/.test(text)) return text
  const node = valueOf(file.module, holder.value)
  if (node.kind !== 'object' || !contains(holder.valueAt, placeOf(file.module, holder.value)))
    return null
  const [spread, ...others] = node.entries.filter((entry) => entry.kind !== 'property')
  const isKept = node.entries.every(
    (entry) => entry.kind !== 'property' || !attributes.includes(entry.key),
  )
  if (spread?.kind !== 'spread' || others.length > 0 || !isKept) return null
  return /^\.\.\.([A-Za-z_$][\w$]*)$/.exec(textAt(file, spread.at))?.[1] ?? null
}

/** The key is that of an item which a read of the same table listed: no list of a read has an item twice. */
function isEachListed({ write, occurrence }: WrittenOneByOne): boolean {
  const view = write.kind !== 'Delete' || write.item === null ? null : viewOf(write.item)
  if (view === null || !isClosed(view) || view.fields.size === 0 || write.table === null)
    return false
  const table = canonical(write.table)
  const lists = [...view.fields.values()].map((field) =>
    listOf(plainValue(field.term(), occurrence.spelling), field.key, table),
  )
  return lists.every((list) => list !== null && list === lists[0])
}

/** Which read listed the item that a value is an attribute of; null where it is none, or one of another table. */
function listOf(value: Term, name: string, table: string): string | null {
  const [option, ...others] = alternatives(value).filter(
    (one) => !(one.kind === 'literal' && one.value === undefined),
  )
  const part = option && others.length === 0 ? responsePart(option) : null
  if (!part?.listed || part.about !== null || part.path.join() !== name) return null
  const spelling = spellingOf(part.frame, part.call)
  const read = spelling ? readOf(spelling).table : null
  return read !== null && canonical(read) === table
    ? `${String(part.frame.id)}:${String(part.call)}`
    : null
}

/** An attribute that has a random id, made anew in each round. */
function isRandom(
  file: SourceFile,
  { write, occurrence }: WrittenOneByOne,
  name: string,
  { valueAt }: Property,
  { body }: WrittenRound,
): boolean {
  const field = write.item === null ? undefined : viewOf(write.item)?.fields.get(name)
  const value = field ? plainValue(field.term(), occurrence.spelling) : null
  if (value?.kind !== 'result' || value.frame.module !== file.module) return false
  const made = file.module.facts.calls[value.call]?.at
  const isOfRound = made !== undefined && (contains(body, made) || contains(valueAt, made))
  return isOfRound && isRandomId(value)
}
