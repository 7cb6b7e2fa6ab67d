import type { Range } from '../facts/model.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { Request } from '../operations/request.ts'
import { callOf } from '../project/module.ts'
import { boundAnswer, readsOf } from './bound-answer.ts'
import type { BoundAnswer } from './bound-answer.ts'
import type { Edit, Proposal } from './edit.ts'
import { freeName } from './free-name.ts'
import { contains, insertAfter, quoteOf, quoted, replace } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { memberNamed, writtenRequest } from './written-request.ts'

/**
 * A Query that gives the number of its items alone, and `Count` where their number was read. Null where the request is not
 * written in the call that sends it, or the number is read in another way than `.length`.
 *
 * @see API_Query.html
 */
export function countOnly(
  occurrence: Occurrence,
  request: Request,
  file: SourceFile,
): Proposal<'countOnly'> | null {
  const [step, ...more] = occurrence.trail
  if (!step || more.length > 0 || step.frame.module !== file.module) return null
  const written = writtenRequest(file, request, occurrence)
  const anchor = written && memberNamed(written, 'KeyConditionExpression')
  const call = callOf(file.module, step.call)
  // Elsewhere its type would be that of any text.
  if (!written || !anchor || !contains(call.at, written.at)) return null
  const bound = boundAnswer(file, call.at)
  const edits = bound && (ofMember(file, bound) ?? ofAnswer(file, bound))
  if (!edits) return null
  const select = `Select: ${quoted('COUNT', quoteOf(file))}`
  return {
    messageId: 'countOnly',
    data: {},
    edits: [...insertAfter(file, anchor.at, [select]), ...edits],
  }
}

/** Of `const { Items = [] } = …`: `Items.length` becomes `Count`. */
function ofMember(file: SourceFile, bound: BoundAnswer): readonly Edit[] | null {
  const [, otherwise] = /^\{\s*Items\s*(=\s*\[\]\s*)?,?\s*\}$/.exec(bound.target) ?? [null]
  if (otherwise === null) return null
  const reads = readsOf(file, { ...bound, target: 'Items' })
  if (reads === null || freeName(file, ['Count']) === null) return null
  const start = file.text.indexOf(bound.target, bound.statement.start)
  const at = { start, end: start + bound.target.length }
  const changed = reads.map((read) => counted(file, read, '', 'Count'))
  const target = otherwise === undefined ? '{ Count }' : '{ Count = 0 }'
  return allOf([replace(file, at, target), ...changed])
}

/** Of `const answer = …`: `answer.Items.length` becomes `answer.Count`. */
function ofAnswer(file: SourceFile, bound: BoundAnswer): readonly Edit[] | null {
  const reads = readsOf(file, bound)
  if (reads === null) return null
  const changed = reads.flatMap((read) => {
    const isCount = /^[?!]?\.Count\b/.test(file.text.slice(read.end, read.end + 10))
    return isCount ? [] : [counted(file, read, '[?!]?\\.Items', `${bound.target}.Count`)]
  })
  return allOf(changed)
}

/** The edit that makes the number of a list at `read` a member that is a number; null where it is written otherwise. */
function counted(file: SourceFile, read: Range, items: string, count: string): Edit | null {
  const { text } = file
  const behind = text.slice(read.end, read.end + 80)
  const plain = new RegExp(`^${items}([?!]?)\\.length\\b`).exec(behind)
  if (plain) {
    const end = read.end + plain[0].length
    return replace(file, { start: read.start, end }, `${count}${plain[1] === '!' ? '!' : ''}`)
  }
  const orNone = new RegExp(`^${items}\\s*(?:\\?\\?|\\|\\|)\\s*\\[\\]\\)\\.length\\b`).exec(behind)
  if (!orNone || text[read.start - 1] !== '(') return null
  const end = read.end + orNone[0].length
  return replace(file, { start: read.start - 1, end }, `(${count} ?? 0)`)
}

function allOf(edits: readonly (Edit | null)[]): readonly Edit[] | null {
  return edits.every((edit) => edit !== null) ? edits : null
}
