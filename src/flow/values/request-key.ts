import { isRequest } from '../../frameworks/framework.ts'
import type { EntryPoint } from '../../frameworks/framework.ts'
import type { Operation } from '../../operations/operation.ts'
import { evaluate } from '../../project/evaluate.ts'
import { externalName } from '../../project/term.ts'
import { freeFrame } from '../../project/frame.ts'
import { functionOf } from '../../project/module.ts'
import type { Frame, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { PARTS_OF_REQUESTS, REQUEST_DECORATORS, REQUEST_METHODS } from './request-input.ts'
import { responsePart } from './sources.ts'

/** An operation as a run of the handler that leads to it sees it, with everything else that the run comes to. */
export interface RequestRun {
  readonly entry: EntryPoint
  readonly frame: Frame
  readonly occurrence: Occurrence
  readonly occurrences: readonly Occurrence[]
}

/** The run of a request handler that comes to an operation; null where none is known, or the way is not. */
export function requestRunOf({ reach, occurrence }: Operation): RequestRun | null {
  if (reach === null || !isRequest(reach.entry.trigger)) return null
  const [frame] = reach.path
  if (!frame) return null
  const occurrences = occurrencesIn(frame)
  const same = occurrences.find(
    (other) =>
      other.call === occurrence.call &&
      other.frame.module === occurrence.frame.module &&
      other.spelling.kind === occurrence.spelling.kind,
  )
  return same ? { entry: reach.entry, frame, occurrence: same, occurrences } : null
}

/**
 * Where a value comes from: `body` and `request`, what the sender of a request wrote in its body or elsewhere; `identity`,
 * who the sender is; `constant`, what is the same in each run.
 */
export type Origin = 'body' | 'request' | 'identity' | 'constant' | 'fresh' | 'read' | 'unknown'

/** How many steps a value is followed back. */
const MOST_STEPS = 300

/** The places that a value is put together from. */
export function originsOf(term: Term, run: Pick<RequestRun, 'entry' | 'frame'>): Set<Origin> {
  const found = new Set<Origin>()
  const seen = new Set<Term>()
  const follow = (next: Term, path: readonly string[]): void => {
    if (seen.has(next)) return
    if (seen.size > MOST_STEPS) {
      found.add('unknown')
      return
    }
    seen.add(next)
    for (const [inner, step] of innerTerms(next))
      follow(inner, step === null ? path : [step, ...path])
    const own = ownOrigin(next, path, run)
    if (own !== null) found.add(own)
  }
  follow(term, [])
  return found
}

/** What a value is read out of or put together from, with the step that leads from there to it. */
function innerTerms(term: Term): readonly (readonly [Term, string | null])[] {
  if (responsePart(term) !== null) return []
  const all = (terms: readonly Term[]): readonly (readonly [Term, null])[] =>
    terms.map((inner) => [inner, null] as const)
  switch (term.kind) {
    case 'choice':
      return all(term.options)
    case 'template':
      return all(
        term.parts.flatMap((part) =>
          part.kind === 'value' ? [evaluate({ frame: term.ref.frame, value: part.value })] : [],
        ),
      )
    case 'derived':
    case 'unknown':
      return all(term.from)
    case 'object': {
      const view = viewOf(term)
      return view === null
        ? []
        : all([...[...view.fields.values()].map((field) => field.term()), ...view.spreads])
    }
    case 'part':
      return [[term.of, term.key]]
    case 'item':
    case 'element':
      return [[term.of, '[]']]
    case 'joined':
      return all([term.of])
    case 'result':
      return passed(term)
    default:
      return []
  }
}

/** What a call hands on of what it was given: a parser, a reader of a request. */
function passed({
  callee,
  arguments: given,
}: Extract<Term, { kind: 'result' }>): readonly (readonly [Term, string | null])[] {
  const name =
    callee.kind === 'external' ? callee.path.at(-1) : callee.kind === 'part' ? callee.key : ''
  const [first] = given
  if (
    first &&
    (PARSERS.test(name ?? '') || (callee.kind === 'external' && PASSES.has(externalName(callee))))
  )
    return [[first.term(), null]]
  return callee.kind === 'part' && REQUEST_METHODS.has(callee.key)
    ? [[callee.of, `${callee.key}()`]]
    : []
}

const PARSERS = /^(?:parse|safeParse|parseAsync|validate|validateSync|validateAsync)$/
const PASSES = new Set([
  '#JSON.parse',
  '#decodeURIComponent',
  '#decodeURI',
  '#String',
  '#encodeURIComponent',
])

/** Something that a framework hands over beside the request: who sent it. */
const IDENTITY =
  /^(?:authorizer|claims|user|currentUser|session|identity|principal|auth|jwt|headers|cookies|requestContext|locals|viewer|token|header\(\))$/i

function ownOrigin(
  term: Term,
  path: readonly string[],
  run: Pick<RequestRun, 'entry' | 'frame'>,
): Origin | null {
  if (responsePart(term) !== null) return 'read'
  switch (term.kind) {
    case 'literal':
    case 'external':
      return 'constant'
    case 'choice':
    case 'template':
    case 'derived':
    case 'object':
    case 'part':
    case 'item':
    case 'element':
    case 'joined':
      return null
    case 'unknown':
      return term.from.length > 0 ? null : 'unknown'
    case 'made':
      return 'fresh'
    case 'result':
      return passed(term).length > 0 ? null : 'fresh'
    case 'parameter':
      return originOfParameter(term, path, run)
    default:
      return 'unknown'
  }
}

function originOfParameter(
  { frame, index }: Extract<Term, { kind: 'parameter' }>,
  path: readonly string[],
  { entry, frame: run }: Pick<RequestRun, 'entry' | 'frame'>,
): Origin {
  if (frame.module !== run.module || frame.function !== run.function) return 'unknown'
  if (path.some((step) => IDENTITY.test(step))) return 'identity'
  const steps = path.slice(0, 3)
  if (steps.some((step) => /^(?:body|json\(\)|formData\(\)|input)$/.test(step))) return 'body'
  if (steps.some((step) => PARTS_OF_REQUESTS.has(step))) return 'request'
  const names = decoratorsOf(frame, index)
  if (names.includes('Body')) return 'body'
  if (names.some((name) => REQUEST_DECORATORS.test(name))) return 'request'
  const isArguments = entry.trigger === 'action' || (entry.trigger === 'graphql' && index === 1)
  return isArguments ? 'request' : 'unknown'
}

function decoratorsOf({ module, function: id }: Frame, index: number): readonly string[] {
  const facts = functionOf(module, id).parameters[index]
  return (facts?.decorators ?? []).map(({ name }) => {
    const term = evaluate({ frame: freeFrame(module, 0), value: name })
    return term.kind === 'external' ? (term.path.at(-1) ?? '') : ''
  })
}

/** The attributes of a key, each with where it comes from; null where one of them is made anew, was read, or is not known. */
export function keyFromRequest(
  attributes: readonly Term[],
  run: Pick<RequestRun, 'entry' | 'frame'>,
): Set<Origin> | null {
  const all = new Set(attributes.flatMap((term) => [...originsOf(term, run)]))
  const isKnown = ![...all].some(
    (each) => each === 'fresh' || each === 'read' || each === 'unknown',
  )
  return isKnown && (all.has('request') || all.has('body')) ? all : null
}
