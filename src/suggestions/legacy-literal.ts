import type { Range, ValueId, VariableFacts } from '../facts/model.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { LocatedLegacyRequest } from '../operations/legacy.ts'
import { namesOf } from '../operations/request.ts'
import { callOf, placeOf, valueOf } from '../project/module.ts'
import { isClosed } from '../project/view.ts'
import { LEGACY_PARAMETERS } from '../requests/legacy.ts'
import { contains, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { propertiesOf } from './written-request.ts'
import type { WrittenRequest } from './written-request.ts'

/** The object literal of this file that holds the parameters, where nothing but this request is made of it. */
export function legacyLiteral(
  file: SourceFile,
  { request, parameters, occurrence }: LocatedLegacyRequest,
): WrittenRequest | null {
  const { view } = request
  const names = namesOf(request)
  if (view === null || !isClosed(view) || names.open) return null
  const places = parameters.map((name) => view.fields.get(name)?.at ?? null)
  const [place] = places
  if (place?.module !== file.module) return null
  const id = file.module.facts.values.findIndex(
    (value) =>
      value.kind === 'object' &&
      value.entries.some((entry) => entry.kind === 'property' && isSame(entry.at, place)),
  )
  const members = id === -1 ? null : propertiesOf(file, id)
  if (members === null || new Set(members.map(({ key }) => key)).size < members.length) return null
  const isWhole =
    places.every((at) => members.some((member) => at !== null && isSame(member.at, at))) &&
    members
      .filter(({ key }) => key in LEGACY_PARAMETERS)
      .every(({ key }) => parameters.some((name) => name === key))
  const [step] = occurrence.trail
  return step && isWhole && isForThisAlone(file, id, occurrence)
    ? { request, id, at: placeOf(file.module, id), members, step }
    : null
}

function isSame(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end
}

/** The literal is what the operation is given, or in a variable that is given to it and otherwise only gets members of its own. */
function isForThisAlone(
  file: SourceFile,
  id: ValueId,
  { call, frame, trail, spelling }: Occurrence,
): boolean {
  if (frame.module !== file.module || trail.length > 1) return false
  const { facts } = file.module
  const made = spelling.command?.kind === 'made' ? spelling.command.ref : null
  const command = made?.frame.module === file.module ? valueOf(file.module, made.value) : null
  const calls = [call, ...(command?.kind === 'call' ? [command.call] : [])]
  const given = calls.flatMap((one) => callOf(file.module, one).arguments.map(({ at }) => at))
  const at = placeOf(file.module, id)
  if (given.some((argument) => isSame(argument, at))) return true
  const holder = facts.variables.find((variable) => isHolder(file, variable, at))
  if (!holder || holder.foreign.length > 0) return false
  const uses = holder.reads.filter((read) => !isOwnMember(file, read, holder.name))
  return uses.length === 1 && given.some(({ start }) => start === uses[0])
}

/** `const query = { … }`, perhaps with a type. */
function isHolder(
  file: SourceFile,
  { declaration, assigned, name }: VariableFacts,
  at: Range,
): boolean {
  if (declaration === null || !contains(declaration, at)) return false
  const before = textAt(file, { start: declaration.start, end: at.start })
  const after = textAt(file, { start: at.end, end: declaration.end })
  return (
    /^(?:const|let|var)\s+[\w$]+\s*(?::[^=]*)?=\s*$/.test(before) &&
    /^\s*(?:(?:as|satisfies)\s[^;={]*)?;?\s*$/.test(after) &&
    assigned.filter((place) => !isOwnMember(file, place, name)).length === 1
  )
}

/** `query.ExclusiveStartKey`: it does not matter which expression the rest is. */
function isOwnMember({ text }: SourceFile, read: number, name: string): boolean {
  const member = /^\s*\.\s*([A-Za-z]\w*)/.exec(text.slice(read + name.length, read + 200))?.[1]
  return (
    member !== undefined &&
    !(member in LEGACY_PARAMETERS) &&
    !/^Expression|Expression$/.test(member)
  )
}
