import { functionOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { FunctionTerm } from '../project/term.ts'
import type { EntryPoint, Framework } from './framework.ts'
import { functionTerm, importOf, importsFrom } from './functions.ts'
import { usesOf } from './uses.ts'

/** What only an HTTP response is told, with something to tell it. */
const RESPONSE_METHODS =
  /^(json|jsonp|send|status|sendStatus|render|redirect|code|writeHead|sendFile|setHeader)$/

/** What an HTTP request is asked for. */
const REQUEST_READS =
  /^(body|params|query|headers|header|cookies|session|user|method|url|path|originalUrl|ip|file|files|get|app|auth|log|locals|raw)\b/

/** Parameter types that say a function handles requests, by package. */
const PARAMETER_TYPES: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^express(-serve-static-core)?$/, /^(Request|Response)$/, 'Express'],
  [/^fastify$/, /^Fastify(Request|Reply)$/, 'Fastify'],
  [/^hono(\/|$)/, /^Context$/, 'Hono'],
  [/^koa$/, /^(Context|ParameterizedContext|DefaultContext|ExtendableContext)$/, 'Koa'],
  [/^@?koa[-/]router$/, /^RouterContext$/, 'Koa'],
  [/^next(\/|$)/, /^Next(Api)?Request$/, 'Next.js'],
  [/^lambda-api$/, /^(Request|Response)$/, 'lambda-api'],
]

/** Types of a function that handles requests. */
const FUNCTION_TYPES: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^express(-serve-static-core)?$/, /^(ErrorRequest|Request)Handler$/, 'Express'],
  [/^fastify$/, /^RouteHandler(Method)?$/, 'Fastify'],
  [/^hono(\/|$)/, /^(Handler|MiddlewareHandler)$/, 'Hono'],
  [/^koa$/, /^Middleware$/, 'Koa'],
  [/^next(\/|$)/, /^NextApiHandler$/, 'Next.js'],
]

/** Functions that answer a request, wherever a router is told of them: typed so, or told by what they do with both. */
export const controllers: Framework = {
  name: 'Express',
  entryPoints: (module) =>
    module.facts.functions.flatMap((facts, id): readonly EntryPoint[] => {
      if (facts.kind === 'module' || facts.kind === 'constructor') return []
      const handler = functionTerm(module, id)
      const framework = typedFor(handler) ?? (answersRequest(handler) ? guess(module) : null)
      if (framework === null) return []
      const label = facts.name === '' ? `${framework} handler` : facts.name
      return [{ handler, trigger: 'http', label, framework }]
    }),
}

/** Whether a function takes a request and a response, as Express and its kin give them. */
export function takesRequestAndResponse(term: FunctionTerm): boolean {
  return typedFor(term) !== null || answersRequest(term)
}

/** The framework whose types a function's parameters have; null where they have none such. */
function typedFor(term: FunctionTerm): string | null {
  const facts = functionOf(term.module, term.function)
  const whole = frameworkOf(term.module, facts.typeName, FUNCTION_TYPES)
  if (whole !== null) return whole
  const told = facts.parameters.map((p) => frameworkOf(term.module, p.typeName, PARAMETER_TYPES))
  const [first = null, second = null] = told
  if (first === 'Express' || first === 'lambda-api')
    return first === second && facts.parameters.length <= 4 ? first : null
  // A helper is given a context as well; what answers a request is where the context comes first and alone.
  if (first === 'Hono' || first === 'Koa')
    return facts.parameters.length <= 2 && (facts.async || answersContext(term)) ? first : null
  if (first === 'Next.js') return facts.parameters.length <= 2 && facts.async ? first : null
  if (first === 'Fastify') return second === first ? first : null
  return null
}

function frameworkOf(
  module: Module,
  local: string | null,
  types: readonly (readonly [RegExp, RegExp, string])[],
): string | null {
  const from = local === null ? null : importOf(module, local)
  if (local !== null && from === null) return frameworkOfNamespace(module, local, types)
  const found = types.find(
    ([source, name]) => from !== null && source.test(from.source) && name.test(from.name),
  )
  return found?.[2] ?? null
}

/** `express.Request`: the annotation's last name, of a package that the file imports whole. */
function frameworkOfNamespace(
  module: Module,
  name: string,
  types: readonly (readonly [RegExp, RegExp, string])[],
): string | null {
  const whole = module.facts.imports.filter(({ names }) =>
    names?.some((n) => n.imported === 'default' || n.imported === '*'),
  )
  const found = types.find(
    ([source, names]) => names.test(name) && whole.some((item) => source.test(item.source)),
  )
  return found?.[2] ?? null
}

/** `(req, res)`, `(req, res, next)` or `(error, req, res, next)` that reads the one and tells the other. */
export function answersRequest(term: FunctionTerm): boolean {
  const { module, function: id } = term
  const count = functionOf(module, id).parameters.length
  if (count < 2 || count > 4) return false
  const pairs = count === 4 ? [1] : [0]
  return pairs.some((request) => {
    const told = usesOf(module, id, request + 1)
    if (told === null || ![...told.methods].some((method) => RESPONSE_METHODS.test(method)))
      return false
    const asked = usesOf(module, id, request)
    const name = functionOf(module, id).parameters[request]?.name ?? ''
    return (
      /^_*(req|request|event)?$/i.test(name) ||
      [...(asked?.reads ?? [])].some((path) => REQUEST_READS.test(path))
    )
  })
}

/** `(c) => c.json(…)`, `(ctx) => { ctx.body = … }`. */
export function answersContext(term: FunctionTerm): boolean {
  const uses = usesOf(term.module, term.function, 0)
  if (uses === null) return false
  const answers = [...uses.methods].some((m) =>
    /^(json|text|html|body|redirect|newResponse|throw|render|notFound)$/.test(m),
  )
  const sets = [...uses.writes].some((m) => /^((response\.)?(body|status)|type)$/.test(m))
  const asks = [...uses.reads].some((path) =>
    /^(req\.\w+|request\.(body|query)|params|query|state|ctx|env)\b/.test(path),
  )
  return answers || sets || (asks && functionOf(term.module, term.function).parameters.length <= 2)
}

/** The framework whose handlers look like this, by what the file imports. */
function guess(module: Module): string {
  if (importsFrom(module, 'next')) return 'Next.js'
  if (importsFrom(module, 'fastify', 'fastify-plugin')) return 'Fastify'
  if (importsFrom(module, 'lambda-api')) return 'lambda-api'
  return 'Express'
}
