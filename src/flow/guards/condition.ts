import { pathOf, topAttribute, walk } from '../../expressions/index.ts'
import type {
  Comparison,
  FunctionCall,
  Operand,
  ValuePlaceholder,
} from '../../expressions/index.ts'
import {
  expressionOf,
  memberOfRequest,
  namesOf,
  requestOf,
  valueOfPlaceholder,
} from '../../operations/request.ts'
import type { Spelling } from '../../operations/recognise.ts'
import { transactionRequests } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { sourcesOf } from '../values/sources.ts'
import { viewOf } from '../../project/view.ts'
import type { Source } from '../values/sources.ts'

export interface Race {
  readonly read: Occurrence
  readonly write: Write
  /** Attributes of the item that the write, or the decision to write, rests on. */
  readonly attributes: ReadonlySet<string>
  /** Attributes that the write sets, and the placeholder each is set to. */
  readonly sets: ReadonlyMap<string, string | null>
  readonly isTest: boolean
  /** The item is another one of the collection than was read. */
  readonly isSibling: boolean
}

/**
 * Whether the write's own condition would notice that the item changed since it was read; undefined where the condition
 * cannot be told.
 *
 * It does if it compares an attribute with what was read of it; an attribute that the same write replaces (a version); an
 * attribute with the very value it is given (a bound that the new value keeps); or, where the code tested a state, that
 * state. Existence alone, another attribute, or a cap guard nothing; but that an item's next version does not exist yet does.
 */
export function isGuarded(race: Race): boolean | undefined {
  const { request } = race.write
  if (memberOfRequest(request, 'Expected').state !== 'absent') return undefined
  const condition = expressionOf(request, 'Condition')
  if (condition.state === 'absent') return false
  if (condition.state === 'unknown' || condition.optional) return undefined
  // A text that guards on one path only was meant to: what the other path stands for is not known here.
  if (condition.texts.some(({ tree }) => guardsIn(tree, race))) return true
  const isTold = condition.texts.every(({ tree, complete }) => complete && isNamed(tree, race))
  return isTold ? false : undefined
}

/** Whether every attribute that a condition names is known: what `#a` stands for can be written somewhere else. */
function isNamed(tree: Parameters<typeof walk>[0], race: Race): boolean {
  const names = namesOf(race.write.request)
  let isKnown = true
  walk(tree, {
    Path: (path) => {
      if (topAttribute(path, names) === undefined) isKnown = false
    },
  })
  return isKnown
}

/** Whether another entry of the same transaction has a condition on what was read: where it fails, so does all of it. */
export function isGuardedBeside({ read }: Race, spelling: Spelling): boolean {
  return transactionRequests(spelling).some((request) => {
    const condition = expressionOf(request, 'Condition')
    if (condition.state !== 'known') return false
    let found = false
    const ask = ({ name }: ValuePlaceholder): void => {
      const value = valueOfPlaceholder(request, name)
      if (value !== null && sourcesOf(value).some((s) => isOfRead(s, read))) found = true
    }
    for (const { tree } of condition.texts) walk(tree, { ValuePlaceholder: ask })
    return found
  })
}

function isOfRead(source: Source, read: Occurrence): boolean {
  return source.frame === read.frame && source.call === read.call
}

function guardsIn(tree: Parameters<typeof walk>[0], race: Race): boolean {
  let found = false
  walk(tree, {
    Comparison: (node) => {
      if (comparisonGuards(node, race)) found = true
    },
    FunctionCall: (node) => {
      if (functionGuards(node, race)) found = true
    },
    Between: (node) => {
      const attribute = attributeOf(node.operand, race)
      if (attribute !== undefined && race.attributes.has(attribute) && race.isTest) found = true
    },
    In: (node) => {
      const attribute = attributeOf(node.operand, race)
      if (attribute !== undefined && race.attributes.has(attribute)) found = true
    },
  })
  return found
}

function attributeOf(operand: Operand, race: Race): string | undefined {
  const path = pathOf(operand)
  return path ? topAttribute(path, namesOf(race.write.request)) : undefined
}

function comparisonGuards(node: Comparison, race: Race): boolean {
  const sides = [
    [node.left, node.right],
    [node.right, node.left],
  ] as const
  return sides.some(([side, other]) => {
    const attribute = attributeOf(side, race) ?? sizedAttribute(side, race)
    if (attribute === undefined) return false
    if (other.type === 'ValuePlaceholder') {
      const value = valueOfPlaceholder(race.write.request, other.name)
      const isWhatWasRead =
        value !== null &&
        sourcesOf(value).some((s) => isOfRead(s, race.read) && s.path[0] === attribute)
      if (isWhatWasRead) return true
      if (race.sets.get(attribute) === other.name) return true
    }
    // A version: compared, and replaced by the same write.
    if (node.operator === '=' && race.sets.has(attribute)) return true
    return race.isTest && race.attributes.has(attribute)
  })
}

/** `size(a)` says something of `a`. */
function sizedAttribute(operand: Operand, race: Race): string | undefined {
  if (operand.type !== 'FunctionCall') return undefined
  const [first] = operand.arguments
  return first ? attributeOf(first, race) : undefined
}

function functionGuards(node: FunctionCall, race: Race): boolean {
  const [first] = node.arguments
  const attribute = first ? attributeOf(first, race) : undefined
  const isNew = node.name === 'attribute_not_exists'
  // Where there must be no item, nothing that was read of one is overwritten.
  if (isNew && (race.isSibling || (attribute !== undefined && isKeyOfRead(attribute, race))))
    return true
  if (attribute === undefined || !race.attributes.has(attribute)) return false
  // Who writes another type than was read finds the same write carried out already.
  return isNew || node.name === 'attribute_type' || race.isTest
}

function isKeyOfRead(attribute: string, { read }: Race): boolean {
  const key = memberOfRequest(requestOf(read.spelling.request), 'Key')
  return key.state === 'known' && viewOf(key.term)?.fields.has(attribute) === true
}
