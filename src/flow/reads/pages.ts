import { holeCharacter } from '../../expressions/index.ts'
import type { Primitive } from '../../facts/model.ts'
import type { Operation } from '../../operations/operation.ts'
import { expressionOf, memberOfRequest, termOfMember } from '../../operations/request.ts'
import { writesOf } from '../../operations/writes.ts'
import { givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, functionOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import type { ScanReading } from '../../requests/cost.ts'
import { roundsOf } from '../loops/loops.ts'
import { guardsOf, occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { sourcesOf } from '../values/sources.ts'

const LONGEST_MENTION = 60

/** The filter as a message quotes it, `…` for what is not known; null where there is none. */
export function filterText(operation: Operation): string | null {
  const filter = expressionOf(operation.request, 'Filter')
  if (filter.state === 'absent') return null
  const [first, ...more] = filter.state === 'known' ? filter.texts : []
  if (first === undefined || more.length > 0) return filter.state === 'known' ? 'its filter' : null
  const text = first.text.replaceAll(holeCharacter, '…').replaceAll(/\s+/g, ' ').trim()
  if (text === '') return null
  return text.length > LONGEST_MENTION ? `\`${text.slice(0, LONGEST_MENTION)}…\`` : `\`${text}\``
}

/** One page of a size that is set, and no filter: a paged listing, or a look whether the table answers. */
export function isBoundedPage(operation: Operation): boolean {
  const has = (name: string): boolean => memberOfRequest(operation.request, name).state !== 'absent'
  if (!has('Limit') || memberOfRequest(operation.request, 'Limit').state === 'unknown') return false
  return !has('FilterExpression') && !has('ScanFilter') && !pagesOn(operation)
}

/** A Scan of a whole index may be of a sparse one, which holds only what is wanted. */
export function isWholeIndex(operation: Operation): boolean {
  const index = operation.request.view?.fields.get('IndexName')?.term()
  // `if (index) params.IndexName = index`, where no index was given.
  const isNamed =
    index !== undefined && alternatives(index).some((name) => name.kind !== 'literal' || name.value)
  return isNamed && filterText(operation) === null
}

/** How much of a table a Scan reads, as far as that is known: what may go on reading is taken to read all. */
export function readingOf({ request, occurrence }: Operation): ScanReading {
  const cursor = memberOfRequest(request, 'ExclusiveStartKey')
  const literal = (name: string): Primitive | undefined => {
    const term = termOfMember(request, name)
    return term?.kind === 'literal' ? term.value : undefined
  }
  const limit = literal('Limit')
  return {
    isConsistent: literal('ConsistentRead') === true,
    isOnePage: cursor.state === 'absent' && occurrence.spelling.form !== 'paginator',
    limit: typeof limit === 'number' ? limit : null,
  }
}

/** The operation is called again with the cursor that it gave: in a loop, by itself, or by a paginator. */
export function pagesOn(operation: Operation): boolean {
  const { occurrence } = operation
  if (occurrence.spelling.form === 'paginator') return true
  const cursor = memberOfRequest(operation.request, 'ExclusiveStartKey')
  if (cursor.state === 'absent') return false
  if (cursor.state === 'known' && isCursorOf(cursor.term, operation)) return true
  return recurses(occurrence.frame, operation)
}

function isCursorOf(term: Term, operation: Operation): boolean {
  const { frame, call } = operation.occurrence
  return sourcesOf(term).some(
    (s) => s.frame === frame && s.call === call && s.about === 'LastEvaluatedKey',
  )
}

/** The function calls itself with the cursor. */
function recurses(frame: Frame, operation: Operation): boolean {
  return functionOf(frame.module, frame.function).calls.some((call) => {
    const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
    const isSelf = alternatives(callee).some(
      (t) => t.kind === 'function' && t.module === frame.module && t.function === frame.function,
    )
    return isSelf && givenBy(frame, call).some((argument) => isCursorOf(argument.term(), operation))
  })
}

/** Every item that was read is deleted: a purge needs the whole table. */
export function isPurged(operation: Operation): boolean {
  const { frame, call } = operation.occurrence
  const root = freeFrame(operation.module, operation.owner)
  return occurrencesIn(root).some(
    (occurrence) =>
      !isChosen(occurrence, operation) &&
      // Sent once, and with one item, it deletes one.
      (occurrence.spelling.kind !== 'DeleteItem' || roundsOf(occurrence).length > 0) &&
      writesOf(occurrence.spelling).some(
        (write) =>
          write.kind === 'Delete' &&
          write.item !== null &&
          sourcesOf(write.item).some((s) => s.frame === frame && s.call === call && s.listed),
      ),
  )
}

/** Only some of the items come to it: those that a condition lets through, or for which something failed. */
function isChosen(occurrence: Occurrence, operation: Operation): boolean {
  const { frame, call } = operation.occurrence
  return guardsOf(occurrence).some(({ frame: within, guard }) => {
    const branch = within.module.facts.branches[guard.branch]
    if (branch?.kind === 'catch') return true
    if (branch?.condition == null || branch.kind === 'loop') return false
    // How many items there were is asked of all of them at once.
    return sourcesOf(evaluate({ frame: within, value: branch.condition })).some(
      (s) => s.frame === frame && s.call === call && s.about === null && s.path.length > 0,
    )
  })
}
