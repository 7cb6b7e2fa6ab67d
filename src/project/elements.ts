import { evaluateUnlessRunning, partUnlessRunning } from './evaluate.ts'
import { valueOf } from './module.ts'
import { alternatives, choice } from './term.ts'
import type { Term } from './term.ts'

/** One of the values that iterating a term gives. */
export function elementOf(of: Term): Term {
  return knownElement(of) ?? { kind: 'element', of }
}

/** As `elementOf`; null where there is none, or none but those that are being computed. */
function knownElement(of: Term): Term | null {
  return choice(
    alternatives(of).map((term): Term | null => {
      if (term.kind === 'sequence') return term.element()
      if (term.kind === 'array') return partUnlessRunning(term, '[]', () => elementsOf(term))
      return { kind: 'element', of: term }
    }),
  )
}

function elementsOf(array: Extract<Term, { kind: 'array' }>): Term | null {
  const { frame, value } = array.ref
  const node = valueOf(frame.module, value)
  const items = node.kind === 'array' ? node.elements : node.kind === 'append' ? node.items : []
  const options = items.slice(0, 16).map((item) => {
    const term = evaluateUnlessRunning({ frame, value: item.value })
    return term !== null && item.spread ? knownElement(term) : term
  })
  if (node.kind === 'append') {
    const before = evaluateUnlessRunning({ frame, value: node.of })
    options.push(before === null ? null : knownElement(before))
  }
  return choice(options)
}
