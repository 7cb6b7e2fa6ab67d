import type { LoopFacts, ValueId } from '../../facts/model.ts'
import { isLeftOut, memberOfRequest, requestOf } from '../../operations/request.ts'
import { isSettled } from '../../operations/settled.ts'
import { evaluate } from '../../project/evaluate.ts'
import { callOf, placeOf, valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { usesOfResult } from './result-uses.ts'
import { sourcesOf } from '../values/sources.ts'

/**
 * What is wrong with a loop over pages, or with a page and the cursor that it is given with.
 * - `frozen`: each round asks for the first page again, since the cursor never comes into the request.
 * - `never`: the cursor is asked for before the first page has given one, so that the loop never runs.
 * - `skips`: one item more than wanted is read and cut off, while the cursor stands behind it.
 */
export type PagingFault = 'frozen' | 'never' | 'skips'

/** null where pages are read as they should be, or nobody can tell. */
export function pagingFault(occurrence: Occurrence): PagingFault | null {
  const { kind, form } = occurrence.spelling
  if ((kind !== 'Query' && kind !== 'Scan') || form === 'paginator') return null
  return loopFault(occurrence) ?? (skipsItems(occurrence) ? 'skips' : null)
}

function loopFault(occurrence: Occurrence): PagingFault | null {
  const { frame, call } = occurrence
  for (const id of callOf(frame.module, call).loops) {
    const loop = frame.module.facts.loops[id]
    const test = loop?.test ?? null
    if (!loop || test === null || loop.over !== null) continue
    if (!isCursorOf(evaluate({ frame, value: test }), occurrence)) continue
    if (loop.kind !== 'do-while' && isFalseAtFirst(frame, loop, test)) return 'never'
    if (!setsCursor(frame, loop) && isWithoutCursor(occurrence, loop)) return 'frozen'
  }
  return null
}

function isCursorOf(term: Term, { frame, call }: Occurrence): boolean {
  return sourcesOf(term).some(
    (s) => s.frame === frame && s.call === call && s.about === 'LastEvaluatedKey',
  )
}

/** `let cursor; while (cursor) { … }` */
function isFalseAtFirst(frame: Frame, { kind }: LoopFacts, test: ValueId): boolean {
  const value = valueOf(frame.module, test)
  if (kind !== 'while') return false
  return isUnset(frame, value.kind === 'loop' ? value.initial : test)
}

/** Nothing, or a variable that has no value yet. */
function isUnset({ module, function: owner }: Frame, id: ValueId): boolean {
  const value = valueOf(module, id)
  if (value.kind === 'literal') return value.value === undefined || value.value === null
  if (value.kind !== 'variable') return false
  const variable = module.facts.variables[value.variable]
  return variable?.function === owner && variable.foreign.length === 0
}

/** `command.input.ExclusiveStartKey = …`: whatever that belongs to, the loop feeds it. */
function setsCursor({ module }: Frame, { at }: LoopFacts): boolean {
  return module.facts.values.some(
    (value) =>
      value.kind === 'set' &&
      value.key === 'ExclusiveStartKey' &&
      at.start <= value.keyAt.start &&
      value.keyAt.end <= at.end,
  )
}

/** The request has no start key, or was made with one that had no value yet, outside of the loop. */
function isWithoutCursor({ frame, spelling }: Occurrence, loop: LoopFacts): boolean {
  const { request: term } = spelling
  if (isLeftOut(requestOf(term), 'ExclusiveStartKey')) return true
  if (term.kind !== 'object' || term.ref.frame !== frame || !isSettled(term)) return false
  const { module } = frame
  const object = valueOf(module, term.ref.value)
  const at = placeOf(module, term.ref.value)
  if (object.kind !== 'object' || (loop.at.start <= at.start && at.end <= loop.at.end)) return false
  return object.entries.some(
    (entry) =>
      entry.kind === 'property' && entry.key === 'ExclusiveStartKey' && isUnset(frame, entry.value),
  )
}

/** `Limit: size + 1`, and then `slice(0, size)` beside the cursor. */
function skipsItems(occurrence: Occurrence): boolean {
  const limit = memberOfRequest(requestOf(occurrence.spelling.request), 'Limit')
  if (limit.state !== 'known' || !alternatives(limit.term).some(isOneMore)) return false
  const uses = usesOfResult(occurrence)
  const isCut = uses.some(({ steps }) => steps.some(({ method }) => method === 'slice'))
  return (
    isCut &&
    uses.some(({ kind, isTest }) => kind === 'cursor' && !isTest) &&
    occurrence.trail.some(({ frame }) => namesCursor(frame))
  )
}

/** An answer that is lost sight of may be looked at for its cursor, which proves nothing. */
function namesCursor({ module }: Frame): boolean {
  return module.facts.values.some(
    (value) => value.kind === 'member' && value.key === 'LastEvaluatedKey',
  )
}

function isOneMore(term: Term): boolean {
  if (term.kind !== 'derived' || term.operator !== '+') return false
  return term.from.some((side) => side.kind === 'literal' && side.value === 1)
}
