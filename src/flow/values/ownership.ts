import type { ClassId, FunctionId } from '../../facts/model.ts'
import { memberOfRequest, requestOf } from '../../operations/request.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { isGivenBack } from '../../project/makers.ts'
import { classOf, functionOf, keptBy, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import { callsOf, occurrencesIn, seenFrom } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { valuesOfParameter } from './uses.ts'

/** Where an operation goes: whoever makes an object of functions fills these in for good, as a constructor does. */
const PLACES = ['TableName', 'IndexName'] as const

/** What else makes an operation the one it is; whoever fills these in owns it. */
const FIXED_MEMBERS = [
  'KeyConditionExpression',
  'FilterExpression',
  'UpdateExpression',
  'ConditionExpression',
  'ProjectionExpression',
  'Item',
  'TransactItems',
  'RequestItems',
  'Statement',
] as const

/** Whether a function leaves it to its callers to say what an operation below it is. */
export function isFilledByCallers(occurrence: Occurrence, root: Frame): boolean {
  if (root.arguments !== null) return false
  const request = requestOf(occurrence.spelling.request)
  if (request.view === null) return isFromParameter(request.term, root)
  if (request.view.spreads.some((spread) => isFromParameter(spread, root))) return true
  const isGiven = (name: string, from: typeof isFromParameter): boolean => {
    const member = memberOfRequest(request, name)
    return member.state === 'known' && from(member.term, root)
  }
  return (
    FIXED_MEMBERS.some((name) => isGiven(name, isFromParameter)) ||
    PLACES.some((name) => isGiven(name, isFromCall))
  )
}

/** Whether a value is, or is a plain part of, what the function or one around it is given. */
export function isFromParameter(term: Term, root: Frame): boolean {
  return isGivenTo(term, root, isAround)
}

/** As `isFromParameter`, but for what the maker of an object of functions was given once, for all their calls. */
function isFromCall(term: Term, root: Frame): boolean {
  return isGivenTo(term, root, isAroundCall)
}

function isGivenTo(
  term: Term,
  root: Frame,
  isAround: (frame: Frame, root: Frame, isPart: boolean) => boolean,
): boolean {
  // A text that a loop adds to holds itself.
  const seen = new Set<Term>()
  const isGiven = (from: Term): boolean =>
    alternatives(from).some((option) => {
      if (option.kind === 'template') {
        if (seen.has(option)) return false
        seen.add(option)
        const { frame } = option.ref
        return option.parts.some(
          (part) => part.kind === 'value' && isGiven(evaluate({ frame, value: part.value })),
        )
      }
      let inner: Term = option
      while (inner.kind === 'part' || inner.kind === 'item' || inner.kind === 'element')
        inner = inner.of
      return (
        inner.kind === 'parameter' &&
        (isAround(inner.frame, root, inner !== option) ||
          isFluent(inner.frame, root) ||
          isGivenTyped(inner.frame, root))
      )
    })
  return isGiven(term)
}

/** What the constructor of a class is given, where the function is given an instance of that class, made somewhere. */
function isGivenTyped(construct: Frame, root: Frame): boolean {
  if (construct.arguments !== null) return false
  const { class: made, kind } = functionOf(construct.module, construct.function)
  if (kind !== 'constructor' || made === null) return false
  return functionOf(root.module, root.function).parameters.some((_, index) => {
    const [value] = valuesOfParameter(root.module, root.function, index)
    const term = value === undefined ? null : evaluate({ frame: root, value })
    const type = term?.kind === 'parameter' ? term.type : null
    return (
      type?.kind === 'instance' &&
      type.class.module === construct.module &&
      type.class.class === made
    )
  })
}

/** A function in a function is given what that one is given, by whoever calls it. */
function isAround(frame: Frame, root: Frame): boolean {
  for (let f: Frame | null = root; f; f = f.lexical) if (f === frame) return true
  return false
}

function isAroundCall(frame: Frame, root: Frame, isPart: boolean): boolean {
  for (let f: Frame | null = root; f; f = f.lexical) {
    if (f === frame) return true
    // `scanOf('Parcels')()` says it for one call, `createList({ client, table })` for all.
    if (isMember(f) || (isPart && isGivenBack(f.module, f.function))) return false
  }
  return false
}

const membersOf = keptBy<Frame, ReadonlySet<FunctionId>>()

/** Whether the function around a function gives it back as a member of an object: `return { list, get }`. */
function isMember({ module, function: id, lexical }: Frame): boolean {
  if (lexical?.module !== module) return false
  const known = membersOf(module.project)
  const outer = freeFrame(module, lexical.function)
  const members = known.get(outer) ?? new Set(functionsMadeIn(outer))
  known.set(outer, members)
  return members.has(id)
}

function functionsMadeIn(outer: Frame): readonly FunctionId[] {
  const { module } = outer
  return functionOf(module, outer.function).returns.flatMap(({ value }) =>
    alternatives(evaluate({ frame: outer, value })).flatMap((made) =>
      made.kind !== 'object'
        ? []
        : [...(viewOf(made)?.fields.values() ?? [])].flatMap((field) => {
            const term = field.term()
            return term.kind === 'function' && term.module === module ? [term.function] : []
          }),
    ),
  )
}

/**
 * What a method keeps in its object and then gives the object back, for another method to send:
 * `table.index('byStatus').scan()`. Whoever calls both fills it in.
 */
function isFluent(setter: Frame, root: Frame): boolean {
  const [set, sends] = [setter, root].map(({ module, function: id }) => functionOf(module, id))
  if (set?.kind !== 'method' || sends?.kind !== 'method' || set === sends) return false
  if (set.class === null || sends.class === null) return false
  const givesItself = set.returns.some(({ value }) => valueOf(setter.module, value).kind === 'this')
  return givesItself && isOfClass(root.module, sends.class, setter.module, set.class)
}

/** How many classes a class extends. */
const MOST_CLASSES = 5

/** Whether a class is another, or extends it. */
function isOfClass(module: Module, id: ClassId, of: Module, wanted: ClassId): boolean {
  let [own, at] = [module, id]
  for (let steps = 0; steps < MOST_CLASSES; steps += 1) {
    if (own === of && at === wanted) return true
    const { extends: base } = classOf(own, at)
    const term = base === null ? null : evaluate({ frame: freeFrame(own, 0), value: base })
    if (term?.kind !== 'class') return false
    ;[own, at] = [term.module, term.class]
  }
  return false
}

/** An operation, with the function that makes it what it is. */
export interface Owned {
  readonly occurrence: Occurrence
  readonly owner: FunctionId
}

/**
 * The operations that a module's own functions make: each at the lowest function that leaves nothing of it open. An
 * operation that nobody fills in is left out.
 *
 * @param isEntry whether something outside the code calls a function of this module, so that no caller can fill in what it is given
 */
export function ownedOperations(
  module: Module,
  isEntry: (free: Frame) => boolean,
): readonly Owned[] {
  const filled = new Map<string, boolean>()
  const owned: Owned[] = []
  const isFilled = (occurrence: Occurrence, root: Frame): boolean =>
    isOpen(occurrence, root) && !(root.module === module && isEntry(root))
  const isOpen = (occurrence: Occurrence, root: Frame): boolean => {
    const calls = `${callsOf(occurrence.trail)}:${occurrence.spelling.kind}`
    const key = `${root.module.facts.file}:${String(root.function)}:${calls}`
    const known = filled.get(key)
    if (known !== undefined) return known
    const answer = isFilledByCallers(occurrence, root)
    filled.set(key, answer)
    return answer
  }
  module.facts.functions.forEach((_, id) => {
    const root = freeFrame(module, id)
    for (const occurrence of occurrencesIn(root)) {
      if (!isFilled(occurrence, root) && !isOwnedBelow(occurrence, isFilled))
        owned.push({ occurrence, owner: id })
    }
  })
  return owned
}

/**
 * Whether a function further down leaves nothing of an operation open. Not every one of them sees it: who sends what it is
 * given knows of no operation, and where there are very many ways not all of them were walked.
 */
function isOwnedBelow(
  occurrence: Occurrence,
  isFilled: (occurrence: Occurrence, root: Frame) => boolean,
): boolean {
  for (let level = occurrence.trail.length - 1; level > 0; level -= 1) {
    const below = seenFrom(occurrence, level)
    if (below !== null && !isFilled(below, rootOf(below))) return true
  }
  return false
}

/** The free frame that an occurrence is seen from. */
function rootOf(occurrence: Occurrence): Frame {
  return occurrence.trail[0]?.frame ?? occurrence.frame
}
