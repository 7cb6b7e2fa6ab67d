import type { Analysis } from '../../operations/analysis.ts'
import { expressionOf } from '../../operations/request.ts'
import type { Request } from '../../operations/request.ts'
import type { Field } from '../../project/view.ts'
import { keysWrittenBy } from './keys-written.ts'
import type { WrittenKey } from './keys-written.ts'
import { lowestOf } from '../paths/lowest.ts'
import type { Lowest } from '../paths/lowest.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { sequenceOf } from '../values/sequence.ts'
import type { Sequence } from '../values/sequence.ts'

/** A partition key that is given a running number. */
export interface SequentialKey extends Pick<WrittenKey, 'attribute' | 'index' | 'type' | 'table'> {
  readonly field: Field
  /** A whole item is written, not a part of one. */
  readonly isPut: boolean
  readonly sequence: Sequence
}

/**
 * The partition keys of a file's writes that are made by counting, each where the number is given to the write. A number
 * that several writes use as the same key is told once: at the first Put, or else at the first Update.
 */
export function sequentialKeysOf(analysis: Analysis): readonly Lowest<SequentialKey>[] {
  const all = lowestOf(analysis.module, (occurrence) => {
    const keys = sequentialKeysIn(occurrence, analysis)
    return keys.length === 0 ? null : keys
  }).flatMap(({ occurrence, found }) => found.map((key) => ({ occurrence, found: key })))
  const told = new Set<string>()
  const puts = all.filter(({ found }) => found.isPut)
  return [...puts, ...all.filter(({ found }) => !found.isPut)].filter(({ found }) => {
    const { at } = found.sequence
    if (at === null) return true
    const number = `${at.module.facts.file}:${String(at.start)}:${found.attribute}`
    return !told.has(number) && told.add(number)
  })
}

function sequentialKeysIn(occurrence: Occurrence, analysis: Analysis): readonly SequentialKey[] {
  return keysWrittenBy(occurrence, analysis).flatMap((key): readonly SequentialKey[] => {
    const { role, field, table, write, value } = key
    if (role === 'sort' || field === null || table.schema?.runningNumbers === true) return []
    if (mustExist(write.request)) return []
    const sequence = sequenceOf(value)
    return sequence === null ? [] : [{ ...key, field, isPut: write.kind === 'Put', sequence }]
  })
}

/** An update of what is there already makes no key. */
function mustExist(request: Request): boolean {
  const condition = expressionOf(request, 'Condition')
  return (
    condition.state === 'known' &&
    condition.texts.some(({ text }) => /\battribute_exists\s*\(/.test(text))
  )
}
