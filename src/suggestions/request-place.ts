import type { ParameterFacts, Range } from '../facts/model.ts'
import { occurrencesIn } from '../flow/paths/occurrences.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { Step } from '../flow/paths/steps.ts'
import type { Request } from '../operations/request.ts'
import { evaluate } from '../project/evaluate.ts'
import { callOf, functionOf, placeOf, valueOf } from '../project/module.ts'
import type { Frame, Ref } from '../project/term.ts'
import { contains } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Where a request is written as an object literal. */
export interface RequestPlace {
  readonly ref: Ref
  /** The call that sends it, or hands it to a function that does. */
  readonly step: Step
}

/** Members that a wrapper may add to the request it is given, and that no suggestion touches. */
const ADDED = new Set([
  'TableName',
  'ConsistentRead',
  'ExclusiveStartKey',
  'Limit',
  'ReturnConsumedCapacity',
  'ReturnItemCollectionMetrics',
  'ReturnValues',
  'ScanIndexForward',
  'Select',
])

/**
 * The one literal of this file that a request is, or that a wrapper sends with a table and the like added to it; null where
 * it is put together in some other way, where others may use it as well, or where the wrapper may not take more.
 */
export function placeOfRequest(
  file: SourceFile,
  request: Request,
  { trail }: Occurrence,
): RequestPlace | null {
  const ref = literalOf(file, request)
  if (ref === null) return null
  const at = placeOf(file.module, ref.value)
  if (!isGiven(file, ref, at) && !isHeldOnce(file, ref)) return null
  const index = trail.findIndex((step) => step.frame === ref.frame)
  const step = trail[index]
  if (!step) return null
  const isOnce =
    isInline(ref.frame, trail[0]?.frame) ||
    trail
      .slice(1, index + 1)
      .every(({ frame }) => frame.module === file.module && isUsedOnce(file, frame.function))
  const inner = trail[index + 1]
  if (!isOnce || (inner && !takesMore(file, step, at, inner))) return null
  return { ref, step }
}

/** The literal itself, or the only thing that is spread into the one that is sent. */
function literalOf({ module }: SourceFile, { term }: Request): Ref | null {
  if (term.kind !== 'object') return null
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  if (node.kind !== 'object') return null
  const spreads = node.entries.filter((entry) => entry.kind === 'spread')
  const [spread, ...others] = spreads
  if (!spread) return frame.module === module ? { frame, value } : null
  const isPlain = node.entries.every(
    (entry) => entry.kind === 'spread' || (entry.kind === 'property' && ADDED.has(entry.key)),
  )
  const given = evaluate({ frame, value: spread.value })
  if (others.length > 0 || !isPlain || given.kind !== 'object') return null
  const { ref } = given
  // What is spread where it is made may be used by others.
  return ref.frame.module === module && ref.frame !== frame ? ref : null
}

/** It stands in the arguments of a call. */
function isGiven({ module }: SourceFile, { frame }: Ref, at: Range): boolean {
  return module.facts.calls.some(
    (call) =>
      call.function === frame.function && call.arguments.some((given) => contains(given.at, at)),
  )
}

/** It is held by one variable, which is read once and never changed. */
function isHeldOnce({ module }: SourceFile, { frame, value }: Ref): boolean {
  return module.facts.variables.some(
    (v) =>
      v.final === value &&
      v.function === frame.function &&
      v.reads.length === 1 &&
      v.assigned.length === 1 &&
      v.foreign.length === 0,
  )
}

/** A function that stands in another one, or in one that does, as an argument or the like and under no name. */
function isInline(inner: Frame, outer: Frame | undefined): boolean {
  for (let frame: Frame | null = inner; frame; frame = frame.lexical) {
    if (frame === outer) return true
    const { module, function: id } = frame
    const isHeld = module.facts.variables.some((v) => {
      const held = v.final === null ? undefined : module.facts.values[v.final]
      return held?.kind === 'function' && held.function === id
    })
    const { kind } = functionOf(module, id)
    if (isHeld || (kind !== 'arrow' && kind !== 'function')) return false
  }
  return false
}

/** A function that one place of this file alone calls. */
function isUsedOnce({ module }: SourceFile, id: number): boolean {
  const { facts } = module
  const index = facts.variables.findIndex((v) => {
    const held = v.final === null ? undefined : facts.values[v.final]
    return held?.kind === 'function' && held.function === id
  })
  const variable = facts.variables[index]
  if (variable?.name !== functionOf(module, id).name) return false
  const isExported = Object.values(facts.exports).some((value) => {
    const node = facts.values[value]
    return (
      (node?.kind === 'variable' && node.variable === index) ||
      (node?.kind === 'function' && node.function === id)
    )
  })
  return variable.reads.length === 1 && variable.assigned.length <= 1 && !isExported
}

/** A wrapper that is given the request sends it once, and its parameter may have more members. */
function takesMore(file: SourceFile, { frame, call }: Step, at: Range, inner: Step): boolean {
  const { arguments: given } = callOf(frame.module, call)
  const index = given.findIndex(
    (argument) => contains(argument.at, at) || isRead(file, argument.at),
  )
  const parameter = functionOf(inner.frame.module, inner.frame.function).parameters[index]
  if (!parameter || parameter.rest || given.some(({ spread }) => spread)) return false
  return isOpen(parameter) && occurrencesIn(inner.frame).length === 1
}

/** A name alone, which may be the variable that holds the request. */
function isRead({ module, text }: SourceFile, at: Range): boolean {
  return (
    /^[\w$]+$/.test(text.slice(at.start, at.end)) &&
    module.facts.variables.some(({ reads }) => reads.includes(at.start))
  )
}

/** It is of one of the SDK's own types, or of none. */
function isOpen({ type, typeName, primitives }: ParameterFacts): boolean {
  if (typeName !== null) return /(?:Input|ItemRequest)$/.test(typeName)
  return type === null && Object.keys(primitives).length === 0
}
