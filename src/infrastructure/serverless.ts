import { dirname } from 'node:path'
import type { Trigger } from '../frameworks/framework.ts'
import { at, entriesOf, listOf, mapOf, textOf } from './data.ts'
import type { Data } from './data.ts'
import { handlerAt, routeOf, routeOfText } from './deployed.ts'
import type { Cause, Deployed } from './deployed.ts'
import type { Source } from './source.ts'
import { MOST_VARIABLES, filledIn, filledText } from './variables.ts'
import type { Service } from './variables.ts'

/** https://www.serverless.com/framework/docs/providers/aws/guide/events */
const EVENTS: Readonly<Record<string, Trigger>> = {
  http: 'http',
  httpApi: 'http',
  alb: 'http',
  cloudFront: 'http',
  websocket: 'websocket',
  schedule: 'schedule',
  sqs: 'queue',
  sns: 'queue',
  s3: 'queue',
  activemq: 'queue',
  rabbitmq: 'queue',
  stream: 'stream',
  kafka: 'stream',
  msk: 'stream',
  eventBridge: 'event',
  cloudwatchEvent: 'event',
  cloudwatchLog: 'event',
  cognitoUserPool: 'event',
  iot: 'event',
  iotFleetProvisioning: 'event',
}

const FRAMEWORK = 'Serverless Framework'

/**
 * The functions that a service of the Serverless Framework deploys.
 *
 * @param settings what `serverless.yml`, or one of its other forms, holds
 */
export function serverlessFunctions(
  file: string,
  settings: Data,
  source: Source,
): readonly Deployed[] {
  const service = serviceOf(file, settings, source)
  const functions = functionsOf(service)
  const asked = askedByOthers(service, functions)
  return functions.flatMap(([name, fn]) => {
    const handler = filledText(at(fn, 'handler'), service)
    const place = handler === null ? null : handlerAt(handler, service.directory)
    if (place === null) return []
    const events = at(fn, 'events')
    const listed = events === undefined ? [] : listOf(filledIn(events, service))
    const causes = [
      ...(listed ?? []).flatMap((event) => causesOf(filledIn(event, service), service)),
      ...(asked.get(name) ?? []),
      ...(hasUrl(fn) ? [{ trigger: 'http', route: null } as const] : []),
    ]
    if (causes.length === 0 || listed === null) causes.push({ trigger: 'unknown', route: null })
    return causes.map((cause) => ({ ...place, ...cause, framework: FRAMEWORK, isAll: true }))
  })
}

/** A service's settings, ready for its variables to be filled in. */
export function serviceOf(file: string, settings: Data, source: Source): Service {
  return { source, directory: dirname(file), settings, budget: { variables: MOST_VARIABLES } }
}

/** `functions` is a map, a list of maps, or either in another file. */
export function functionsOf(service: Service): readonly (readonly [string, Data])[] {
  const functions = filledIn(at(service.settings, 'functions'), service)
  const maps = (listOf(functions) ?? [functions]).map((each) => filledIn(each, service))
  return maps.flatMap(entriesOf).map(([name, fn]) => [name, filledIn(fn, service)] as const)
}

function hasUrl(fn: Data): boolean {
  const url = at(fn, 'url')
  return url !== undefined && url !== false
}

/** `- http: GET orders`, `- schedule: { rate: … }`, `- alexaSkill`. */
function causesOf(event: Data, service: Service): readonly Cause[] {
  const [first] = entriesOf(event)
  const [kind, written] = first ?? [textOf(event) ?? '', null]
  const trigger = EVENTS[kind]
  if (trigger === undefined) return [{ trigger: 'unknown', route: null }]
  const held = filledIn(written, service)
  if (kind === 'eventBridge' && at(held, 'schedule') !== undefined)
    return [{ trigger: 'schedule', route: null }]
  if (kind !== 'http' && kind !== 'httpApi') return [{ trigger, route: null }]
  const text = textOf(held)
  const part = (key: string): string | null => filledText(at(held, key), service)
  return [
    { trigger, route: text === null ? routeOf(part('method'), part('path')) : routeOfText(text) },
  ]
}

/** What functions are set off by that others name: authorizers, and data sources of AppSync. */
function askedByOthers(
  service: Service,
  functions: readonly (readonly [string, Data])[],
): ReadonlyMap<string, readonly Cause[]> {
  const asked = new Map<string, Cause[]>()
  const note = (name: string | null, trigger: Trigger): void => {
    if (name === null) return
    const known = asked.get(name)
    if (known) known.push({ trigger, route: null })
    else asked.set(name, [{ trigger, route: null }])
  }
  for (const [, fn] of functions) {
    for (const event of listOf(filledIn(at(fn, 'events'), service)) ?? []) {
      const [first] = entriesOf(event)
      const authorizer = first && filledIn(at(first[1], 'authorizer'), service)
      note(textOf(authorizer) ?? textOf(at(authorizer, 'name')), 'http')
    }
  }
  const authorizers = filledIn(at(service.settings, 'provider', 'httpApi', 'authorizers'), service)
  for (const [, authorizer] of entriesOf(authorizers))
    note(textOf(at(authorizer, 'functionName')), 'http')
  for (const graphql of [
    at(service.settings, 'appSync'),
    at(service.settings, 'custom', 'appSync'),
  ]) {
    for (const dataSource of dataSourcesOf(graphql, service))
      note(
        textOf(at(dataSource, 'config', 'functionName')) ??
          textOf(at(dataSource, 'config', 'function')),
        'graphql',
      )
  }
  return asked
}

/** https://github.com/sid88in/serverless-appsync-plugin */
function dataSourcesOf(graphql: Data | undefined, service: Service): readonly Data[] {
  const sources = filledIn(at(filledIn(graphql, service), 'dataSources'), service)
  const list =
    listOf(sources) ?? (mapOf(sources) === null ? [] : Object.values(mapOf(sources) ?? {}))
  return list.map((each) => filledIn(each, service))
}
