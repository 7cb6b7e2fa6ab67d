import type { CallFacts, Range, VariableFacts } from '../facts/model.ts'
import { callOf, valueOf } from '../project/module.ts'
import { contains } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Where the answer of a read is bound to a name, in a statement of its own. */
export interface BoundAnswer {
  readonly statement: Range
  readonly indent: string
  readonly lineEnd: string
  readonly end: string
  /** `result`, `{ Items }`. */
  readonly target: string
}

/** The statement that names what a call gives: `const answer = await …`; null where it is another. */
export function boundAnswer({ text }: SourceFile, { start, end }: Range): BoundAnswer | null {
  const before =
    /(?:^|\n)([ \t]*)((?:const|let|var)\s+([A-Za-z_$][\w$]*|\{[\w$\s,:=[\]]*\})\s*=\s*await\s+)$/.exec(
      text.slice(Math.max(0, start - 400), start),
    )
  const after = /^(?:\s*\.promise\(\))?(;?)(?=[ \t]*(?:\r?\n|$))/.exec(text.slice(end, end + 200))
  if (!before || !after || isExcused(text, start - (before[2] ?? '').length)) return null
  const [, indent = '', head = '', target = ''] = before
  return {
    statement: { start: start - head.length, end: end + after[0].length },
    indent,
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    end: after[1] ?? '',
    target,
  }
}

/** A statement that waits for a call and takes nothing of what it gives. */
export type DroppedAnswer = Omit<BoundAnswer, 'target'>

/** The statement `await …` that a call is, alone in its lines; null where it is another, or somebody takes the answer. */
export function droppedAnswer(file: SourceFile, call: CallFacts): DroppedAnswer | null {
  const { text } = file
  const { start, end } = call.at
  const before = /(?:^|\n)([ \t]*)(await\s+)$/.exec(text.slice(Math.max(0, start - 400), start))
  const after = /^(?:\s*\.promise\(\))?(;?)(?=[ \t]*(?:\r?\n|$))/.exec(text.slice(end, end + 200))
  if (!before || !after || !isDropped(file, call)) return null
  if (isExcused(text, start - (before[2] ?? '').length)) return null
  const [, indent = '', head = ''] = before
  return {
    statement: { start: start - head.length, end: end + after[0].length },
    indent,
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    end: after[1] ?? '',
  }
}

/** Whether nothing but some members of the answer are read. */
export function isReadAs(
  file: SourceFile,
  bound: BoundAnswer,
  members: readonly string[],
): boolean {
  const name = `(?:${members.join('|')})\\b`
  const { target } = bound
  if (target.startsWith('{')) {
    const part = new RegExp(`^\\s*(?:${name}.*)?\\s*$`)
    return target
      .slice(1, -1)
      .split(',')
      .every((one) => part.test(one))
  }
  const member = new RegExp(`^[?!]?\\.${name}`)
  const reads = readsOf(file, bound)
  return reads?.every(({ end }) => member.test(file.text.slice(end, end + 40))) ?? false
}

/** Where the name of the answer is read; null where it is no plain name, or is given another value. */
export function readsOf(
  { module }: SourceFile,
  { target, statement }: BoundAnswer,
): readonly Range[] | null {
  const variable: VariableFacts | undefined = module.facts.variables.find(
    (v) => v.name === target && contains(statement, v.at),
  )
  if (!variable || variable.assigned.length > 1 || variable.foreign.length > 0) return null
  return variable.reads.map((start) => ({ start, end: start + target.length }))
}

/** A comment above the line speaks of that line alone, which would be another one: `@ts-ignore`. */
function isExcused(text: string, statement: number): boolean {
  const above =
    text
      .slice(Math.max(0, statement - 400), statement)
      .split('\n')
      .at(-2) ?? ''
  return /^\s*\/[/*].*(?:@ts-|-next-line\b)/.test(above)
}

/** Whether nobody takes what a call gives; v2's `promise()` behind it makes no difference. */
function isDropped({ module }: SourceFile, call: CallFacts): boolean {
  return (
    call.discarded ||
    module.facts.calls.some((other) => {
      const callee = valueOf(module, other.callee)
      if (!other.discarded || callee.kind !== 'member' || callee.key !== 'promise') return false
      const of = valueOf(module, callee.of)
      return of.kind === 'call' && callOf(module, of.call) === call
    })
  )
}
