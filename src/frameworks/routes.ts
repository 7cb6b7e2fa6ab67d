import { givenBy } from '../project/call.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { memberOf } from '../project/member.ts'
import { functionOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Argument, FunctionTerm, Term } from '../project/term.ts'
import { answersContext, answersRequest } from './controllers.ts'
import type { EntryPoint, Framework, Trigger } from './framework.ts'
import { fieldOf, isProjectImport, methodOf, textOf } from './functions.ts'
import { functionsGiven } from './handed.ts'
import { routerOf } from './routers.ts'

/** Methods of a router that register what answers a request. */
const VERBS: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'del',
  'options',
  'head',
  'all',
  'any',
  'use',
  'param',
  'openapi',
  'addHook',
])

/** Methods of AppSync and Bedrock resolvers of Powertools. */
const RESOLVERS: ReadonlyMap<string, { readonly trigger: Trigger; readonly type: string }> =
  new Map([
    ['onQuery', { trigger: 'graphql', type: 'Query' }],
    ['onMutation', { trigger: 'graphql', type: 'Mutation' }],
    ['onSubscription', { trigger: 'graphql', type: 'Subscription' }],
    ['resolver', { trigger: 'graphql', type: '' }],
    ['batchResolver', { trigger: 'graphql', type: '' }],
    ['onPublish', { trigger: 'websocket', type: 'publish' }],
    ['onSubscribe', { trigger: 'websocket', type: 'subscribe' }],
    ['tool', { trigger: 'rpc', type: 'tool' }],
  ])

/** What people call a router that a function is given, or that another file makes. */
const ROUTER_NAMES = /^(app|router|server|fastify|api|web|koa|hono)$|(router|routes|app|api)$/i

/** Calls that tell a router what answers: `app.get('/orders', list)`, `router.route('/orders').get(list)`. */
export const routes: Framework = {
  name: 'Express',
  entryPoints: (module) =>
    module.facts.calls.flatMap((call, id): readonly EntryPoint[] => {
      const callee = module.facts.values[call.callee]
      if (callee?.kind !== 'member' || call.arguments.length === 0) return []
      const resolver = RESOLVERS.get(callee.key)
      if (!VERBS.has(callee.key) && !resolver) return []
      const frame = freeFrame(module, call.function)
      const of = evaluate({ frame, value: callee.of })
      const given = givenBy(frame, id)
      const framework = routerOf(of)
      if (resolver) return framework === null ? [] : resolverEntries(resolver, given, framework)
      const handlers = handlersAmong(given)
      if (handlers.length === 0) return []
      const { path, method } = routeOf(callee.key, of, given)
      const told = framework ?? (path === null ? null : untoldRouter(of, handlers))
      if (told === null) return []
      const label = labelOf(method, path, told)
      return handlers.map((handler) => ({ handler, trigger: 'http', label, framework: told }))
    }),
}

function labelOf(method: string, path: string | null, framework: string): string {
  if (path !== null) return `${method} ${path}`
  return method === 'ANY' ? `${framework} middleware` : `${method} route`
}

/** Every function given, but for the path. */
function handlersAmong(given: readonly Argument[]): readonly FunctionTerm[] {
  return functionsGiven(given)
}

function routeOf(
  verb: string,
  of: Term,
  given: readonly Argument[],
): { readonly path: string | null; readonly method: string } {
  const first = given[0]?.term() ?? null
  if (verb === 'openapi') {
    const route = first?.kind === 'result' ? (first.arguments[0]?.term() ?? null) : first
    const field = (key: string): string | null =>
      route === null ? null : textOf(fieldOf(route, key))
    return { path: field('path'), method: (field('method') ?? 'any').toUpperCase() }
  }
  const path = firstText(first) ?? routeAbove(of)
  const isAny = ['all', 'any', 'use', 'param', 'addHook'].includes(verb)
  return {
    path: verb === 'param' || verb === 'addHook' ? null : path,
    method: isAny ? 'ANY' : verb === 'del' ? 'DELETE' : verb.toUpperCase(),
  }
}

function firstText(term: Term | null): string | null {
  if (term === null) return null
  if (term.kind === 'array') return textOf(memberOf(term, '0'))
  return (
    alternatives(term)
      .map(textOf)
      .find((text) => text !== null) ?? null
  )
}

/** The path that a chain was opened with: `router.route('/orders').get(list).post(create)`. */
function routeAbove(of: Term): string | null {
  for (let at = of, depth = 0; at.kind === 'result' && depth < 12; depth += 1) {
    const method = methodOf(at.callee)
    if (method === null) return null
    if (method.key === 'route') return firstText(at.arguments[0]?.term() ?? null)
    at = method.of
  }
  return null
}

/**
 * A router that a function is given, or that another file makes, told by its name together with a path and with what the
 * handlers do; null where it may be something else.
 */
function untoldRouter(of: Term, handlers: readonly FunctionTerm[]): string | null {
  const base = baseOf(of)
  const name =
    base.kind === 'parameter'
      ? functionOf(base.frame.module, base.frame.function).parameters[base.index]?.name
      : base.kind === 'part'
        ? base.key
        : base.kind === 'external' && isProjectImport(base)
          ? (base.path.at(-1) ?? base.source.split('/').at(-1))
          : null
  if (name === null || name === undefined) return null
  if (handlers.some(answersRequest)) return 'Express'
  if (!ROUTER_NAMES.test(name)) return null
  if (/^fastify$/i.test(name)) return 'Fastify'
  if (handlers.some((h) => functionOf(h.module, h.function).parameters.length >= 2))
    return 'Express'
  return handlers.some(answersContext) ? 'Hono' : null
}

function baseOf(of: Term): Term {
  let at = of
  for (let depth = 0; at.kind === 'result' && depth < 12; depth += 1) {
    const method = methodOf(at.callee)
    if (method === null) return at
    at = method.of
  }
  return at
}

function resolverEntries(
  resolver: { readonly trigger: Trigger; readonly type: string },
  given: readonly Argument[],
  framework: string,
): readonly EntryPoint[] {
  const { trigger, type } = resolver
  const terms = given.map((argument) => argument.term())
  const options = terms.find((term) => term.kind === 'object')
  const name =
    terms.map(textOf).find((t) => t !== null) ??
    (options ? textOf(fieldOf(options, 'fieldName')) : null)
  const owner =
    (options ? textOf(fieldOf(options, 'typeName')) : null) ?? (type === '' ? 'Query' : type)
  const label = name === null ? `${framework} resolver` : `${owner}.${name}`
  return functionsGiven(given).map((handler) => ({ handler, trigger, label, framework }))
}
