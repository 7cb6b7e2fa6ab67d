import type { InsertedText, InsertedTexts } from '../flow/values/inserted-text.ts'
import { holesInStatement, parametersIn } from '../operations/partiql.ts'
import { memberOfRequest } from '../operations/request.ts'
import { expressionText } from '../operations/text.ts'
import { placeOf, valueOf } from '../project/module.ts'
import type { Edit, Proposal } from './edit.ts'
import { insertedPlace } from './inserted-place.ts'
import { contains, insertAfter, replace } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { valueText } from './value-text.ts'
import { memberNamed, writtenRequest } from './written-request.ts'
import type { WrittenRequest } from './written-request.ts'

/**
 * One change that gives each value put into a PartiQL statement as a parameter, `?` in its place. None where the
 * statement or its Parameters are written elsewhere, or a parameter that is there would have to come behind a new one.
 */
export function statementParameters(
  { all }: InsertedTexts,
  file: SourceFile,
): readonly Proposal<'useParameter'>[] {
  const values = all.filter(({ role }) => role === 'value')
  const [first] = values
  if (!first) return []
  const written = writtenRequest(file, first.request, first.occurrence)
  const member = written && memberNamed(written, 'Statement')
  if (!written || !member || values.some(({ text }) => text !== first.text)) return []
  const there = parametersIn(expressionText(first.text))
  const edits: Edit[] = []
  const parameters: string[] = []
  for (const inserted of values) {
    const place = insertedPlace(inserted, file)
    const text = place && valueText(inserted, place.code)
    if (!place || text === null || !contains(member.valueAt, place.at)) return []
    if (edits.some(({ at }) => at.start === place.at.start)) continue
    if (parametersBefore(inserted) < there) return []
    edits.push(replace(file, place.at, `?${place.close}`))
    parameters.push(text)
  }
  const added = addParameters(parameters, there, written, file)
  return added === null
    ? []
    : [{ messageId: 'useParameter', data: {}, edits: [...edits, ...added] }]
}

function parametersBefore({ text, offset }: InsertedText): number {
  const holes = holesInStatement(expressionText(text))
  return holes.find((hole) => hole.offset === offset)?.parameters ?? 0
}

/** @param there how many parameters the statement takes already */
function addParameters(
  parameters: readonly string[],
  there: number,
  written: WrittenRequest,
  file: SourceFile,
): readonly Edit[] | null {
  const given = memberNamed(written, 'Parameters')
  const statement = memberNamed(written, 'Statement')
  if (given === null) {
    const isAbsent = memberOfRequest(written.request, 'Parameters').state === 'absent'
    return isAbsent && there === 0 && statement
      ? insertAfter(file, statement.at, [`Parameters: [${parameters.join(', ')}]`])
      : null
  }
  const list = valueOf(file.module, given.value)
  const at = placeOf(file.module, given.value)
  if (list.kind !== 'array' || !contains(given.valueAt, at)) return null
  if (list.elements.length !== there || list.elements.some(({ spread }) => spread)) return null
  const last = list.elements.at(-1)
  return last
    ? insertAfter(file, last.at, parameters)
    : [replace(file, at, `[${parameters.join(', ')}]`)]
}
