import type { Duplicate } from '../operations/duplicates.ts'
import type { Edit } from './edit.ts'
import { contains, replace, textAt, wholeLines } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Takes out a property that the same literal gives again in the same words; none where the two may differ. */
export function removeDuplicate(
  { property, again, members }: Duplicate,
  file: SourceFile,
): readonly Edit[] {
  const isCall = file.module.facts.calls.some(({ at }) => contains(property.valueAt, at))
  if (isCall || textAt(file, property.valueAt) !== textAt(file, again.valueAt)) return []
  const next = members[members.indexOf(property) + 1]
  const comma = next ? { start: property.at.end, end: next.at.start } : null
  if (!next || !comma || !/^\s*,\s*$/.test(textAt(file, comma))) return []
  const upToComma = textAt(file, comma).indexOf(',') + 1 + property.at.end
  const lines = wholeLines(file, { start: property.at.start, end: upToComma })
  return [replace(file, lines ?? { start: property.at.start, end: next.at.start }, '')]
}
