import type { ObjectEntry, ValueId } from '../facts/model.ts'
import { occurrencesIn } from '../flow/paths/occurrences.ts'
import { freeFrame } from '../project/frame.ts'
import { valueOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'
import type { Analysis } from './analysis.ts'

type Property = Extract<ObjectEntry, { kind: 'property' }>

/** A property that is given again in the same literal; the last one counts. */
export interface Duplicate {
  readonly property: Property
  readonly again: Property
  /** Everything in the literal. */
  readonly members: readonly ObjectEntry[]
}

/** Properties that are given twice in the literals that the requests of a file are made of. */
export function duplicatesIn({ module }: Analysis): readonly Duplicate[] {
  const literals = new Set<ValueId>()
  module.facts.functions.forEach((_, id) => {
    for (const { spelling } of occurrencesIn(freeFrame(module, id))) {
      for (const option of alternatives(spelling.request)) {
        if (isWrittenIn(option, module)) addLiterals(option.ref.value, module, literals)
      }
    }
  })
  return [...literals].flatMap((id) => {
    const node = valueOf(module, id)
    return node.kind === 'object' ? duplicates(node.entries) : []
  })
}

function isWrittenIn(
  term: Term,
  module: Analysis['module'],
): term is Extract<Term, { kind: 'object' }> {
  return term.kind === 'object' && term.ref.frame.module === module
}

/** The literal and those within it. */
function addLiterals(id: ValueId, module: Analysis['module'], literals: Set<ValueId>): void {
  const open = [id]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (literals.has(next)) continue
    const node = valueOf(module, next)
    if (node.kind === 'set') open.push(node.of)
    if (node.kind === 'array') open.push(...node.elements.map(({ value }) => value))
    if (node.kind !== 'object') continue
    literals.add(next)
    open.push(...node.entries.map(({ value }) => value))
  }
}

function duplicates(entries: readonly ObjectEntry[]): readonly Duplicate[] {
  return entries.flatMap((property, index) => {
    if (property.kind !== 'property') return []
    // What is spread in between may be read from the first one.
    const after = entries.slice(index + 1)
    const spread = after.findIndex(({ kind }) => kind !== 'property')
    const again = (spread === -1 ? after : after.slice(0, spread)).find(
      (other): other is Property => other.kind === 'property' && other.key === property.key,
    )
    return again ? [{ property, again, members: entries }] : []
  })
}
