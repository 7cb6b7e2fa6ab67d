import { dirname, join } from 'node:path'
import type { Trigger } from '../frameworks/framework.ts'
import { at, textOf } from './data.ts'
import type { Data } from './data.ts'
import { handlerAt, routeOf, routeOfText } from './deployed.ts'
import type { Cause, Deployed, HandlerPlace } from './deployed.ts'
import { PRINCIPALS } from './principals.ts'
import { blocksOf, referenceOf, referencesIn, resolved } from './terraform.ts'
import type { Reference, Scope, Terraform, TerraformBlock } from './terraform.ts'

/** What a resource of a kind sets a function off by that it names, wherever it names it. */
const NAMED_BY: Readonly<Record<string, Trigger>> = {
  aws_api_gateway_authorizer: 'http',
  aws_apigatewayv2_authorizer: 'http',
  aws_lambda_function_url: 'http',
  aws_lb_target_group_attachment: 'http',
  aws_appsync_datasource: 'graphql',
  aws_scheduler_schedule: 'schedule',
  aws_sns_topic_subscription: 'queue',
  aws_s3_bucket_notification: 'queue',
  aws_cognito_user_pool: 'event',
  aws_sfn_state_machine: 'event',
}

/** The functions that Terraform's files deploy, with what they say sets them off. */
export function terraformFunctions(terraform: Terraform): readonly Deployed[] {
  const causes = causesByFunction(terraform)
  return ['resource', 'module'].flatMap((kind) =>
    blocksOf(terraform, kind).flatMap(([block, scope]) => {
      const place = handlerOf(block, scope)
      if (place === null) return []
      const key = [scope.module.directory, ...pathOf(block)].join(' ')
      const found = causes.get(key) ?? [{ trigger: 'unknown', route: null }]
      return found.map((cause) => ({ ...place, ...cause, framework: 'Terraform', isAll: false }))
    }),
  )
}

function pathOf({ kind, labels }: TerraformBlock): readonly string[] {
  return kind === 'resource' ? labels : [kind, ...labels]
}

const BUILT = /^(.*?)\/((?:dist|build|lib|out)(?:\/.*)?)$/

/** Where the code of a function is: its handler, below the directory that it is packed from; null where it is none. */
export function handlerOf(block: TerraformBlock, scope: Scope): HandlerPlace | null {
  const isFunction = block.kind === 'module' || block.labels[0] === 'aws_lambda_function'
  const written = isFunction ? at(block.body, 'handler') : undefined
  const handler = textOf(written === undefined ? null : resolved(written, scope))
  if (handler === null) return null
  for (const directory of directoriesOf(block, scope)) {
    const [, base, built] = BUILT.exec(directory) ?? []
    const found =
      handlerAt(handler, directory) ??
      (base !== undefined && built !== undefined ? handlerAt(`${built}/${handler}`, base) : null)
    if (found !== null) return found
  }
  return null
}

/** What a function's code is packed from: an archive that Terraform makes, or the folder of one that is made before. */
function directoriesOf(block: TerraformBlock, scope: Scope): readonly string[] {
  const own = (key: string): Data => resolved(at(block.body, key) ?? null, scope)
  const packed = own('filename')
  const path = referenceOf(packed)
  const archive = path === null ? null : archiveAt(path, scope)
  const file = textOf(packed)
  const written = archive ?? [textOf(own('source_path')), file === null ? null : dirname(file)]
  return written
    .filter((each) => each !== null)
    .map((each) => (each.startsWith('/') ? each : join(scope.module.directory, each)))
}

/** https://registry.terraform.io/providers/hashicorp/archive/latest/docs/data-sources/file */
function archiveAt({ path, within }: Reference, { terraform }: Scope): (string | null)[] | null {
  const module = terraform.get(within)
  const name = path[path.indexOf('archive_file') + 1]
  const block = module?.blocks.find(
    ({ labels }) => labels[0] === 'archive_file' && labels[1] === name,
  )
  if (module === undefined || block === undefined) return null
  const own = (key: string): string | null =>
    textOf(resolved(at(block.body, key) ?? null, { terraform, module }))
  const file = own('source_file')
  return [own('source_dir'), file === null ? null : dirname(file)]
}

type Causes = ReadonlyMap<string, readonly Cause[]>

function causesByFunction(terraform: Terraform): Causes {
  const causes = new Map<string, Cause[]>()
  const note = (functions: readonly string[], cause: Cause): void => {
    for (const name of functions) causes.set(name, [...(causes.get(name) ?? []), cause])
  }
  const resources = blocksOf(terraform, 'resource')
  const routes = routesByIntegration(terraform)
  for (const [block, scope] of resources) {
    const [type = ''] = block.labels
    const trigger = triggerOf(type, block.body, scope)
    if (trigger === null) continue
    const functions = functionsIn(resolved(block.body, scope))
    if (functions.length === 0) continue
    const key = [scope.module.directory, ...block.labels].join(' ')
    const routed =
      type === 'aws_api_gateway_integration' ? [restRoute(block, scope)] : routes.get(key)
    for (const route of routed ?? [null]) note(functions, { trigger, route })
  }
  return causes
}

/** Where the code of the functions is that Terraform's files make, by what `functionsIn` calls them. */
export function handlersByFunction(terraform: Terraform): ReadonlyMap<string, HandlerPlace> {
  const handlers = new Map<string, HandlerPlace>()
  for (const kind of ['resource', 'module'])
    for (const [block, scope] of blocksOf(terraform, kind)) {
      const place = handlerOf(block, scope)
      if (place !== null) handlers.set([scope.module.directory, ...pathOf(block)].join(' '), place)
    }
  return handlers
}

/** The functions that a value names, by the directory of their module, their kind and their name. */
export function functionsIn(data: Data): readonly string[] {
  const found = referencesIn(data).filter(
    ({ path: [kind, , ...more] }) =>
      kind === 'aws_lambda_function' ||
      (kind === 'module' && /lambda|function|arn/.test(more.join())),
  )
  return [...new Set(found.map(({ path, within }) => [within, path[0], path[1]].join(' ')))]
}

function triggerOf(type: string, body: Data, scope: Scope): Trigger | null {
  switch (type) {
    case 'aws_api_gateway_integration':
      return 'http'
    case 'aws_apigatewayv2_integration': {
      const api = attributeOf(at(body, 'api_id'), 'protocol_type', scope)
      return api === 'WEBSOCKET' ? 'websocket' : 'http'
    }
    case 'aws_cloudwatch_event_target':
      return attributeOf(at(body, 'rule'), 'schedule_expression', scope) === undefined
        ? 'event'
        : 'schedule'
    case 'aws_lambda_event_source_mapping':
      return /sqs|queue/i.test(JSON.stringify(at(body, 'event_source_arn') ?? ''))
        ? 'queue'
        : 'stream'
    case 'aws_lambda_permission':
      return PRINCIPALS[textOf(at(body, 'principal')) ?? ''] ?? null
    default:
      return NAMED_BY[type] ?? null
  }
}

/** An attribute of the resource that a value refers to; undefined where there is none. */
function attributeOf(data: Data | undefined, name: string, scope: Scope): Data | undefined {
  const found = resourceOf(data, scope)
  const written = at(found?.[0].body, name)
  return found && written !== undefined ? resolved(written, found[1]) : undefined
}

function resourceOf(data: Data | undefined, scope: Scope): readonly [TerraformBlock, Scope] | null {
  const { terraform } = scope
  const [reference] = referencesIn(resolved(data, scope))
  const module = terraform.get(reference?.within ?? '')
  const [type, name] = reference?.path ?? []
  const block = module?.blocks.find(
    ({ kind, labels }) => kind === 'resource' && labels[0] === type && labels[1] === name,
  )
  return module && block ? [block, { terraform, module }] : null
}

/** The routes of an HTTP API, by the integration that each leads to. */
function routesByIntegration(
  terraform: Terraform,
): ReadonlyMap<string, readonly (string | null)[]> {
  const routes = new Map<string, (string | null)[]>()
  for (const [{ body }, scope] of blocksOf(terraform, 'resource', 'aws_apigatewayv2_route')) {
    const integration = resourceOf(at(body, 'target'), scope)
    if (integration === null) continue
    const [block, { module }] = integration
    const key = [module.directory, ...block.labels].join(' ')
    const text = textOf(resolved(at(body, 'route_key'), scope))
    routes.set(key, [...(routes.get(key) ?? []), text === null ? null : routeOfText(text)])
  }
  return routes
}

/** How many resources the path of a REST API is made of, at most. */
const MOST_PARTS = 20

/** The route of a REST API: the method of the integration, and the parts of the path from its resource up. */
function restRoute({ body }: TerraformBlock, scope: Scope): string | null {
  const written = at(body, 'http_method')
  const method = textOf(resolved(written, scope)) ?? attributeOf(written, 'http_method', scope)
  const parts: string[] = []
  let part = resourceOf(at(body, 'resource_id'), scope)
  while (part !== null && parts.length < MOST_PARTS) {
    const [block, within] = part
    const text = textOf(resolved(at(block.body, 'path_part'), within))
    if (block.labels[0] !== 'aws_api_gateway_resource') break
    if (text === null) return null
    parts.unshift(text)
    part = resourceOf(at(block.body, 'parent_id'), within)
  }
  return parts.length === 0 ? null : routeOf(textOf(method ?? null), parts.join('/'))
}
