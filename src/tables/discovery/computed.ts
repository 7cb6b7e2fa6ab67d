import { evaluate } from '../../project/evaluate.ts'
import { enter } from '../../project/frame.ts'
import { givenBy, resultOf } from '../../project/call.ts'
import { memberOf } from '../../project/member.ts'
import { callOf, functionOf, valueOf, placeOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Place, Ref, Term } from '../../project/term.ts'
import { textWithHoles } from './code-values.ts'

/** One variable of an environment that code computes. */
export interface ComputedEntry {
  readonly variable: string
  readonly value: Term
  readonly at: Place
}

/** How many elements of a list are looked at one by one. */
const MOST_ELEMENTS = 200

/**
 * The entries of `Object.fromEntries(tables.map((table) => [name, value]))`, one for each element of a list that is known;
 * none for anything else.
 */
export function computedEntries(term: Term): readonly ComputedEntry[] {
  if (term.kind !== 'result' || term.callee.kind !== 'external') return []
  if (term.callee.path.join('.') !== 'Object.fromEntries') return []
  const list = term.arguments[0]?.term()
  return list === undefined ? [] : alternatives(list).flatMap(entriesOf)
}

function entriesOf(list: Term): readonly ComputedEntry[] {
  return eachOf(list).flatMap(({ value: pair, of }): readonly ComputedEntry[] => {
    const [name, value] = [memberOf(pair, '0'), memberOf(pair, '1')]
    if (name === null || value === null || pair.kind !== 'array') return []
    const variable = textWithHoles(name, (piece) => constructId(piece, of))
    const { frame } = pair.ref
    const at = { ...placeOf(frame.module, pair.ref.value), module: frame.module }
    return variable === null ? [] : [{ variable, value, at }]
  })
}

/** An element of a list, and the one that it was made of, where it was. */
interface Element {
  readonly value: Term
  readonly of: Term | null
}

function eachOf(list: Term): readonly Element[] {
  if (list.kind === 'array') return elementsOf(list.ref).map((value) => ({ value, of: null }))
  if (list.kind !== 'sequence' || list.over === null) return []
  const { frame, value } = list.ref
  const node = valueOf(frame.module, value)
  if (node.kind !== 'call') return []
  const named = valueOf(frame.module, callOf(frame.module, node.call).callee)
  const callback = givenBy(frame, node.call)[0]?.term()
  const over = alternatives(list.over).flatMap(eachOf)
  if (named.kind !== 'member') return []
  if (named.key === 'filter') return over
  if (named.key !== 'map' || callback?.kind !== 'function') return []
  return over.slice(0, MOST_ELEMENTS).flatMap(({ value: element }): readonly Element[] => {
    // Each run is one of its own.
    const run = enter({ ...frame, callees: null }, node.call, callback, [
      { term: () => element, spread: false },
    ])
    const made = run === null ? null : resultOf(run)
    return made === null ? [] : [{ value: made, of: element }]
  })
}

function elementsOf({ frame, value }: Ref): readonly Term[] {
  const node = valueOf(frame.module, value)
  if (node.kind !== 'array') return []
  return node.elements.flatMap((element): readonly Term[] => {
    const term = evaluate({ frame, value: element.value })
    return element.spread ? eachOf(term).map((each) => each.value) : [term]
  })
}

/** `table.node.id`: what the construct that is looked at was named when it was made. */
function constructId(piece: Term, of: Term | null): string | null {
  if (piece.kind !== 'part' || piece.key !== 'id' || of === null) return null
  if (piece.of.kind !== 'part' || piece.of.key !== 'node') return null
  if (of.kind === 'made') {
    const id = of.arguments?.[1]?.term()
    return id === undefined ? null : textWithHoles(id)
  }
  return of.kind === 'instance' && of.construct !== null ? idGivenTo(of.construct) : null
}

/** What a construct's class hands to the one that it extends as its id. */
function idGivenTo(construct: Frame): string | null {
  const { module } = construct
  const call = functionOf(module, construct.function).calls.find(
    (each) => valueOf(module, callOf(module, each).callee).kind === 'super',
  )
  const id = call === undefined ? undefined : givenBy(construct, call)[1]?.term()
  return id === undefined ? null : textWithHoles(id)
}
