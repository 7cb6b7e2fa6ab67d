import type { LocatedFinding } from '../operations/findings-of-file.ts'
import { placeOfRange } from '../operations/source-map.ts'
import type { Edit } from './edit.ts'
import { contains, replace } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { memberNamed, writtenRequest } from './written-request.ts'

/** The edits that mend an expression in its own text; none where it is written elsewhere, or others use it, too. */
export function expressionFix(
  { finding, checked, occurrence }: LocatedFinding,
  file: SourceFile,
): readonly Edit[] {
  const { place, edits = [] } = finding
  if (place.in !== 'expression' || edits.length === 0) return []
  if (checked.expressions.get(place.member)?.texts.length !== 1) return []
  const written = writtenRequest(file, checked.request, occurrence)
  const member = written && memberNamed(written, place.member)
  if (!member) return []
  const found: Edit[] = []
  for (const { range, text } of edits) {
    const mapped = placeOfRange(place.text, range, file)
    const isPlain = range[0] < range[1] && /^[^'"`\\$\n]*$/.test(text)
    if (!mapped?.isExact || !isPlain || !contains(member.valueAt, mapped.at)) return []
    found.push(replace(file, mapped.at, text))
  }
  return found
}
