import { argumentTerm, evaluate } from '../project/evaluate.ts'
import { givenBy } from '../project/call.ts'
import { freeFrame } from '../project/frame.ts'
import { functionOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { FunctionTerm, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import { rootOf } from './uses.ts'

/** Names of functions that build an answer and say its status. */
const STATUS_NAMES =
  /^(send|make|build|create|return|http|respond(with)?)?_?(ok|created|accepted|no_?content|bad_?request|unauthori[sz]ed|unauthenticated|forbidden|not_?found|conflict|unprocessable(entity)?|too_?many_?requests|internal(_?server)?(_?error)?|server_?error)(_?(response|result|error))?$/i

/** How many results of a function are looked at. */
const MOST_RETURNS = 40

/**
 * Whether a function answers as a Lambda function behind HTTP does: with `{ statusCode }`, returned or given to its
 * callback, written out or built by a function that is told the status.
 */
export function answersHttp(term: FunctionTerm): boolean {
  const { module } = term
  const facts = functionOf(module, term.function)
  const frame = freeFrame(module, term.function)
  const returned = facts.returns
    .slice(0, MOST_RETURNS)
    .some(({ value }) => isAnswer(evaluate({ frame, value }), 0))
  return returned || callsBackWithAnswer(term)
}

function isAnswer(term: Term, depth: number): boolean {
  if (depth > 4) return false
  return alternatives(term).some((option) => {
    switch (option.kind) {
      case 'object':
        return hasStatus(option)
      case 'result':
        return isBuiltAnswer(option, depth)
      default:
        return false
    }
  })
}

function hasStatus(term: Term): boolean {
  return viewOf(term)?.fields.has('statusCode') ?? false
}

/**
 * Whether what a function returns is plainly an answer: a status that is a number in the code beside a body, or a
 * response built with such a status.
 */
export function writesAnswer(term: FunctionTerm): boolean {
  const frame = freeFrame(term.module, term.function)
  return functionOf(term.module, term.function)
    .returns.slice(0, MOST_RETURNS)
    .flatMap(({ value }) => alternatives(evaluate({ frame, value })))
    .some((option) => {
      if (option.kind === 'result')
        return (
          isStatus(argumentTerm(option.arguments, 0)) &&
          /resp|reply|answer|json|http/i.test(nameOf(option.callee) ?? '')
        )
      const fields = option.kind === 'object' ? viewOf(option)?.fields : undefined
      return fields?.has('body') === true && isStatus(fields.get('statusCode')?.term() ?? null)
    })
}

/** The last name of what is called. */
function nameOf(callee: Term): string | null {
  if (callee.kind === 'external') return callee.path.at(-1) ?? null
  return callee.kind === 'part' ? callee.key : null
}

function isBuiltAnswer(term: Extract<Term, { kind: 'result' }>, depth: number): boolean {
  const { callee } = term
  // `work().then(…).catch(() => ({ statusCode: 500 }))`
  if (callee.kind === 'part' && ['then', 'catch', 'finally'].includes(callee.key)) {
    return (
      isAnswer(callee.of, depth + 1) ||
      term.arguments.some((argument) => {
        const given = argument.term()
        return given.kind === 'function' && answersHttp(given)
      })
    )
  }
  const name = nameOf(callee)
  if (name === null) return false
  if (STATUS_NAMES.test(name)) return true
  const first = argumentTerm(term.arguments, 0)
  const second = argumentTerm(term.arguments, 1)
  if (isStatus(first) || (first?.kind === 'object' && hasStatus(first))) return true
  return isStatus(second) && /resp|reply|json|result|answer|error|success/i.test(name)
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
function callsBackWithAnswer(term: FunctionTerm): boolean {
  const { module } = term
  if (functionOf(module, term.function).parameters.length < 3) return false
  return module.facts.calls.some((call, id) => {
    const root = rootOf(module, call.callee)
    if (root?.function !== term.function || root.index !== 2 || root.path.length > 0) return false
    const answer = argumentTerm(givenBy(freeFrame(module, call.function), id), 1)
    return answer !== null && isAnswer(answer, 0)
  })
}
