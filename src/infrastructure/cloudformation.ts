import { dirname, join } from 'node:path'
import { basename } from 'node:path/posix'
import type { Trigger } from '../frameworks/framework.ts'
import { at, entriesOf, listOf, mapOf, textOf } from './data.ts'
import type { Data } from './data.ts'
import { handlerAt, routeOf, sourceOf } from './deployed.ts'
import type { Cause, Deployed, HandlerPlace } from './deployed.ts'
import { openApiRoutes } from './open-api.ts'
import { PRINCIPALS } from './principals.ts'
import type { Source } from './source.ts'

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html */
const EVENTS: Readonly<Record<string, Trigger>> = {
  Api: 'http',
  HttpApi: 'http',
  Schedule: 'schedule',
  ScheduleV2: 'schedule',
  SQS: 'queue',
  SNS: 'queue',
  S3: 'queue',
  MQ: 'queue',
  DynamoDB: 'stream',
  Kinesis: 'stream',
  DocumentDB: 'stream',
  MSK: 'stream',
  SelfManagedKafka: 'stream',
  EventBridgeRule: 'event',
  CloudWatchEvent: 'event',
  CloudWatchLogs: 'event',
  Cognito: 'event',
  IoTRule: 'event',
}

/** What a resource of a kind sets a function off by that it names, wherever it names it. */
const NAMED_BY: readonly (readonly [RegExp, Trigger])[] = [
  [/^AWS::ApiGateway(V2)?::(Method|Integration|RestApi|Api|Authorizer)$/, 'http'],
  [/^AWS::Serverless::(Api|HttpApi)$/, 'http'],
  [/^AWS::(Lambda::Url|ElasticLoadBalancingV2::TargetGroup)$/, 'http'],
  [/^AWS::AppSync::(DataSource|FunctionConfiguration|Resolver)$/, 'graphql'],
  [/^AWS::Serverless::GraphQLApi$/, 'graphql'],
  [/^AWS::Scheduler::Schedule$/, 'schedule'],
  [/^AWS::(SNS::Subscription|SNS::Topic|S3::Bucket)$/, 'queue'],
  [/^AWS::(Cognito::UserPool|Serverless::StateMachine|StepFunctions::StateMachine)$/, 'event'],
]

interface Template {
  readonly file: string
  readonly directory: string
  readonly source: Source
  readonly resources: readonly (readonly [string, Data])[]
  readonly globals: Data | undefined
}

/** The functions that a template of CloudFormation, or of AWS SAM, deploys. */
export function templateFunctions(
  file: string,
  template: Data,
  source: Source,
): readonly Deployed[] {
  const read = templateOf(file, template, source)
  const named = causesByName(read)
  return read.resources.flatMap(([id, resource]) => {
    const type = textOf(at(resource, 'Type'))
    if (type !== 'AWS::Serverless::Function' && type !== 'AWS::Lambda::Function') return []
    const isSam = type === 'AWS::Serverless::Function'
    const place = placeOf(read, resource, isSam)
    if (place === null) return []
    const causes = [...(isSam ? ownCauses(read, resource) : []), ...(named.get(id) ?? [])]
    if (causes.length === 0) causes.push({ trigger: 'unknown', route: null })
    const framework = isSam ? 'AWS SAM' : 'CloudFormation'
    return causes.map((cause) => ({ ...place, ...cause, framework, isAll: isSam }))
  })
}

function templateOf(file: string, template: Data, source: Source): Template {
  return {
    file,
    directory: dirname(file),
    source,
    resources: entriesOf(at(template, 'Resources')),
    globals: at(template, 'Globals', 'Function'),
  }
}

/** Where the code of a template's functions is, by their logical names. */
export function placesOfFunctions(
  file: string,
  template: Data,
  source: Source,
): ReadonlyMap<string, HandlerPlace> {
  const read = templateOf(file, template, source)
  const places = new Map<string, HandlerPlace>()
  for (const [id, resource] of read.resources) {
    const type = textOf(at(resource, 'Type'))
    if (type !== 'AWS::Serverless::Function' && type !== 'AWS::Lambda::Function') continue
    const place = placeOf(read, resource, type === 'AWS::Serverless::Function')
    if (place !== null) places.set(id, place)
  }
  return places
}

/** Where the code is: by what esbuild is told, or by the handler below the directory of the code. */
function placeOf(template: Template, resource: Data, isSam: boolean): HandlerPlace | null {
  const own = (key: string): Data | undefined =>
    at(resource, 'Properties', key) ?? (isSam ? at(template.globals, key) : undefined)
  const handler = textOf(own('Handler'))
  if (handler === null) return null
  const code = own(isSam ? 'CodeUri' : 'Code')
  const path = code === undefined && isSam ? '.' : textOf(code)
  if (path === null) return null
  const directory = join(template.directory, path)
  const build =
    at(resource, 'Metadata', 'BuildProperties') ?? at(template.globals, 'BuildProperties')
  const entries = (listOf(at(build, 'EntryPoints')) ?? []).flatMap((entry) => textOf(entry) ?? [])
  const dot = handler.lastIndexOf('.')
  const name = handler.slice(dot + 1)
  const stem = (file: string): string => basename(file).replace(/\.[cm]?[jt]sx?$/, '')
  const entry =
    entries.find((each) => stem(each) === basename(handler.slice(0, dot))) ??
    (entries.length === 1 ? entries[0] : undefined)
  const file = entry === undefined ? null : sourceOf(join(directory, entry), directory)
  if (file !== null) return { file, name }
  return handlerAt(handler, directory) ?? handlerAt(join(path, handler), template.directory)
}

/** The events written at the function itself. */
function ownCauses({ globals }: Template, resource: Data): Cause[] {
  const properties = at(resource, 'Properties')
  const causes = entriesOf(at(properties, 'Events')).map(([, event]): Cause => {
    const type = textOf(at(event, 'Type')) ?? ''
    const trigger = EVENTS[type] ?? 'unknown'
    const part = (key: string): string | null => textOf(at(event, 'Properties', key))
    return { trigger, route: trigger === 'http' ? routeOf(part('Method'), part('Path')) : null }
  })
  if ((at(properties, 'FunctionUrlConfig') ?? at(globals, 'FunctionUrlConfig')) !== undefined)
    causes.push({ trigger: 'http', route: null })
  return causes
}

/** What other resources of the template set functions off by, by the functions' names. */
function causesByName(template: Template): ReadonlyMap<string, readonly Cause[]> {
  const causes = new Map<string, Cause[]>()
  const note = (names: Iterable<string>, cause: Cause): void => {
    for (const name of names) {
      const known = causes.get(name)
      if (known) known.push(cause)
      else causes.set(name, [cause])
    }
  }
  for (const [, resource] of template.resources) {
    const type = textOf(at(resource, 'Type')) ?? ''
    const properties = at(resource, 'Properties') ?? null
    const trigger = triggerOf(type, properties, template)
    if (trigger === null) continue
    const routes = trigger === 'http' ? openApiRoutes(apiOf(template, properties)) : []
    for (const { route, integration } of routes) note(namesIn(integration), { trigger, route })
    const routed = new Set(routes.flatMap(({ integration }) => [...namesIn(integration)]))
    const others = [...namesIn(properties)].filter((name) => !routed.has(name))
    note(others, { trigger, route: null })
  }
  return causes
}

function triggerOf(type: string, properties: Data, template: Template): Trigger | null {
  if (/^AWS::ApiGatewayV2::(Integration|Authorizer)$/.test(type))
    return isWebSocket(template, properties) ? 'websocket' : 'http'
  if (type === 'AWS::Events::Rule')
    return at(properties, 'ScheduleExpression') === undefined ? 'event' : 'schedule'
  if (type === 'AWS::Lambda::EventSourceMapping')
    return /sqs|queue/i.test(JSON.stringify(at(properties, 'EventSourceArn') ?? ''))
      ? 'queue'
      : 'stream'
  if (type === 'AWS::Lambda::Permission')
    return PRINCIPALS[textOf(at(properties, 'Principal')) ?? ''] ?? null
  return NAMED_BY.find(([names]) => names.test(type))?.[1] ?? null
}

function isWebSocket({ resources }: Template, properties: Data): boolean {
  const api = textOf(at(properties, 'ApiId', 'Ref'))
  const found = resources.find(([id]) => id === api)
  return found !== undefined && at(found[1], 'Properties', 'ProtocolType') === 'WEBSOCKET'
}

/** The description of an API, written in the template or in a file of its own. */
function apiOf({ directory, source }: Template, properties: Data): Data {
  const body = at(properties, 'DefinitionBody') ?? at(properties, 'Body')
  const place =
    textOf(at(properties, 'DefinitionUri')) ??
    textOf(at(body, 'Fn::Transform', 'Parameters', 'Location'))
  return place === null ? (body ?? null) : source.data(join(directory, place))
}

/** The logical names that a value refers to: `Ref`, `Fn::GetAtt`, and `${Name.Arn}` in a text that is filled in. */
function namesIn(data: Data, found = new Set<string>()): ReadonlySet<string> {
  for (const each of listOf(data) ?? []) namesIn(each, found)
  for (const [key, value] of Object.entries(mapOf(data) ?? {})) {
    if (key === 'Ref' || key === 'Fn::GetAtt') {
      const name = textOf(value) ?? textOf(listOf(value)?.[0])
      if (name !== null) found.add(name.split('.')[0] ?? name)
    } else if (key === 'Fn::Sub') {
      const text = textOf(value) ?? textOf(listOf(value)?.[0]) ?? ''
      for (const [, name = ''] of text.matchAll(/\$\{(\w+)(?:\.\w+)*\}/g)) found.add(name)
      namesIn(listOf(value)?.[1] ?? null, found)
    } else namesIn(value, found)
  }
  return found
}
