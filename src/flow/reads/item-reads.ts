import { callbackArguments, givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { enter } from '../../project/frame.ts'
import { callOf, functionOf, placeOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Place, Term } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'

/** An attribute that code reads of an item, and where. */
export interface ItemRead {
  readonly attribute: string
  readonly at: Place
}

/**
 * The attributes that the function which makes a call reads of the items that it gives: of `Items[0]`, of each in a loop, of
 * what `map` and its like hand to a function. What other functions read is not seen.
 */
export function itemReads(occurrence: Occurrence): readonly ItemRead[] {
  const { frame, call } = occurrence
  return [frame, ...callbacksIn(frame)].flatMap((each) =>
    membersIn(each).flatMap((id): readonly ItemRead[] => {
      const value = each.module.facts.values[id]
      if (value?.kind !== 'member' || value.key in Object.prototype) return []
      const of = alternatives(evaluate({ frame: each, value: value.of }))
      if (!of.some((term) => isItem(term, frame, call))) return []
      const place = placeOf(each.module, id)
      return [{ attribute: value.key, at: { ...place, module: each.module } }]
    }),
  )
}

/** The functions that are handed the elements of a list, as they run for this call. */
function callbacksIn(frame: Frame): readonly Frame[] {
  return functionOf(frame.module, frame.function).calls.flatMap((id) => {
    const callee = evaluate({ frame, value: callOf(frame.module, id).callee })
    const given = callbackArguments(callee)
    const callback = givenBy(frame, id)[0]?.term()
    if (given === null || callback?.kind !== 'function') return []
    if (callback.module !== frame.module) return []
    const entered = enter(frame, id, callback, given)
    return entered === null ? [] : [entered]
  })
}

/** The members that a function names itself, those of functions in it left out. */
function membersIn({ module, function: id }: Frame): readonly number[] {
  const { facts } = module
  const own = functionOf(module, id).at
  const inner = facts.functions.filter(({ parent }) => parent === id).map(({ at }) => at)
  return facts.values.flatMap((value, index) => {
    if (value.kind !== 'member') return []
    const { start, end } = placeOf(module, index)
    const isHere = own.start <= start && end <= own.end
    return isHere && !inner.some((at) => at.start <= start && end <= at.end) ? [index] : []
  })
}

function isItem(term: Term, frame: Frame, call: number): boolean {
  if (term.kind === 'element') return isItems(term.of, frame, call)
  return term.kind === 'part' && /^\d+$/.test(term.key) && isItems(term.of, frame, call)
}

function isItems(term: Term, frame: Frame, call: number): boolean {
  return alternatives(term).some(
    (option) =>
      option.kind === 'part' && option.key === 'Items' && isResult(option.of, frame, call),
  )
}

function isResult(term: Term, frame: Frame, call: number): boolean {
  return alternatives(term).some(
    (option) => option.kind === 'result' && option.frame === frame && option.call === call,
  )
}
