import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { Trigger } from '../frameworks/framework.ts'
import { givenBy } from '../project/call.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { functionOf, valueOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Argument, ExternalTerm, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import { pathTextOf } from './code-data.ts'
import { handlerAt, routeOf, sourceOf } from './deployed.ts'
import type { Cause, Deployed, HandlerPlace } from './deployed.ts'

/** The packages whose constructs are functions, and what they are called there. */
const LAMBDA_SOURCE =
  /^(aws-cdk-lib|@aws-cdk\/aws-lambda|@aws-cdk\/aws-lambda-nodejs|monocdk)(\/|$)/
const LAMBDA_NAMES = new Set(['NodejsFunction', 'Function', 'SingletonFunction'])

/** A file that imports none of these makes no functions. */
export const CDK_IMPORT = /^(aws-cdk-lib|@aws-cdk\/|monocdk)/

/** What a construct sets the functions off by that it is given. */
const GIVEN_TO: Readonly<Record<string, Trigger>> = {
  LambdaIntegration: 'http',
  HttpLambdaIntegration: 'http',
  LambdaRestApi: 'http',
  LambdaTarget: 'http',
  FunctionUrl: 'http',
  TokenAuthorizer: 'http',
  RequestAuthorizer: 'http',
  HttpLambdaAuthorizer: 'http',
  WebSocketLambdaIntegration: 'websocket',
  WebSocketLambdaAuthorizer: 'websocket',
  LambdaDataSource: 'graphql',
  LambdaInvoke: 'event',
  LambdaSubscription: 'queue',
  LambdaDestination: 'queue',
  EventSourceMapping: 'stream',
  Provider: 'event',
}

/** What a method sets the functions off by that it is given, or is called on. */
const GIVEN_TO_METHOD: Readonly<Record<string, Trigger>> = {
  addLambdaDataSource: 'graphql',
  addTrigger: 'event',
}
const EVENT_SOURCES: Readonly<Record<string, Trigger>> = {
  SqsEventSource: 'queue',
  SnsEventSource: 'queue',
  S3EventSource: 'queue',
  S3EventSourceV2: 'queue',
  DynamoEventSource: 'stream',
  KinesisEventSource: 'stream',
  KinesisConsumerEventSource: 'stream',
  ManagedKafkaEventSource: 'stream',
  SelfManagedKafkaEventSource: 'stream',
  ApiEventSource: 'http',
}

const MOST_DEPTH = 4

type Made = Extract<Term, { kind: 'made' }>

/** A construct that is a function: what it was given, and the file that says so. */
interface LambdaConstruct {
  readonly given: readonly Argument[]
  readonly isNodejs: boolean
  readonly stack: Module
}

/** The functions that a file of AWS CDK constructs deploys, as far as following its values shows. */
export function cdkFunctions(module: Module, root: string): readonly Deployed[] {
  const found: Deployed[] = []
  const note = (term: Term, cause: Cause): void => {
    for (const construct of lambdasIn(term, module))
      for (const place of placesOf(construct, root))
        found.push({ ...place, ...cause, framework: 'AWS CDK', isAll: false })
  }
  module.facts.calls.forEach((call, id) => {
    const frame = freeFrame(module, call.function)
    const named = evaluate({ frame, value: call.callee })
    const method = valueOf(module, call.callee)
    // A method of a construct's base class: what it is called on says how the construct was made.
    const callee =
      named.kind === 'part' && method.kind === 'member'
        ? { ...named, of: evaluate({ frame, value: method.of }) }
        : named
    const given = givenBy(frame, id)
    if (call.isNew && callee.kind === 'external' && isLambda(callee))
      note({ kind: 'made', of: callee, arguments: given, ref: null }, UNKNOWN_CAUSE)
    for (const [term, cause] of causesOf(callee, given)) note(term, cause)
  })
  return found
}

const UNKNOWN_CAUSE: Cause = { trigger: 'unknown', route: null }

/** What a call sets off, and by what. */
function causesOf(callee: Term, given: readonly Argument[]): readonly (readonly [Term, Cause])[] {
  const all = (cause: Cause): readonly (readonly [Term, Cause])[] =>
    given.map((argument) => [argument.term(), cause])
  if (callee.kind === 'external') {
    const trigger = triggerOfConstruct(callee, given)
    return trigger === null ? [] : all({ trigger, route: null })
  }
  if (callee.kind !== 'part') return []
  const { of, key } = callee
  if (key === 'addFunctionUrl') return [[of, { trigger: 'http', route: null }]]
  if (key === 'addEventSourceMapping') return [[of, { trigger: 'stream', route: null }]]
  if (key === 'addEventSource') {
    const source = given[0]?.term()
    const name = source?.kind === 'made' ? (source.of.path.at(-1) ?? '') : ''
    return [[of, { trigger: EVENT_SOURCES[name] ?? 'unknown', route: null }]]
  }
  if (key === 'addTarget')
    return all({ trigger: isScheduled(of) ? 'schedule' : 'event', route: null })
  if (key === 'addMethod') {
    const route = routeOf(textOf(given[0]?.term()), pathOfResource(of))
    return all({ trigger: 'http', route })
  }
  if (key === 'addRoutes') return addedRoutes(given)
  const trigger = GIVEN_TO_METHOD[key]
  return trigger === undefined ? [] : all({ trigger, route: null })
}

function triggerOfConstruct(
  { source, path }: Extract<Term, { kind: 'external' }>,
  given: readonly Argument[],
): Trigger | null {
  const name = path.at(-1) ?? ''
  if (!CDK_IMPORT.test(source)) return null
  if (name === 'Rule') return hasSchedule(given) ? 'schedule' : 'event'
  const isTarget = /scheduler/i.test([source, ...path].join('.'))
  if (name === 'LambdaFunction') return isTarget ? 'schedule' : 'event'
  if (name === 'LambdaInvoke' && isTarget) return 'schedule'
  return Object.hasOwn(GIVEN_TO, name) ? (GIVEN_TO[name] ?? null) : null
}

function isScheduled(rule: Term): boolean {
  return rule.kind === 'made' && hasSchedule(rule.arguments ?? [])
}

function hasSchedule(given: readonly Argument[]): boolean {
  const props = given[2]?.term()
  return props !== undefined && viewOf(props)?.fields.has('schedule') === true
}

/** `addRoutes({ path, methods, integration })` of an HTTP API. */
function addedRoutes(given: readonly Argument[]): readonly (readonly [Term, Cause])[] {
  const fields = viewOf(given[0]?.term() ?? UNKNOWN)?.fields
  const integration = fields?.get('integration')?.term()
  if (!fields || !integration) return []
  const methods = fields.get('methods')?.term()
  const only = methods?.kind === 'array' ? onlyElement(methods) : null
  const method = only?.kind === 'external' ? (only.path.at(-1) ?? null) : textOf(only)
  const isKnown = methods === undefined || (method !== null && method !== 'ANY')
  const path = textOf(fields.get('path')?.term())
  const route = isKnown ? routeOf(method, path) : null
  return [[integration, { trigger: 'http', route }]]
}

const UNKNOWN: Term = { kind: 'unknown', from: [], ref: null }

function onlyElement(array: Extract<Term, { kind: 'array' }>): Term | null {
  const { frame, value } = array.ref
  const node = valueOf(frame.module, value)
  const [first, ...more] = node.kind === 'array' ? node.elements : []
  return first === undefined || more.length > 0 ? null : evaluate({ frame, value: first.value })
}

/** `/orders/{id}` of `api.root.addResource('orders').addResource('{id}')`; null where a step is not known. */
function pathOfResource(term: Term, depth = 0): string | null {
  if (depth > 20) return null
  if (term.kind === 'part' && term.key === 'root') return ''
  if (term.kind !== 'result' || term.callee.kind !== 'part') return null
  const { of, key } = term.callee
  const step = textOf(term.arguments[0]?.term())
  if (step === null || (key !== 'addResource' && key !== 'resourceForPath')) return null
  const above = pathOfResource(of, depth + 1)
  return above === null ? null : `${above}/${step.replace(/^\//, '')}`
}

/** The functions in a value: itself, in what it was made of, in the fields of an object and the elements of a list. */
function lambdasIn(term: Term, module: Module, depth = 0): readonly LambdaConstruct[] {
  if (depth > MOST_DEPTH) return []
  return alternatives(term).flatMap((option): readonly LambdaConstruct[] => {
    const inner = (each: Term): readonly LambdaConstruct[] => lambdasIn(each, module, depth + 1)
    switch (option.kind) {
      case 'made': {
        const stack = option.ref?.frame.module ?? module
        if (isLambda(option.of)) return [constructOf(option.of, option.arguments ?? [], stack)]
        return (option.arguments ?? []).flatMap((argument) => inner(argument.term()))
      }
      case 'instance':
        return derivedLambda(option)
      case 'array': {
        const node = valueOf(option.ref.frame.module, option.ref.value)
        const elements = node.kind === 'array' ? node.elements : []
        return elements.flatMap(({ value }) => inner(evaluate({ frame: option.ref.frame, value })))
      }
      case 'object':
        return [...(viewOf(option)?.fields.values() ?? [])].flatMap((f) => inner(f.term()))
      default:
        return []
    }
  })
}

function isLambda({ source, path }: Made['of']): boolean {
  return LAMBDA_SOURCE.test(source) && LAMBDA_NAMES.has(path.at(-1) ?? '')
}

function constructOf(of: Made['of'], given: readonly Argument[], stack: Module): LambdaConstruct {
  return { given, isNodejs: of.path.at(-1) === 'NodejsFunction', stack }
}

/** An instance of a class that extends a construct which is a function. */
function derivedLambda(instance: Extract<Term, { kind: 'instance' }>): readonly LambdaConstruct[] {
  const frame = instance.construct
  if (frame === null) return []
  const { calls } = functionOf(frame.module, frame.function)
  return calls.flatMap((id) => {
    const call = frame.module.facts.calls[id]
    if (!call || valueOf(frame.module, call.callee).kind !== 'super') return []
    const parent = evaluate({ frame, value: call.callee })
    if (parent.kind !== 'external' || !isLambda(parent)) return []
    return [constructOf(parent, givenBy(frame, id), frame.module)]
  })
}

/** Where the code is of the functions that a value of constructs stands for. */
export function lambdaPlacesIn(term: Term, module: Module, root: string): readonly HandlerPlace[] {
  return lambdasIn(term, module).flatMap((construct) => placesOf(construct, root))
}

/** Where the code of a construct is; null where it is no function. */
export function lambdaPlaces(
  of: ExternalTerm,
  given: readonly Argument[],
  stack: Module,
  root: string,
): readonly HandlerPlace[] | null {
  return isLambda(of) ? placesOf(constructOf(of, given, stack), root) : null
}

/** Where the code of a function is: more than one place where a loop makes it. */
function placesOf(
  { given, isNodejs, stack }: LambdaConstruct,
  root: string,
): readonly HandlerPlace[] {
  const props = given[2]?.term() ?? UNKNOWN
  const field = (key: string): Term | null => viewOf(props)?.fields.get(key)?.term() ?? null
  const handlers = textsOf(field('handler'))
  const bases = basesOf(stack, root)
  if (isNodejs) {
    const written = field('entry')
    const id = textOf(given[1]?.term())
    const beside = stack.facts.file.replace(/\.[cm]?[jt]sx?$/, `.${id ?? ''}`)
    const entries = written === null ? (id === null ? [] : [beside]) : textsOf(written)
    return entries.flatMap((entry) => {
      const file = firstOf(bases, (base) =>
        sourceOf(isAbsolute(entry) ? entry : join(base, entry), base),
      )
      if (file === null) return []
      const names = field('handler') === null ? ['handler'] : handlers
      return names.map((name) => ({ file, name: name.slice(name.lastIndexOf('.') + 1) }))
    })
  }
  return assetsOf(field('code')).flatMap((asset) =>
    handlers.flatMap((handler) => {
      const place = firstOf(bases, (base) => {
        const directory = isAbsolute(asset) ? asset : join(base, asset)
        return handlerAt(handler, directory) ?? handlerAt(join(directory, handler), base)
      })
      return place ?? []
    }),
  )
}

/** `Code.fromAsset('lambda')`. */
function assetsOf(code: Term | null): readonly string[] {
  if (code === null) return []
  return alternatives(code).flatMap((option) => {
    const isAsset =
      option.kind === 'result' &&
      option.callee.kind === 'external' &&
      /(^|\.)(fromAsset|asset)$/.test(option.callee.path.join('.'))
    return isAsset ? textsOf(option.arguments[0]?.term() ?? null) : []
  })
}

/** Where paths that are not absolute begin: the app that the tool is started in, then the project, then the file. */
function basesOf(stack: Module, root: string): readonly string[] {
  const bases: string[] = []
  for (let at = dirname(stack.facts.file); ; at = dirname(at)) {
    if (existsSync(join(at, 'cdk.json'))) bases.push(at)
    if (at === root || dirname(at) === at) break
  }
  return [...bases, root, dirname(stack.facts.file)]
}

function firstOf<T, U>(all: readonly T[], find: (one: T) => U | null): U | null {
  for (const one of all) {
    const found = find(one)
    if (found !== null) return found
  }
  return null
}

function textsOf(term: Term | null): readonly string[] {
  return term === null ? [] : alternatives(term).flatMap((option) => pathTextOf(option) ?? [])
}

function textOf(term: Term | null | undefined): string | null {
  return term?.kind === 'literal' && typeof term.value === 'string' ? term.value : null
}
