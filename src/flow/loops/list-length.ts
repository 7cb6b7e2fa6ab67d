import type { CallId, FunctionId } from '../../facts/model.ts'
import { memberOfRequest, requestOf } from '../../operations/request.ts'
import { spellingOf } from '../../operations/recognise.ts'
import { givenBy } from '../../project/call.ts'
import { externalName, alternatives } from '../../project/term.ts'
import { freeFrame } from '../../project/frame.ts'
import { isGivenBack } from '../../project/makers.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame, Term } from '../../project/term.ts'
import { isClosed, viewOf } from '../../project/view.ts'
import { builtLength } from './built-list.ts'
import { callSitesOf } from '../paths/call-sites.ts'
import type { InputContext } from '../values/request-input.ts'
import { requestInput } from '../values/request-input.ts'
import { responsePart } from '../values/sources.ts'

/**
 * How many elements a list may have: at most so many, any number, or that cannot be told: another function may have cut
 * it into pieces.
 */
export type ListLength =
  | { readonly kind: 'at most'; readonly count: number }
  /**
   * `given`: by whoever calls a function of this file; else it is data: a page, a request, a list attribute, of which
   * `attribute` is the name.
   */
  | { readonly kind: 'any'; readonly given: boolean; readonly attribute: string | null }
  | { readonly kind: 'unknown' }

const ANY: ListLength = { kind: 'any', given: false, attribute: null }
const GIVEN: ListLength = { kind: 'any', given: true, attribute: null }
export const UNKNOWN: ListLength = { kind: 'unknown' }

const MOST_DEPTH = 12

/** Calls multiply: they are followed less deep. */
const CALL_DEPTH = 4

/** What a list is called that is a piece of another one, and a function that takes pieces. */
const PIECE =
  /chunk|batch|page|slice|group|window|bucket|portion|segment|subset|partial|pair|tuple|part$/i
const TAKES_PIECES = /chunk|(?:batch|page|slice|piece|part)$/i

/** Methods and functions whose result is as long as what they are given, or shorter. */
const SAME_LENGTH =
  /^(?:map|filter|reverse|sort|toSorted|toReversed|values|keys|entries|uniq\w*|compact|sortBy|orderBy|shuffle|from|concat|flatMap|flat|flatten)$/

/** How long a list may be, as far as the code shows it. */
export function lengthOf(term: Term, context: InputContext, depth = 0): ListLength {
  if (depth > MOST_DEPTH) return UNKNOWN
  const of = (inner: Term): ListLength => lengthOf(inner, context, depth + 1)
  const response = responseLength(term)
  if (response !== null) return response
  switch (term.kind) {
    case 'choice':
      // Who cuts a list where it is long leaves a short one whole.
      return term.options.some(isPiece) ? UNKNOWN : longest(term.options.map(of))
    case 'array':
      return builtLength(term.ref.frame, term.ref.value, context, depth)
    case 'sequence':
      return sequenceLength(term, context, depth)
    case 'parameter':
      return parameterLength(term, context, depth)
    case 'part':
      return partLength(term, context)
    case 'made': {
      const [given] = term.arguments ?? []
      return given && externalName(term.of) === '#Set' ? of(given.term()) : UNKNOWN
    }
    case 'result':
      return resultLength(term, context, depth)
    default:
      return UNKNOWN
  }
}

/** What is cut out of a list, `slice(start, end)`, and what is mapped from that. */
function isPiece(term: Term): boolean {
  if (term.kind === 'choice') return term.options.some(isPiece)
  if (term.kind !== 'sequence') return false
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  const call = node.kind === 'call' ? callOf(frame.module, node.call) : null
  const callee = call && valueOf(frame.module, call.callee)
  if (callee?.kind === 'member' && callee.key === 'slice' && call?.arguments.length === 2)
    return true
  return term.over !== null && isPiece(term.over)
}

/** The longest that a list may be on several ways. */
export function longest(lengths: readonly ListLength[]): ListLength {
  let count = 0
  for (const length of lengths) if (length.kind === 'at most') count = Math.max(count, length.count)
  const any = lengths.filter((length) => length.kind === 'any')
  if (any.length > 0) return any.find(({ given }) => !given) ?? GIVEN
  return lengths.some(({ kind }) => kind === 'unknown') ? UNKNOWN : { kind: 'at most', count }
}

/** How long several lists are together. */
export function sum(lengths: readonly ListLength[]): ListLength {
  const most = longest(lengths)
  if (most.kind !== 'at most') return most
  const counts = lengths.map((length) => (length.kind === 'at most' ? length.count : 0))
  return { kind: 'at most', count: counts.reduce((all, count) => all + count, 0) }
}

/** Items of a page are as many as a megabyte holds, or as Limit says. */
function responseLength(term: Term): ListLength | null {
  const source = responsePart(term)
  if (source?.about !== null) return null
  // An attribute that is a list, or something of it.
  const attribute = source.path.at(-1)
  if (attribute !== undefined)
    return source.path.includes('[]') ? UNKNOWN : { kind: 'any', given: false, attribute }
  if (!source.listed || term.kind !== 'part' || term.key !== 'Items') return UNKNOWN
  const spelling = spellingOf(source.frame, source.call)
  if (spelling?.form === 'paginator') return pageLength(source.frame, source.call)
  const limit = spelling && memberOfRequest(requestOf(spelling.request), 'Limit')
  if (limit?.state === 'absent') return ANY
  const most = limit?.state === 'known' && limit.term.kind === 'literal' ? limit.term.value : null
  return typeof most === 'number' ? { kind: 'at most', count: most } : UNKNOWN
}

/** The first argument of a paginator may say how long its pages are. */
function pageLength(frame: Frame, call: CallId): ListLength {
  const configuration = givenBy(frame, call)[0]
  const view = configuration && !configuration.spread ? viewOf(configuration.term()) : null
  if (view == null) return UNKNOWN
  const size = view.fields.get('pageSize')?.term()
  if (size === undefined) return isClosed(view) ? ANY : UNKNOWN
  const count = size.kind === 'literal' ? size.value : null
  return typeof count === 'number' ? { kind: 'at most', count } : UNKNOWN
}

function sequenceLength(
  term: Extract<Term, { kind: 'sequence' }>,
  context: InputContext,
  depth: number,
): ListLength {
  if (term.items) return { kind: 'at most', count: term.items.length }
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  if (term.over === null || node.kind !== 'call') return UNKNOWN
  const call = callOf(frame.module, node.call)
  const callee = valueOf(frame.module, call.callee)
  const name = callee.kind === 'member' ? callee.key : ''
  const isWhole = name === 'slice' ? call.arguments.length < 2 : SAME_LENGTH.test(name)
  if (!isWhole) return UNKNOWN
  const isObject = alternatives(term.over).every((option) => option.kind === 'object')
  return isObject ? keysLength(term.over, context, depth) : lengthOf(term.over, context, depth + 1)
}

/** How many properties an object has. */
export function keysLength(object: Term, context: InputContext, depth: number): ListLength {
  const lengths = alternatives(object).map((option): ListLength => {
    if (option.kind !== 'object')
      return option.kind === 'parameter' || option.kind === 'part'
        ? lengthOf(option, context, depth + 1)
        : UNKNOWN
    const { frame, value } = option.ref
    const view = viewOf(option)
    if (view !== null && isClosed(view)) return { kind: 'at most', count: view.fields.size }
    return builtLength(frame, value, context, depth + 1)
  })
  return longest(lengths)
}

/** A parameter holds what the calls of this file give; one that nobody here calls may be given anything. */
function parameterLength(
  { frame, index }: Extract<Term, { kind: 'parameter' }>,
  context: InputContext,
  depth: number,
): ListLength {
  const { module } = context
  const facts = functionOf(frame.module, frame.function)
  const parameter = facts.parameters[index]
  if (frame.module !== module || PIECE.test(parameter?.name ?? '') || TAKES_PIECES.test(facts.name))
    return UNKNOWN
  const sites = callSitesOf(module, frame.function)
  if (sites.length === 0) return isOpen(module, frame.function) ? GIVEN : UNKNOWN
  const lengths = sites.map(({ caller, call, isCall }): ListLength => {
    const given = isCall ? givenBy(freeFrame(module, caller), call)[index] : undefined
    return given && !given.spread ? lengthOf(given.term(), context, depth + CALL_DEPTH) : UNKNOWN
  })
  const any = lengths.filter(({ kind }) => kind === 'any')
  return any.length > 0 ? longest(any) : UNKNOWN
}

/** Whether others than the function around a function may call it. */
function isOpen(module: Module, id: FunctionId): boolean {
  const { parent, class: owner } = functionOf(module, id)
  return parent === 0 || owner !== null || isGivenBack(module, id)
}

function partLength(term: Extract<Term, { kind: 'part' }>, context: InputContext): ListLength {
  if (PIECE.test(term.key)) return UNKNOWN
  if (requestInput(term, context) !== null) return ANY
  const { of } = term
  if (of.kind !== 'parameter' || of.frame.module !== context.module) return UNKNOWN
  const { module, function: id } = of.frame
  // What a maker gives back is handed on to whoever sets it off.
  const sites = callSitesOf(module, id).filter(({ isCall }) => isCall || !isGivenBack(module, id))
  const isFree = sites.length === 0 && !TAKES_PIECES.test(functionOf(module, id).name)
  return isFree && isOpen(module, id) ? GIVEN : UNKNOWN
}

function resultLength(
  { callee, arguments: given }: Extract<Term, { kind: 'result' }>,
  context: InputContext,
  depth: number,
): ListLength {
  const first = given[0]?.term() ?? null
  if (callee.kind === 'external') {
    const name = externalName(callee)
    if (first === null) return UNKNOWN
    if (name === '#Object.keys' || name === '#Object.entries')
      return keysLength(first, context, depth)
    return SAME_LENGTH.test(callee.path.at(-1) ?? '') && callee.source !== ''
      ? lengthOf(first, context, depth + 1)
      : UNKNOWN
  }
  if (callee.kind !== 'part') return UNKNOWN
  if (callee.key === 'split') return requestInput(callee.of, context) === null ? UNKNOWN : ANY
  const isWhole = callee.key === 'slice' ? given.length < 2 : SAME_LENGTH.test(callee.key)
  return isWhole ? lengthOf(callee.of, context, depth + 1) : UNKNOWN
}
