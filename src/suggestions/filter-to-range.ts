import type { ClientSide } from '../flow/reads/client-side.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import { usesOfResult } from '../flow/reads/result-uses.ts'
import { callOf } from '../project/module.ts'
import type { Edit, Proposal } from './edit.ts'
import { movable } from './names-in-scope.ts'
import { contains, quoted, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import {
  extendMaps,
  memberNamed,
  nameOf,
  newPlaceholders,
  placeholderFor,
  writtenRequest,
  writtenText,
} from './written-request.ts'

/**
 * A Query that asks for the sort keys that a filter behind it keeps, and no filter. Null where the filter asks for more, the
 * items are used unfiltered as well, or the request is not written here.
 *
 * @see Query.KeyConditionExpressions.html
 */
export function filterToRange(
  { filter, attribute, request }: ClientSide,
  occurrence: Occurrence,
  file: SourceFile,
): Proposal<'askForKeys'> | null {
  const [top, ...more] = occurrence.trail
  if (!filter || !top || more.length > 0 || occurrence.spelling.values !== 'document') return null
  const { step, comparator, value } = filter
  if (step.frame !== top.frame || value.module !== file.module) return null
  const isUsedOtherwise = usesOfResult(occurrence).some(
    ({ steps }) => !steps.some(({ call, frame }) => call === step.call && frame === step.frame),
  )
  if (isUsedOtherwise) return null
  const written = writtenRequest(file, request, occurrence)
  const key = written && memberNamed(written, 'KeyConditionExpression')
  const text = key && writtenText(file, key)
  const given = textAt(file, value)
  const { function: own } = callOf(file.module, top.call)
  if (!written || !key || !text) return null
  const read = movable(file, value, { at: written.at.start, function: own })
  if (read === null || read.some(({ at }) => at.start > written.at.start)) return null
  const dropped = withoutCall(file, step.call)
  if (dropped === null || contains(dropped.at, written.at)) return null
  const added = newPlaceholders()
  const hint = /([A-Za-z_]\w*)\W*$/.exec(given)?.[1] ?? attribute
  const name = nameOf(written, attribute, added)
  const placeholder = placeholderFor(file, written, { text: given, hint }, added)
  const asked = `${name} ${comparator} ${placeholder}`
  const maps = extendMaps(file, written, added)
  if (
    maps === null ||
    maps.members.some((member) => member.startsWith('ExpressionAttributeValues'))
  )
    return null
  const edits: Edit[] = [
    replace(file, key.valueAt, quoted(`${text.text} AND ${asked}`, text.quote)),
    ...maps.edits,
    ...maps.members.map((member) =>
      replace(file, { start: key.at.start, end: key.at.start }, `${member}, `),
    ),
    dropped,
  ]
  return { messageId: 'askForKeys', data: { asked }, edits }
}

/** The edit that leaves a list as it is where it was filtered by a function that is written there. */
function withoutCall(file: SourceFile, id: number): Edit | null {
  const { at, calleeAt } = callOf(file.module, id)
  const given = file.text.slice(calleeAt.end, at.end)
  if (!/^\(\s*(?:\(\s*[\w$]+\s*(?::[^()]*)?\)|[\w$]+)\s*=>\s*[^{\s]/.test(given)) return null
  const dot = /\s*\??\.\s*$/.exec(file.text.slice(at.start, calleeAt.start))
  if (!dot) return null
  return replace(file, { start: calleeAt.start - dot[0].length, end: at.end }, '')
}
