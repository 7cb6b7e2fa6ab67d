import { indentedAs, quoteOf, quoted } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import type { SentOtherwise } from './sent-otherwise.ts'

/** So often a batch is sent again before the code gives up. */
export const MOST_ATTEMPTS = 8

/** A batch that is sent again, in words of the code. */
export interface SentAgain {
  readonly kind: 'BatchWriteItem' | 'BatchGetItem'
  /** The variable that holds the last answer. */
  readonly answer: string
  /** The code that sends what is left, without `await`. */
  readonly send: string
  /** What is done with each answer but the first, line by line. */
  readonly each: readonly string[]
}

/** What holds the entries that DynamoDB did not get to. */
const UNPROCESSED = {
  BatchWriteItem: 'UnprocessedItems',
  BatchGetItem: 'UnprocessedKeys',
} as const

/**
 * The loop that sends what is left of a batch until nothing is, with a growing, random pause, and that ends with an error.
 *
 * @see Programming.Errors.BatchOperations.html
 */
export function loopOfRetries(
  file: SourceFile,
  { kind, answer, send, each }: SentAgain,
  end: string,
): string[] {
  const left = `${answer}.${UNPROCESSED[kind]} ?? {}`
  const what = kind === 'BatchWriteItem' ? 'writes' : 'keys'
  const message = quoted(`DynamoDB left ${what} unprocessed`, quoteOf(file))
  return [
    `for (let attempt = 1; Object.keys(${left}).length > 0; attempt += 1) {`,
    `  if (attempt > ${String(MOST_ATTEMPTS)}) throw new Error(${message})${end}`,
    `  await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** attempt))${end}`,
    `  ${answer} = await ${send.replaceAll('\n', '\n  ')}${end}`,
    ...each.map((line) => `  ${line}`),
    '}',
  ]
}

/** A request for what an answer left unprocessed. */
export function leftOf(kind: SentAgain['kind'], answer: string): string {
  return `RequestItems: ${answer}.${UNPROCESSED[kind]} ?? {}`
}

/** A list of entries that is sent in batches. */
export interface InBatches {
  readonly kind: SentAgain['kind']
  readonly sent: SentOtherwise
  /** What `RequestItems` holds for a piece of the list. */
  readonly entries: (piece: string) => string
  /** The list, by its name. */
  readonly list: string
  readonly names: { readonly start: string; readonly answer: string }
  /** What is done with each answer, line by line. */
  readonly each: readonly string[]
}

/** How many entries DynamoDB takes at once. */
const MOST = { BatchWriteItem: 25, BatchGetItem: 100 } as const

/** The code that sends a list in batches of as many as DynamoDB takes, and again what it leaves, line by line. */
export function sentInBatches(
  file: SourceFile,
  { kind, sent, entries, list, names: { start, answer }, each }: InBatches,
  end: string,
): readonly string[] {
  const most = String(MOST[kind])
  const send = (request: string): string => `${sent.before}{ ${request} }${sent.after}`
  const piece = `${list}.slice(${start}, ${start} + ${most})`
  const again = send(leftOf(kind, answer))
  const inner = [
    `let ${answer} = await ${send(`RequestItems: { ${entries(piece)} }`)}${end}`,
    ...each,
    ...loopOfRetries(file, { kind, answer, send: again, each }, end),
  ]
  return indentedAs(file, [
    `for (let ${start} = 0; ${start} < ${list}.length; ${start} += ${most}) {`,
    ...inner.map((line) => `  ${line}`),
    '}',
  ])
}
