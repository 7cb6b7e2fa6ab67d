import { isRequest } from '../../frameworks/framework.ts'
import type { EntryPoint } from '../../frameworks/framework.ts'
import { evaluate } from '../../project/evaluate.ts'
import { externalName } from '../../project/term.ts'
import { freeFrame } from '../../project/frame.ts'
import { functionOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import type { Reachability } from '../paths/reach.ts'

/** The file whose entry points are known. */
export interface InputContext {
  readonly module: Module
  readonly reachability: Reachability
}

/** A value that whoever sends a request chooses. */
export interface RequestInput {
  readonly entry: EntryPoint
  /** What it was read out of, from the value itself outwards; the parameter that brings it comes last. */
  readonly around: readonly Term[]
}

/** How many steps a value is followed back. */
const MOST_STEPS = 200

/** Functions whose result says what they were given. */
const PASSES = new Set([
  '#JSON.parse',
  '#Object.keys',
  '#Object.entries',
  '#Object.values',
  '#Array.from',
  '#decodeURIComponent',
  '#decodeURI',
])

/** Methods whose result is a part of what they are called on, or its text. */
export const REQUEST_METHODS: ReadonlySet<string> = new Set([
  'split',
  'slice',
  'substring',
  'concat',
  'toString',
  'trim',
  'get',
  'getAll',
  'keys',
  'values',
  'entries',
  'json',
  'text',
  'formData',
  'param',
  'query',
  'header',
  'queries',
])

const OPERATORS = new Set([
  '+',
  'String',
  'trim',
  'toString',
  'toLowerCase',
  'toUpperCase',
  'padStart',
])

const MADE = new Set(['#URL', '#URLSearchParams'])

/** What a request is read by, in any framework. */
export const PARTS_OF_REQUESTS: ReadonlySet<string> = new Set([
  'body',
  'queryStringParameters',
  'multiValueQueryStringParameters',
  'pathParameters',
  'rawQueryString',
  'rawPath',
  'headers',
  'cookies',
  'arguments',
  'query',
  'params',
  'url',
  'nextUrl',
  'searchParams',
  'json()',
  'text()',
  'formData()',
  'param()',
  'query()',
  'queries()',
  'header()',
])

/** Decorators that hand a part of a request to a parameter. */
export const REQUEST_DECORATORS =
  /^(?:Body|Query|Param|Headers|QueryParam|PathParam|HeaderParam|BodyParam)$/

interface Search {
  readonly context: InputContext
  readonly seen: Set<Term>
  steps: number
}

/**
 * The request that a text comes from as its sender wrote it: through copies, members, loops and texts put together, not
 * through what may look at it: a parser of numbers, a schema, a function of another package. Null where it comes from
 * elsewhere, or that is not known.
 */
export function requestInput(term: Term, context: InputContext): RequestInput | null {
  return search({ context, seen: new Set(), steps: MOST_STEPS }, term, [], [])
}

function search(
  found: Search,
  term: Term,
  path: readonly string[],
  outside: readonly Term[],
): RequestInput | null {
  if (found.steps <= 0 || found.seen.has(term)) return null
  found.steps -= 1
  found.seen.add(term)
  const around = [...outside, term]
  const into = (inner: Term, step?: string): RequestInput | null =>
    search(found, inner, step === undefined ? path : [step, ...path], around)
  switch (term.kind) {
    case 'parameter':
      return inputOf(term, path, around, found.context)
    case 'part':
      return into(term.of, term.key)
    case 'item':
    case 'element':
      return into(term.of, '[]')
    case 'joined':
      return into(term.of)
    case 'sequence':
      return isChosen(term) ? null : into(term.element())
    case 'choice':
      return first(term.options, (option) => search(found, option, path, outside))
    case 'template':
      return first(term.parts, (part) =>
        part.kind === 'value' ? into(evaluate({ frame: term.ref.frame, value: part.value })) : null,
      )
    case 'derived':
      return OPERATORS.has(term.operator) ? first(term.from, (from) => into(from)) : null
    case 'object':
      return first(viewOf(term)?.spreads ?? [], (spread) => into(spread))
    case 'made': {
      const [given] = term.arguments ?? []
      return given && MADE.has(externalName(term.of)) ? into(given.term()) : null
    }
    case 'result': {
      const { callee } = term
      const [given] = term.arguments
      if (callee.kind === 'external')
        return given && PASSES.has(externalName(callee)) ? into(given.term()) : null
      return callee.kind === 'part' && REQUEST_METHODS.has(callee.key)
        ? into(callee.of, `${callee.key}()`)
        : null
    }
    default:
      return null
  }
}

function first<T>(all: readonly T[], find: (one: T) => RequestInput | null): RequestInput | null {
  for (const one of all) {
    const found = find(one)
    if (found !== null) return found
  }
  return null
}

/** What a filter lets through was looked at. */
function isChosen({ ref }: Extract<Term, { kind: 'sequence' }>): boolean {
  const { facts } = ref.frame.module
  const value = facts.values[ref.value]
  const callee = value?.kind === 'call' ? facts.calls[value.call]?.callee : undefined
  const called = callee === undefined ? null : valueOf(ref.frame.module, callee)
  return called?.kind === 'member' && called.key === 'filter'
}

function inputOf(
  { frame, index }: Extract<Term, { kind: 'parameter' }>,
  path: readonly string[],
  around: readonly Term[],
  { module, reachability }: InputContext,
): RequestInput | null {
  if (frame.module !== module || frame.arguments !== null) return null
  const free = freeFrame(module, frame.function)
  const reach = reachability.isEntry(free) ? reachability.from(free) : null
  const entry = reach?.path.length === 1 ? reach.entry : null
  if (entry === null || !isRequest(entry.trigger)) return null
  const facts = functionOf(module, frame.function).parameters[index]
  const isDecorated = facts?.decorators.some(({ name, arguments: given }) => {
    const term = evaluate({ frame: freeFrame(module, 0), value: name })
    // A second argument is a pipe, which looks at the value.
    return (
      term.kind === 'external' &&
      REQUEST_DECORATORS.test(term.path.at(-1) ?? '') &&
      given.length <= 1
    )
  })
  const isRead = path.slice(0, 3).some((step) => PARTS_OF_REQUESTS.has(step))
  // A parameter of a class of its own is what a validator makes of a request.
  return isRead || (isDecorated === true && facts?.type === null) ? { entry, around } : null
}
