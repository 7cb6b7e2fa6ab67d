import type { InsertedText, InsertedTexts } from '../flow/values/inserted-text.ts'
import type { Edit, Proposal } from './edit.ts'
import { insertedPlace } from './inserted-place.ts'
import { contains, replace } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { valueText } from './value-text.ts'
import {
  extendRequest,
  memberNamed,
  newPlaceholders,
  placeholderFor,
  writtenRequest,
} from './written-request.ts'
import type { Placeholders, WrittenRequest } from './written-request.ts'

/**
 * One change that gives each value put into the expressions of a request a `:placeholder` of its own. None where a text
 * or the map is written elsewhere, used by others or known only in part, or where the value's type would have to be known.
 */
export function valuePlaceholders(
  { all, checked }: InsertedTexts,
  file: SourceFile,
): readonly Proposal<'useValue'>[] {
  const values = all.filter(({ role }) => role === 'value')
  const [first] = values
  if (!first || checked === null) return []
  const written = writtenRequest(file, checked.request, first.occurrence)
  if (written === null) return []
  const added = newPlaceholders()
  const edits: Edit[] = []
  for (const inserted of values) {
    const isOnly = checked.expressions.get(inserted.member as never)?.texts.length === 1
    const edit = isOnly ? editOf(inserted, written, file, added) : null
    if (edit === null) return []
    edits.push(edit)
  }
  const anchor = written.members.filter(({ key }) => key.endsWith('Expression')).at(-1)?.key ?? ''
  const entries = extendRequest(file, written, { anchor, conditions: [], added })
  if (entries === null) return []
  const names = [...added.values.keys()].map((name) => `\`${name}\``).join(', ')
  return [{ messageId: 'useValue', data: { names }, edits: [...edits, ...entries] }]
}

function editOf(
  inserted: InsertedText,
  written: WrittenRequest,
  file: SourceFile,
  added: Placeholders,
): Edit | null {
  const member = memberNamed(written, inserted.member)
  const place = insertedPlace(inserted, file)
  if (!member || place === null || !contains(member.valueAt, place.at)) return null
  const text = valueText(inserted, place.code)
  if (text === null) return null
  const hint = /([A-Za-z_]\w*)\W*$/.exec(place.code)?.[1] ?? 'value'
  const name = placeholderFor(file, written, { text, hint }, added)
  return replace(file, place.at, `${name}${place.close}`)
}
