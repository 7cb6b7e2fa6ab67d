import type { Range } from '../facts/model.ts'
import type { EachElement } from '../flow/loops/each-element.ts'
import { requestOf } from '../operations/request.ts'
import { boundAnswer, isReadAs } from './bound-answer.ts'
import type { Edit, Proposal } from './edit.ts'
import { freeName, nameInBlock } from './free-name.ts'
import { MOST_ATTEMPTS, sentInBatches } from './retry-loop.ts'
import { isDeclaredIn, namesRead, roundKey } from './round-key.ts'
import type { RoundKey } from './round-key.ts'
import { sentOtherwise } from './sent-otherwise.ts'
import { contains, hasLongTemplate, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { tableKey } from './table-key.ts'
import { removeUnused } from './unused.ts'
import { areValuesMade } from './values-made.ts'
import { memberNamed, writtenRequest } from './written-request.ts'
import type { WrittenRequest } from './written-request.ts'
import { writtenRound } from './written-round.ts'
import type { WrittenRound } from './written-round.ts'

/** Members of a GetItem that a batch has as well, and that do not leave the key out of the answer. */
const TAKEN = new Set(['TableName', 'Key', 'ConsistentRead'])

/**
 * Reads of one item for each element of a list as batches that are read before, and a look into what they gave in each round.
 * None where not every round reads, where the keys cannot be told before, or where more is taken of an answer than its item.
 */
export function readInBatches(
  each: EachElement,
  file: SourceFile,
): readonly Proposal<'readInBatches'>[] {
  const { occurrence } = each
  const { spelling } = occurrence
  if (spelling.kind !== 'GetItem') return []
  const round = writtenRound(file, each)
  const written = round && writtenRequest(file, requestOf(spelling.request), occurrence)
  const holder = written && memberNamed(written, 'Key')
  if (!round || !holder || !written.members.every(({ key }) => TAKEN.has(key))) return []
  const key = roundKey(file, holder, round, { attributes: null, values: spelling.values })
  const table = tableKey(file, written)
  const isKnownBefore =
    key?.names.every((name) => !isDeclaredIn(file, name, round.body)) === true &&
    table !== null &&
    !round.names.some((name) => (namesRead(table.code) ?? [name]).includes(name))
  if (!key || !table || !isKnownBefore || /`[^`]*\n|\/[/*]/.test(textAt(file, holder.at))) return []
  const sent = sentOtherwise(file, [occurrence], 'BatchGet')
  const names = sent && namesOfCode(round, sent.before + table.code)
  if (sent === null || names === null) return []
  const taken = answerTaken(file, round, `${names.found}.get(${key.code})`)
  if (taken === null || !isReadAlways(file, round, taken.at)) return []
  const consistent = memberNamed(written, 'ConsistentRead')
  const more = consistent === null ? '' : `, ${textAt(file, consistent.at)}`
  const end = /;[ \t]*(?:\r?\n|$)/.test(textAt(file, round.statement)) ? ';' : ''
  const isTyped = /\.[cm]?tsx?$/.test(file.module.facts.file)
  const collect = [
    `for (const ${names.item} of ${names.page}.Responses?.${table.member} ?? []) ${names.found}.set(${key.of(names.item)}, ${names.item})${end}`,
  ]
  const lines = [
    `const ${names.keys} = ${keysOf(round, key, onOneLine(textAt(file, holder.valueAt)))}${end}`,
    `const ${names.found} = new Map${isTyped ? '<unknown, Record<string, any>>' : ''}()${end}`,
    ...sentInBatches(
      file,
      {
        kind: 'BatchGetItem',
        sent,
        entries: (piece) => `${table.property}: { Keys: ${piece}${more} }`,
        list: names.keys,
        names: { start: names.start, answer: names.page },
        each: collect,
      },
      end,
    ),
  ]
  const edits = roundWithout(file, round, taken, written)
  if (edits === null) return []
  const { statement, lineEnd, indent } = round
  const before = lines.map((line) => `${line}${lineEnd}${indent}`).join('')
  return [
    {
      messageId: 'readInBatches',
      data: { attempts: String(MOST_ATTEMPTS) },
      edits: [...withBefore(file, edits, statement, before), ...sent.edits],
    },
  ]
}

interface Names {
  readonly keys: string
  readonly found: string
  readonly page: string
  readonly item: string
  readonly start: string
}

/** Names for what is new; null where the function has another use for all that would do. */
function namesOfCode({ around }: WrittenRound, block: string): Names | null {
  const keys = freeName(around, ['keys', 'wanted', 'keysToRead'])
  const found = freeName(around, ['found', 'itemsByKey', 'foundByKey'])
  if (!keys || !found) return null
  const page = nameInBlock(around, block, ['page', 'answer', 'batch'])
  const item = nameInBlock(around, block, ['item', 'each', 'one', 'foundItem'])
  const start = nameInBlock(around, block, ['start', 'offset', 'from', 'chunkStart'])
  return { keys, found, page, item, start }
}

function onOneLine(code: string): string {
  return code.replaceAll(/,?\s*\n\s*(?=\})/g, ' ').replaceAll(/\s*\n\s*/g, ' ')
}

/** The keys of all rounds, each once. */
function keysOf({ kind, list, element }: WrittenRound, { code }: RoundKey, key: string): string {
  const parameter = `(${element})`
  if (code === element) return `[...new Set(${list})].map(${parameter} => (${key}))`
  const pair = `${parameter} => [${code}, ${key}]`
  const pairs = kind === 'map' ? `${list}.map(${pair})` : `Array.from(${list}, ${pair})`
  return `[...new Map(${pairs}).values()]`
}

/** Code that asks for an item, and what stands there instead. */
interface Taken {
  readonly at: Range
  readonly text: string
}

/** Where the item is taken from the answer of a read; null where more is taken, or where it cannot be seen. */
function answerTaken(file: SourceFile, round: WrittenRound, found: string): Taken | null {
  const { at } = round.call
  const bound = boundAnswer(file, at)
  if (bound !== null) {
    const { target, statement, end } = bound
    const [only] = /^\{\s*Item(?:\s*:\s*[\w$]+)?\s*,?\s*\}$/.exec(target) ?? []
    const isName = /^[\w$]+$/.test(target) && isReadAs(file, bound, ['Item'])
    if (only === undefined && !isName) return null
    const name = only === undefined ? target : (/:\s*([\w$]+)/.exec(only)?.[1] ?? 'Item')
    const variable = file.module.facts.variables.find(
      (v) => v.name === name && contains(statement, v.at),
    )
    // Two rounds may share an item now.
    if (!variable || variable.assigned.length > 1 || variable.foreign.length > 0) return null
    const value = only === undefined ? `{ Item: ${found} }` : found
    return { at: statement, text: `const ${name} = ${value}${end}` }
  }
  const before = /\(\s*await\s+$/.exec(file.text.slice(round.body.start, at.start))
  const after = /^(?:\s*\.promise\(\))?\s*\)\s*[?!]?\.\s*Item\b/.exec(
    file.text.slice(at.end, round.body.end),
  )
  if (!before || !after) return thenTaken(file, round, found)
  return { at: { start: at.start - before[0].length, end: at.end + after[0].length }, text: found }
}

/** `(id) => documents.send(…).then(({ Item }) => Item)`. */
function thenTaken(
  { text }: SourceFile,
  { call, body }: WrittenRound,
  found: string,
): Taken | null {
  const after =
    /^(?:\s*\.promise\(\))?\s*\.then\(\s*(?:\(?\s*([\w$]+)\s*\)?\s*=>\s*\1[?!]?\.Item|\(\{\s*Item\s*\}\)\s*=>\s*Item)\s*,?\s*\)/.exec(
      text.slice(call.at.end, body.end),
    )
  const isAll = call.at.start === body.start && call.at.end + (after?.[0].length ?? 0) === body.end
  return after && isAll ? { at: body, text: found } : null
}

/** Every round comes to the read, and none ends before the others are done. */
function isReadAlways(file: SourceFile, { kind, body, call }: WrittenRound, at: Range): boolean {
  const isBlock = file.text[body.start] === '{'
  const line = file.text.lastIndexOf('\n', at.start - 1) + 1
  const start = file.text.slice(line, at.start)
  const isFirst = isBlock
    ? /^\s*(?:(?:return|const\s+[\w$]+\s*=)\s+)?$/.test(start) &&
      areValuesMade(file, { start: body.start + 1, end: line }, call.function)
    : file.text.slice(body.start, at.start).trim() === ''
  const code = textAt(file, body)
  return isFirst && (kind === 'map' || !/\b(?:break|return)\b/.test(code))
}

/** The round without the read; what only the read needed goes along. Null where something would be left unused. */
function roundWithout(
  file: SourceFile,
  round: WrittenRound,
  taken: Taken,
  { at, members }: WrittenRequest,
): readonly Edit[] | null {
  const own = replace(file, taken.at, taken.text)
  const isHeld = !contains(taken.at, at)
  const stays = members.flatMap(({ valueAt }) => textAt(file, valueAt).match(/[\w$]+/g) ?? [])
  const unused = isHeld
    ? removeUnused(file, {
        replaced: [taken.at],
        kept: file.module.facts.variables.filter(
          (v) => !contains(round.body, v.at) || stays.includes(v.name),
        ),
        assignments: [],
        mayDrop: ({ isNew }) => isNew,
      })
    : []
  if (unused === null) return null
  const edits = [own, ...unused.filter(({ at }) => contains(round.body, at))]
  return round.all === null ? edits : mapAlone(file, round, round.all, edits)
}

/** `Promise.all` of what no longer waits is what `map` gives. */
function mapAlone(
  file: SourceFile,
  { statement, body, indent }: WrittenRound,
  all: Range,
  edits: readonly Edit[],
): readonly Edit[] {
  const code = applied(file, body, edits)
  if (/\bawait\b/.test(code)) return edits
  const head = textAt(file, { start: statement.start, end: all.start }).replace(/await\s+$/, '')
  const call = textAt(file, { start: all.start, end: body.start })
    .replace(/^Promise\.all\(\s*/, '')
    .replace(/\basync\s+(?=[^\n]*=>\s*$)/, '')
  const behind = textAt(file, { start: body.end, end: all.end }).replace(/\s*,?\s*\)$/, '')
  const foot = textAt(file, { start: all.end, end: statement.end })
  const line = file.text.lastIndexOf('\n', body.start) + 1
  const inner = /^[ \t]*/.exec(file.text.slice(line))?.[0] ?? ''
  const mapped = `${call}${code}${behind}`
  const moved = hasLongTemplate(mapped) ? mapped : mapped.replaceAll(`\n${inner}`, `\n${indent}`)
  return [replace(file, statement, `${head}${moved}${foot}`)]
}

/** A piece of the file with some edits of it made. */
function applied(file: SourceFile, { start, end }: Range, edits: readonly Edit[]): string {
  let text = textAt(file, { start, end })
  for (const edit of [...edits].sort((a, b) => b.at.start - a.at.start))
    text = text.slice(0, edit.at.start - start) + edit.text + text.slice(edit.at.end - start)
  return text
}

/** Lines before a statement, which one of the edits may replace. */
function withBefore(
  file: SourceFile,
  edits: readonly Edit[],
  { start }: Range,
  before: string,
): readonly Edit[] {
  const [first, ...others] = edits
  if (first?.at.start === start)
    return [replace(file, first.at, `${before}${first.text}`), ...others]
  return [replace(file, { start, end: start }, before), ...edits]
}
