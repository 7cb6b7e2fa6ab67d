import type { CallId, DecoratorFacts } from '../facts/model.ts'
import { givenBy, resultOf } from './call.ts'
import { evaluate } from './evaluate.ts'
import { argumentTerm, externalName, choice } from './term.ts'
import { frameOfFunction, freeFrame } from './frame.ts'
import { callOf, keptBy, valueOf } from './module.ts'
import type { Module, Project } from './module.ts'
import type { Argument, Frame, Term } from './term.ts'
import { viewOf } from './view.ts'

/**
 * Containers of dependency injection: what is registered under a class, a name or a symbol, wherever in the project, is what
 * is handed out for it. NestJS, InversifyJS, tsyringe, typedi and awilix, and containers of a project's own that are used alike.
 */

/** What is registered, and what is handed out for it. */
interface Binding {
  readonly token: string
  readonly provided: () => Term | null
}

type Bindings = ReadonlyMap<string, readonly Binding[]>

const bindingsIn = keptBy<Project, Bindings>()

/** What a container hands out for a class, a name or a symbol; null where nothing or more than one thing is registered. */
export function providedFor(project: Project, token: Term): Term | null {
  const key = keyOf(token)
  return key === null ? null : providedByKey(project, key)
}

/** As `providedFor`, for a name. */
export function providedByName(project: Project, name: string): Term | null {
  return providedByKey(project, nameKey(name))
}

function providedByKey(project: Project, key: string): Term | null {
  const known = bindingsIn(project)
  const bindings = known.get(project) ?? readBindings(project)
  known.set(project, bindings)
  const found = bindings.get(key) ?? []
  if (found.length === 0 || resolving.has(found)) return null
  resolving.add(found)
  try {
    const provided = choice(found.map((binding) => binding.provided()))
    return provided === null || provided.kind === 'choice' || isVague(provided) ? null : provided
  } finally {
    resolving.delete(found)
  }
}

/** What is being looked up: two names may stand for each other. */
const resolving = new Set<readonly Binding[]>()

function isVague(term: Term): boolean {
  return term.kind === 'unknown' || (term.kind === 'literal' && term.value == null)
}

function readBindings(project: Project): Bindings {
  const all = new Map<string, Binding[]>()
  // Evaluating what is registered may ask for what is registered.
  bindingsIn(project).set(project, all)
  for (const module of project.containers()) {
    for (const binding of bindingsOf(module)) {
      const known = all.get(binding.token)
      if (known) known.push(binding)
      else all.set(binding.token, [binding])
    }
  }
  return all
}

function bindingsOf(module: Module): readonly Binding[] {
  return [
    ...module.facts.values.flatMap((value, id) =>
      value.kind === 'object' &&
      value.entries.some((entry) => entry.kind === 'property' && PROVIDE.has(entry.key))
        ? providerBinding(module, id)
        : [],
    ),
    ...module.facts.calls.flatMap((_, call) => callBindings(module, call)),
    ...module.facts.classes.flatMap(({ decorators }, id) =>
      decorators.flatMap((decorator) => decoratorBinding(module, id, decorator)),
    ),
  ]
}

const PROVIDE: ReadonlySet<string> = new Set(['provide', 'token'])

/** `{ provide: ORDERS, useClass: DynamoOrders }`. */
function providerBinding(module: Module, value: number): readonly Binding[] {
  const view = viewOf(evaluate({ frame: freeFrame(module, 0), value }))
  const token = view?.fields.get('provide') ?? view?.fields.get('token')
  const key = token ? keyOf(token.term()) : null
  if (!view || key === null) return []
  return [{ token: key, provided: () => usedIn(view.fields, module.project) }]
}

type Fields = ReadonlyMap<string, { readonly term: () => Term }>

function usedIn(fields: Fields, project: Project): Term | null {
  const used = (name: string): Term | null => fields.get(name)?.term() ?? null
  const existing = used('useExisting') ?? used('useToken')
  return (
    anyOf(used('useClass')) ??
    used('useValue') ??
    madeBy(used('useFactory')) ??
    (existing === null ? null : (providedFor(project, existing) ?? anyOf(existing)))
  )
}

/** Anything of a class. */
function anyOf(term: Term | null): Term | null {
  return term?.kind === 'class' ? { kind: 'instance', class: term, construct: null } : null
}

function madeBy(factory: Term | null): Term | null {
  return factory?.kind === 'function' ? resultOf(frameOfFunction(factory)) : null
}

/** Methods that take what is registered for `bind(TOKEN)`. */
const BOUND: ReadonlySet<string> = new Set([
  'to',
  'toSelf',
  'toService',
  'toConstantValue',
  'toDynamicValue',
])

const REGISTER: ReadonlySet<string> = new Set([
  'register',
  'registerSingleton',
  'registerInstance',
  'registerClass',
  'registerType',
  'singleton',
  'set',
])

function callBindings(module: Module, call: CallId): readonly Binding[] {
  const facts = callOf(module, call)
  const callee = valueOf(module, facts.callee)
  if (callee.kind !== 'member') return []
  const frame = freeFrame(module, facts.function)
  if (BOUND.has(callee.key)) {
    const inner = valueOf(module, callee.of)
    return inner.kind === 'call' ? boundBinding(frame, callee.key, inner.call, call) : []
  }
  if (!REGISTER.has(callee.key) || facts.arguments.length === 0) return []
  const given = givenBy(frame, call)
  if (facts.arguments.length === 1) return namedBindings(given)
  const token = argumentTerm(given, 0)
  const key = token === null ? null : keyOf(token)
  const value = (): Term | null => argumentTerm(given, 1)
  return key === null
    ? []
    : [{ token: key, provided: () => registered(value(), module.project, callee.key) }]
}

/** `container.bind(TYPES.Orders).to(DynamoOrders)`. */
function boundBinding(
  frame: Frame,
  method: string,
  bind: CallId,
  call: CallId,
): readonly Binding[] {
  const callee = valueOf(frame.module, callOf(frame.module, bind).callee)
  const isBind =
    callee.kind === 'member' ? /^(re)?bind$/.test(callee.key) : callee.kind === 'parameter'
  const token = isBind ? argumentTerm(givenBy(frame, bind), 0) : null
  const key = token === null ? null : keyOf(token)
  if (token === null || key === null) return []
  const provided = (): Term | null => {
    const given = argumentTerm(givenBy(frame, call), 0)
    switch (method) {
      case 'to':
        return anyOf(given)
      case 'toSelf':
        return anyOf(token)
      case 'toService':
        return given === null ? null : providedFor(frame.module.project, given)
      case 'toDynamicValue':
        return madeBy(given)
      default:
        return given
    }
  }
  return [{ token: key, provided }]
}

/** `container.register({ orders: asClass(DynamoOrders).singleton() })`. */
function namedBindings(given: readonly Argument[]): readonly Binding[] {
  const only = argumentTerm(given, 0)
  const view = only?.kind === 'object' ? viewOf(only) : null
  return [...(view?.fields.values() ?? [])].flatMap((field) => {
    const resolver = resolverIn(field.term())
    return resolver === null ? [] : [{ token: nameKey(field.key), provided: resolver }]
  })
}

function registered(value: Term | null, project: Project, method: string): Term | null {
  if (value === null) return null
  const resolver = resolverIn(value)
  if (resolver !== null) return resolver()
  if (value.kind === 'class') return anyOf(value)
  // A container may call what it is given, or hand it out: a function with a result worth having is called.
  if (value.kind === 'function') return method === 'registerInstance' ? value : madeBy(value)
  if (value.kind !== 'object') return value
  const fields = viewOf(value)?.fields
  return (fields && usedIn(fields, project)) ?? value
}

/** `asClass(Orders)`, with whatever is said of its life time after it. */
function resolverIn(term: Term): (() => Term | null) | null {
  let at = term
  while (at.kind === 'result' && at.callee.kind === 'part') at = at.callee.of
  if (at.kind !== 'result' || at.callee.kind !== 'external') return null
  const given = at.arguments
  const first = (): Term | null => argumentTerm(given, 0)
  switch (externalName(at.callee)) {
    case 'awilix#asClass':
      return () => anyOf(first())
    case 'awilix#asFunction':
      return () => madeBy(first())
    case 'awilix#asValue':
      return first
    default:
      return null
  }
}

const REGISTERED_BY_DECORATOR = /^(Service|provide|provideSingleton|injectable|Injectable)$/

/** `@Service('orders')`. */
function decoratorBinding(
  module: Module,
  id: number,
  decorator: DecoratorFacts,
): readonly Binding[] {
  const [first] = decorator.arguments
  if (first === undefined) return []
  const frame = freeFrame(module, 0)
  const name = evaluate({ frame, value: decorator.name })
  if (name.kind !== 'external' || !REGISTERED_BY_DECORATOR.test(name.path.at(-1) ?? '')) return []
  const given = evaluate({ frame, value: first })
  const fields = given.kind === 'object' ? viewOf(given)?.fields : null
  const token = fields ? (fields.get('id') ?? fields.get('token'))?.term() : given
  const key = token ? keyOf(token) : null
  return key === null
    ? []
    : [{ token: key, provided: () => anyOf({ kind: 'class', module, class: id, frame }) }]
}

/** What a token is known by: equal for the same token, wherever it is named; null for what is none. */
function keyOf(token: Term): string | null {
  switch (token.kind) {
    case 'literal':
      return typeof token.value === 'string' ? nameKey(token.value) : null
    case 'class':
      return `class ${token.module.facts.file} ${String(token.class)}`
    case 'external':
      return `external ${externalName(token)}`
    case 'made': {
      const { ref } = token
      return ref === null ? null : `made ${ref.frame.module.facts.file} ${String(ref.value)}`
    }
    case 'result': {
      const isShared =
        token.callee.kind === 'external' && externalName(token.callee) === '#Symbol.for'
      const name = isShared ? argumentTerm(token.arguments, 0) : null
      return name?.kind === 'literal'
        ? `symbol ${String(name.value)}`
        : `made ${token.frame.module.facts.file} ${String(token.call)}`
    }
    default:
      return null
  }
}

function nameKey(name: string): string {
  return `name ${name}`
}

/** Decorators of a constructor's parameter, or of a field, that say what it is given. */
export function injectedBy(frame: Frame, decorators: readonly DecoratorFacts[]): Term | null {
  for (const { name, arguments: given } of decorators) {
    const [first] = given
    if (first === undefined) continue
    const decorator = evaluate({ frame, value: name })
    if (decorator.kind !== 'external' || !/^inject$/i.test(decorator.path.at(-1) ?? '')) continue
    const token = evaluate({ frame, value: first })
    return providedFor(frame.module.project, token) ?? anyOf(token)
  }
  return null
}

const CONTAINER_PACKAGES =
  /^(inversify|tsyringe|typedi|awilix|awilix-\w+|@nestjs\/(core|common|testing))$/

const HAND_OUT: ReadonlySet<string> = new Set([
  'get',
  'getAsync',
  'resolve',
  'resolveAsync',
  'find',
  'service',
  'make',
])

/** What `container.get(TOKEN)` hands out; null where what is called is no container, or nothing is known of it. */
export function handedOut(callee: Term, given: readonly Argument[], project: Project): Term | null {
  const method = calledMethod(callee)
  if (method === null || !HAND_OUT.has(method.key) || given.length === 0) return null
  const token = argumentTerm(given, 0)
  if (token === null) return null
  const isContainer = isContainerOf(method.of)
  if (!isContainer && method.of.kind !== 'instance') return null
  const provided = providedFor(project, token)
  return provided ?? (isContainer ? anyOf(token) : null)
}

/** Whether a value is what a container hands out for something that a function was given: `container.resolve(name)`. */
export function isHandedOutLater(term: Term): boolean {
  if (term.kind !== 'result') return false
  const method = calledMethod(term.callee)
  if (method === null || !HAND_OUT.has(method.key) || !isContainerOf(method.of)) return false
  return argumentTerm(term.arguments, 0)?.kind === 'parameter'
}

function calledMethod(callee: Term): { readonly of: Term; readonly key: string } | null {
  switch (callee.kind) {
    case 'part':
      return callee
    case 'external': {
      const key = callee.path.at(-1)
      return key === undefined ? null : { of: { ...callee, path: callee.path.slice(0, -1) }, key }
    }
    case 'function': {
      // A method of a container that the project wrote.
      const { name, kind } = callee.module.facts.functions[callee.function] ?? {
        name: '',
        kind: '',
      }
      return kind === 'method' && callee.self !== null
        ? { of: callee.self, key: name.split('.').at(-1) ?? '' }
        : null
    }
    default:
      return null
  }
}

function isContainerOf(term: Term): boolean {
  let at = term.kind === 'part' || term.kind === 'parameter' ? (term.type ?? term) : term
  for (let depth = 0; depth < 6; depth += 1) {
    if (at.kind === 'external') return CONTAINER_PACKAGES.test(at.source)
    if (at.kind === 'made') at = at.of
    else if (at.kind === 'result') at = at.callee
    else if (at.kind === 'part') at = at.of
    else return false
  }
  return false
}
