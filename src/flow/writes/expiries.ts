import type { Analysis } from '../../operations/analysis.ts'
import type { Table } from '../../operations/table.ts'
import { writesOf } from '../../operations/writes.ts'
import { callOf, placeOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Place, Term } from '../../project/term.ts'
import { timeToLiveSetIn } from '../../tables/time-to-live.ts'
import { eachOfLowest } from '../paths/lowest.ts'
import type { Owned } from '../paths/lowest.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { timeOf } from '../values/epoch.ts'
import type { TimeValue } from '../values/epoch.ts'
import { tableOfWrite } from './keys-written.ts'
import { valuesWritten } from './values-written.ts'
import type { WrittenValue } from './values-written.ts'

/** Why an item does not expire when it should. `text`: a number in a text. */
export type ExpiryFault = 'milliseconds' | 'date' | 'text' | 'fraction'

/** A time to live that is not a whole number of seconds. */
export interface FalseExpiry extends WrittenValue {
  readonly table: Table
  readonly time: TimeValue
  readonly fault: ExpiryFault
}

/** With where it was found. */
export type FalseExpiryFound = Owned<FalseExpiry>

/** The values that a file's writes give an attribute by which items expire, and that are no seconds since 1970. */
export function falseExpiriesOf(analysis: Analysis): readonly FalseExpiryFound[] {
  const found = eachOfLowest(analysis.module, (occurrence) => falseExpiriesIn(occurrence, analysis))
  return found.map((expiry) =>
    expiry.owner === expiry.at
      ? expiry
      : { ...expiry, owner: given(expiry.value, expiry.occurrence) ?? expiry.owner },
  )
}

/** Where a value stands among what the call gives that leads to the write. */
function given(value: Term, { trail }: Occurrence): Place | null {
  const [first] = trail
  const at = placeOfTerm(value)
  if (!first || at?.module !== first.frame.module) return null
  const call = callOf(first.frame.module, first.call).at
  return at.start >= call.start && at.end <= call.end ? at : null
}

function placeOfTerm(term: Term): Place | null {
  if (term.kind === 'result')
    return { ...callOf(term.frame.module, term.call).at, module: term.frame.module }
  if (!('ref' in term) || term.ref == null) return null
  const { frame, value } = term.ref
  return { ...placeOf(frame.module, value), module: frame.module }
}

function falseExpiriesIn(occurrence: Occurrence, analysis: Analysis): readonly FalseExpiry[] {
  return writesOf(occurrence.spelling).flatMap((write) => {
    // Which values are times is told sooner than which attribute is meant.
    const wrong = valuesWritten(write).flatMap((written) => {
      const time = timeOf(written.value)
      const fault = time === null ? null : faultOf(time, written.type)
      return time === null || fault === null ? [] : [{ ...written, time, fault }]
    })
    if (wrong.length === 0) return []
    const table = tableOfWrite(write, analysis)
    const modules = [analysis.module, ...occurrence.trail.map(({ frame }) => frame.module)]
    return wrong.flatMap((written): readonly FalseExpiry[] =>
      isTimeToLive(written.attribute, table, modules, analysis) ? [{ ...written, table }] : [],
    )
  })
}

function faultOf({ unit, isText }: TimeValue, type: string | null): ExpiryFault | null {
  if (type === 'S' || unit === 'iso') return 'text'
  if (unit === 'date' || unit === 'moment') return type === null ? 'date' : null
  if (isText && type === null) return 'text'
  return unit === 'seconds' ? null : unit
}

/** What such an attribute may be called: files that set it are looked for only then. */
const EXPIRY = /ttl|live|expir|delet|purge|remove|until|retain|retention|age|at$/i

function isTimeToLive(
  attribute: string,
  table: Table,
  modules: readonly Module[],
  analysis: Analysis,
): boolean {
  const told = table.certain?.timeToLive ?? null
  if (told !== null || table.term === null) return told === attribute
  if (timeToLiveSetIn(table.term, modules) === attribute) return true
  if (!EXPIRY.test(attribute)) return false
  return timeToLiveSetIn(table.term, analysis.writersBeside(modules)) === attribute
}
