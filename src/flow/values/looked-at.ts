import type { CallId, ValueId } from '../../facts/model.ts'
import { givenBy } from '../../project/call.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { callOf, valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import type { RequestInput } from './request-input.ts'

/** Deeper than this a condition is not looked into. */
const MOST_DEPTH = 8

/** Calls that learn nothing of what they are given. */
const NO_CHECK =
  /^(?:log|info|warn|error|debug|trace|json|stringify|parse|parseBody|keys|values|entries|from|String|get|push|add|send|decodeURIComponent)$/

/** Methods that let a function choose among elements. */
const PICKS = /^(?:filter|find|findLast|some|every)$/

const CHECKS = /valid|assert|schema|sanit|ensure|allow/i

/**
 * Whether the code on the way to an operation asks of a request's value what it is: compares it with something, looks it
 * up, hands it to a function that may refuse it. Only whether it is there, or less or greater, tells nothing: any text
 * passes such a test.
 */
export function isLookedAt({ around }: RequestInput, { trail }: Occurrence): boolean {
  const inner = new Set(around.slice(0, -1).map((term) => canonical(term)))
  const root = canonical(around.at(-1) as Term)
  const through = new Set(around.flatMap((term) => callOfTerm(term) ?? []))
  return trail.some(({ frame, call }) =>
    framesAround(frame).some((own) => {
      const calls = own.module.facts.functions[own.function]?.calls ?? []
      return (
        isTested(own, inner) ||
        calls.some(
          (id) => id !== call && !through.has(callKey(own, id)) && isHanded(own, id, inner, root),
        )
      )
    }),
  )
}

/** The call that a value is the result of: it hands the value on. */
function callOfTerm(term: Term): string | null {
  if (term.kind === 'result') return callKey(term.frame, term.call)
  if (term.kind !== 'made' || term.ref === null) return null
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  return node.kind === 'call' ? callKey(frame, node.call) : null
}

function callKey({ module }: Frame, call: CallId): string {
  return `${module.facts.file}:${String(call)}`
}

function framesAround(frame: Frame): readonly Frame[] {
  const frames: Frame[] = []
  for (let own: Frame | null = frame; own && frames.length < MOST_DEPTH; own = own.lexical)
    if (own.function !== 0) frames.push(own)
  return frames
}

function isTested(frame: Frame, wanted: ReadonlySet<string>): boolean {
  return frame.module.facts.branches.some(({ condition, function: id, kind }) => {
    if (id !== frame.function || condition === null) return false
    if (kind === 'switch') return wanted.has(canonical(evaluate({ frame, value: condition })))
    return asks(frame, condition, wanted, 0)
  })
}

/** Whether a condition asks what one of some values is. */
function asks(frame: Frame, id: ValueId, wanted: ReadonlySet<string>, depth: number): boolean {
  if (depth > MOST_DEPTH) return false
  const node = valueOf(frame.module, id)
  if (node.kind === 'logical')
    return asks(frame, node.left, wanted, depth + 1) || asks(frame, node.right, wanted, depth + 1)
  if (node.kind === 'unary' && node.operator === '!') return asks(frame, node.of, wanted, depth + 1)
  return alternatives(evaluate({ frame, value: id })).some((term) => {
    if (term.kind === 'result') return holds(term, wanted, 0)
    return term.kind === 'derived' && !ORDER.has(term.operator) && isCompared(term.from, wanted)
  })
}

const ORDER = new Set(['<', '<=', '>', '>='])

/** Held against something: not against nothing, nor against the name of a type that any text has. */
function isCompared(sides: readonly Term[], wanted: ReadonlySet<string>): boolean {
  const isNothing = sides.some(
    (side) =>
      side.kind === 'literal' &&
      (side.value === undefined ||
        side.value === null ||
        side.value === '' ||
        side.value === 'string'),
  )
  return !isNothing && sides.some((side) => holds(side, wanted, 0))
}

/** Whether a value is one of those wanted, or is computed from one. */
function holds(term: Term, wanted: ReadonlySet<string>, depth: number): boolean {
  if (depth > MOST_DEPTH) return false
  if (wanted.has(canonical(term))) return true
  const within = (inner: Term): boolean => holds(inner, wanted, depth + 1)
  switch (term.kind) {
    case 'derived':
      return term.from.some(within)
    case 'choice':
      return term.options.some(within)
    case 'result':
      return (
        (term.callee.kind === 'part' && within(term.callee.of)) ||
        term.arguments.some((given) => within(given.term()))
      )
    default:
      return false
  }
}

/** Whether a call is given one of some values, or the whole request, to look at. */
function isHanded(frame: Frame, id: number, wanted: ReadonlySet<string>, root: string): boolean {
  const { callee } = callOf(frame.module, id)
  const node = valueOf(frame.module, callee)
  const name =
    node.kind === 'member'
      ? node.key
      : node.kind === 'import' || node.kind === 'global'
        ? node.name
        : functionName(frame, callee)
  if (node.kind === 'member' && PICKS.test(name))
    return wanted.has(canonical(evaluate({ frame, value: node.of })))
  if (NO_CHECK.test(name)) return false
  return givenBy(frame, id).some((given) => {
    const spelling = canonical(given.term())
    return wanted.has(spelling) || (spelling === root && CHECKS.test(name))
  })
}

function functionName(frame: Frame, callee: ValueId): string {
  const [term] = alternatives(evaluate({ frame, value: callee }))
  return term?.kind === 'function' ? (term.module.facts.functions[term.function]?.name ?? '') : ''
}
