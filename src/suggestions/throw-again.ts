import type { Swallowed } from '../flow/writes/swallowed.ts'
import type { Edit, Proposal } from './edit.ts'
import { freeName } from './free-name.ts'
import { quoteOf, replace } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/**
 * A catch clause that throws what it caught, or all but the failure of the condition. None where the clause is not written
 * as `catch (error) { … }` or `catch { … }`, or where the library is not known to name its errors.
 *
 * @see Programming.Errors.html
 */
export function throwAgain(
  { occurrence, handler }: Swallowed,
  file: SourceFile,
): readonly Proposal<'throwAgain' | 'throwOthers'>[] {
  const clause = file.text.slice(handler.start, handler.end)
  const head = /^catch\s*(?:\(\s*([\w$]+)\s*(?::\s*(?:any|unknown)\s*)?\)\s*)?\{/.exec(clause)
  const name = head && (head[1] ?? freeName(file, ['error', 'caught', 'thrown']))
  if (!head || !name) return []
  const open = handler.start + head[0].length
  const body = file.text.slice(open, handler.end - 1)
  const own = lineIndent(file, handler.start)
  const named: readonly Edit[] =
    head[1] === undefined
      ? [replace(file, { start: handler.start + 'catch'.length, end: open }, ` (${name}) {`)]
      : []
  const step = body.includes('\n') ? null : file.text.includes('\n\t') ? '\t' : '  '
  const inner = step === null ? (/\n([ \t]+)\S/.exec(body)?.[1] ?? `${own}  `) : own + step
  const end = /;[ \t]*(?:\r?\n|$)/.test(file.text) ? ';' : ''
  const quote = quoteOf(file)
  const error = occurrence.spelling.kind === 'TransactWriteItems' ? CANCELLED : FAILED
  const isNamed = occurrence.spelling.library?.name.includes('v2') === false
  const place = { start: open + body.trimEnd().length, end: handler.end - 1 }
  const written = (text: string): readonly Edit[] => {
    const before = step !== null && body.trim() !== '' ? `\n${inner}${body.trim()}` : null
    const added = `\n${inner}${text}${end}\n${own}`
    return [
      ...named,
      before === null
        ? replace(file, place, added)
        : replace(file, { start: open, end: handler.end - 1 }, `${before}${added}`),
    ]
  }
  const test = `if (!(${name} instanceof Error) || ${name}.name !== ${quote}${error}${quote}) throw ${name}`
  return [
    { messageId: 'throwAgain', data: {}, edits: written(`throw ${name}`) },
    ...(isNamed
      ? [{ messageId: 'throwOthers' as const, data: { name: error }, edits: written(test) }]
      : []),
  ]
}

const FAILED = 'ConditionalCheckFailedException'
const CANCELLED = 'TransactionCanceledException'

function lineIndent({ text }: SourceFile, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}
