import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import type { Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import { timeOf } from './epoch.ts'

const RANDOM = /^(?:randomUUID|randomBytes|random|uuid|uuidv[147]|v[147]|ulid|nanoid|ksuid|cuid)$/i

/** Deeper in an item than this, nobody looks for ids. */
const MOST_DEPTH = 8

/** The random values that a value is made of, each as its one spelling in a run. */
export function randomIn(term: Term, depth = 0): readonly string[] {
  if (depth > MOST_DEPTH) return []
  const within = (inner: Term): readonly string[] => randomIn(inner, depth + 1)
  switch (term.kind) {
    case 'template':
      return term.parts.flatMap((part) =>
        part.kind === 'value' ? within(evaluate({ frame: term.ref.frame, value: part.value })) : [],
      )
    case 'derived':
      return term.from.flatMap(within)
    case 'object':
      return [...(viewOf(term)?.fields.values() ?? [])].flatMap((field) => within(field.term()))
    case 'part':
    case 'element':
    case 'joined':
      return within(term.of)
    case 'sequence':
      // `slice` of a text is not told from `slice` of a list.
      return term.over === null ? [] : within(term.over)
    case 'result': {
      const { callee } = term
      if (callee.kind === 'part') return within(callee.of)
      return callee.kind === 'external' && RANDOM.test(callee.path.at(-1) ?? callee.source)
        ? [canonical(term)]
        : []
    }
    default:
      return []
  }
}

/** A text with a time of its own in it, which is no part of an id: the key of a log's entry. */
export function holdsTime(term: Term): boolean {
  if (term.kind !== 'template') return timeOf(term) !== null
  return term.parts.some((part) => {
    if (part.kind !== 'value') return false
    const piece = evaluate({ frame: term.ref.frame, value: part.value })
    return randomIn(piece).length === 0 && holdsTime(piece)
  })
}
