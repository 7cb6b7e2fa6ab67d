import type { Range } from '../facts/model.ts'
import type { KeyTest } from '../operations/key-condition.ts'
import type { Operation } from '../operations/operation.ts'
import { callOf } from '../project/module.ts'
import { boundAnswer, readsOf } from './bound-answer.ts'
import type { BoundAnswer } from './bound-answer.ts'
import type { Edit, Proposal } from './edit.ts'
import { contains, replace, textAt } from './source-file.ts'
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
 * A Query or Scan for one item as GetItem. None where the request has more than its key, or where the answer is read in another
 * way than `answer.Items[0]`.
 */
export function queryToGet(
  operation: Operation,
  tests: readonly KeyTest[],
  file: SourceFile,
  data: Readonly<Record<string, string>> = {},
): readonly Proposal<'getItem'>[] {
  const { occurrence, request } = operation
  const [step, ...below] = occurrence.trail
  if (!step || below.length > 0 || step.frame.module !== file.module) return []
  const written = writtenRequest(file, request, occurrence)
  const bound = boundAnswer(file, callOf(file.module, step.call).at)
  if (!written || !bound) return []
  const item = itemRead(file, bound, operation.kind === 'Scan')
  const key = keyText(file, written, tests)
  const spelling = spelledAs('GetItem', operation, file, written)
  if (item === null || key === null || spelling === null) return []
  const member = operation.kind === 'Scan' ? 'FilterExpression' : 'KeyConditionExpression'
  const edit = requestEdit(file, written, member, key)
  return edit === null ? [] : [{ messageId: 'getItem', data, edits: [...spelling, ...item, edit] }]
}

/** `{ Items }` becomes `{ Item }`, and `Items[0]` what it names. */
function destructuredRead(
  file: SourceFile,
  { target, statement }: BoundAnswer,
  mayBeList: boolean,
): readonly Edit[] | null {
  const { facts } = file.module
  const variable = facts.variables.find((v) => v.name === 'Items' && contains(statement, v.at))
  const start = statement.start + textAt(file, statement).indexOf(target)
  if (!variable || !/^\{\s*Items(?:\s*=\s*\[\s*\])?\s*\}$/.test(target)) return null
  if (variable.assigned.length > 1 || variable.foreign.length > 0 || variable.reads.length === 0)
    return null
  if (facts.variables.some(({ name }) => name === 'Item')) return null
  const edits: Edit[] = [replace(file, { start, end: start + target.length }, '{ Item }')]
  for (const read of variable.reads) {
    const found = /^Items(!)?(?:\?\.)?\[0\](!)?/.exec(file.text.slice(read, read + 40))
    if (!found) {
      const list = mayBeList && variable.reads.length === 1 ? listRead(file, read, 'Items') : null
      if (list === null) return null
      edits.push(replace(file, list, '(Item ? [Item] : [])'))
      continue
    }
    const isSure = found[1] !== undefined || found[2] !== undefined
    const at = { start: read, end: read + found[0].length }
    edits.push(replace(file, at, isSure ? 'Item!' : 'Item'))
  }
  return edits
}

/** Where the list of items is read as a whole, with what stands for it where there is none; null where it is more. */
function listRead({ text }: SourceFile, start: number, list: string): Range | null {
  const after = text.slice(start, start + list.length + 40)
  if (!after.startsWith(list) || !/[\s(=]$/.test(text.slice(0, start))) return null
  const rest = /^!?(?:\s*(?:\?\?|\|\|)\s*\[\])?(?=\s*(?:[;)]|\n|$))/.exec(after.slice(list.length))
  return rest && { start, end: start + list.length + rest[0].length }
}

const FIRST_ITEM = /^[?!]?\.Items(!)?(?:\?\.)?\[0\](!)?/

/** `answer.Items[0]` becomes `answer.Item`; null where the answer is read in another way. */
function itemRead(
  file: SourceFile,
  bound: BoundAnswer,
  mayBeList: boolean,
): readonly Edit[] | null {
  if (bound.target.startsWith('{')) return destructuredRead(file, bound, mayBeList)
  const reads = readsOf(file, bound)
  if (reads === null || reads.length === 0) return null
  const edits: Edit[] = []
  for (const { start, end } of reads) {
    const found = FIRST_ITEM.exec(file.text.slice(end, end + 40))
    if (!found) {
      const { target } = bound
      const list = mayBeList && reads.length === 1 ? listRead(file, start, `${target}.Items`) : null
      if (list === null) return null
      edits.push(replace(file, list, `(${target}.Item ? [${target}.Item] : [])`))
      continue
    }
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
function requestEdit(
  file: SourceFile,
  written: WrittenRequest,
  looksBy: string,
  key: string,
): Edit | null {
  const text = textAt(file, written.at)
  const condition = memberNamed(written, looksBy)
  const isKnown = written.members.every(
    (member) => member === condition || LEFT_OUT.has(member.key) || KEPT.has(member.key),
  )
  const [first] = written.members
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
