import type { CallId } from '../../facts/model.ts'
import { isRead } from '../../requests/operation-kind.ts'
import { spellingOf } from '../../operations/recognise.ts'
import { evaluate } from '../../project/evaluate.ts'
import { valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'

/**
 * An operation whose response a value comes from. `path` leads from the item to the part that was used: `[]` is the item
 * itself, `['stock']` its attribute.
 */
export interface Source {
  readonly frame: Frame
  readonly call: CallId
  readonly path: readonly string[]
  readonly use: Use
  /** It came out of a list of items: `Items[0]`, an element, `find`. */
  readonly listed: boolean
  /** Not an item but something about the response: `Count`, `LastEvaluatedKey`, how many items there were. */
  readonly about: string | null
}

/**
 * What became of a part on its way: it was `copied` as it is, `taken` into something, such as a text or a default's place, or
 * something was `reckoned` with it: one added, to a number or a list.
 */
export type Use = 'copied' | 'taken' | 'reckoned'

/** How many steps a value is followed back. */
const MOST_STEPS = 400

const known = new WeakMap<Term, readonly Source[]>()

/** Where a value comes from, through copies, computations, objects and functions. */
export function sourcesOf(term: Term): readonly Source[] {
  const seen = known.get(term)
  if (seen) return seen
  const found: Source[] = []
  const visited = new Map<Term, Use>()
  const budget = { steps: MOST_STEPS }
  collect(term, 'copied', [], found, visited, budget)
  known.set(term, found)
  return found
}

function collect(
  term: Term,
  use: Use,
  suffix: readonly string[],
  found: Source[],
  visited: Map<Term, Use>,
  budget: { steps: number },
): void {
  const before = visited.get(term)
  const isNews = before === undefined || (use === 'reckoned' && before !== use)
  if (budget.steps <= 0 || !isNews) return
  budget.steps -= 1
  visited.set(term, use)
  const taken = use === 'reckoned' ? use : 'taken'
  const into = (inner: Term, as: Use = taken): void => {
    collect(inner, as, [], found, visited, budget)
  }
  const source = responsePart(term, use, suffix)
  if (source) {
    found.push(source)
    return
  }
  switch (term.kind) {
    case 'choice':
      for (const option of term.options) collect(option, use, suffix, found, visited, budget)
      return
    case 'template':
      for (const part of term.parts)
        if (part.kind === 'value') into(evaluate({ frame: term.ref.frame, value: part.value }))
      return
    case 'object': {
      const view = viewOf(term)
      if (view === null) return
      for (const field of view.fields.values()) into(field.term())
      for (const field of view.computed) into(field.term())
      for (const spread of view.spreads) into(spread)
      return
    }
    case 'array': {
      const terms = arrayTerms(term)
      // A list to which something is added is another one, as a number is.
      for (const inner of terms) into(inner, terms.length > 1 ? 'reckoned' : taken)
      return
    }
    case 'sequence':
      into(term.element())
      return
    case 'derived':
      for (const inner of term.from) into(inner, RECKONS.has(term.operator) ? 'reckoned' : taken)
      return
    case 'unknown':
      for (const inner of term.from) into(inner)
      return
    case 'part': {
      // A part of what some function made of an item: most likely the attribute of that name.
      const key = term.key
      collect(term.of, taken, [key, ...suffix], found, visited, budget)
      return
    }
    case 'item':
      into(term.of)
      into(term.key)
      return
    case 'element':
    case 'joined':
      into(term.of)
      return
    case 'result':
      // What a service answers does not derive from what it was asked; what a function computes does.
      if (term.callee.kind === 'part') into(term.callee.of)
      else {
        for (const argument of term.arguments) {
          const given = argument.term()
          if (!isMessage(given)) collect(given, taken, suffix, found, visited, budget)
        }
      }
      return
    case 'made':
      for (const argument of term.arguments ?? []) into(argument.term())
      return
    default:
  }
}

const RECKONS = new Set(['+', '-', '*', '/', '%', '**', 'reduce'])

/** An object made for a call, or its text: what is sent to something, rather than what is computed with. */
function isMessage(term: Term): boolean {
  return alternatives(term).some(
    (option) =>
      (option.kind === 'object' && !hasCopy(option)) ||
      (option.kind === 'derived' && option.operator === 'JSON.stringify'),
  )
}

function hasCopy(term: Term): boolean {
  return viewOf(term)?.spreads.some((spread) => responsePart(spread) !== null) === true
}

function arrayTerms(term: Extract<Term, { kind: 'array' }>): readonly Term[] {
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  const items = node.kind === 'array' ? node.elements : node.kind === 'append' ? node.items : []
  const terms = items.slice(0, 40).map((item) => evaluate({ frame, value: item.value }))
  return node.kind === 'append' ? [evaluate({ frame, value: node.of }), ...terms] : terms
}

const TYPE_DESCRIPTORS = new Set(['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'BOOL', 'NULL'])

/** A term that is part of a response, seen as a part of the item; null where it is no such thing. */
export function responsePart(
  term: Term,
  use: Use = 'copied',
  suffix: readonly string[] = [],
): Source | null {
  const path: string[] = []
  let inner: Term = term
  while (inner.kind === 'part' || inner.kind === 'element' || inner.kind === 'item') {
    path.unshift(inner.kind === 'part' ? inner.key : '[]')
    inner = inner.of
  }
  if (inner.kind !== 'result') return null
  const spelling = spellingOf(inner.frame, inner.call)
  if (!spelling || !isRead(spelling.kind)) return null
  // A paginator gives pages, each a response.
  if (spelling.form === 'paginator' && path[0] === '[]') path.shift()
  const at = { frame: inner.frame, call: inner.call, use }
  const [head, ...rest] = path
  const steps = rest.filter((key) => spelling.values === 'document' || !TYPE_DESCRIPTORS.has(key))
  if (head === 'Item') return { ...at, path: [...steps, ...suffix], listed: false, about: null }
  if (head === 'Items' || head === 'Responses') {
    const inList = steps.findIndex((key) => key === '[]' || /^\d+$/.test(key))
    if (inList < 0) return { ...at, path: [], listed: true, about: steps[0] ?? null }
    let index = inList
    // Responses[table][n], and Responses[n].Item of a transaction.
    if (head === 'Responses' && steps[index + 1] === 'Item') index += 1
    else if (
      head === 'Responses' &&
      (steps[index + 1] === '[]' || /^\d+$/.test(steps[index + 1] ?? ''))
    )
      index += 1
    return { ...at, path: [...steps.slice(index + 1), ...suffix], listed: true, about: null }
  }
  return { ...at, path: [], listed: false, about: head ?? 'response' }
}
