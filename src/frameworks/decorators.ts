import type { ClassMember, DecoratorFacts } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { elementOf } from '../project/elements.ts'
import { functionOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { FunctionTerm, Term } from '../project/term.ts'
import type { EntryPoint, Framework, Trigger } from './framework.ts'
import { fieldOf, functionTerm, textOf } from './functions.ts'
import { routerOf } from './routers.ts'

/** Packages whose `@Get` and its kin mark what answers a request. */
const HTTP_PACKAGES: readonly (readonly [RegExp, string])[] = [
  [/^@nestjs\/common$/, 'NestJS'],
  [/^routing-controllers$/, 'routing-controllers'],
  [/^@?tsoa(\/runtime)?$/, 'tsoa'],
  [/^@tsed\/(schema|common)$/, 'Ts.ED'],
  [/^@foal\/core$/, 'FoalTS'],
  [/^@loopback\/rest$/, 'LoopBack'],
  [/^inversify-express-utils$/, 'InversifyJS'],
  [/^@decorators\/express$/, 'Express'],
  [/^fw24$/, 'fw24'],
]

const METHODS = /^(http)?(get|post|put|patch|delete|del|options|head|all|sse|search)$/i

const CONTROLLERS = /^((Json|Rest|Api)?Controller|controller|Route|Path|api)$/

interface Mark {
  readonly packages: RegExp
  readonly names: RegExp
  readonly trigger: Trigger
  readonly framework: string
}

/** Other decorators that mark what something outside the code calls. */
const MARKS: readonly Mark[] = [
  {
    packages: /^(@nestjs\/graphql|type-graphql)$/,
    names: /^(Query|Mutation|Subscription|ResolveField|ResolveProperty|FieldResolver)$/,
    trigger: 'graphql',
    framework: 'GraphQL',
  },
  {
    packages: /^@nestjs\/schedule$/,
    names: /^(Cron|Interval|Timeout)$/,
    trigger: 'schedule',
    framework: 'NestJS',
  },
  {
    packages: /^@nestjs\/microservices$/,
    names: /^(MessagePattern|EventPattern)$/,
    trigger: 'queue',
    framework: 'NestJS',
  },
  {
    packages: /^@nestjs\/microservices$/,
    names: /^Grpc\w*Method$/,
    trigger: 'rpc',
    framework: 'NestJS',
  },
  {
    packages: /^(@nestjs\/bull(mq)?|@ssut\/nestjs-sqs)$/,
    names: /^(Process|OnWorkerEvent|OnQueue\w+|SqsMessageHandler|SqsConsumerEventHandler)$/,
    trigger: 'queue',
    framework: 'NestJS',
  },
  {
    packages: /^@nestjs\/websockets$/,
    names: /^SubscribeMessage$/,
    trigger: 'websocket',
    framework: 'NestJS',
  },
  {
    packages: /^@nestjs\/event-emitter$/,
    names: /^OnEvent$/,
    trigger: 'event',
    framework: 'NestJS',
  },
  {
    packages: /^nest(js)?-command(er)?$/,
    names: /^Command$/,
    trigger: 'script',
    framework: 'NestJS',
  },
]

/** Methods that decorators mark: NestJS, routing-controllers, tsoa, TypeGraphQL and their kin. */
export const decorators: Framework = {
  name: 'NestJS',
  entryPoints: (module) =>
    module.facts.classes.flatMap((facts, id): readonly EntryPoint[] => {
      if (!facts.members.some((member) => member.decorators.length > 0)) return []
      const frame = freeFrame(module, 0)
      const self: Term = {
        kind: 'instance',
        class: { kind: 'class', module, class: id, frame },
        construct: null,
      }
      const prefix = prefixOf(module, facts.decorators)
      return facts.members.flatMap((member) =>
        member.decorators.flatMap((decorator): readonly EntryPoint[] => {
          const marked = markOf(module, decorator, { prefix, member, owner: facts.name })
          const handler = handlerOf(module, member, self)
          return marked && handler ? [{ handler, ...marked }] : []
        }),
      )
    }),
}

interface Method {
  readonly prefix: string
  readonly member: ClassMember
  readonly owner: string
}

function markOf(
  module: Module,
  decorator: DecoratorFacts,
  { prefix, member, owner }: Method,
): Omit<EntryPoint, 'handler'> | null {
  const name = evaluate({ frame: freeFrame(module, 0), value: decorator.name })
  const given = argumentsOf(module, decorator)
  if (name.kind === 'part' && METHODS.test(name.key)) {
    // A Powertools router: `@app.get('/orders')`.
    const framework = routerOf(name.of)
    const path = textOf(given[0]) ?? ''
    if (framework === null) return null
    return { trigger: 'http', label: route(name.key, '', path), framework }
  }
  const made = madeRoute(name, given, prefix)
  if (made !== null) return made
  if (name.kind !== 'external') return null
  const { source } = name
  const last = name.path.at(-1) ?? ''
  const http = HTTP_PACKAGES.find(([packages]) => packages.test(source))
  if (http && METHODS.test(last)) {
    return { trigger: 'http', label: route(last, prefix, pathOf(given)), framework: http[1] }
  }
  const mark = MARKS.find(({ packages, names }) => packages.test(source) && names.test(last))
  if (!mark) return null
  const { trigger, framework } = mark
  const isRoot = /^(Query|Mutation|Subscription)$/.test(last)
  const label = isRoot ? `${last}.${textOf(given[0]) ?? member.name}` : `${owner}.${member.name}`
  return { trigger, label, framework }
}

const VERBS = /^(GET|POST|PUT|PATCH|DELETE|HEAD|ALL|ANY)$/i

/** What a decorator of the project's own, or of a package that nobody knows, says of a route: `@Route('GET', '/orders')`. */
function madeRoute(
  name: Term,
  given: readonly Term[],
  prefix: string,
): Omit<EntryPoint, 'handler'> | null {
  const called = nameOf(name)
  const texts = given.flatMap((each) => textOf(each) ?? [])
  const path = texts.find((text) => /^\/\S*$/.test(text))
  const verb = METHODS.test(called) ? called : texts.find((text) => VERBS.test(text))
  if (called === '' || path === undefined || verb === undefined) return null
  return { trigger: 'http', label: route(verb, prefix, path), framework: 'decorator' }
}

function nameOf(name: Term): string {
  if (name.kind === 'function') return functionOf(name.module, name.function).name
  if (name.kind !== 'external') return ''
  return HTTP_PACKAGES.some(([packages]) => packages.test(name.source))
    ? ''
    : (name.path.at(-1) ?? '')
}

/** `GET /orders/:id` of `@Controller('orders')` and `@Get(':id')`. */
function route(method: string, prefix: string, path: string): string {
  const verb = method.replace(/^http/i, '').toUpperCase()
  const parts = [prefix, path].map((part) => part.replace(/^\/+|\/+$/g, '')).filter(Boolean)
  return `${verb === 'ALL' ? 'ANY' : verb} /${parts.join('/')}`
}

function prefixOf(module: Module, all: readonly DecoratorFacts[]): string {
  for (const decorator of all) {
    const name = evaluate({ frame: freeFrame(module, 0), value: decorator.name })
    if (name.kind === 'external' && CONTROLLERS.test(name.path.at(-1) ?? ''))
      return pathOf(argumentsOf(module, decorator))
  }
  return ''
}

/** The path that a decorator is given: as text, first of a list, or in an object. */
function pathOf(given: readonly Term[]): string {
  const [first] = given
  if (!first) return ''
  if (first.kind === 'array') return textOf(alternatives(elementOf(first))[0]) ?? ''
  return textOf(first) ?? textOf(fieldOf(first, 'path')) ?? ''
}

function argumentsOf(module: Module, decorator: DecoratorFacts): readonly Term[] {
  const frame = freeFrame(module, 0)
  return decorator.arguments.map((value) => evaluate({ frame, value }))
}

function handlerOf(module: Module, member: ClassMember, self: Term): FunctionTerm | null {
  if (member.function !== null) return functionTerm(module, member.function, self)
  const value = member.value === null ? undefined : module.facts.values[member.value]
  return value?.kind === 'function' ? functionTerm(module, value.function, self) : null
}
