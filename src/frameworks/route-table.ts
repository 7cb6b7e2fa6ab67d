import type { Value } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { elementOf } from '../project/elements.ts'
import { freeFrame } from '../project/frame.ts'
import { functionOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { FunctionTerm } from '../project/term.ts'
import type { EntryPoint, Framework } from './framework.ts'
import { functionTerm, textOf } from './functions.ts'
import { functionsIn } from './handed.ts'

const METHOD_FIELDS = ['method', 'httpMethod', 'methods']
const PATH_FIELDS = ['path', 'url', 'route', 'resource', 'resourcePath']
const HANDLER_FIELDS = ['handler', 'action', 'handle', 'controller', 'fn']
const METHODS = /^(get|post|put|patch|delete|options|head|any|all|\*)$/i

/** Routes as data: `{ method: 'GET', path: '/orders', handler: list }`, as Fastify, Hapi and home-made routers take them. */
export const routeTables: Framework = {
  name: 'route table',
  entryPoints: (module) =>
    module.facts.values.flatMap((value) => (value.kind === 'object' ? routeIn(module, value) : [])),
}

function routeIn(
  module: Module,
  object: Extract<Value, { kind: 'object' }>,
): readonly EntryPoint[] {
  const field = (names: readonly string[]): number | null => {
    for (const entry of object.entries)
      if (entry.kind === 'property' && names.includes(entry.key)) return entry.value
    return null
  }
  const [methodAt, pathAt, handlerAt] = [METHOD_FIELDS, PATH_FIELDS, HANDLER_FIELDS].map(field)
  if (methodAt == null || pathAt == null || handlerAt == null) return []
  const frame = freeFrame(module, 0)
  const method = evaluate({ frame, value: methodAt })
  const methods = (method.kind === 'array' ? alternatives(elementOf(method)) : [method]).map(textOf)
  const path = textOf(evaluate({ frame, value: pathAt }))
  const [verb] = methods
  if (path === null || verb == null || methods.some((m) => m === null || !METHODS.test(m)))
    return []
  const label = `${/^(\*|any|all)$/i.test(verb) ? 'ANY' : verb.toUpperCase()} ${path}`
  return functionsIn(evaluate({ frame, value: handlerAt })).map((handler) => ({
    handler: inOwnFrame(handler),
    trigger: 'http',
    label,
    framework: 'routes',
  }))
}

/** The object may stand in a function: what it holds was looked at from outside, and is put back where it belongs. */
function inOwnFrame(term: FunctionTerm): FunctionTerm {
  const { parent } = functionOf(term.module, term.function)
  const bound = term.lexical?.arguments != null
  return parent === null || bound ? term : functionTerm(term.module, term.function, term.self)
}
