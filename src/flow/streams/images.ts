import type { FunctionId, ValueId } from '../../facts/model.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { keptBy, placeOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame, Place } from '../../project/term.ts'
import { mayReachOperation } from '../paths/leads.ts'
import { usesIn } from '../values/uses.ts'
import { runsBelow } from './handlers.ts'
import type { StreamHandler } from './handlers.ts'
import { imageOf } from './records.ts'
import type { Image } from './records.ts'

/** A place in a handler's file where an image of a record is read. */
export interface ImageRead {
  readonly image: Image
  readonly value: ValueId
  readonly frame: Frame
  readonly at: Place
  /** The record is one of those that the handler was given, as it was given them. */
  readonly isOfEvent: boolean
}

/** Where a handler, and what it calls in its own file, reads images, in the order of the file. */
export function imagesRead({ frame: handler }: StreamHandler): readonly ImageRead[] {
  const { module } = handler
  const written = imagesWritten(module)
  if (written.size === 0) return []
  const found = new Map<ValueId, ImageRead>()
  for (const frame of runsBelow(handler))
    for (const value of written.get(frame.function) ?? []) {
      if (found.has(value)) continue
      const told = imageOf(evaluate({ frame, value }), handler)
      if (told === null) continue
      found.set(value, { ...told, value, frame, at: { ...placeOf(module, value), module } })
    }
  return [...found.values()].sort((a, b) => a.at.start - b.at.start)
}

/**
 * Whether a file may do with the records of a stream what is looked for: it reads images, or comes to operations. Most files do
 * neither, and nobody need find out what sets their functions off.
 */
export function mayUseRecords(module: Module): boolean {
  if (imagesWritten(module).size > 0) return true
  return module.facts.functions.some((_, id) => mayReachOperation(freeFrame(module, id)))
}

const written = keptBy<Module, ReadonlyMap<FunctionId, readonly ValueId[]>>()

/** What a file calls an image, by the function that it stands in. */
function imagesWritten(module: Module): ReadonlyMap<FunctionId, readonly ValueId[]> {
  const kept = written(module.project)
  const known = kept.get(module)
  if (known) return known
  const found = new Map<FunctionId, ValueId[]>()
  module.facts.values.forEach((value, id) => {
    if (value.kind !== 'member' || (value.key !== 'NewImage' && value.key !== 'OldImage')) return
    const inside = functionAt(module, placeOf(module, id).start)
    const list = found.get(inside)
    if (list) list.push(id)
    else found.set(inside, [id])
  })
  kept.set(module, found)
  return found
}

/** The innermost function around an offset. */
function functionAt({ facts }: Module, offset: number): FunctionId {
  let found = 0
  facts.functions.forEach(({ at }, id) => {
    const around = facts.functions[found]?.at
    const isInside = at.start <= offset && offset < at.end
    if (isInside && (!around || at.end - at.start <= around.end - around.start)) found = id
  })
  return found
}

/** An image that the stream of each table that sets a handler off does not carry. */
export interface MissingImage extends ImageRead {
  /** What it carries; of several tables, each. */
  readonly view: string
}

/** The images that a handler reads and is never given, each where it is read first. */
export function missingImages(
  handler: StreamHandler,
  reads: readonly ImageRead[],
): readonly MissingImage[] {
  const views = handler.sources.map(({ table }) =>
    table !== null && 'stream' in table ? table.stream : null,
  )
  if (views.length === 0) return []
  return (['OldImage', 'NewImage'] as const).flatMap((image) => {
    const isMissing = views.every((view) => view !== null && lacks(view, image))
    if (!isMissing) return []
    const read = reads.find((each) => each.image === image && !isOneOfBoth(each, reads))
    return read ? [{ ...read, view: [...new Set(views)].join(' and ') }] : []
  })
}

function lacks(view: string, image: Image): boolean {
  switch (view) {
    case 'KEYS_ONLY':
      return true
    case 'NEW_IMAGE':
      return image === 'OldImage'
    case 'OLD_IMAGE':
      return image === 'NewImage'
    default:
      return false
  }
}

/** `record.dynamodb.NewImage ?? record.dynamodb.OldImage`: whichever there is. */
function isOneOfBoth({ value, at, image }: ImageRead, reads: readonly ImageRead[]): boolean {
  const { module } = at
  return (usesIn(module).get(value) ?? []).some((use) => {
    const whole = use.kind === 'value' ? module.facts.values[use.id] : undefined
    const sides =
      whole?.kind === 'logical' && whole.operator !== '&&'
        ? [whole.left, whole.right]
        : whole?.kind === 'choice'
          ? whole.options
          : []
    return reads.some((other) => other.image !== image && sides.includes(other.value))
  })
}
