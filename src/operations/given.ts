import type { Range, Value } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { canonical } from '../project/canonical.ts'
import { callOf, valueOf } from '../project/module.ts'
import { isMarshalled } from '../project/models.ts'
import { alternatives } from '../project/term.ts'
import type { Place, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import type { View } from '../project/view.ts'
import { computedName, unknownGiven } from '../requests/given.ts'
import type { Given, GivenMember, Path } from '../requests/given.ts'
import { isSettled } from './settled.ts'

/** Deeper than this, nothing of a request is known. */
const DEEPEST = 24

/** Longer lists than this are not looked at one by one. */
const LONGEST_LIST = 300

/** A request, or a part of one, as `src/requests` takes it. What was marshalled is not known to be plain. */
export function givenOf(term: Term, depth = 0): Given {
  if (depth > DEEPEST) return unknownGiven
  const known = isMarshalled(term) ? unknownGiven : knownOf(term, depth)
  return { ...known, identity: () => identityOf(term) }
}

/** Options that are one value are that value. */
function identityOf(term: Term): string {
  const [first, ...others] = new Set(alternatives(term).map((option) => canonical(option)))
  return first !== undefined && others.length === 0 ? first : canonical(term)
}

function knownOf(term: Term, depth: number): Given {
  if (term.kind !== 'choice') return valueOfTerm(term, depth)
  // The ways that give an object are looked at as one object, with members that may be there.
  const view = isSettled(term) ? viewOf(term) : null
  if (view !== null) return objectOf(view, depth)
  if (term.options.every(isList)) return listOf(commonItems(term.options), depth)
  return { kind: 'either', of: term.options.map((option) => givenOf(option, depth + 1)) }
}

function valueOfTerm(term: Term, depth: number): Given {
  switch (term.kind) {
    case 'literal':
      return literalOf(term.value)
    case 'template':
    case 'joined':
      return { kind: 'text', value: null }
    case 'derived':
      return term.operator === 'JSON.stringify' || term.operator === 'toISOString'
        ? { kind: 'text', value: null }
        : unknownGiven
    case 'array':
    case 'sequence':
      return isList(term) ? listOf(itemsOf(term), depth) : unknownGiven
    case 'object': {
      if (!isObject(term)) return unknownGiven
      const view = isSettled(term) ? viewOf(term) : null
      return view === null
        ? { kind: 'object', members: new Map(), isOpen: true }
        : objectOf(view, depth)
    }
    default:
      return unknownGiven
  }
}

/** Methods that texts have, too. */
const OF_TEXTS = new Set(['slice', 'concat'])

/** Whether a list is one: `key.slice(1)` may be a text. */
function isList(term: Term): boolean {
  if (term.kind !== 'sequence' || term.over === null)
    return ['array', 'sequence'].includes(term.kind)
  const { module } = term.ref.frame
  const call = valueOf(module, term.ref.value)
  const callee = call.kind === 'call' ? valueOf(module, callOf(module, call.call).callee) : null
  const isOfTexts = callee?.kind === 'member' && OF_TEXTS.has(callee.key)
  return !isOfTexts || alternatives(term.over).every(isList)
}

/** Whether what is changed by a member was an object before: `comments[at] = comment` may change a list. */
function isObject({ ref }: Extract<Term, { kind: 'object' }>, seen = new Set<Value>()): boolean {
  const { frame, value } = ref
  const node = valueOf(frame.module, value)
  if ((node.kind !== 'set' && node.kind !== 'delete') || seen.has(node)) return true
  seen.add(node)
  const before = alternatives(evaluate({ frame, value: node.of }))
  return before.every((term) => term.kind === 'object' && isObject(term, seen))
}

function literalOf(value: Extract<Term, { kind: 'literal' }>['value']): Given {
  switch (typeof value) {
    case 'string':
      return { kind: 'text', value }
    case 'number':
      return { kind: 'number', value }
    case 'boolean':
      return { kind: 'boolean', value }
    case 'undefined':
      return { kind: 'undefined' }
    default:
      return { kind: 'null' }
  }
}

function objectOf(view: View, depth: number): Given {
  const members = new Map<string, GivenMember>()
  for (const [name, field] of view.fields) {
    const value = (): Given => givenOf(field.term(), depth + 1)
    members.set(name, { value, isCertain: field.certain })
  }
  for (const { key, term } of view.computed) {
    const value = (): Given => givenOf(term(), depth + 1)
    members.set(computedName(canonical(key)), { value, isCertain: true })
  }
  return { kind: 'object', members, isOpen: view.spreads.length + view.computed.length > 0 }
}

interface Item {
  readonly term: Term
  readonly at: Place
}

interface Items {
  /** In order; with `isOpen`, others may stand among them. */
  readonly items: readonly Item[]
  readonly isOpen: boolean
}

function listOf({ items, isOpen }: Items, depth: number): Given {
  return { kind: 'list', items: items.map(({ term }) => givenOf(term, depth + 1)), isOpen }
}

const NOTHING_KNOWN: Items = { items: [], isOpen: true }

/** The elements that a list surely has. */
function itemsOf(term: Term, known = new Map<string, Items>()): Items {
  if (term.kind === 'choice') return commonItems(term.options, known)
  if (term.kind !== 'array' || !isSettled(term)) return NOTHING_KNOWN
  const { frame, value } = term.ref
  const key = `${String(frame.id)}:${String(value)}`
  const seen = known.get(key)
  if (seen) return seen
  // A list that grows in a loop is met again within itself.
  known.set(key, NOTHING_KNOWN)
  const found = writtenItems(term, known)
  known.set(key, found)
  return found
}

function writtenItems({ ref }: Extract<Term, { kind: 'array' }>, known: Map<string, Items>): Items {
  const { frame, value } = ref
  const node = valueOf(frame.module, value)
  if (node.kind !== 'array' && node.kind !== 'append') return NOTHING_KNOWN
  const before = node.kind === 'append' ? itemsOf(evaluate({ frame, value: node.of }), known) : null
  const written = node.kind === 'append' ? node.items : node.elements
  if (written.length > LONGEST_LIST) return NOTHING_KNOWN
  const items = [...(before?.items ?? [])]
  let isOpen = before?.isOpen ?? false
  for (const { value: id, spread, at } of written) {
    const inner = evaluate({ frame, value: id })
    if (!spread) {
      items.push({ term: inner, at: { ...at, module: frame.module } })
      continue
    }
    const more = itemsOf(inner, known)
    items.push(...more.items)
    isOpen ||= more.isOpen
  }
  return { items, isOpen }
}

/** What each of several lists has. */
function commonItems(options: readonly Term[], known = new Map<string, Items>()): Items {
  const [first = NOTHING_KNOWN, ...others] = options.map((option) => itemsOf(option, known))
  const items = first.items.filter((item) =>
    others.every((other) => other.items.some(({ at }) => isSameRange(at, item.at))),
  )
  return { items, isOpen: true }
}

function isSameRange(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end
}

/** Where a part of a request is written; null where that is not one place, or it is not known. */
export function placeOfPath(term: Term, path: Path, at: 'name' | 'value'): Place | null {
  const [step, ...rest] = path
  if (step === undefined) return null
  if (typeof step === 'number') {
    const item = itemsOf(term).items[step]
    if (!item) return null
    return rest.length === 0 ? item.at : (placeOfPath(item.term, rest, at) ?? item.at)
  }
  const view = viewOf(term)
  const field = view?.fields.get(step)
  if (field) {
    const own = at === 'name' && rest.length === 0 ? field.keyAt : field.valueAt
    return rest.length === 0 ? own : (placeOfPath(field.term(), rest, at) ?? own)
  }
  const computed = view?.computed.find(({ key }) => computedName(canonical(key)) === step)
  return computed && rest.length > 0 ? placeOfPath(computed.term(), rest, at) : null
}

/** A part of a request; null where it is not known. */
export function termOfPath(term: Term, path: Path): Term | null {
  const [step, ...rest] = path
  if (step === undefined) return term
  const view = typeof step === 'number' ? null : viewOf(term)
  const inner =
    typeof step === 'number'
      ? itemsOf(term).items[step]?.term
      : (
          view?.fields.get(step) ??
          view?.computed.find(({ key }) => computedName(canonical(key)) === step)
        )?.term()
  return inner ? termOfPath(inner, rest) : null
}
