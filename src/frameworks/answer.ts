import { givenBy } from '../project/call.ts'
import { evaluate } from '../project/evaluate.ts'
import { argumentTerm, alternatives } from '../project/term.ts'
import { elementOf } from '../project/elements.ts'
import { freeFrame } from '../project/frame.ts'
import { functionOf } from '../project/module.ts'
import type { FunctionTerm, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import { rootOf } from './uses.ts'

/** Names of functions that build an answer and say its status. */
const STATUS_NAMES =
  /^(send|make|build|create|return|http|respond(with)?)?_?(ok|created|accepted|no_?content|bad_?request|unauthori[sz]ed|unauthenticated|forbidden|not_?found|conflict|unprocessable(entity)?|too_?many_?requests|internal(_?server)?(_?error)?|server_?error)(_?(response|result|error))?$/i

/** Names of functions that build an answer. */
const BUILDER_NAMES = /resp|reply|answer|json|http|result|error|success/i

/** How many results of a function are looked at, and how deep a promise's chain. */
const MOST_RETURNS = 40
const MOST_DEPTH = 4

/**
 * Whether a function answers as a Lambda function behind HTTP does: with `{ statusCode }`, returned or given to its
 * callback, written out or built by a function that is told the status.
 */
export function answersHttp(term: FunctionTerm): boolean {
  return answersOf(term).length > 0
}

/** Whether it answers through its third parameter, which no other signature does. */
export function answersByCallback(term: FunctionTerm): boolean {
  return calledBack(term).length > 0
}

/** Whether it answers with something it found out, not only with a message that says how it went. */
export function answersWithData(term: FunctionTerm): boolean {
  return answersOf(term).some((answer) => carriesData(answer, 0))
}

/**
 * Whether what a function returns is plainly an answer: a status that is a number in the code beside a body, or a
 * response built with such a status.
 */
export function writesAnswer(term: FunctionTerm): boolean {
  return answersOf(term).some((answer) => {
    if (answer.kind === 'result')
      return (
        isStatus(argumentTerm(answer.arguments, 0)) &&
        /resp|reply|answer|json|http/i.test(nameOf(answer.callee) ?? '')
      )
    const fields = viewOf(answer)?.fields
    return fields?.has('body') === true && isStatus(fields.get('statusCode')?.term() ?? null)
  })
}

function answersOf(term: FunctionTerm): readonly Term[] {
  const { module } = term
  const frame = freeFrame(module, term.function)
  const returned = functionOf(module, term.function)
    .returns.slice(0, MOST_RETURNS)
    .flatMap(({ value }) => answersIn(evaluate({ frame, value }), 0))
  return [...returned, ...calledBack(term)]
}

function answersIn(term: Term, depth: number): readonly Term[] {
  if (depth > MOST_DEPTH) return []
  return alternatives(term).flatMap((option): readonly Term[] => {
    if (option.kind === 'object') return hasStatus(option) ? [option] : []
    if (option.kind !== 'result') return []
    const { callee } = option
    // `work().then(…).catch(() => ({ statusCode: 500 }))`
    if (callee.kind === 'part' && ['then', 'catch', 'finally'].includes(callee.key)) {
      const handlers = option.arguments.flatMap((argument) => {
        const given = argument.term()
        return given.kind === 'function' && given.function !== 0 ? answersOf(given) : []
      })
      return [...answersIn(callee.of, depth + 1), ...handlers]
    }
    return isBuilt(option) ? [option] : []
  })
}

/** An answer that an unknown function builds: its name or what it is given says the status. */
function isBuilt(term: Extract<Term, { kind: 'result' }>): boolean {
  const name = nameOf(term.callee)
  if (name === null) return false
  if (STATUS_NAMES.test(name)) return true
  const first = argumentTerm(term.arguments, 0)
  if (isStatus(first) || (first?.kind === 'object' && hasStatus(first))) return true
  return isStatus(argumentTerm(term.arguments, 1)) && BUILDER_NAMES.test(name)
}

function hasStatus(term: Term): boolean {
  return viewOf(term)?.fields.has('statusCode') ?? false
}

/** The last name of what is called. */
function nameOf(callee: Term): string | null {
  if (callee.kind === 'external') return callee.path.at(-1) ?? null
  return callee.kind === 'part' ? callee.key : null
}

/** A number that HTTP gives a meaning: `200`, `HttpStatus.OK`. */
function isStatus(term: Term | null): boolean {
  if (term === null) return false
  return alternatives(term).some(
    (option) =>
      (option.kind === 'literal' &&
        typeof option.value === 'number' &&
        Number.isInteger(option.value) &&
        option.value >= 200 &&
        option.value < 600) ||
      (option.kind === 'external' &&
        /^(http_?)?status(_?codes?)?$/i.test(option.path.at(-2) ?? '')),
  )
}

/** `callback(null, { statusCode: 200 })`. */
function calledBack(term: FunctionTerm): readonly Term[] {
  const { module } = term
  if (functionOf(module, term.function).parameters.length < 3) return []
  return module.facts.calls.flatMap((call, id) => {
    const root = rootOf(module, call.callee)
    if (root?.function !== term.function || root.index !== 2 || root.path.length > 0) return []
    const answer = argumentTerm(givenBy(freeFrame(module, call.function), id), 1)
    return answer === null ? [] : answersIn(answer, 0)
  })
}

/** Holds something that comes from elsewhere, and is neither a message nor what was thrown. */
function carriesData(term: Term, depth: number): boolean {
  if (depth > 6) return false
  const below = (part: Term): boolean => carriesData(part, depth + 1)
  switch (term.kind) {
    case 'choice':
      return term.options.some(below)
    case 'object': {
      const view = viewOf(term)
      if (view === null) return false
      const fields = [...view.fields.values()].filter(
        ({ key }) => !/^(statusCode|headers)$/.test(key),
      )
      return view.spreads.some(below) || fields.some((field) => below(field.term()))
    }
    case 'array':
      return below(elementOf(term))
    case 'derived':
      return term.from.some(below)
    case 'result':
      return isBuilt(term) ? term.arguments.some((argument) => below(argument.term())) : true
    case 'part':
    case 'item':
    case 'element':
      return term.of.kind !== 'external' && below(term.of)
    case 'unknown':
      return term.from.some(below)
    case 'sequence':
    case 'parameter':
    case 'made':
    case 'instance':
      return true
    default:
      return false
  }
}
