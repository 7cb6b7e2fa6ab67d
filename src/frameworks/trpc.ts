import type { CallId } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { argumentTerm } from '../project/term.ts'
import { givenBy } from '../project/call.ts'
import { freeFrame } from '../project/frame.ts'
import type { Module } from '../project/module.ts'
import type { FunctionTerm, Term } from '../project/term.ts'
import type { EntryPoint, Framework } from './framework.ts'
import { fieldOf, importsFrom, methodOf } from './functions.ts'
import { functionsGiven, functionsIn } from './handed.ts'

const RESOLVERS = new Set(['query', 'mutation', 'subscription', 'handler', 'action'])

/** Steps that a procedure is built with, before its resolver. */
const STEPS = /^(input|output|use|meta|concat|unstable_concat|procedure|errors|route|actor)$/

const PROCEDURES = /procedure$/i

/**
 * Procedures of tRPC (and of oRPC, which is built the same way): `publicProcedure.input(…).query(fn)`.
 * https://trpc.io/docs/server/procedures
 */
export const trpc: Framework = {
  name: 'tRPC',
  entryPoints: (module) =>
    module.facts.calls.flatMap((call, id): readonly EntryPoint[] => {
      const callee = module.facts.values[call.callee]
      if (callee?.kind !== 'member' || !RESOLVERS.has(callee.key)) return []
      if (call.arguments.length === 0) return []
      const frame = freeFrame(module, call.function)
      const given = givenBy(frame, id)
      const of = evaluate({ frame, value: callee.of })
      const resolvers = isProcedure(of, callee.key)
        ? functionsGiven(given)
        : isOldRouter(module, of)
          ? oldResolvers(argumentTerm(given, 1))
          : []
      if (resolvers.length === 0) return []
      const first = argumentTerm(given, 0)
      const name = first?.kind === 'literal' ? String(first.value) : nameOf(module, id)
      const label = `${callee.key} ${name ?? 'procedure'}`
      return resolvers.map((handler) => ({ handler, trigger: 'rpc', label, framework: 'tRPC' }))
    }),
}

/** A procedure, however far it is built: told by its name, and by its steps. */
function isProcedure(of: Term, resolver: string): boolean {
  let takesInput = false
  let at = of
  for (let depth = 0; depth < 20; depth += 1) {
    if (at.kind === 'choice') at = at.options[0] ?? at
    const name = nameOfTerm(at)
    if (name !== null && PROCEDURES.test(name)) return true
    const step = at.kind === 'result' ? methodOf(at.callee) : null
    if (step === null || !STEPS.test(step.key)) break
    takesInput ||= step.key === 'input'
    at = step.of
  }
  // `.input(schema).query(fn)` is nobody else's; `.handler(fn)` and `.action(fn)` are.
  return takesInput && resolver !== 'handler' && resolver !== 'action' && at.kind !== 'parameter'
}

function nameOfTerm(term: Term): string | null {
  if (term.kind === 'part') return term.key
  if (term.kind === 'external') return term.path.at(-1) ?? null
  return null
}

/** tRPC 9: `trpc.router().query('orders', { resolve })`. */
function isOldRouter(module: Module, of: Term): boolean {
  if (!importsFrom(module, '@trpc/server') && !/createRouter/i.test(rootName(of))) return false
  return of.kind === 'result'
}

function rootName(of: Term): string {
  let at = of
  for (let depth = 0; at.kind === 'result' && depth < 40; depth += 1)
    at = at.callee.kind === 'part' ? at.callee.of : at.callee
  return nameOfTerm(at) ?? ''
}

function oldResolvers(options: Term | null): readonly FunctionTerm[] {
  const resolve = options === null ? null : fieldOf(options, 'resolve')
  return resolve === null ? [] : functionsIn(resolve)
}

/** The name under which a router holds a procedure. */
function nameOf(module: Module, call: CallId): string | null {
  const { values } = module.facts
  for (const value of values) {
    if (value.kind !== 'object') continue
    for (const entry of value.entries) {
      const held = entry.kind === 'property' ? values[entry.value] : undefined
      if (entry.kind === 'property' && held?.kind === 'call' && held.call === call) return entry.key
    }
  }
  return null
}
