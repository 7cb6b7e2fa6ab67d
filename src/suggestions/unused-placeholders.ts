import type { LocatedFinding } from '../operations/findings-of-file.ts'
import type { Finding } from '../operations/request-findings.ts'
import { placeOf } from '../project/module.ts'
import type { Edit } from './edit.ts'
import { contains, replace, wholeLines } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { removeUnused } from './unused.ts'
import { memberNamed, propertiesOf, writtenRequest } from './written-request.ts'
import type { Property, WrittenRequest } from './written-request.ts'

/**
 * The edits that take out of a request all placeholders that none of its expressions uses; a map that would be empty
 * goes with them. None where a map is written elsewhere, or used by others, or where a value does more than be read.
 */
export function removeUnusedPlaceholders(
  { checked, occurrence, together }: LocatedFinding,
  file: SourceFile,
): readonly Edit[] {
  const unused = together.filter(({ code }) => code === 'unusedName' || code === 'unusedValue')
  const written = writtenRequest(file, checked.request, occurrence)
  if (written === null) return []
  const edits: Edit[] = []
  for (const map of ['names', 'values'] as const) {
    const left = unused.filter(({ place }) => place.in === map)
    const removed = left.length === 0 ? [] : removedFrom(file, written, map, left)
    if (removed === null) return []
    edits.push(...removed)
  }
  const more = removeUnused(file, {
    replaced: edits.map(({ at }) => at),
    kept: [],
    assignments: [],
    mayDrop: () => false,
  })
  return more === null ? [] : [...edits, ...more]
}

const MEMBERS = {
  names: 'ExpressionAttributeNames',
  values: 'ExpressionAttributeValues',
} as const

function removedFrom(
  file: SourceFile,
  written: WrittenRequest,
  map: 'names' | 'values',
  unused: readonly Finding[],
): readonly Edit[] | null {
  const member = memberNamed(written, MEMBERS[map])
  const entries = member && propertiesOf(file, member.value)
  if (!entries || !contains(member.valueAt, placeOf(file.module, member.value))) return null
  const keys = new Set(
    unused.flatMap(({ place }) => ('placeholder' in place ? (place.placeholder ?? []) : [])),
  )
  const gone = entries.filter(({ key }) => keys.has(key))
  if (gone.length < keys.size || gone.some((entry) => doesMore(file, entry))) return null
  return gone.length === entries.length
    ? removed(file, written.members, [member])
    : removed(file, entries, gone)
}

/** A call, or anything that waits or assigns, is no mere value. */
function doesMore({ module, text }: SourceFile, { valueAt }: Property): boolean {
  const { calls, variables } = module.facts
  const written = text.slice(valueAt.start, valueAt.end)
  return (
    calls.some(({ at }) => contains(valueAt, at)) ||
    variables.some((v) => v.assigned.some((at) => valueAt.start <= at && at < valueAt.end)) ||
    /\b(?:await|yield|delete)\b|`|\+\+|--/.test(written)
  )
}

/** Takes entries out of an object literal, each with the comma behind it, or before it if it is the last. */
function removed(
  file: SourceFile,
  all: readonly Property[],
  gone: readonly Property[],
): readonly Edit[] | null {
  const edits: Edit[] = []
  for (const entry of gone) {
    const { start, end } = entry.at
    const after = /^[ \t]*,/.exec(file.text.slice(end, end + 200))
    const upTo = after ? end + after[0].length : end
    const lines = wholeLines(file, { start, end: upTo })
    if (lines) {
      edits.push(replace(file, lines, ''))
      continue
    }
    const index = all.indexOf(entry)
    const next = all[index + 1]
    const before = all.slice(0, index).findLast((other) => !gone.includes(other))
    if (next) {
      if (!/^\s*,\s*$/.test(file.text.slice(end, next.at.start))) return null
      edits.push(replace(file, { start, end: next.at.start }, ''))
    } else if (before) {
      const from = all[index - 1]?.at.end ?? start
      if (!/^\s*,\s*$/.test(file.text.slice(from, start))) return null
      // What stands between was taken out with the entries before this one.
      const isTaken = gone.includes(all[index - 1] ?? entry)
      if (isTaken) return null
      edits.push(replace(file, { start: from, end }, ''))
    } else return null
  }
  return edits
}
