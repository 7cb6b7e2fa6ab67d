import type { LocatedFinding } from '../operations/findings-of-file.ts'
import type { CheckedRequest } from '../operations/checked-request.ts'
import type { Finding } from '../operations/request-findings.ts'
import { placeOfRange } from '../operations/source-map.ts'
import type { Edit } from './edit.ts'
import { contains, replace } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import {
  extendRequest,
  memberNamed,
  nameOf,
  newPlaceholders,
  writtenRequest,
} from './written-request.ts'
import type { Placeholders, WrittenRequest } from './written-request.ts'

/**
 * The edits that give every reserved word of a request a `#placeholder`: one that stands for it already, or a new one,
 * with its entry in ExpressionAttributeNames. None where a text or the map is written elsewhere, used by others, or known
 * only in part.
 */
export function aliasReservedWords(
  { checked, occurrence, together }: LocatedFinding,
  file: SourceFile,
): readonly Edit[] {
  const words = together.filter(({ code }) => code === 'reservedWord')
  if (!words.every(isName) || together.some(({ code }) => code === 'syntax')) return []
  const written = writtenRequest(file, checked.request, occurrence)
  if (written === null) return []
  const added = newPlaceholders()
  const edits = words.map((word) => aliased(word, written, checked, file, added))
  if (edits.includes(null)) return []
  const anchor = written.members.filter(({ key }) => key.endsWith('Expression')).at(-1)?.key ?? ''
  const entries = extendRequest(file, written, { anchor, conditions: [], added })
  return entries === null ? [] : [...edits.filter((edit) => edit !== null), ...entries]
}

/** Before `true`, `false` and `null` look twice: a value was meant. `AND` or `SET` as a name is likely a slip, too. */
function isName({ subject, message }: Finding): boolean {
  return (
    subject !== null && !/^(?:true|false|null)$/i.test(subject) && !message.includes('Syntax error')
  )
}

function aliased(
  { subject, place }: Finding,
  written: WrittenRequest,
  { expressions }: CheckedRequest,
  file: SourceFile,
  added: Placeholders,
): Edit | null {
  if (place.in !== 'expression' || subject === null) return null
  if (expressions.get(place.member)?.texts.length !== 1) return null
  const member = memberNamed(written, place.member)
  const mapped = placeOfRange(place.text, place.range, file)
  if (!member || !mapped?.isExact || !contains(member.valueAt, mapped.at)) return null
  return replace(file, mapped.at, nameOf(written, subject, added))
}
