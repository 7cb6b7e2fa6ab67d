import type { Key, ObjectEntry, Range } from '../facts/model.ts'
import { evaluate, evaluateUnlessRunning } from './evaluate.ts'
import { valueOf } from './module.ts'
import { alternatives, choice } from './term.ts'
import type { Place, Ref, Term } from './term.ts'

/** One property of an object, and where it is written. */
export interface Field {
  readonly key: string
  readonly term: () => Term
  readonly keyAt: Place
  readonly valueAt: Place
  /** The whole `key: value`; null where it was assigned later. */
  readonly at: Place | null
  /** It is there on every path. */
  readonly certain: boolean
}

/** A property whose name is not known. */
export interface ComputedField {
  readonly key: Term
  readonly term: () => Term
}

/** An object's properties, through spreads, later assignments and branches. */
export interface View {
  readonly fields: ReadonlyMap<string, Field>
  readonly computed: readonly ComputedField[]
  /** Things spread into it whose own properties are not known. */
  readonly spreads: readonly Term[]
}

const EMPTY: View = { fields: new Map(), computed: [], spreads: [] }

const views = new WeakMap<Term, View | null>()

/** The properties of an object term; null where it is no object that the code builds. */
export function viewOf(term: Term): View | null {
  const known = views.get(term)
  if (known !== undefined) return known
  views.set(term, null)
  const view = buildView(term)
  views.set(term, view)
  return view
}

/** Nothing but the fields named can be in the object. */
export function isClosed(view: View): boolean {
  return view.spreads.length === 0 && view.computed.length === 0
}

function buildView(term: Term): View | null {
  if (term.kind === 'choice') {
    const options = term.options.filter((option) => !isNothing(option)).map(viewOf)
    if (options.length === 0 || options.some((option) => option === null)) return null
    const known = options as View[]
    return known.length < term.options.length ? optional(merge(known)) : merge(known)
  }
  if (term.kind !== 'object') return null
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  const at = (id: number): Ref => ({ frame, value: id })
  switch (node.kind) {
    case 'object':
      return node.entries.reduce((view, entry) => withEntry(view, entry, term.ref), EMPTY)
    case 'set': {
      const base = baseView(at(node.of))
      const place = (range: Range): Place => ({ ...range, module: frame.module })
      const key = keyOf(node.key, term.ref)
      const read = lazily(() => evaluate(at(node.value)))
      if (typeof key !== 'string')
        return { ...base, computed: [...base.computed, { key, term: read }] }
      return withField(base, {
        key,
        term: read,
        keyAt: place(node.keyAt),
        valueAt: place(node.valueAt),
        at: null,
        certain: true,
      })
    }
    case 'delete': {
      const base = baseView(at(node.of))
      const key = keyOf(node.key, term.ref)
      return typeof key === 'string' ? without(base, [key]) : base
    }
    case 'rest': {
      const base = evaluateUnlessRunning(at(node.of))
      return base === null
        ? EMPTY
        : without(viewOf(base) ?? { ...EMPTY, spreads: [base] }, node.omit)
    }
    default:
      return null
  }
}

function baseView(ref: Ref): View {
  const base = evaluateUnlessRunning(ref)
  // A loop's head is being computed from itself: what was there before the loop is in the other half of the choice.
  if (base === null) return EMPTY
  return viewOf(base) ?? { ...EMPTY, spreads: [base] }
}

function keyOf(key: Key, ref: Ref): string | Term {
  if (typeof key === 'string') return key
  const term = evaluate({ frame: ref.frame, value: key.computed })
  return term.kind === 'literal' &&
    (typeof term.value === 'string' || typeof term.value === 'number')
    ? String(term.value)
    : term
}

function withEntry(view: View, entry: ObjectEntry, ref: Ref): View {
  const { frame } = ref
  const place = (range: Range): Place => ({ ...range, module: frame.module })
  const at = (id: number): Ref => ({ frame, value: id })
  if (entry.kind === 'spread') {
    const spread = evaluateUnlessRunning(at(entry.value))
    return spread === null ? view : withSpread(view, spread)
  }
  const key = entry.kind === 'property' ? entry.key : keyOf({ computed: entry.key }, ref)
  const read = lazily(() => evaluate(at(entry.value)))
  if (typeof key !== 'string') return { ...view, computed: [...view.computed, { key, term: read }] }
  return withField(view, {
    key,
    term: read,
    keyAt: place(entry.keyAt),
    valueAt: place(entry.valueAt),
    at: place(entry.at),
    certain: true,
  })
}

function withSpread(view: View, spread: Term): View {
  const inner = spreadView(spread)
  const fields = new Map(view.fields)
  for (const [key, field] of inner.fields) {
    const before = fields.get(key)
    fields.set(key, field.certain ? field : before ? either(before, field, before.certain) : field)
  }
  return {
    fields,
    computed: unique([...view.computed, ...inner.computed]),
    spreads: unique([...view.spreads, ...inner.spreads]),
  }
}

/** What spreading a term adds: `...(x && { a })` may add nothing. */
function spreadView(term: Term): View {
  const options = alternatives(term)
  const real = options.filter((option) => !isNothing(option))
  const [first, ...more] = real.map((option) => viewOf(option) ?? { ...EMPTY, spreads: [option] })
  if (!first) return EMPTY
  const merged = merge([first, ...more])
  return real.length < options.length ? optional(merged) : merged
}

function isNothing(term: Term): boolean {
  return (
    term.kind === 'literal' &&
    (term.value === undefined || term.value === null || term.value === false || term.value === '')
  )
}

function merge(views: readonly View[]): View {
  const [first] = views
  if (first && views.length === 1) return first
  const fields = new Map<string, Field>()
  for (const key of new Set(views.flatMap((view) => [...view.fields.keys()]))) {
    const found = views.map((view) => view.fields.get(key))
    const present = found.filter((field) => field !== undefined)
    const certain = present.length === views.length && present.every((field) => field.certain)
    const merged = present.reduce((a, b) => either(a, b, certain))
    fields.set(key, { ...merged, certain })
  }
  return {
    fields,
    computed: unique(views.flatMap((view) => view.computed)),
    spreads: unique(views.flatMap((view) => view.spreads)),
  }
}

/** Objects that are made of one another bring the same along on many ways. */
function unique<T>(all: readonly T[]): readonly T[] {
  return all.length < 2 ? all : [...new Set(all)]
}

function optional(view: View): View {
  return {
    ...view,
    fields: new Map([...view.fields].map(([key, field]) => [key, { ...field, certain: false }])),
  }
}

function either(a: Field, b: Field, certain: boolean): Field {
  if (a === b) return a
  return { ...b, certain, term: lazily(() => choice([a.term(), b.term()]) ?? b.term()) }
}

/** Computed when it is first asked for, and once. */
function lazily(compute: () => Term): () => Term {
  let term: Term | null = null
  return () => (term ??= compute())
}

function withField(view: View, field: Field): View {
  const fields = new Map(view.fields)
  fields.set(field.key, field)
  return { ...view, fields }
}

function without(view: View, keys: readonly string[]): View {
  const fields = new Map(view.fields)
  for (const key of keys) fields.delete(key)
  return { ...view, fields }
}
