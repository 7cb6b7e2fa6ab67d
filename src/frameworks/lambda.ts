import { alternatives } from '../project/term.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { functionOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { FunctionTerm, Term } from '../project/term.ts'
import { answersByCallback, answersHttp, answersWithData, writesAnswer } from './answer.ts'
import { takesRequestAndResponse } from './controllers.ts'
import type { EntryPoint, Framework, Trigger } from './framework.ts'
import { exportsOf, functionTerm, importsFrom } from './functions.ts'
import type { Export } from './functions.ts'
import { handedOver } from './handed.ts'
import type { Handed } from './handed.ts'
import { isLookedAt, looksLikeRequest, strongTrigger } from './lambda-event.ts'
import { routeLabel } from './lambda-label.ts'
import { lambdaTrigger, lambdaTriggerOf } from './lambda-types.ts'
import { isScheduledPath } from './path.ts'
import { isScriptFile } from './scripts.ts'
import { readsOf } from './uses.ts'

/** What deployment tools name as handler unless told otherwise. */
const HANDLER_NAMES = new Set(['handler', 'lambdaHandler', 'lambda_handler'])

/** Names of what a scheduler calls, beside a handler that a request calls. */
const SCHEDULED_NAMES = /^(scheduled?|cron)(Handler|Job)?$/i

/** A handler's name in some houses, a program's in others. */
const MAIN = 'main'

/** What messages call a Lambda function of which no route is known. */
export const LABELS: Readonly<Record<Trigger, string>> = {
  http: 'Lambda handler',
  unknown: 'Lambda handler',
  graphql: 'AppSync resolver',
  rpc: 'Lambda handler',
  page: 'Lambda handler',
  action: 'Lambda handler',
  websocket: 'WebSocket handler',
  schedule: 'scheduled Lambda',
  stream: 'stream consumer',
  queue: 'queue consumer',
  event: 'event consumer',
  script: 'script',
}

/** Whether a label says no more than that there is a Lambda function. */
export function isLambdaLabel(label: string): boolean {
  return Object.values(LABELS).includes(label)
}

/**
 * AWS Lambda functions: exported as handlers are, typed as handlers are, or reading what only a Lambda event has.
 * https://docs.aws.amazon.com/lambda/latest/dg/typescript-handler.html
 */
export const lambda: Framework = {
  name: 'AWS Lambda',
  entryPoints: (module) => {
    const exported = exportsOf(module).flatMap((item) => handlersOf(module, item))
    return exported.length > 0 ? exported : typedHandlers(module)
  },
}

function handlersOf(module: Module, item: Export): readonly EntryPoint[] {
  if (isAppSyncResolver(module, item.name))
    return functionsOf(item.term).map((f) => entry(f, 'graphql'))
  const handed = candidates(item.term)
  const triggers = handed.map((h) => triggerOf(module, item, h))
  const known = best(triggers)
  if (known !== null)
    return handed.map((h, i) => {
      const own = triggers[i] ?? null
      return entry(h.function, own === null && isMute(h) ? 'unknown' : refine(own, known))
    })
  return handed.flatMap((h) => made(h.function))
}

/** The functions that an exported value may be a handler by. */
function candidates(term: Term): readonly Handed[] {
  if (term.kind === 'class' || term.kind === 'instance') return []
  return handedOver(term)
}

function functionsOf(term: Term): readonly FunctionTerm[] {
  return alternatives(term).filter((option) => option.kind === 'function')
}

function entry(handler: FunctionTerm, trigger: Trigger): EntryPoint {
  const label = trigger === 'http' ? (routeLabel(handler) ?? LABELS.http) : LABELS[trigger]
  return { handler, trigger, label, framework: 'AWS Lambda' }
}

/** What a wrapper shows of the trigger holds for what it wraps, and the other way round. */
function best(triggers: readonly (Trigger | null)[]): Trigger | null {
  const told = triggers.filter((t) => t !== null)
  return told.find((t) => t !== 'unknown') ?? told[0] ?? null
}

/** Takes nothing and gives nothing: that a wrapper answers for it does not make it a request. */
function isMute({ function: term, bound }: Handed): boolean {
  const facts = functionOf(term.module, term.function)
  return facts.returns.length === 0 && !isLookedAt(term, eventParameter(term, bound))
}

function refine(own: Trigger | null, known: Trigger): Trigger {
  return own === null || own === 'unknown' ? known : own
}

/** What sets an exported function off; null where nothing says that it is a handler. */
function triggerOf(module: Module, item: Export, handed: Handed): Trigger | null {
  const { function: term } = handed
  if (takesRequestAndResponse(term)) return null
  const trigger = surelyHandled(module, item, handed) ?? named(module, item, handed)
  return trigger !== null && SCHEDULED_NAMES.test(item.name) ? 'schedule' : trigger
}

/** A handler by its types, or by what it reads of its event, whatever its name. */
function surelyHandled(module: Module, item: Export, handed: Handed): Trigger | null {
  const { function: term, bound } = handed
  const facts = functionOf(term.module, term.function)
  const isNamed = HANDLER_NAMES.has(item.name) || item.name === MAIN
  const returns = lambdaTrigger(term.module, facts.returnTypeName)
  const typed = typedTrigger(module, item, term)
  const worksAsHandler = isNamed || facts.async || returns !== null || item.type !== null
  if (typed !== null && typed !== 'unknown')
    return worksAsHandler || answersHttp(term) ? typed : null
  const event = eventParameter(term, bound)
  const read = strongTrigger(term, event)
  const isAlone = facts.parameters.length <= 3
  if (read !== null && (isNamed || (isAlone && (facts.async || answersHttp(term))))) return read
  if (isNamed) return null
  if (answersByCallback(term)) return 'http'
  if (!facts.async) return null
  // What a route of another file calls: it gives the answer itself, or takes the request's text.
  if (returns === 'http' || writesAnswer(term)) return 'http'
  const takesEvent = /^_?(event|evt)$/i.test(facts.parameters[event]?.name ?? '')
  return isAlone && takesEvent && looksLikeRequest(term, event, handed.wrapped) ? 'http' : null
}

/** A handler by its name, and what sets it off as far as anything shows it. */
function named(module: Module, item: Export, handed: Handed): Trigger | null {
  const { function: term, bound, wrapped } = handed
  if (isScriptFile(module.facts.file)) return null
  const facts = functionOf(term.module, term.function)
  const event = eventParameter(term, bound)
  const isHandler =
    HANDLER_NAMES.has(item.name) ||
    (typedTrigger(module, item, term) === 'unknown' && (facts.async || item.type !== null)) ||
    isMain(item, handed, event)
  if (!isHandler) return null
  const returns = lambdaTrigger(term.module, facts.returnTypeName)
  if (returns !== null && returns !== 'unknown') return returns
  if (looksLikeRequest(term, event, wrapped)) return 'http'
  if (isScheduledPath(module)) return 'schedule'
  if (wrapped ? answersHttp(term) : answersCaller(term, event)) return 'http'
  return item.name === MAIN && facts.parameters.length === 0 ? null : 'unknown'
}

/**
 * Whether a status in the answer is for a caller. Jobs give one too, out of habit: one that looks at no event answers with
 * messages only, and one that is called by other code reads an event of its own making.
 */
function answersCaller(term: FunctionTerm, event: number): boolean {
  if (!isLookedAt(term, event)) return answersWithData(term)
  return readsOf(term, event).size === 0 && answersHttp(term)
}

/** `main` is a handler where it takes an event, or where its wrapper must give it one. */
function isMain(item: Export, handed: Handed, event: number): boolean {
  if (item.name !== MAIN) return false
  const { function: term, wrapped } = handed
  const { parameters } = functionOf(term.module, term.function)
  if (/^_?(event|evt)$/i.test(parameters[event]?.name ?? '')) return true
  return (wrapped && parameters.length > 0) || answersHttp(term)
}

/** What the types say: of the exported variable, of the function, of the parameter that is the event. */
function typedTrigger(module: Module, item: Export, term: FunctionTerm): Trigger | null {
  const facts = functionOf(term.module, term.function)
  const parameter = facts.parameters.find((p) => lambdaTrigger(term.module, p.typeName) !== null)
  const told = [
    lambdaTrigger(term.module, facts.typeName),
    ...facts.typeArguments.map((name) => lambdaTrigger(term.module, name)),
    lambdaTriggerOf(module, item.type),
    parameter ? lambdaTrigger(term.module, parameter.typeName) : null,
  ]
  // `Handler` of something that is not Lambda's, given types that are, stays what it is.
  return told.find((t) => t !== null && t !== 'unknown') ?? told.find((t) => t !== null) ?? null
}

/** The parameter that takes the event: the first with the type of one, else the first that is not bound already. */
function eventParameter(term: FunctionTerm, bound: number): number {
  const { parameters } = functionOf(term.module, term.function)
  const typed = parameters.findIndex((p) => lambdaTrigger(term.module, p.typeName) !== null)
  return typed < 0 ? bound : typed
}

/** The handlers that an exported function makes: `createHandler(dependencies)` of another file. */
function made(maker: FunctionTerm): readonly EntryPoint[] {
  const { module } = maker
  const facts = functionOf(module, maker.function)
  const promised = lambdaTrigger(module, facts.returnTypeName)
  const frame = freeFrame(module, maker.function)
  return facts.returns.flatMap(({ value }) =>
    handedOver(evaluate({ frame, value })).flatMap((handed) => {
      if (handed.function.function === maker.function) return []
      const unnamed: Export = { name: '', term: handed.function, type: null }
      const trigger = triggerOf(module, unnamed, handed) ?? promised
      return trigger === null ? [] : [entry(handed.function, trigger)]
    }),
  )
}

/** What another file exports or wraps: methods, and functions that functions make, that are given an event by its type. */
function typedHandlers(module: Module): readonly EntryPoint[] {
  return module.facts.functions.flatMap((facts, id) => {
    const trigger = lambdaTrigger(module, facts.parameters[0]?.typeName ?? null)
    const isSure = trigger !== null && trigger !== 'unknown' && facts.async
    return isSure ? [entry(functionTerm(module, id), trigger)] : []
  })
}

/** https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-overview-js.html */
function isAppSyncResolver(module: Module, name: string): boolean {
  return (name === 'request' || name === 'response') && importsFrom(module, '@aws-appsync/utils')
}
