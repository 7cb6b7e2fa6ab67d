import { dirname, join } from 'node:path'
import { existsSync } from 'node:fs'
import type { Trigger } from '../frameworks/framework.ts'
import { givenBy } from '../project/call.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import type { Module } from '../project/module.ts'
import type { ExternalTerm, Term } from '../project/term.ts'
import { dataOf } from './code-data.ts'
import { at, listOf, mapOf } from './data.ts'
import type { Data } from './data.ts'
import { handlerAt, routeOfText } from './deployed.ts'
import type { Cause, Deployed, HandlerPlace } from './deployed.ts'

/** Version 2 imports its constructs; version 3 has them in a global. */
export const SST_IMPORT = /^(sst\/constructs|@serverless-stack\/resources)(\/|$)/

/** A file with the settings of an app. */
export const SST_SETTINGS = /^sst\.(config\.[cm]?[jt]s|json)$/

/** What a construct sets the functions off by that it is given. https://sst.dev/docs/all-components/ */
const CONSTRUCTS: Readonly<Record<string, Trigger>> = {
  Function: 'unknown',
  Api: 'http',
  ApiGatewayV1Api: 'http',
  ApiGatewayV1: 'http',
  ApiGatewayV2: 'http',
  Auth: 'http',
  Router: 'http',
  AppSyncApi: 'graphql',
  AppSync: 'graphql',
  WebSocketApi: 'websocket',
  ApiGatewayWebSocket: 'websocket',
  Cron: 'schedule',
  CronV2: 'schedule',
  Queue: 'queue',
  Topic: 'queue',
  SnsTopic: 'queue',
  Bucket: 'queue',
  EventBus: 'event',
  Bus: 'event',
  Realtime: 'event',
  Cognito: 'event',
  CognitoUserPool: 'event',
  Script: 'event',
  Table: 'stream',
  Dynamo: 'stream',
  KinesisStream: 'stream',
}

/** Methods that give a construct more functions. */
const METHODS =
  /^(route|subscribe|notify|add(Routes?|Consumers?|Subscribers?|Notifications?|Rules?|Targets?|DataSources?|Authorizer)|setConsumer)$/

const MOST_DEPTH = 8

/** The functions that a file of SST constructs deploys: each text it is given that names a handler. */
export function sstFunctions(module: Module, root: string): readonly Deployed[] {
  const base = baseOf(module, root)
  return module.facts.calls.flatMap((call, id) => {
    const frame = freeFrame(module, call.function)
    const callee = evaluate({ frame, value: call.callee })
    const trigger = call.isNew ? constructTrigger(callee) : methodTrigger(callee)
    if (trigger === null) return []
    const given = givenBy(frame, id).map((argument) => dataOf(argument.term()))
    const route = typeof given[0] === 'string' ? routeOfText(given[0]) : null
    const cause: Cause = { trigger, route: call.isNew || trigger !== 'http' ? null : route }
    return given.flatMap((data) => handlersIn(data, cause, base))
  })
}

/** Handlers are named from the app's directory, which has its settings. */
export function baseOf(module: Module, root: string): string {
  for (let directory = dirname(module.facts.file); ; directory = dirname(directory)) {
    const names = ['sst.config.ts', 'sst.config.js', 'sst.config.mjs', 'sst.json']
    if (names.some((name) => existsSync(join(directory, name)))) return directory
    if (directory === root || dirname(directory) === directory) return root
  }
}

function constructTrigger(callee: Term): Trigger | null {
  if (callee.kind !== 'external' || !isSst(callee)) return null
  const name = callee.path.at(-1) ?? ''
  return Object.hasOwn(CONSTRUCTS, name) ? (CONSTRUCTS[name] ?? null) : null
}

function methodTrigger(callee: Term): Trigger | null {
  if (callee.kind !== 'part' || callee.of.kind !== 'made' || !METHODS.test(callee.key)) return null
  return constructTrigger(callee.of.of)
}

function isSst({ source, path }: ExternalTerm): boolean {
  return SST_IMPORT.test(source) || (source === '' && path[0] === 'sst' && path[1] === 'aws')
}

/** Where the code is of the functions that a value names, as constructs are given them. */
export function sstPlacesIn(data: Data, base: string): readonly HandlerPlace[] {
  return handlersIn(data, { trigger: 'stream', route: null }, base)
}

function handlersIn(data: Data, cause: Cause, base: string, depth = 0): readonly Deployed[] {
  if (depth > MOST_DEPTH) return []
  if (typeof data === 'string') {
    const place = /\s/.test(data) ? null : handlerAt(data, base)
    return place === null ? [] : [{ ...place, ...cause, framework: 'SST', isAll: false }]
  }
  const list = listOf(data)
  if (list !== null) return list.flatMap((each) => handlersIn(each, cause, base, depth + 1))
  const hasUrl = (at(data, 'url') ?? false) !== false
  const own: Cause = hasUrl && cause.trigger === 'unknown' ? { ...cause, trigger: 'http' } : cause
  return Object.entries(mapOf(data) ?? {}).flatMap(([key, value]) => {
    const route = own.trigger === 'http' ? (routeOfText(key) ?? own.route) : null
    return handlersIn(value, { ...own, route }, base, depth + 1)
  })
}
