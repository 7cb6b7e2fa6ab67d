import type { Guard, Range, ValueId } from '../../facts/model.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { checkedRequests } from '../../operations/checked-request.ts'
import type { CheckedRequest, MapMember } from '../../operations/checked-request.ts'
import type { Piece } from '../../operations/source-text.ts'
import { tokenize } from '../../expressions/index.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, placeOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame, Place } from '../../project/term.ts'
import { occurrencesIn } from './occurrences.ts'
import type { Occurrence } from './occurrences.ts'

/** A placeholder that is always defined, and used only where a condition holds. */
export interface SometimesUnused {
  readonly map: 'names' | 'values'
  readonly placeholder: string
  /** Its entry in the map. */
  readonly at: Place
  /** The condition that its part of the expression hangs on. */
  readonly condition: Range
}

/**
 * Placeholders that no expression of a request uses on some way through the code, map by map: their entry is written out,
 * and the one part that uses them is added to a list under an `if`, while another part is added without it.
 */
export function sometimesUnused(analysis: Analysis): readonly (readonly SometimesUnused[])[] {
  const { module } = analysis
  return module.facts.functions.flatMap((_, id) =>
    occurrencesIn(freeFrame(module, id)).flatMap((occurrence) =>
      occurrence.trail.length > 1
        ? []
        : checkedRequests(occurrence.spelling, analysis).flatMap((checked) => [
            unusedIn('names', checked, occurrence),
            unusedIn('values', checked, occurrence),
          ]),
    ),
  )
}

function unusedIn(
  map: 'names' | 'values',
  checked: CheckedRequest,
  { frame, call }: Occurrence,
): readonly SometimesUnused[] {
  const member: MapMember | null = checked[map]
  if (!member?.isCertain || member.isOpen || checked.rest.open === true) return []
  const parts = partsOf(checked, frame, callOf(frame.module, call).guards)
  if (parts === null) return []
  return [...member.fields].flatMap(([placeholder, { keyAt, certain, at }]) => {
    if (!certain || at?.module !== frame.module) return []
    const uses = parts.filter(({ placeholders }) => placeholders.has(placeholder))
    const others = parts.filter((part) => !uses.includes(part))
    const guard = commonGuard(uses)
    const condition = guard && conditionOf(frame.module, guard)
    if (!guard || condition == null) return []
    const mayBeAlone = others.some((other) => isIndependent(other, guard, condition, frame))
    return mayBeAlone && isAskedOnce(condition, guard, frame)
      ? [{ map, placeholder, at: keyAt, condition: placeOf(frame.module, condition) }]
      : []
  })
}

/** A piece of an expression, and what must have come out one way for it to be there. */
interface Part {
  readonly placeholders: ReadonlySet<string>
  readonly guards: readonly Guard[]
  /** It says something: an action, a condition, a path. */
  readonly isWhole: boolean
}

/** The pieces of all expressions of a request; null where one of them may use any placeholder. */
function partsOf(
  { expressions }: CheckedRequest,
  { module }: Frame,
  outer: readonly Guard[],
): readonly Part[] | null {
  const pieces = new Map<string, Piece>()
  for (const { texts, isOptional } of expressions.values()) {
    if (isOptional) return null
    for (const piece of texts.flat()) {
      // A hole without a place stands for other elements of a list that are there, too.
      if (
        piece.text === null &&
        (piece.at !== null || (piece.term && piece.term.kind !== 'joined'))
      )
        return null
      if (piece.text === null) continue
      if (piece.at === null) {
        if (/[#:]/.test(piece.text)) return null
        continue
      }
      if (piece.at.module !== module) return null
      pieces.set(`${String(piece.at.start)}:${String(piece.at.end)}`, piece)
    }
  }
  return [...pieces.values()].map(({ text, at }) => {
    const { tokens } = tokenize(text ?? '')
    const named = tokens.filter(({ kind }) => kind === 'name' || kind === 'value')
    return {
      placeholders: new Set(named.map((token) => token.text)),
      guards: at === null ? [] : guardsAt(module, at).filter((guard) => !isIn(guard, outer)),
      isWhole: named.length > 0,
    }
  })
}

/** What must have come out one way for a text to be added to a list. */
function guardsAt(module: Module, at: Range): readonly Guard[] {
  const adding = module.facts.calls.filter((call) => {
    const callee = valueOf(module, call.callee)
    return (
      callee.kind === 'member' &&
      callee.key === 'push' &&
      call.at.start <= at.start &&
      at.end <= call.at.end
    )
  })
  return adding.at(-1)?.guards ?? []
}

function isIn(guard: Guard, all: readonly Guard[]): boolean {
  return all.some(({ branch, arm }) => branch === guard.branch && arm === guard.arm)
}

/** The one condition that all uses of a placeholder hang on. */
function commonGuard(uses: readonly Part[]): Guard | null {
  const [first] = uses
  const [guard, ...more] = first?.guards ?? []
  if (!guard || more.length > 0) return null
  return uses.every(({ guards }) => guards.length === 1 && isIn(guard, guards)) ? guard : null
}

function conditionOf(module: Module, { branch, arm }: Guard): ValueId | null {
  const facts = module.facts.branches[branch]
  return facts?.kind === 'if' && arm === 0 ? facts.condition : null
}

/** Whether a part may be there while the condition does not hold. */
function isIndependent(
  { guards, isWhole }: Part,
  guard: Guard,
  condition: ValueId,
  frame: Frame,
): boolean {
  if (!isWhole) return false
  const asked = operandsOf(frame, condition)
  return guards.every((other) => {
    if (other.branch === guard.branch) return other.arm !== guard.arm
    const own = conditionOf(frame.module, other)
    if (own === null) return false
    return !sharesOperand(frame, own, asked)
  })
}

/** Nothing else in the function asks what the condition asks: it may be known to hold. */
function isAskedOnce(condition: ValueId, { branch }: Guard, frame: Frame): boolean {
  const asked = operandsOf(frame, condition)
  return (
    asked.size > 0 &&
    frame.module.facts.branches.every(
      (other, id) =>
        id === branch ||
        other.function !== frame.function ||
        other.condition === null ||
        !sharesOperand(frame, other.condition, asked),
    )
  )
}

function sharesOperand(frame: Frame, condition: ValueId, asked: ReadonlySet<string>): boolean {
  return [...operandsOf(frame, condition)].some((operand) => asked.has(operand))
}

/** The values that a condition looks at, literals left out. */
function operandsOf(frame: Frame, id: ValueId): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [id]
  for (let next = open.pop(); next !== undefined && found.size < 20; next = open.pop()) {
    const node = valueOf(frame.module, next)
    switch (node.kind) {
      case 'binary':
      case 'logical':
        open.push(node.left, node.right)
        break
      case 'unary':
        open.push(node.of)
        break
      case 'literal':
      case 'global':
        break
      default:
        found.add(canonical(evaluate({ frame, value: next })))
    }
  }
  return found
}
