import type { Value } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { exportedNames, exportOf } from '../project/exports.ts'
import { freeFrame } from '../project/frame.ts'
import type { Module } from '../project/module.ts'
import { functionOf } from '../project/module.ts'
import type { FunctionTerm, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import type { EntryPoint, Framework } from './framework.ts'
import { exportsOf, fieldOf, functionTerm } from './functions.ts'
import { functionsIn } from './handed.ts'

const ROOTS = new Set(['Query', 'Mutation', 'Subscription'])

/** Packages in which a field is an object with its type and its resolver. */
const SCHEMA_PACKAGES = /^(graphql(-relay)?|nexus|@pothos\/|@giraphql\/|graphql-compose)/

/** GraphQL resolvers: maps of `Query` and `Mutation`, and fields with `resolve`. https://www.apollographql.com/docs/apollo-server/data/resolvers */
export const graphql: Framework = {
  name: 'GraphQL',
  entryPoints: (module) => {
    const objects = module.facts.values.filter((value) => value.kind === 'object')
    const maps = objects.flatMap((object) => resolverMap(module, object))
    return [
      ...maps,
      ...exportedRoots(module),
      ...(hasSchema(module) ? objects.flatMap((o) => field(module, o)) : []),
    ]
  },
}

function hasSchema(module: Module): boolean {
  return module.facts.imports.some(
    ({ source }) =>
      SCHEMA_PACKAGES.test(source) ||
      /(graphql|pothos)[\w/-]*builder|builder(\.[cm]?js)?$/.test(source),
  )
}

function entry(handler: FunctionTerm, label: string): EntryPoint {
  const { parent } = functionOf(handler.module, handler.function)
  const bound = handler.lexical?.arguments != null
  const own =
    parent === null || bound
      ? handler
      : functionTerm(handler.module, handler.function, handler.self)
  return { handler: own, trigger: 'graphql', label, framework: 'GraphQL' }
}

/** `{ Query: { orders: fn }, Order: { customer: fn } }`. */
function resolverMap(
  module: Module,
  object: Extract<Value, { kind: 'object' }>,
): readonly EntryPoint[] {
  const isMap = object.entries.some((e) => e.kind === 'property' && ROOTS.has(e.key))
  if (!isMap) return []
  const frame = freeFrame(module, 0)
  return object.entries.flatMap((e) =>
    e.kind === 'property' && /^[A-Z]/.test(e.key)
      ? resolversIn(evaluate({ frame, value: e.value }), e.key)
      : [],
  )
}

/** `export const Query = { orders: fn }`, which another file puts into the map. */
function exportedRoots(module: Module): readonly EntryPoint[] {
  return exportsOf(module)
    .filter(({ name }) => ROOTS.has(name))
    .flatMap(({ name, term }) => resolversIn(term, name))
}

function resolversIn(map: Term, type: string): readonly EntryPoint[] {
  return membersOf(map).flatMap(({ key, value }) => {
    const parts = [value, fieldOf(value, 'resolve'), fieldOf(value, 'subscribe')]
    return parts
      .flatMap((part) => (part === null ? [] : functionsIn(part)))
      .map((f) => entry(f, `${type}.${key}`))
  })
}

interface Member {
  readonly key: string
  readonly value: Term
}

/** The members of an object, or of a module that is imported as one, and of those that are spread into it. */
function membersOf(map: Term): readonly Member[] {
  if (map.kind === 'namespace')
    return [...exportedNames(map.module)].flatMap((key) => {
      const value = exportOf(map.module, key)
      return value === null ? [] : [{ key, value }]
    })
  const view = viewOf(map)
  if (view === null) return []
  return [
    ...[...view.fields.values()].map(({ key, term }) => ({ key, value: term() })),
    ...view.spreads.flatMap((spread) => (spread.kind === 'namespace' ? membersOf(spread) : [])),
  ]
}

/** `{ type: …, resolve: fn }`, and `mutateAndGetPayload` of graphql-relay. */
function field(module: Module, object: Extract<Value, { kind: 'object' }>): readonly EntryPoint[] {
  const names = new Map(
    object.entries.flatMap((e) => (e.kind === 'property' ? [[e.key, e.value] as const] : [])),
  )
  const frame = freeFrame(module, 0)
  const resolvers = [
    names.has('type') ? names.get('resolve') : undefined,
    names.get('mutateAndGetPayload'),
  ]
  return resolvers.flatMap((value) => {
    if (value === undefined) return []
    const title = names.get('name')
    const name = title === undefined ? null : evaluate({ frame, value: title })
    const label =
      name?.kind === 'literal'
        ? `GraphQL ${String(name.value)}`
        : (fieldName(module, object) ?? 'GraphQL field')
    return functionsIn(evaluate({ frame, value })).map((f) => entry(f, label))
  })
}

/** The name under which another object holds this one. */
function fieldName(module: Module, object: Value): string | null {
  const { values } = module.facts
  const id = values.indexOf(object)
  for (const value of values) {
    if (value.kind !== 'object') continue
    const holder = value.entries.find((e) => e.kind === 'property' && e.value === id)
    if (holder?.kind === 'property') return `GraphQL ${holder.key}`
  }
  return null
}
