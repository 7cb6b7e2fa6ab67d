import type {
  CallId,
  ClassId,
  FunctionId,
  Primitive,
  Range,
  TemplatePart,
  ValueId,
} from '../facts/model.ts'
import type { Module } from './module.ts'

/** A value of a module, seen in the frame it is computed in. */
export interface Ref {
  readonly frame: Frame
  readonly value: ValueId
}

/** A range in a file of the project. */
export interface Place extends Range {
  readonly module: Module
}

/**
 * One way for a function to be run: what its parameters are bound to. A free frame binds nothing and stands for any call.
 */
export interface Frame {
  readonly id: number
  readonly module: Module
  readonly function: FunctionId
  /** The frame of the function around it. */
  readonly lexical: Frame | null
  /** What the call gave; null in a free frame. */
  readonly arguments: readonly Argument[] | null
  readonly self: Term | null
  readonly caller: { readonly frame: Frame; readonly call: CallId } | null
  readonly depth: number
  /** How many frames were entered from the free frame that all this began with, by what for. */
  readonly ways: { walked: number; bound: number; evaluated: number }
  readonly memo: Map<ValueId, Term | null>
  /** The frames that calls in this one were seen to make; null before the first. */
  callees: Map<string, Frame> | null
}

export interface Argument {
  readonly term: () => Term
  readonly spread: boolean
}

/**
 * What a value is, as far as it is known: a symbol is replaced by what it stands for until something solid, or something
 * outside the project, is met. Parts of a solid value are looked at on demand.
 */
export type Term =
  | { readonly kind: 'literal'; readonly value: Primitive; readonly ref: Ref | null }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[]; readonly ref: Ref }
  | { readonly kind: 'object'; readonly ref: Ref }
  | { readonly kind: 'array'; readonly ref: Ref }
  /** The values of an iteration that is known as a whole only: what a generator yields, what `map` gives. */
  | {
      readonly kind: 'sequence'
      readonly element: () => Term
      readonly over: Term | null
      /** The values one by one, where they are known. */
      readonly items?: readonly Argument[] | null
      readonly ref: Ref
    }
  /** `ref`: the conditional, branch or loop that decides; none where several such meet. */
  | { readonly kind: 'choice'; readonly options: readonly Term[]; readonly ref?: Ref }
  | {
      readonly kind: 'function'
      readonly module: Module
      readonly function: FunctionId
      readonly lexical: Frame | null
      readonly self: Term | null
    }
  | {
      readonly kind: 'class'
      readonly module: Module
      readonly class: ClassId
      readonly frame: Frame
    }
  /** `construct` is the frame of its constructor; null where nothing is known of how it was made. */
  | { readonly kind: 'instance'; readonly class: ClassTerm; readonly construct: Frame | null }
  | { readonly kind: 'namespace'; readonly module: Module }
  | ExternalTerm
  | OpaqueTerm

export type ClassTerm = Extract<Term, { kind: 'class' }>
export type FunctionTerm = Extract<Term, { kind: 'function' }>

/** Something imported from outside the project (`source` names the package) or a global (`source` is empty). */
export interface ExternalTerm {
  readonly kind: 'external'
  readonly source: string
  readonly path: readonly string[]
}

/** Something whose inside is not known. `type`: what an annotation says of it. */
export type OpaqueTerm =
  /** `new` of something external, or anything annotated as its instance (then `arguments` is null). */
  | {
      readonly kind: 'made'
      readonly of: ExternalTerm
      readonly arguments: readonly Argument[] | null
      readonly ref: Ref | null
    }
  /** What a call of something outside the project gives. */
  | {
      readonly kind: 'result'
      readonly callee: Term
      readonly arguments: readonly Argument[]
      readonly frame: Frame
      readonly call: CallId
    }
  | {
      readonly kind: 'parameter'
      readonly frame: Frame
      readonly index: number
      readonly type: Term | null
    }
  | { readonly kind: 'part'; readonly of: Term; readonly key: string; readonly type: Term | null }
  | { readonly kind: 'item'; readonly of: Term; readonly key: Term }
  | { readonly kind: 'element'; readonly of: Term }
  | { readonly kind: 'shape'; readonly ref: Ref }
  | {
      readonly kind: 'derived'
      readonly operator: string
      readonly from: readonly Term[]
      readonly ref: Ref
    }
  /** The elements of a list as one text. */
  | { readonly kind: 'joined'; readonly of: Term; readonly separator: string; readonly ref: Ref }
  | { readonly kind: 'unknown'; readonly from: readonly Term[]; readonly ref: Ref | null }

export const UNDEFINED: Term = { kind: 'literal', value: undefined, ref: null }
export const UNKNOWN: Term = { kind: 'unknown', from: [], ref: null }

/** Above this many alternatives a value is taken for unknown. */
const MOST_OPTIONS = 24

/** One of several; null where there is none (a value that only speaks of itself). */
export function choice(options: readonly (Term | null)[]): Term | null {
  const flat: Term[] = []
  const seen = new Set<Term>()
  for (const option of options) {
    if (option === null) continue
    for (const term of option.kind === 'choice' ? option.options : [option]) {
      if (seen.has(term)) continue
      seen.add(term)
      if (flat.some((other) => sameTerm(other, term))) continue
      flat.push(term)
      if (flat.length > MOST_OPTIONS) return { kind: 'unknown', from: flat, ref: null }
    }
  }
  const [first] = flat
  if (first === undefined) return null
  return flat.length === 1 ? first : { kind: 'choice', options: flat }
}

/** The values a term may have, itself where it is no choice. */
export function alternatives(term: Term): readonly Term[] {
  return term.kind === 'choice' ? term.options : [term]
}

/** Two terms that are one value for certain; the others may be, too. */
function sameTerm(a: Term, b: Term): boolean {
  if (a === b) return true
  switch (a.kind) {
    case 'literal':
      return b.kind === 'literal' && Object.is(a.value, b.value)
    case 'object':
    case 'array':
    case 'template':
    case 'shape':
      return b.kind === a.kind && sameRef(a.ref, b.ref)
    case 'function':
      return (
        b.kind === 'function' &&
        a.module === b.module &&
        a.function === b.function &&
        a.lexical === b.lexical &&
        (a.self === b.self || (a.self !== null && b.self !== null && sameTerm(a.self, b.self)))
      )
    case 'class':
      return b.kind === 'class' && sameClass(a, b)
    case 'instance':
      return b.kind === 'instance' && a.construct === b.construct && sameClass(a.class, b.class)
    case 'namespace':
      return b.kind === 'namespace' && a.module === b.module
    case 'external':
      return b.kind === 'external' && a.source === b.source && a.path.join('.') === b.path.join('.')
    case 'parameter':
      return b.kind === 'parameter' && a.frame === b.frame && a.index === b.index
    case 'result':
      return (
        b.kind === 'result' && a.frame === b.frame && a.call === b.call && a.callee === b.callee
      )
    case 'part':
      return b.kind === 'part' && a.key === b.key && sameTerm(a.of, b.of)
    default:
      return false
  }
}

function sameClass(a: ClassTerm, b: ClassTerm): boolean {
  return a.module === b.module && a.class === b.class && a.frame === b.frame
}

function sameRef(a: Ref, b: Ref): boolean {
  return a.frame === b.frame && a.value === b.value
}

/** What a call gives at a place; null where something spread before it leaves that open, or nothing is given. */
export function argumentTerm(given: readonly Argument[], index: number): Term | null {
  const before = given.slice(0, index + 1)
  if (before.some((argument) => argument.spread)) return null
  return given[index]?.term() ?? null
}

/** `package#path` of something external, with `default` and `*` left out: the one spelling that tables of names use. */
export function externalName(term: ExternalTerm): string {
  return `${term.source}#${term.path.join('.')}`
}
