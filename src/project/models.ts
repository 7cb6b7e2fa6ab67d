import { callBack, itemsOf } from './call.ts'
import { argumentTerm, externalName, alternatives, choice } from './term.ts'
import { elementOf } from './elements.ts'
import { tableMethodOf } from './table-methods.ts'
import { placeOf, valueOf } from './module.ts'
import type { Argument, Ref, Term } from './term.ts'
import { objectWith, viewOf } from './view.ts'
import type { Field } from './view.ts'

/** Functions that give back what they are given, as far as anything here is concerned. */
const SAME_AS_FIRST = new Set([
  '#structuredClone',
  '#Object.freeze',
  '#Object.seal',
  '#Promise.resolve',
  '#Promise.all',
  '#Promise.race',
  '#Array.from',
  '@aws-sdk/util-dynamodb#unmarshall',
  'aws-sdk#DynamoDB.Converter.unmarshall',
  'aws-sdk/clients/dynamodb#Converter.unmarshall',
  'lodash#cloneDeep',
  'lodash/cloneDeep#',
])

/** Functions that write plain values as attribute values: what flows is the same, its form is not. */
const MARSHALLERS = new Set([
  '@aws-sdk/util-dynamodb#marshall',
  'aws-sdk#DynamoDB.Converter.marshall',
  'aws-sdk/clients/dynamodb#Converter.marshall',
])

const marshalled = new WeakSet<Term>()

/** Whether a value was met as what `marshall` was given; then nobody can tell from it in which form it is at hand. */
export function isMarshalled(term: Term): boolean {
  return alternatives(term).some((option) => marshalled.has(option))
}

/** Clients wrapped for tracing stay what they are. */
const TRACERS = new Set(['captureAWSv3Client', 'captureAWSClient', 'captureAWS', 'patchAWS'])

/** Methods whose result holds elements of what they are called on. */
const SAME_ELEMENTS = new Set([
  'filter',
  'slice',
  'sort',
  'reverse',
  'toSorted',
  'toReversed',
  'concat',
  'values',
])

const ONE_ELEMENT = new Set(['find', 'findLast', 'at', 'pop', 'shift'])

/**
 * What a call of a well-known function gives; undefined where the function is not one of those. They are the few that
 * real code puts between a read and a write without changing what flows: copies, awaiting, array methods.
 */
export function modelOf(
  callee: Term,
  given: readonly Argument[],
  ref: Ref,
): Term | null | undefined {
  if (callee.kind === 'external')
    return externalModel(externalName(callee), callee.path.at(-1) ?? '', given, ref)
  if (callee.kind !== 'part') return undefined
  return givenByTable(callee, given, ref) ?? methodModel(callee, given, ref)
}

/** `data.orders.get(key)` gives what is a member of the response where a request is sent. */
function givenByTable(callee: Term, given: readonly Argument[], ref: Ref): Term | null {
  const gives = tableMethodOf(callee)?.method.gives ?? null
  const node = valueOf(ref.frame.module, ref.value)
  if (gives === null || node.kind !== 'call') return null
  const response: Term = {
    kind: 'result',
    callee,
    arguments: given,
    frame: ref.frame,
    call: node.call,
  }
  return { kind: 'part', of: response, key: gives, type: null }
}

function externalModel(
  name: string,
  last: string,
  given: readonly Argument[],
  ref: Ref,
): Term | null | undefined {
  const first = argumentTerm(given, 0)
  if (first === null) return undefined
  if (SAME_AS_FIRST.has(name) || TRACERS.has(last)) return first
  if (MARSHALLERS.has(name)) {
    for (const option of alternatives(first)) marshalled.add(option)
    return first
  }
  switch (name) {
    case '#JSON.parse': {
      const text = first
      if (text.kind === 'derived' && text.operator === 'JSON.stringify')
        return text.from[0] ?? undefined
      return undefined
    }
    case '#JSON.stringify':
      return { kind: 'derived', operator: 'JSON.stringify', from: [first], ref }
    case '#String':
      return first.kind === 'literal' && typeof first.value === 'string'
        ? first
        : { kind: 'derived', operator: 'String', from: [first], ref }
    case '#Number':
    case '#parseInt':
    case '#parseFloat':
    case '#Boolean':
    case '#BigInt':
      return { kind: 'derived', operator: name.slice(1), from: [first], ref }
    case '#Promise.allSettled': {
      const items = itemsOf(first)
      const asSettled = (term: Term): Term => settled(term, ref)
      return {
        kind: 'sequence',
        element: () => asSettled(elementOf(first)),
        over: first,
        items: items?.map(({ term }) => ({ term: () => asSettled(term()), spread: false })) ?? null,
        ref,
      }
    }
    case '#Object.values': {
      const view = viewOf(first)
      if (view === null) return undefined
      return {
        kind: 'sequence',
        element: () =>
          choice([...view.fields.values()].map((f) => f.term())) ?? { kind: 'element', of: first },
        over: first,
        ref,
      }
    }
    default:
      if (name.startsWith('#Math.')) {
        return {
          kind: 'derived',
          operator: name.slice(1),
          from: given.map((argument) => argument.term()),
          ref,
        }
      }
      return undefined
  }
}

/** What `Promise.allSettled` gives for one promise. */
function settled(value: Term, ref: Ref): Term {
  const at = { ...placeOf(ref.frame.module, ref.value), module: ref.frame.module }
  const field = (key: string, term: Term): Field => ({
    key,
    term: () => term,
    keyAt: at,
    valueAt: at,
    at: null,
    certain: false,
  })
  const unknown: Term = { kind: 'unknown', from: [], ref: null }
  return objectWith(
    [field('value', value), field('status', unknown), field('reason', unknown)],
    ref,
  )
}

function methodModel(
  callee: Extract<Term, { kind: 'part' }>,
  given: readonly Argument[],
  ref: Ref,
): Term | null | undefined {
  const { of, key: method } = callee
  const first = argumentTerm(given, 0)
  switch (method) {
    case 'promise':
      return given.length === 0 && of.kind === 'result' ? of : undefined
    case 'bind':
      return of.kind === 'function' && given.length <= 1
        ? { ...of, self: of.self ?? first }
        : undefined
    case 'then': {
      if (first === null || of.kind === 'array') return undefined
      return callBack(first, callee, ref) ?? undefined
    }
    case 'catch':
    case 'finally':
      return isPromiseLike(of) ? of : undefined
    case 'map':
    case 'flatMap': {
      if (first === null) return undefined
      const isList = of.kind !== 'literal' && of.kind !== 'object'
      if (!isList || first.kind !== 'function') return undefined
      const element = (): Term => {
        const made = callBack(first, callee, ref) ?? { kind: 'unknown', from: [of], ref }
        return method === 'flatMap' ? elementOf(made) : made
      }
      return { kind: 'sequence', element, over: of, ref }
    }
    case 'join': {
      const separator =
        first === null && given.length === 0 ? ',' : first?.kind === 'literal' ? first.value : null
      return typeof separator === 'string' ? { kind: 'joined', of, separator, ref } : undefined
    }
    case 'reduce': {
      const start = argumentTerm(given, 1)
      const from = [of, ...(start === null ? [] : [start])]
      return { kind: 'derived', operator: 'reduce', from, ref }
    }
    default:
  }
  if (SAME_ELEMENTS.has(method) && isList(of)) {
    const more = method === 'concat' ? given.map((argument) => elementOf(argument.term())) : []
    return {
      kind: 'sequence',
      element: () => choice([elementOf(of), ...more]) ?? elementOf(of),
      over: of,
      ref,
    }
  }
  if (ONE_ELEMENT.has(method) && isList(of)) return elementOf(of)
  if (
    method === 'toString' ||
    method === 'trim' ||
    method === 'toLowerCase' ||
    method === 'toUpperCase' ||
    method === 'padStart' ||
    method === 'toISOString'
  ) {
    return {
      kind: 'derived',
      operator: method,
      from: [of, ...given.map((argument) => argument.term())],
      ref,
    }
  }
  return undefined
}

function isList(term: Term): boolean {
  return alternatives(term).every((t) =>
    ['array', 'sequence', 'part', 'element', 'parameter', 'item', 'result', 'derived'].includes(
      t.kind,
    ),
  )
}

function isPromiseLike(term: Term): boolean {
  return alternatives(term).every(
    (t) =>
      t.kind === 'result' ||
      t.kind === 'part' ||
      t.kind === 'object' ||
      t.kind === 'array' ||
      t.kind === 'sequence',
  )
}
