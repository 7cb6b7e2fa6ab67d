import type { Key, ObjectEntry, Range } from '../facts/model.ts'
import { evaluate, evaluateUnlessRunning } from './evaluate.ts'
import { resultOf } from './call.ts'
import { frameOfSelf } from './frame.ts'
import { functionOf, keptBy, valueOf } from './module.ts'
import { isRunning, once } from './reentry.ts'
import type { Ways } from './reentry.ts'
import { UNKNOWN, alternatives, choice } from './term.ts'
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

const viewsIn = keptBy<Term, View | null | 'running'>()

/** The properties of an object term; null where it is no object that the code builds. */
export function viewOf(term: Term): View | null {
  const view = viewUnlessRunning(term)
  return view === 'running' ? null : view
}

/** As `viewOf`; `running` where the object is met while its own properties are being collected. */
function viewUnlessRunning(term: Term): View | null | 'running' {
  const object = alternatives(term).find((option) => option.kind === 'object')
  if (!object) return null
  const { project } = object.ref.frame.module
  const { rounds } = project
  const views = viewsIn(project)
  if (term.kind === 'choice' && isRunning(rounds, views, term)) return buildView(term)
  return once(rounds, views, term, VIEWS, () => buildView(term))
}

const VIEWS: Ways<View | null | 'running'> = {
  again: 'running',
  againStrictly: 'running',
  widen: (view) =>
    view === null || view === 'running' ? null : { ...view, spreads: [...view.spreads, UNKNOWN] },
}

/** Nothing but the fields named can be in the object. */
export function isClosed(view: View): boolean {
  return view.spreads.length === 0 && view.computed.length === 0
}

/** An object of which only its fields are known, and that nobody wrote; or that has more than was written. */
export function objectWith(fields: readonly Field[], ref: Ref, base: View = EMPTY): Term {
  const object: Term = { kind: 'object', ref }
  const known = new Map(base.fields)
  for (const field of fields) known.set(field.key, field)
  viewsIn(ref.frame.module.project).set(object, { ...base, fields: known })
  return object
}

function buildView(term: Term): View | null | 'running' {
  if (term.kind === 'choice') {
    const real = term.options.filter((option) => !isNothing(option))
    const known: View[] = []
    for (const option of real) {
      const view = viewUnlessRunning(option)
      if (view === null) return null
      // One that is being made of this choice has what the others have, and what it adds itself.
      if (view !== 'running') known.push(view)
    }
    if (known.length === 0) return real.length === 0 ? null : 'running'
    return real.length < term.options.length ? optional(merge(known)) : merge(known)
  }
  if (term.kind !== 'object') return null
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  const at = (id: number): Ref => ({ frame, value: id })
  switch (node.kind) {
    case 'object':
      return entriesView(node.entries, term.ref)
    case 'set': {
      const base = baseView(at(node.of))
      const place = (range: Range): Place => ({ ...range, module: frame.module })
      const key = keyOf(node.key, term.ref)
      const read = (): Term => evaluate(at(node.value))
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
      return without(baseView(at(node.of)), node.omit)
    }
    default:
      return null
  }
}

function baseView(ref: Ref): View {
  const base = evaluateUnlessRunning(ref)
  return base === null ? EMPTY : spreadView(base)
}

function keyOf(key: Key, ref: Ref): string | Term {
  if (typeof key === 'string') return key
  const term = evaluate({ frame: ref.frame, value: key.computed })
  return term.kind === 'literal' &&
    (typeof term.value === 'string' || typeof term.value === 'number')
    ? String(term.value)
    : term
}

/** Made in place: an object of thousands of entries is not copied for each of them. */
function entriesView(entries: readonly ObjectEntry[], ref: Ref): View {
  const { frame } = ref
  const place = (range: Range): Place => ({ ...range, module: frame.module })
  const at = (id: number): Ref => ({ frame, value: id })
  const fields = new Map<string, Field>()
  const computed: ComputedField[] = []
  const spreads: Term[] = []
  for (const entry of entries) {
    if (entry.kind === 'spread') {
      const spread = evaluateUnlessRunning(at(entry.value))
      if (spread === null) continue
      const inner = spreadView(spread)
      addSpread(fields, inner)
      computed.push(...inner.computed)
      spreads.push(...inner.spreads)
      continue
    }
    const key = entry.kind === 'property' ? entry.key : keyOf({ computed: entry.key }, ref)
    const term = (): Term => readEntry(at(entry.value))
    if (typeof key !== 'string') computed.push({ key, term })
    else {
      fields.set(key, {
        key,
        term,
        keyAt: place(entry.keyAt),
        valueAt: place(entry.valueAt),
        at: place(entry.at),
        certain: true,
      })
    }
  }
  return { fields, computed: unique(computed), spreads: unique(spreads) }
}

/** What an entry of an object literal is read as: what it holds, or what its getter gives. */
function readEntry(ref: Ref): Term {
  const term = evaluate(ref)
  if (term.kind !== 'function' || term.self === null) return term
  const isGetter = functionOf(term.module, term.function).kind === 'getter'
  return isGetter ? (resultOf(frameOfSelf(term.self, term)) ?? UNKNOWN) : term
}

function addSpread(fields: Map<string, Field>, { fields: more }: View): void {
  for (const [key, field] of more) {
    const before = fields.get(key)
    fields.set(key, field.certain ? field : before ? either(before, field, before.certain) : field)
  }
}

/** What spreading a term adds: `...(x && { a })` may add nothing. */
export function spreadView(term: Term): View {
  const options = alternatives(term)
  const real = options.filter((option) => !isNothing(option))
  // As one of a choice, an object that is being made of it is left out; see `buildView`.
  const whole = viewUnlessRunning(term)
  if (whole === 'running') return EMPTY
  if (whole !== null) return whole
  const views = real
    .map((option) => viewUnlessRunning(option) ?? { ...EMPTY, spreads: [option] })
    .filter((view) => view !== 'running')
  if (views.length === 0) return EMPTY
  const merged = merge(views)
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
  const entries = new Map<string, Term>()
  return {
    ...b,
    certain,
    term: () =>
      once(
        b.keyAt.module.project.rounds,
        entries,
        '',
        EITHER,
        () => choice([a.term(), b.term()]) ?? b.term(),
      ),
  }
}

const EITHER: Ways<Term> = { again: UNKNOWN, againStrictly: UNKNOWN, widen: () => UNKNOWN }

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
