import type { KeyTest } from '../operations/key-condition.ts'
import type { Operation } from '../operations/operation.ts'
import { callOf } from '../project/module.ts'
import { boundAnswer, readsOf } from './bound-answer.ts'
import type { BoundAnswer } from './bound-answer.ts'
import type { Edit, Proposal } from './edit.ts'
import { replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { spelledAs } from './spelled-as.ts'
import { memberNamed, valueEntry, writtenRequest } from './written-request.ts'
import type { WrittenRequest } from './written-request.ts'

/** Members of a Query that go where one item is asked for by its key. */
const LEFT_OUT = new Set([
  'KeyConditionExpression',
  'ExpressionAttributeValues',
  'ExpressionAttributeNames',
  'Limit',
  'ScanIndexForward',
])

const KEPT = new Set(['TableName', 'ConsistentRead', 'ReturnConsumedCapacity'])

/**
 * A Query for one item as GetItem. None where the request has more than its key, or where the answer is read in another
 * way than `answer.Items[0]`.
 */
export function queryToGet(
  operation: Operation,
  tests: readonly KeyTest[],
  file: SourceFile,
): readonly Proposal<'getItem'>[] {
  const { occurrence, request } = operation
  const [step, ...below] = occurrence.trail
  if (!step || below.length > 0 || step.frame.module !== file.module) return []
  const written = writtenRequest(file, request, occurrence)
  const bound = boundAnswer(file, callOf(file.module, step.call).at)
  if (!written || !bound) return []
  const item = itemRead(file, bound)
  const key = keyText(file, written, tests)
  const spelling = spelledAs('GetItem', operation, file, written)
  if (item === null || key === null || spelling === null) return []
  const edit = requestEdit(file, written, key)
  return edit === null
    ? []
    : [{ messageId: 'getItem', data: {}, edits: [...spelling, ...item, edit] }]
}

const FIRST_ITEM = /^[?!]?\.Items(!)?(?:\?\.)?\[0\](!)?/

/** `answer.Items[0]` becomes `answer.Item`; null where the answer is read in another way. */
function itemRead(file: SourceFile, bound: BoundAnswer): readonly Edit[] | null {
  const reads = readsOf(file, bound)
  if (reads === null || reads.length === 0) return null
  const edits: Edit[] = []
  for (const { end } of reads) {
    const found = FIRST_ITEM.exec(file.text.slice(end, end + 40))
    if (!found) return null
    const isSure = found[1] !== undefined || found[2] !== undefined
    const at = { start: end, end: end + found[0].length }
    edits.push(replace(file, at, isSure ? '.Item!' : '.Item'))
  }
  return edits
}

function keyText(
  file: SourceFile,
  written: WrittenRequest,
  tests: readonly KeyTest[],
): string | null {
  const parts: string[] = []
  for (const { attribute, placeholder } of tests) {
    const entry = placeholder === null ? null : valueEntry(file, written, placeholder)
    if (entry === null) return null
    const name = /^[A-Za-z_$][\w$]*$/.test(attribute) ? attribute : `'${attribute}'`
    const value = textAt(file, entry.valueAt)
    parts.push(name === value ? name : `${name}: ${value}`)
  }
  return `Key: { ${parts.join(', ')} }`
}

/** The request with a key in place of what looked for it, laid out as it was. */
function requestEdit(file: SourceFile, written: WrittenRequest, key: string): Edit | null {
  const text = textAt(file, written.at)
  const isKnown = written.members.every(({ key: name }) => LEFT_OUT.has(name) || KEPT.has(name))
  const [first] = written.members
  const condition = memberNamed(written, 'KeyConditionExpression')
  if (!isKnown || !first || !condition || /\/[/*]/.test(text)) return null
  const members = written.members.flatMap((member) => {
    if (member === condition) return [key]
    return LEFT_OUT.has(member.key) ? [] : [textAt(file, member.at)]
  })
  const head = text.slice(0, first.at.start - written.at.start)
  const foot = /,?\s*\}$/.exec(text)?.[0] ?? ' }'
  const separator = /^\{\s*\n/.test(head) ? `,${head.slice(1)}` : ', '
  return replace(file, written.at, `${head}${members.join(separator)}${foot}`)
}
