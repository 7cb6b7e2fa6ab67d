import type { FindingCode } from '../expressions/index.ts'
import type { Range } from '../facts/model.ts'
import type { LocatedFinding } from '../operations/findings-of-file.ts'
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
  const written = writtenRequest(file, checked.request, occurrence)
  if (written === null) return []
  const unused = (code: FindingCode): ReadonlySet<string> =>
    new Set(
      together.flatMap(({ code: found, place }) =>
        found === code && 'placeholder' in place ? (place.placeholder ?? []) : [],
      ),
    )
  const placeholders = { names: unused('unusedName'), values: unused('unusedValue') }
  return withoutPlaceholders(file, written, placeholders) ?? []
}

/** Some of a request's placeholders. */
export interface PlaceholderKeys {
  readonly names: ReadonlySet<string>
  readonly values: ReadonlySet<string>
}

const MEMBERS = {
  names: 'ExpressionAttributeNames',
  values: 'ExpressionAttributeValues',
} as const

/**
 * The edits that take placeholders and whole members out of a request, with the maps that would be empty, and then what
 * only their values needed. Null where that cannot be done without a trace.
 *
 * @param gone the members that go as well
 */
export function withoutPlaceholders(
  file: SourceFile,
  written: WrittenRequest,
  placeholders: PlaceholderKeys,
  gone: readonly Property[] = [],
): readonly Edit[] | null {
  const members = [...gone]
  const edits: Edit[] = []
  for (const map of ['names', 'values'] as const) {
    const keys = placeholders[map]
    if (keys.size === 0) continue
    const member = memberNamed(written, MEMBERS[map])
    const entries = member && propertiesOf(file, member.value)
    if (!entries || !contains(member.valueAt, placeOf(file.module, member.value))) return null
    const unused = entries.filter(({ key }) => keys.has(key))
    if (unused.length < keys.size || unused.some((entry) => doesMore(file, entry))) return null
    const without = unused.length === entries.length ? [] : removed(file, entries, unused)
    if (without === null) return null
    if (unused.length === entries.length) members.push(member)
    edits.push(...without)
  }
  const whole = members.length === 0 ? [] : removed(file, written.members, members)
  if (whole === null) return null
  edits.push(...whole)
  const more = removeUnused(file, {
    replaced: edits.map(({ at }) => at),
    kept: [],
    assignments: [],
    mayDrop: () => false,
  })
  return more && [...edits, ...more]
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

/** Takes entries out of an object literal: whole lines, or else each run of them with the commas that part it from others. */
export function removed(
  file: SourceFile,
  all: readonly Property[],
  gone: readonly Property[],
): readonly Edit[] | null {
  const edits: Edit[] = []
  for (let first = 0; first < all.length; first += 1) {
    const entry = all[first]
    if (!entry || !gone.includes(entry)) continue
    const lines = linesOf(file, entry)
    if (lines) {
      edits.push(replace(file, lines, ''))
      continue
    }
    let last = first
    for (let next = all[last + 1]; next && gone.includes(next); next = all[last + 1]) {
      if (linesOf(file, next)) break
      last += 1
    }
    const edit = withoutRun(file, all, first, last)
    if (edit === null) return null
    edits.push(edit)
    first = last
  }
  return edits
}

/** An entry that stands alone in its lines, with the comma behind it. */
function linesOf(file: SourceFile, { at: { start, end } }: Property): Range | null {
  const after = /^[ \t]*,/.exec(file.text.slice(end, end + 200))
  return wholeLines(file, { start, end: after ? end + after[0].length : end })
}

function withoutRun(
  file: SourceFile,
  all: readonly Property[],
  first: number,
  last: number,
): Edit | null {
  const run = all.slice(first, last + 1)
  const [head] = run
  const tail = run.at(-1)
  if (!head || !tail) return null
  const [before, next] = [all[first - 1], all[last + 1]]
  const parted = [...run, ...(next ? [next] : [])].slice(1).map(({ at }, index) => ({
    start: run[index]?.at.end ?? at.start,
    end: at.start,
  }))
  const at = next
    ? { start: head.at.start, end: next.at.start }
    : { start: before?.at.end ?? head.at.start, end: tail.at.end }
  const commas = next || !before ? parted : [...parted, { start: at.start, end: head.at.start }]
  const isPlain = commas.every(({ start, end }) => /^\s*,\s*$/.test(file.text.slice(start, end)))
  return isPlain && (next || before) ? replace(file, at, '') : null
}
