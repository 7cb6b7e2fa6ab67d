import type { Edit } from './edit.ts'
import { insertAfter, quoteOf, quoted, replace } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { removed } from './unused-placeholders.ts'
import { memberNamed, writtenText } from './written-request.ts'
import type { WrittenRequest } from './written-request.ts'

/** The edits that make a request read an index, or with null the table; null where its IndexName is not written there. */
export function setIndex(
  file: SourceFile,
  written: WrittenRequest,
  index: string | null,
): readonly Edit[] | null {
  const member = memberNamed(written, 'IndexName')
  if (member === null) {
    const anchor =
      memberNamed(written, 'TableName') ?? memberNamed(written, 'KeyConditionExpression')
    if (anchor === null || index === null) return null
    return insertAfter(file, anchor.at, [`IndexName: ${quoted(index, quoteOf(file))}`])
  }
  if (index === null) return removed(file, written.members, [member])
  const text = writtenText(file, member)
  return text && [replace(file, member.valueAt, quoted(index, text.quote))]
}
