import type { VariableFacts } from '../facts/model.ts'
import type { ReadModifyWrite } from '../flow/writes/read-modify-write.ts'
import { testsBetween } from '../flow/guards/tests.ts'
import { evaluate } from '../project/evaluate.ts'
import { callOf } from '../project/module.ts'
import { derivesFrom } from './delta.ts'
import type { Delta } from './delta.ts'
import { attributeRead, comparisonsIn, heldBefore } from './held.ts'
import type { HeldComparison } from './held.ts'
import { movable } from './names-in-scope.ts'
import { textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { placeholderFor } from './written-request.ts'
import type { Placeholders, WrittenRequest } from './written-request.ts'

interface Target {
  readonly delta: Delta
  /** What is added or taken away, and the attribute, as the expressions write them. */
  readonly placeholder: string
  readonly path: string
  readonly written: WrittenRequest
  readonly added: Placeholders
  /** A number as a value of the request. */
  readonly describe: (value: string) => string
}

/** The conditions that say of the attribute what the code tested of it; null where one test cannot be said. */
export function boundsOf(
  file: SourceFile,
  race: ReadModifyWrite,
  target: Target,
): { readonly conditions: readonly string[]; readonly names: readonly VariableFacts[] } | null {
  const { read, occurrence } = race
  const { attribute } = target.delta
  const tests = testsBetween(read, occurrence).filter((test) => test.attribute === attribute)
  const conditions: string[] = []
  const names: VariableFacts[] = []
  let said = 0
  let truthy = 0
  for (const held of heldBefore(occurrence, read)) {
    if (held.holds && attributeRead(held, read)?.attribute === attribute) truthy += 1
    for (const comparison of comparisonsIn(held)) {
      if (comparison.frame !== target.written.step.frame) continue
      const bound = boundIn(file, race, target, comparison)
      if (bound === null) continue
      said += 1
      conditions.push(bound.condition)
      names.push(...bound.names)
    }
  }
  // That there is any is part of every bound.
  if (conditions.length > 0) said += truthy
  return said === tests.length ? { conditions: [...new Set(conditions)], names } : null
}

function boundIn(
  file: SourceFile,
  { read }: ReadModifyWrite,
  target: Target,
  { frame, left, comparator, right, rightAt, orMissing }: HeldComparison,
): { readonly condition: string; readonly names: readonly VariableFacts[] } | null {
  const { delta, path, placeholder, written, added, describe } = target
  if (delta.cut !== null) return null
  const bare = attributeRead({ frame, value: left }, read)
  const isBare = bare?.attribute === delta.attribute
  if (!isBare && !isComputed(target, frame, left, read)) return null
  if (derivesFrom(evaluate({ frame, value: right }), read)) return null
  const { call, frame: owner } = written.step
  const { at } = callOf(file.module, call)
  const names = movable(file, rightAt, { at: at.start, function: owner.function })
  if (names === null) return null
  const text = textAt(file, rightAt)
  const bound = isBare ? text : moved(delta, text)
  const value =
    bound === delta.text
      ? placeholder
      : placeholderFor(file, written, { text: describe(bound), hint: hintOf(bound) }, added)
  const condition = `${path} ${comparator} ${value}`
  // A missing attribute passes the code's own test by its default; a comparison with nothing never holds.
  const isUpper = comparator === '<' || comparator === '<=' || comparator === '<>'
  const mayBeMissing = orMissing || (delta.fallback !== null && isUpper)
  return {
    condition: mayBeMissing ? `attribute_not_exists(${path}) OR ${condition}` : condition,
    names,
  }
}

/** The left side is the new value itself, computed as the written one is. */
function isComputed(
  { delta }: Target,
  frame: HeldComparison['frame'],
  left: number,
  read: ReadModifyWrite['read'],
): boolean {
  if (left === delta.value) return true
  const node = frame.module.facts.values[left]
  if (node?.kind !== 'binary' || node.operator !== delta.operator || delta.text === '') return false
  const base = attributeRead({ frame, value: node.left }, read)
  return base?.attribute === delta.attribute && node.right === delta.operand
}

/** The bound that the old value has to keep for the new one to keep `bound`. */
function moved({ operator, text }: Delta, bound: string): string {
  if (bound === '0') return operator === '-' ? text : `-${simple(text)}`
  return operator === '-'
    ? `${simple(bound)} + ${simple(text)}`
    : `${simple(bound)} - ${simple(text)}`
}

function simple(text: string): string {
  return /^[\w$.?[\]]+$/.test(text) ? text : `(${text})`
}

function hintOf(bound: string): string {
  if (bound === '0') return 'zero'
  if (bound === '1') return 'one'
  return /^(?:[\w$]+\??\.)*([A-Za-z]\w*)$/.exec(bound)?.[1] ?? 'bound'
}
