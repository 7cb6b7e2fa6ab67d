import type { FunctionTerm, Term } from '../project/term.ts'
import type { Trigger } from './framework.ts'
import { passedTo, readsOf } from './uses.ts'

/** What only one kind of Lambda event has, the first that is read. */
const STRONG: readonly (readonly [RegExp, Trigger])[] = [
  [/^requestContext\.(connectionId|eventType|messageDirection)\b/, 'websocket'],
  [/^(httpMethod|pathParameters|routeKey|rawPath|rawQueryString|stageVariables)\b/, 'http'],
  [/^(requestContext|(multiValueQ|q)ueryStringParameters|multiValueHeaders)\b/, 'http'],
  [/^Records\.\*\.cf\b|^(methodArn|routeArn|authorizationToken)$/, 'http'],
  [/^(Records\.\*\.)?(dynamodb\.|dynamodb$|kinesis\.|eventSourceARN$|eventName$)/, 'stream'],
  [/^Records\.\*\.(messageId|receiptHandle|body|Sns|s3|messageAttributes)\b/, 'queue'],
  [/^Records(\.|$)/, 'queue'],
  [/^(detail-type|detail\.\w+)/, 'event'],
  [/^(info\.(fieldName|parentTypeName|selectionSetList)|arguments\.\w+)/, 'graphql'],
  [/^(triggerSource|request\.userAttributes|response\.autoConfirmUser)\b/, 'event'],
  [/^(RequestType|ResourceProperties|PhysicalResourceId)\b/, 'event'],
]

/** What an HTTP event has and other things may have: enough only beside a handler's name. */
const WEAK_HTTP = /^(headers|cookies|isBase64Encoded)\b/

/** Helpers that ask who sent the event: only a request has a sender. */
const ASKS_SENDER =
  /^(is_?|get_?|check_?|require_?|verify_?)?(auth|jwt|claims|(user|tenant)(id)?from)/i

const LOG_METHODS = new Set([
  'log',
  'info',
  'debug',
  'warn',
  'error',
  'trace',
  'addContext',
  'logEventIfEnabled',
])

/** What reading an event shows of its trigger; null where it shows nothing that others have not. */
export function strongTrigger(term: FunctionTerm, parameter: number): Trigger | null {
  const reads = [...readsOf(term, parameter)]
  for (const [pattern, trigger] of STRONG) {
    if (reads.some((path) => pattern.test(path))) return trigger
  }
  if (reads.includes('arguments') && reads.some((path) => path.startsWith('identity')))
    return 'graphql'
  const takesBatch = passedTo(term, parameter).some(
    (callee) =>
      callee.kind === 'external' && callee.source.startsWith('@aws-lambda-powertools/batch'),
  )
  return takesBatch ? 'queue' : null
}

/**
 * Whether an event is read as a request would be; enough only for something that is known to be a handler.
 *
 * @param parsed whether something around the function may have parsed the body, which is text otherwise
 */
export function looksLikeRequest(term: FunctionTerm, parameter: number, parsed: boolean): boolean {
  const reads = [...readsOf(term, parameter)]
  if (reads.some((path) => WEAK_HTTP.test(path))) return true
  if (reads.includes('body') && (parsed || !reads.some((path) => /^body\.(?!length$)/.test(path))))
    return true
  return passedTo(term, parameter).some(
    (callee) => callee.kind === 'external' && ASKS_SENDER.test(callee.path.at(-1) ?? ''),
  )
}

/** Whether an event is looked at at all, but for being logged. */
export function isLookedAt(term: FunctionTerm, parameter: number): boolean {
  if (readsOf(term, parameter).size > 0) return true
  return passedTo(term, parameter).some((callee) => !isLogger(callee))
}

function isLogger(callee: Term): boolean {
  if (callee.kind === 'part') return LOG_METHODS.has(callee.key)
  if (callee.kind !== 'external') return false
  return callee.source === '' || /log/i.test(callee.path.join('.'))
}
