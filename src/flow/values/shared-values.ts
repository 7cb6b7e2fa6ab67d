import type { CallId } from '../../facts/model.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'

/** How many values of one term are looked at. */
const MOST_VALUES = 300

const MOST_DEPTH = 12

/** A call that writes, and what it answers. */
interface Written {
  readonly frame: Frame
  readonly call: CallId
}

/**
 * Whether some values were made of something that others were made of, too: the id that an item is written with stands in the
 * message about it, or one has a part of what the other has whole. What is written down, and what comes from the environment,
 * everything may share.
 *
 * @param written the call that wrote the others: what it answers is of them
 */
export function sharesValue(
  some: readonly Term[],
  others: readonly Term[],
  written: Written | null,
): boolean {
  const [whole, around] = [spellingsIn(others, 'exact'), spellingsIn(others, 'around')]
  const isShared = (parts: Parts, spellings: ReadonlySet<string>): boolean => {
    let found = false
    for (const term of some)
      collect(term, parts, (each) => {
        found ||= spellings.has(canonical(each)) || isAnswerOf(each, written)
      })
    return found
  }
  return isShared('around', whole) || isShared('exact', around)
}

function isAnswerOf(term: Term, written: Written | null): boolean {
  return (
    written !== null &&
    term.kind === 'result' &&
    term.call === written.call &&
    term.frame.function === written.frame.function &&
    term.frame.module === written.frame.module
  )
}

function spellingsIn(terms: readonly Term[], parts: Parts): ReadonlySet<string> {
  const spellings = new Set<string>()
  for (const term of terms) collect(term, parts, (each) => void spellings.add(canonical(each)))
  return spellings
}

/** Whether what a part was taken out of counts, too. */
type Parts = 'exact' | 'around'

/** Goes through what a value is made of. */
function collect(
  term: Term,
  parts: Parts,
  found: (value: Term) => void,
  depth = 0,
  seen = new Set<Term>(),
): void {
  if (depth > MOST_DEPTH || seen.has(term) || seen.size > MOST_VALUES) return
  seen.add(term)
  const into = (inner: Term): void => {
    collect(inner, parts, found, depth + 1, seen)
  }
  for (const option of alternatives(term)) {
    switch (option.kind) {
      case 'parameter':
      case 'element':
        found(option)
        break
      case 'part':
        if (!isEnvironment(option)) found(option)
        if (parts === 'around') into(option.of)
        break
      case 'item':
        found(option)
        if (parts === 'around') into(option.of)
        break
      case 'object': {
        const view = viewOf(option)
        if (view === null) break
        for (const field of view.fields.values()) into(field.term())
        for (const field of view.computed) into(field.term())
        for (const spread of view.spreads) into(spread)
        break
      }
      case 'array': {
        const { frame, value } = option.ref
        const node = valueOf(frame.module, value)
        const items =
          node.kind === 'array' ? node.elements : node.kind === 'append' ? node.items : []
        for (const item of items.slice(0, 20)) into(evaluate({ frame, value: item.value }))
        break
      }
      case 'template':
        for (const part of option.parts)
          if (part.kind === 'value') into(evaluate({ frame: option.ref.frame, value: part.value }))
        break
      case 'sequence':
        into(option.element())
        break
      case 'derived':
      case 'unknown':
        for (const from of option.from) into(from)
        break
      case 'joined':
        into(option.of)
        break
      case 'result':
        found(option)
        if (option.callee.kind === 'part') into(option.callee.of)
        for (const given of option.arguments) into(given.term())
        break
      case 'made':
        found(option)
        for (const given of option.arguments ?? []) into(given.term())
        break
      default:
    }
  }
}

function isEnvironment(term: Term): boolean {
  let inner = term
  while (inner.kind === 'part') inner = inner.of
  return inner.kind === 'external'
}
