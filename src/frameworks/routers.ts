import { externalName, alternatives } from '../project/term.ts'
import { typeOf } from '../project/member.ts'
import { functionOf } from '../project/module.ts'
import type { ExternalTerm, Term } from '../project/term.ts'

/** What makes a router, or is the type of one, by `package#path`. */
const ROUTERS: readonly (readonly [RegExp, string])[] = [
  [/^express#(default|express|Router|Application|Express|IRouter)?$/, 'Express'],
  [/^express-serve-static-core#\w+$/, 'Express'],
  [/^(express-promise-router|@tinyhttp\/app|hyper-express|polka|ultimate-express)#\w*$/, 'Express'],
  [/^express-ws#/, 'Express'],
  [/^restify#createServer$/, 'Restify'],
  [/^fastify#(default|fastify|Fastify|FastifyInstance)?$/, 'Fastify'],
  [/^hono(\/[\w-]+)?#Hono$/, 'Hono'],
  [/^@hono\/zod-openapi#OpenAPIHono$/, 'Hono'],
  [/^(koa|@koa\/router|koa-router|koa-joi-router)#\w*$/, 'Koa'],
  [/^itty-router#(Router|AutoRouter|IttyRouter|ThrowableRouter)?$/, 'itty-router'],
  [/^lambda-api#(API)?$/, 'lambda-api'],
  [/^claudia-api-builder#/, 'Claudia'],
  [/^(elysia)#(Elysia)?$/, 'Elysia'],
  [/^h3#(H3|createRouter|createApp)$/, 'h3'],
  [/^@aws-lambda-powertools\/event-handler(\/[\w-]+)?#\w*(Router|Resolver)$/, 'AWS Lambda'],
]

/** Methods of a router that give back a router. */
const CHAINED =
  /^(get|post|put|patch|delete|del|options|head|all|any|use|on|route|prefix|basePath|openapi|param|register|withTypeProvider|notFound|onError|mount|group|guard|state|decorate|derive)$/

/** The framework whose router a value is; null where it is not known to be one. */
export function routerOf(term: Term, depth = 0): string | null {
  if (depth > 40) return null
  for (const option of alternatives(term)) {
    const found = oneRouter(option, depth)
    if (found !== null) return found
  }
  return null
}

function oneRouter(term: Term, depth: number): string | null {
  switch (term.kind) {
    case 'made':
      return byName(term.of)
    case 'result':
      if (term.callee.kind === 'external') return byName(term.callee)
      if (term.callee.kind !== 'part') return null
      return CHAINED.test(term.callee.key) ? routerOf(term.callee.of, depth + 1) : null
    case 'parameter':
      return fromPlugin(term) ?? fromType(term, depth)
    case 'part':
      return fromType(term, depth)
    default:
      return null
  }
}

function fromType(term: Term, depth: number): string | null {
  const type = typeOf(term)
  return type === term ? null : routerOf(type, depth + 1)
}

/** `const plugin: FastifyPluginAsync = async (app) => …` */
function fromPlugin(term: Extract<Term, { kind: 'parameter' }>): string | null {
  const { typeName } = functionOf(term.frame.module, term.frame.function)
  return term.index === 0 && typeName?.startsWith('FastifyPlugin') === true ? 'Fastify' : null
}

function byName(term: ExternalTerm): string | null {
  const name = externalName(term)
  return ROUTERS.find(([pattern]) => pattern.test(name))?.[1] ?? null
}
