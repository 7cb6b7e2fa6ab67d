import type { Occurrence } from '../flow/paths/occurrences.ts'
import { memberOfRequest, requestOf } from '../operations/request.ts'
import { callOf, valueOf } from '../project/module.ts'
import { boundAnswer, isReadAs } from './bound-answer.ts'
import type { BoundAnswer } from './bound-answer.ts'
import type { Edit } from './edit.ts'
import { freeName } from './free-name.ts'
import { importedInstead } from './imported-instead.ts'
import {
  contains,
  hasLongTemplate,
  indentOf,
  indentedAs,
  movedTo,
  replace,
  textAt,
} from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { sentCall, withMember } from './sent-call.ts'

/**
 * The edits that read all pages where one was read: by the library's paginator, or by a loop that feeds the cursor back.
 * What is made of them has the name and the shape of the answer. Null where the call is no statement `const answer =
 * await …`, or where more is read of the answer than its items and their number.
 *
 * @param enough the text of how many items are wanted; null where all are
 * @see Query.Pagination.html
 */
export function readPages(
  occurrence: Occurrence,
  file: SourceFile,
  enough: string | null,
): readonly Edit[] | null {
  const [step, ...below] = occurrence.trail
  const { spelling } = occurrence
  if (!step || below.length > 0 || step.frame.module !== file.module) return null
  if (spelling.callback !== null) return null
  const call = callOf(file.module, step.call)
  const bound = boundAnswer(file, call.at)
  if (bound === null || hasLongTemplate(textAt(file, bound.statement))) return null
  const select = memberOfRequest(requestOf(spelling.request), 'Select')
  if (select.state === 'unknown') return null
  const counts =
    select.state === 'known' && select.term.kind === 'literal' && select.term.value === 'COUNT'
  const collected = collectedAs(file, bound, counts, enough)
  if (collected === null) return null
  const pages = paginated(file, occurrence) ?? fedBack(file, occurrence, bound)
  if (pages === null) return null
  const { lines, edits } = pages
  const code = [
    collected.before,
    ...lines({ collect: collected.collect, enough: collected.isEnough }),
    ...collected.after,
  ]
  const text = indentedAs(file, code).join(`${bound.lineEnd}${bound.indent}`)
  return [...edits, replace(file, bound.statement, text)]
}

interface Collected {
  readonly before: string
  readonly collect: string
  /** What holds once there are enough; null where all are wanted. */
  readonly isEnough: string | null
  readonly after: readonly string[]
}

/** How what the pages give is put together: in a list, under the name that the answer had. */
function collectedAs(
  file: SourceFile,
  bound: BoundAnswer,
  counts: boolean,
  enough: string | null,
): Collected | null {
  const { target, end } = bound
  if (counts) {
    const count = freeName(file, ['count', 'total', 'counted'])
    if (count === null || !isReadAs(file, bound, ['Count'])) return null
    return {
      before: `let ${count} = 0${end}`,
      collect: `${count} += page.Count ?? 0${end}`,
      isEnough: null,
      after: [`const ${target} = { Count: ${count} }${end}`],
    }
  }
  if (!isReadAs(file, bound, ['Items', 'Count'])) return null
  const only = /^\{\s*Items(?:\s*:\s*([\w$]+))?(?:\s*=\s*\[\])?\s*,?\s*\}$/.exec(target)
  const direct = only && enough === null ? (only[1] ?? 'Items') : null
  const list = direct ?? freeName(file, ['items', 'allItems', 'found', 'collected'])
  if (list === null) return null
  const whole = enough === null ? list : `${list}.slice(0, ${enough})`
  const count = enough === null ? `${list}.length` : `Math.min(${list}.length, ${enough})`
  // Whoever asks for the items alone is given no more.
  const members = [
    `Items: ${whole}`,
    ...(isReadAs(file, bound, ['Items']) ? [] : [`Count: ${count}`]),
  ]
  return {
    before: `const ${list} = []${end}`,
    collect: `${list}.push(...(page.Items ?? []))${end}`,
    isEnough: enough === null ? null : `${list}.length >= ${enough}`,
    after: direct === null ? [`const ${target} = { ${members.join(', ')} }${end}`] : [],
  }
}

interface Pages {
  readonly lines: (of: { collect: string; enough: string | null }) => readonly string[]
  readonly edits: readonly Edit[]
}

/** `for await (const page of paginateQuery({ client }, request))`. */
function paginated(file: SourceFile, occurrence: Occurrence): Pages | null {
  const { spelling } = occurrence
  const { module } = file
  if (spelling.form !== 'command' || spelling.command?.kind !== 'made') return null
  const client = receiverOf(file, occurrence)
  const made = spelling.command.ref
  const node = made?.frame.module === module ? valueOf(module, made.value) : null
  if (client === null || node?.kind !== 'call') return null
  const { arguments: given, at, calleeAt } = callOf(module, node.call)
  const [request] = given
  const whole = callOf(module, occurrence.call).at
  if (!request || given.length > 1 || !contains(whole, at)) return null
  const name = spelling.kind === 'Scan' ? 'paginateScan' : 'paginateQuery'
  const paginator = importedInstead(file, [calleeAt], name)
  if (paginator === null) return null
  const head = `for await (const page of ${paginator.name}({ client${client === 'client' ? '' : `: ${client}`} }, ${movedTo(file, request.at, whole.start)})) {`
  return {
    edits: paginator.edits,
    lines: ({ collect, enough }) => [
      head,
      `  ${collect}`,
      ...(enough === null ? [] : [`  if (${enough}) break${collect.endsWith(';') ? ';' : ''}`]),
      '}',
    ],
  }
}

/** What a method is called on, where that is a plain path. */
function receiverOf(file: SourceFile, { call }: Occurrence): string | null {
  const { at, calleeAt } = callOf(file.module, call)
  const before = textAt(file, { start: at.start, end: calleeAt.start })
  return /^([\w$]+(?:\.[\w$]+)*)\s*\.\s*$/.exec(before)?.[1] ?? null
}

/** `do { … } while (cursor)`, each round with the cursor that the one before gave. */
function fedBack(file: SourceFile, occurrence: Occurrence, { end }: BoundAnswer): Pages | null {
  const cursor = freeName(file, ['cursor', 'startKey', 'lastKey'])
  const call = sentCall(file, occurrence)
  const request = call && withMember(file, call, `ExclusiveStartKey: ${String(cursor)}`)
  if (cursor === null || freeName(file, ['page']) === null || !request) return null
  const sent = `${call.before}${request}${call.after}`
  const isTyped = /\.[cm]?tsx?$/.test(file.module.facts.file)
  return {
    edits: [],
    lines: ({ collect, enough }) => [
      `let ${cursor}${isTyped ? ': Record<string, any> | undefined' : ''}${end}`,
      'do {',
      `  const page = await ${sent.replaceAll('\n', `\n${indentOf(file)}`)}${end}`,
      `  ${collect}`,
      `  ${cursor} = page.LastEvaluatedKey${end}`,
      `} while (${cursor}${enough === null ? '' : ` && !(${enough})`})${end}`,
    ],
  }
}
