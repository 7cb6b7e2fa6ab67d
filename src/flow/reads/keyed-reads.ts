import { keyConditionOf } from '../../operations/key-condition.ts'
import { requestOf, termOfMember } from '../../operations/request.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { callOf, functionOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import { haveExclusiveTrails } from '../paths/exclusive.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import type { Step } from '../paths/steps.ts'
import { sourcesOf } from '../values/sources.ts'
import { isOnlyTested } from './only-tested.ts'

/** A read by a key that is known before anything is read. */
export interface KeyedRead {
  readonly occurrence: Occurrence
  readonly table: Term
  /** The values of its key that are not the same in each run, each as its canonical spelling, by attribute. */
  readonly key: ReadonlyMap<string, string>
}

/**
 * The reads that one run of a function makes by keys which it knows before it reads anything, in order: a Get, or a Query of
 * one partition. Left out are reads that are made for each of a list, that only ask whether there is something, whose key is
 * the same in each run, and those that are made only on a condition (but for what ends the run early).
 */
export function keyedReadsIn(frame: Frame): readonly KeyedRead[] {
  const { calls } = functionOf(frame.module, frame.function)
  const order = ({ trail }: Occurrence): number => calls.indexOf(trail[0]?.call ?? -1)
  return occurrencesIn(frame)
    .flatMap((occurrence) => keyedRead(occurrence) ?? [])
    .sort((a, b) => order(a.occurrence) - order(b.occurrence))
}

function keyedRead(occurrence: Occurrence): KeyedRead | null {
  const { spelling, trail } = occurrence
  if (spelling.kind !== 'GetItem' && spelling.kind !== 'Query') return null
  if (spelling.form === 'paginator' || !trail.every(isOnce)) return null
  const table = termOfMember(requestOf(spelling.request), 'TableName')
  const key = keyOf(occurrence)
  if (table === null || key === null || isOnlyTested(occurrence)) return null
  const values = [...key.values()]
  const varying = [...key].filter(([, { kind }]) => kind !== 'literal')
  if (varying.length === 0) return null
  if (values.some((value) => sourcesOf(value).length > 0 || isOfList(value))) return null
  return {
    occurrence,
    table,
    key: new Map(varying.map(([name, value]) => [name, canonical(value)])),
  }
}

/** The values that a read names its items by; null where they are not known. */
function keyOf({ spelling }: Occurrence): ReadonlyMap<string, Term> | null {
  const request = requestOf(spelling.request)
  if (spelling.kind === 'Query') {
    const partition = keyConditionOf(request)?.partition
    return partition?.value ? new Map([[partition.attribute, partition.value]]) : null
  }
  const term = termOfMember(request, 'Key')
  const view = term === null ? null : viewOf(term)
  if (view === null || view.fields.size === 0) return null
  return new Map([...view.fields.values()].map((field) => [field.key, plain(field.term())]))
}

/** What an attribute value of the low-level client holds: `{ S: id }`. */
function plain(term: Term): Term {
  const view = term.kind === 'object' ? viewOf(term) : null
  const [only, ...others] = [...(view?.fields.values() ?? [])]
  return only && others.length === 0 && /^(?:S|N|B)$/.test(only.key) ? only.term() : term
}

/** One of a list of keys: what is read of each. */
function isOfList(term: Term): boolean {
  switch (term.kind) {
    case 'element':
      return true
    case 'part':
    case 'item':
      return isOfList(term.of)
    case 'choice':
      return term.options.some(isOfList)
    case 'derived':
      return term.from.some(isOfList)
    case 'template':
      return term.parts.some(
        (part) =>
          part.kind === 'value' && isOfList(evaluate({ frame: term.ref.frame, value: part.value })),
      )
    default:
      return false
  }
}

/** A call that a run makes once: in no loop, in no function that is called back, on no condition but what ends the run. */
function isOnce({ frame, call }: Step, index: number, trail: readonly Step[]): boolean {
  const { module } = frame
  const { loops, guards, callee } = callOf(module, call)
  if (loops.length > 0) return false
  const isTaken = guards.every(({ branch, arm }) => {
    const facts = module.facts.branches[branch]
    return facts?.kind === 'catch' ? arm === 0 : facts?.exits.includes(1 - arm) === true
  })
  if (!isTaken) return false
  const next = trail[index + 1]?.frame
  return (
    next === undefined ||
    alternatives(evaluate({ frame, value: callee })).some(
      (option) =>
        option.kind === 'function' &&
        option.function === next.function &&
        option.module === next.module,
    )
  )
}

/** Whether one run may make two reads, each by a call of its own. */
export function areBothMade(a: KeyedRead, b: KeyedRead): boolean {
  const [first, second] = [a, b].map(({ occurrence }) => occurrence.trail[0]?.call)
  return first !== second && !haveExclusiveTrails(a.occurrence, b.occurrence)
}
