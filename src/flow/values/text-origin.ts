import type { PrimitiveType } from '../../facts/model.ts'
import { evaluate } from '../../project/evaluate.ts'
import { functionOf } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { responsePart } from './sources.ts'

type Parameter = Extract<Term, { kind: 'parameter' }>

/**
 * Where a text that the code puts together comes from.
 * - `open`: it may be any text: what a caller gives (`given`), what an item or a list holds
 * - `number`: a number or a boolean
 * - `fresh`: a time or a random id
 * - `fixed`: a constant, an environment variable, one of a few literals
 * - `unknown`: none of these for certain
 */
export type TextOrigin =
  | { readonly kind: 'open'; readonly given: Parameter | null }
  | { readonly kind: 'number' | 'fresh' | 'fixed' | 'unknown' }

const OPEN: TextOrigin = { kind: 'open', given: null }

const MOST_DEPTH = 12

const NUMBERS =
  /^(?:Number|parseInt|parseFloat|BigInt|Boolean|[-*/%!~]|\*\*|[<>]=?|[=!]==?|floor|ceil|round|trunc|min|max|abs)$/

const TEXTS = /^(?:\+|String|trim|toString|toLowerCase|toUpperCase|padStart|JSON\.stringify)$/

const METHODS = /^(?:split|slice|substring|substr|concat|toString|trim\w*|toLowerCase|toUpperCase)$/

const FRESH = /^(?:randomUUID|uuid|uuidv\d|v[1467]|ulid|nanoid|ksuid|toISOString)$/i

/** Where a text comes from, as far as the code shows it. */
export function originOf(term: Term, depth = 0): TextOrigin {
  if (depth > MOST_DEPTH) return { kind: 'unknown' }
  const of = (inner: Term): TextOrigin => originOf(inner, depth + 1)
  if (responsePart(term)?.about === null) return OPEN
  switch (term.kind) {
    case 'literal':
    case 'external':
      return { kind: 'fixed' }
    case 'parameter':
      return typedOrigin(term, '')
    case 'part':
      if (term.key === 'length' || term.key === 'size') return { kind: 'number' }
      return term.of.kind === 'parameter' ? typedOrigin(term.of, term.key) : of(term.of)
    case 'element':
      return term.of.kind === 'parameter' ? typedOrigin(term.of, '[]') : of(term.of)
    case 'item':
      return of(term.of)
    case 'joined':
      return of(term.of)
    case 'sequence':
      return of(term.element())
    case 'choice':
      return worst(term.options.map(of))
    case 'template':
      return worst(
        term.parts.flatMap((part) =>
          part.kind === 'value' ? [of(evaluate({ frame: term.ref.frame, value: part.value }))] : [],
        ),
      )
    case 'derived':
      if (NUMBERS.test(term.operator)) return { kind: 'number' }
      if (term.operator === 'toISOString') return { kind: 'fresh' }
      return TEXTS.test(term.operator) ? worst(term.from.map(of)) : { kind: 'unknown' }
    case 'made':
      return { kind: term.of.path.at(-1) === 'Date' ? 'fresh' : 'unknown' }
    case 'result': {
      const { callee } = term
      const name =
        callee.kind === 'external' ? callee.path.at(-1) : callee.kind === 'part' ? callee.key : ''
      if (name === 'now' || name === 'getTime') return { kind: 'number' }
      if (name !== undefined && FRESH.test(name)) return { kind: 'fresh' }
      if (callee.kind === 'external' && name === 'parse' && term.arguments[0])
        return of(term.arguments[0].term())
      return callee.kind === 'part' && METHODS.test(callee.key)
        ? of(callee.of)
        : { kind: 'unknown' }
    }
    default:
      return { kind: 'unknown' }
  }
}

const RANK: readonly TextOrigin['kind'][] = ['open', 'unknown', 'fresh', 'number', 'fixed']

/** The one of several that may hold most. */
function worst(origins: readonly TextOrigin[]): TextOrigin {
  for (const kind of RANK) {
    const found = origins.find((origin) => origin.kind === kind)
    if (found) return found
  }
  return { kind: 'fixed' }
}

/** What the annotation of a parameter says of it, or of a member or element of it. */
function typedOrigin(parameter: Parameter, key: string): TextOrigin {
  switch (primitiveOf(parameter, key)) {
    case 'number':
    case 'boolean':
      return { kind: 'number' }
    case 'enumeration':
    case 'named':
      return { kind: 'fixed' }
    default:
      return { kind: 'open', given: parameter }
  }
}

/** What the annotation of a parameter says of it (empty key), of its elements (`[]`) or of a member. */
export function primitiveOf({ frame, index }: Parameter, key: string): PrimitiveType | null {
  const primitives = functionOf(frame.module, frame.function).parameters[index]?.primitives ?? {}
  return Object.hasOwn(primitives, key) ? (primitives[key] ?? null) : null
}

/** Whether an annotation says that a value is a text, or the code makes it one. */
export function isSurelyText(term: Term): boolean {
  switch (term.kind) {
    case 'parameter':
      return primitiveOf(term, '') === 'string'
    case 'part':
      return term.of.kind === 'parameter' && primitiveOf(term.of, term.key) === 'string'
    case 'element':
      return term.of.kind === 'parameter' && primitiveOf(term.of, '[]') === 'string'
    case 'template':
      return true
    case 'derived':
      return TEXTS.test(term.operator) || term.operator === 'toISOString'
    default:
      return false
  }
}
