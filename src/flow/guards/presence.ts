import type { Guard, Key, Range, Value, ValueId } from '../../facts/model.ts'
import { givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { externalName, UNKNOWN, alternatives } from '../../project/term.ts'
import { enter, frameOf, freeFrame } from '../../project/frame.ts'
import { memberOf } from '../../project/member.ts'
import { callOf, functionOf, keptBy, valueOf } from '../../project/module.ts'
import type { Frame, Ref, Term } from '../../project/term.ts'
import { countTest, isNothing, truthOf } from './count-test.ts'
import { exitsOf } from './decided.ts'
import type { FramedGuard, Occurrence } from '../paths/occurrences.ts'
import { isListOf, isMadeOf, isPicked, methodCalled, ownList, pickedBy } from './picked.ts'
import { responsePart, sourcesOf } from '../values/sources.ts'
import { stepsOf } from '../paths/steps.ts'
import { agreed, otherwise, told, toldByAll } from './told.ts'
import type { Told } from './told.ts'

/** How many values are looked at for one branch. */
const MOST_STEPS = 200

interface Asking {
  readonly read: Occurrence
  left: number
}

const answersIn = keptBy<Occurrence, Map<Frame, Map<string, Told | null>>>()

/** What a branch taken one way tells of the item that was read for; null where it tells nothing. */
export function toldBy(decided: FramedGuard, read: Occurrence): Told | null {
  const { frame, guard } = decided
  const answers = answersIn(frame.module.project)
  const ofRead = answers.get(read) ?? new Map<Frame, Map<string, Told | null>>()
  answers.set(read, ofRead)
  const ofFrame = ofRead.get(frame) ?? new Map<string, Told | null>()
  ofRead.set(frame, ofFrame)
  const key = `${String(guard.branch)}:${String(guard.arm)}`
  const known = ofFrame.get(key)
  if (known !== undefined) return known
  // Several writes may rest on one test.
  const answer = guardTells(decided, { read, left: MOST_STEPS })
  ofFrame.set(key, answer)
  return answer
}

function guardTells({ frame, guard }: FramedGuard, asking: Asking): Told | null {
  const branch = frame.module.facts.branches[guard.branch]
  if (!branch) return null
  if (branch.kind === 'catch') return guard.arm === 1 ? caughtTells(frame, branch.at, asking) : null
  if (branch.condition === null || branch.kind === 'switch' || branch.kind === 'loop') return null
  return ask({ frame, value: branch.condition, path: [] }, guard.arm === 0, asking)
}

/** `try { await load(id) } catch { … }` where `load` throws unless there is an item: what is caught tells that there is none. */
function caughtTells(frame: Frame, at: Range, asking: Asking): Told | null {
  const { tries } = frame.module.facts
  const id = tries.findIndex((t) => t.at.start === at.start && t.at.end === at.end)
  const exits = stepsOf(frame)
    .filter(({ call }) => callOf(frame.module, call).tries.includes(id))
    .flatMap(({ callees }) => callees.flatMap((callee) => exitsOf(callee, 0)))
  const isThrown = exits.some((exit) => guardTells(exit, asking)?.presence === 'present')
  return isThrown ? told(false) : null
}

/** A value that is asked whether it holds: a part of what is written somewhere. */
interface Question extends Ref {
  /** The members that lead from the value to what is asked. */
  readonly path: readonly string[]
}

/** What it tells of the item that a value holds, or does not. */
function ask(question: Question, holds: boolean, asking: Asking): Told | null {
  asking.left -= 1
  if (asking.left <= 0) return null
  const { frame, value, path } = question
  const node = valueOf(frame.module, value)
  const at = (id: ValueId, inner: readonly string[] = path): Question => ({
    frame,
    value: id,
    path: inner,
  })
  switch (node.kind) {
    case 'unary':
      return path.length === 0 && node.operator === '!'
        ? ask(at(node.of), !holds, asking)
        : askPart(question, holds, asking)
    case 'logical':
      return path.length === 0 && node.operator !== '??'
        ? askBoth(node.operator, at(node.left), at(node.right), holds, asking)
        : askPart(question, holds, asking)
    case 'binary':
      return path.length === 0 ? askComparison(frame, node, holds, asking) : null
    case 'member':
      return ask(at(node.of, [node.key, ...path]), holds, asking)
    case 'object':
      return askProperty(question, node, holds, asking)
    case 'set':
      if (node.key !== path[0]) return isPlain(node.key) ? ask(at(node.of), holds, asking) : null
      return ask(at(node.value, path.slice(1)), holds, asking)
    case 'choice':
      return toldByAll(
        node.options.map((option, index) => ({
          term: termOf(at(option)),
          told: () =>
            ask(at(option), holds, asking) ??
            (node.branch === null
              ? null
              : guardTells(
                  { frame, guard: { branch: node.branch, arm: node.arms[index] ?? -1 } },
                  asking,
                )),
        })),
        holds,
        asking.read,
      )
    case 'variable': {
      const facts = frame.module.facts.variables[node.variable]
      if (facts?.final == null || facts.foreign.length > 0) return null
      const own =
        frameOf(frame, frame.module, facts.function) ?? freeFrame(frame.module, facts.function)
      return ask({ frame: own, value: facts.final, path }, holds, asking)
    }
    case 'call':
      return askCall(question, node.call, holds, asking)
    default:
      return askPart(question, holds, asking)
  }
}

function isPlain(key: Key): boolean {
  return typeof key === 'string'
}

function termOf({ frame, value, path }: Question): Term {
  return path.reduce<Term>((of, key) => memberOf(of, key) ?? UNKNOWN, evaluate({ frame, value }))
}

/** `a && b`, `a || b`: where both had to come out one way each tells; where one was enough, only what both would tell. */
function askBoth(
  operator: '&&' | '||',
  left: Question,
  right: Question,
  holds: boolean,
  asking: Asking,
): Told | null {
  const first = ask(left, holds, asking)
  const second = ask(right, holds, asking)
  if ((operator === '&&') === holds) {
    if (first === null || second === null) return first ?? second
    return agreed(first, second)
  }
  if (first !== null && second !== null) return agreed(first, second)
  // `if (taken && taken.id !== id) return`: none, or the one that is meant to be there.
  const isOther = first?.presence === 'absent' && isIdentity(right, holds, asking.read)
  return isOther ? first : null
}

/** `taken.id !== id`, which did not hold: the item found is this one. */
function isIdentity({ frame, value }: Question, holds: boolean, read: Occurrence): boolean {
  const node = valueOf(frame.module, value)
  if (node.kind !== 'binary' || !/^[!=]==?$/.test(node.operator)) return false
  if (node.operator.startsWith('!') === holds) return false
  const sides = [node.left, node.right].map((side) => evaluate({ frame, value: side }))
  const isOwn = (term: Term): boolean => isAttributeOf(term, read)
  return sides.some(isOwn) && !sides.every(isOwn) && !sides.some((side) => side.kind === 'literal')
}

function isAttributeOf(term: Term, read: Occurrence): boolean {
  return sourcesOf(term).some(
    (s) => s.frame === read.frame && s.call === read.call && s.path.length > 0,
  )
}

function askComparison(
  frame: Frame,
  node: Extract<Value, { kind: 'binary' }>,
  holds: boolean,
  asking: Asking,
): Told | null {
  const { operator } = node
  const sides = [node.left, node.right] as const
  if (operator === 'in') {
    const key = evaluate({ frame, value: node.left })
    return key.kind === 'literal'
      ? ask({ frame, value: node.right, path: [String(key.value)] }, holds, asking)
      : null
  }
  for (const [index, id] of sides.entries()) {
    const other = sides[1 - index] as ValueId
    const against = evaluate({ frame, value: other })
    if (against.kind !== 'literal') continue
    const asked = valueOf(frame.module, id)
    if (asked.kind === 'unary' && asked.operator === 'typeof') {
      if (against.value !== 'undefined' || !/^[!=]==?$/.test(operator)) return null
      const isThere = operator.startsWith('!') === holds
      return ask({ frame, value: asked.of, path: [] }, isThere, asking)
    }
    const test = countTest(operator, against.value, index === 1, holds)
    if (test === null) return null
    return test.of === 'index'
      ? askIndex({ frame, value: id }, test.holds, asking)
      : ask({ frame, value: id, path: [] }, test.holds, asking)
  }
  return null
}

/** `list.findIndex(…) >= 0`. */
function askIndex({ frame, value }: Ref, holds: boolean, asking: Asking): Told | null {
  const node = valueOf(frame.module, value)
  return node.kind === 'call' ? askPick(frame, node.call, ['index'], holds, asking) : null
}

function askProperty(
  question: Question,
  node: Extract<Value, { kind: 'object' }>,
  holds: boolean,
  asking: Asking,
): Told | null {
  const [key, ...path] = question.path
  const last = node.entries.findLast((entry) => entry.kind !== 'property' || entry.key === key)
  return last?.kind === 'property'
    ? ask({ frame: question.frame, value: last.value, path }, holds, asking)
    : askPart(question, holds, asking)
}

function askCall(question: Question, call: number, holds: boolean, asking: Asking): Told | null {
  const { frame, path } = question
  const picked = askPick(frame, call, path, holds, asking)
  if (picked !== null) return picked
  const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
  const functions = alternatives(callee).filter((option) => option.kind === 'function')
  if (callee.kind === 'external') return askExternal(question, call, callee, holds, asking)
  if (functions.length === 0) return askPart(question, holds, asking)
  const given = givenBy(frame, call)
  const options = functions.flatMap((option) => {
    const entered = enter(frame, call, option, given)
    if (entered === null) return []
    return functionOf(entered.module, entered.function).returns.map(({ value, guards }) => ({
      term: termOf({ frame: entered, value, path }),
      told: () =>
        ask({ frame: entered, value, path }, holds, asking) ?? lastTold(entered, guards, asking),
    }))
  })
  return toldByAll(options, holds, asking.read) ?? askPart(question, holds, asking)
}

function lastTold(frame: Frame, guards: readonly Guard[], asking: Asking): Told | null {
  for (const guard of [...guards].reverse()) {
    const told = guardTells({ frame, guard }, asking)
    if (told !== null) return told
  }
  return null
}

function askExternal(
  question: Question,
  call: number,
  callee: Extract<Term, { kind: 'external' }>,
  holds: boolean,
  asking: Asking,
): Told | null {
  const { frame, path } = question
  const [first] = callOf(frame.module, call).arguments
  const name = externalName(callee)
  if (first && !first.spread) {
    const inner: Question = { frame, value: first.value, path: [] }
    if (name === '#Boolean') return ask(inner, holds, asking)
    if (callee.path.at(-1) === 'isEmpty' || /^lodash[./]isempty#$/i.test(name))
      return ask(inner, !holds, asking)
    if (name === '#Object.keys' && path.length === 1 && path[0] === 'length')
      return ask(inner, holds, asking)
  }
  return askPart(question, holds, asking)
}

/** What a picking method gives: an item, whether there is one, or a list of which the length is asked. */
const PICKS: Readonly<Record<string, readonly string[]>> = {
  find: [''],
  findLast: [''],
  some: [''],
  includes: [''],
  findIndex: ['index'],
  filter: ['length', '0'],
}

/** `list.find(…)`, `list.some(…)` over the items that were read. */
function askPick(
  frame: Frame,
  call: number,
  path: readonly string[],
  holds: boolean,
  { read }: Asking,
): Told | null {
  const method = methodCalled(frame, call)
  if (method === null || !Object.hasOwn(PICKS, method.key)) return null
  if (PICKS[method.key]?.includes(path.join('.')) !== true) return null
  if (isListOf(method.of, read)) return { ...told(holds), picked: pickedBy(frame, call, read) }
  const list = ownList(method.of, read)
  return list === null ? null : { ...told(holds), list }
}

/** What something tells that is only known by its value: a place in a list is asked of the list. */
function askPart(question: Question, holds: boolean, asking: Asking): Told | null {
  const { path } = question
  if (/^\d+$/.test(path.at(-1) ?? '')) {
    const list = termOf({ ...question, path: path.slice(0, -1) })
    if (isListOf(list, asking.read)) return isPicked(list) ? otherwise(holds) : told(holds)
  }
  return askTerm(termOf(question), holds, asking)
}

/** As `ask`, where only the value is known, and not how it was decided. */
function askTerm(term: Term, holds: boolean, asking: Asking): Told | null {
  asking.left -= 1
  if (asking.left <= 0) return null
  const { read } = asking
  if (term.kind === 'choice') {
    const node = term.ref && valueOf(term.ref.frame.module, term.ref.value)
    const decided =
      term.ref && node?.kind === 'choice' ? ask({ ...term.ref, path: [] }, holds, asking) : null
    if (decided !== null) return decided
    const options = term.options.map((option) => ({
      term: option,
      told: () =>
        askTerm(option, holds, asking) ??
        (holds && truthOf(option) === true && isMadeOf(option, read) ? told(true) : null),
    }))
    return toldByAll(options, holds, asking.read)
  }
  const part = responsePart(term)
  if (part !== null) {
    if (part.frame !== read.frame || part.call !== read.call) return null
    if (part.about !== null)
      return part.about === 'length' || part.about === 'Count' ? told(holds) : null
    if (part.path.length > 0) return null
    if (isListOf(term, read)) return holds ? null : told(false)
    // One of a list, and not the first of it: something picked it.
    return term.kind === 'element' && isListOf(term.of, read) ? otherwise(holds) : told(holds)
  }
  switch (term.kind) {
    case 'part':
      if (!/^(?:length|\d+)$/.test(term.key) || !isListOf(term.of, read)) return null
      return isPicked(term.of) ? otherwise(holds) : told(holds)
    case 'derived': {
      const [first, second] = term.from
      if (!first) return null
      if (term.operator === '!') return askTerm(first, !holds, asking)
      if (term.operator === 'Boolean') return askTerm(first, holds, asking)
      if (second?.kind !== 'literal') return null
      const test = countTest(term.operator, second.value, false, holds)
      return test?.of === 'count' ? askTerm(first, test.holds, asking) : null
    }
    case 'result': {
      const { callee } = term
      if (callee.kind === 'part')
        return /^(?:some|find|findLast|includes)$/.test(callee.key) && isListOf(callee.of, read)
          ? otherwise(holds)
          : null
      // What a function elsewhere makes of an item is there where the item is.
      const given = term.arguments.map((argument) => argument.term())
      const [only] = given
      return only && given.length === 1 && !isNothing(only) ? askTerm(only, holds, asking) : null
    }
    default:
      return null
  }
}
