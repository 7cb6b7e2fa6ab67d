import type { Analysis } from '../../operations/analysis.ts'
import { requestOf, termOfMember } from '../../operations/request.ts'
import { canonical } from '../../project/canonical.ts'
import { freeFrame } from '../../project/frame.ts'
import type { Module } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import { beginningOf, itemsSeen, kindOf, sameKind } from '../../tables/kinds.ts'
import type { Kind } from '../../tables/kinds.ts'
import { eachOfLowest } from '../paths/lowest.ts'
import type { Owned } from '../paths/lowest.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { orderedReadsOf } from '../reads/ordered-reads.ts'
import type { OrderedRead } from '../reads/ordered-reads.ts'
import { countedBy } from '../values/atomic-counter.ts'
import { bareNumberIn } from '../values/bare-number.ts'
import type { BareNumber } from '../values/bare-number.ts'
import { keysWrittenBy } from './keys-written.ts'
import type { WrittenKey } from './keys-written.ts'

/** A sort key that is a text with a number of any width, and a Query that goes by its order. */
export interface UnpaddedKey extends WrittenKey {
  readonly bare: BareNumber
  readonly read: OrderedRead
}

/** With where it was found. */
export type UnpaddedKeyFound = Owned<UnpaddedKey>

/** The text sort keys of a file's writes that hold a number as it is, and that some Query of the project reads by order. */
export function unpaddedKeysOf(analysis: Analysis): readonly UnpaddedKeyFound[] {
  return eachOfLowest(analysis.module, (occurrence) => unpaddedKeysIn(occurrence, analysis))
}

function unpaddedKeysIn(occurrence: Occurrence, analysis: Analysis): readonly UnpaddedKey[] {
  const own = [analysis.module, ...occurrence.trail.map(({ frame }) => frame.module)]
  let all: readonly Module[] | null = null
  const everywhere = (): readonly Module[] => (all ??= [...own, ...analysis.writersBeside(own)])
  const written = keysWrittenBy(occurrence, analysis)
  return written.flatMap((key): readonly UnpaddedKey[] => {
    const { role, type, table } = key
    if (role !== 'sort' || (type !== null && type !== 'S') || table.term === null) return []
    // The item that an update names was put there by somebody.
    if (key.write.kind === 'Update' && key.field !== null) return []
    if (type === null && isNumberForClient(key)) return []
    const named = table.term
    const bare = bareNumberIn(key.value, (source) => {
      const [attribute, ...deeper] = source.path
      return (
        attribute !== undefined &&
        deeper.length === 0 &&
        isCountedIn(named, attribute, everywhere())
      )
    })
    if (bare === null) return []
    const partition = written.find(
      (other) =>
        other.role === 'partition' && other.index === key.index && other.write === key.write,
    )
    const asked = orderedReadsOf(named, key.index, key.attribute, everywhere())
    const read = asked.find((each) =>
      mayMeet(each, key, bare, partition?.value ?? null, everywhere()),
    )
    return read ? [{ ...key, bare, read }] : []
  })
}

/** `{ N: String(n) }` */
function isNumberForClient({ field }: WrittenKey): boolean {
  const whole = field?.term()
  return whole?.kind === 'object' && viewOf(whole)?.fields.has('N') === true
}

/** Whether some update of a table counts an attribute up or down: then it is a number. */
function isCountedIn(table: Term, attribute: string, modules: readonly Module[]): boolean {
  const name = canonical(table)
  return [...new Set(modules)].some((module) =>
    module.facts.functions.some((_, id) =>
      occurrencesIn(freeFrame(module, id)).some(({ spelling }) => {
        if (spelling.kind !== 'UpdateItem') return false
        const request = requestOf(spelling.request)
        const term = termOfMember(request, 'TableName')
        return term !== null && canonical(term) === name && countedBy(request).includes(attribute)
      }),
    ),
  )
}

/** Whether a Query reads items such as the one that is written: in partitions of the same kind, and none of another kind. */
function mayMeet(
  read: OrderedRead,
  key: WrittenKey,
  { prefix }: BareNumber,
  partition: Term | null,
  modules: readonly Module[],
): boolean {
  const beginning = read.sort === null ? null : beginningOf(read.sort)
  if (read.sort !== null && beginning === null && read.sort.kind === 'template') return false
  if (beginning !== null && !meets(beginning.text, prefix)) return false
  const asked = read.partition && kindOf(read.partition)
  if (partition !== null) {
    const put = kindOf(partition)
    if (put === null || asked === null) return put === asked
    return sameKind(put, asked)
  }
  return asked === null || isFree(asked, key, prefix, modules)
}

function meets(asked: string, written: string): boolean {
  return asked.startsWith(written) || written.startsWith(asked)
}

/** Whether nothing in partitions of a kind is seen to have a sort key of another kind. */
function isFree(asked: Kind, key: WrittenKey, prefix: string, modules: readonly Module[]): boolean {
  const { keys, index, attribute, table } = key
  const partition = keys.find((other) => other.index === index && other.role === 'partition')
  if (partition === undefined || table.term === null) return false
  return itemsSeen(table.term, modules).items.every((item) => {
    const [there, sort] = [item.get(partition.attribute), item.get(attribute)]
    const kind = there && kindOf(there)
    if (!kind || !sameKind(kind, asked) || sort === undefined) return true
    const beginning = beginningOf(sort)
    return beginning !== null && meets(beginning.text, prefix)
  })
}
