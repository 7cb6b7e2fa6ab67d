import type { FunctionId } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { memberOf } from '../project/member.ts'
import { functionOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { ExternalTerm, FunctionTerm, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'

/** A function of a module as a value, wherever in the module it stands. */
export function functionTerm(
  module: Module,
  id: FunctionId,
  self: Term | null = null,
): FunctionTerm {
  const { parent } = functionOf(module, id)
  return {
    kind: 'function',
    module,
    function: id,
    lexical: parent === null ? null : freeFrame(module, parent),
    self,
  }
}

/** Something that other files can use. */
export interface Export {
  /** `default` also stands for `module.exports = value`. */
  readonly name: string
  readonly term: Term
  /** The type that the exported variable is annotated with. */
  readonly type: Term | null
}

const exported = new WeakMap<Module, readonly Export[]>()

/** What a module exports itself; re-exports of other files are theirs. */
export function exportsOf(module: Module): readonly Export[] {
  const known = exported.get(module)
  if (known) return known
  const all = listExports(module)
  exported.set(module, all)
  return all
}

function listExports(module: Module): readonly Export[] {
  const frame = freeFrame(module, 0)
  return Object.entries(module.facts.exports).flatMap(([name, id]): readonly Export[] => {
    const term = evaluate({ frame, value: id })
    if (name === '=') {
      const view = viewOf(term)
      if (view === null) return [{ name: 'default', term, type: null }]
      return [...view.fields.values()].map((f) => ({ name: f.key, term: f.term(), type: null }))
    }
    const value = module.facts.values[id]
    const variable = value?.kind === 'variable' ? module.facts.variables[value.variable] : undefined
    const type = variable?.type ?? null
    return [{ name, term, type: type === null ? null : evaluate({ frame, value: type }) }]
  })
}

/** Where a name that the file imports comes from; null for a name that it does not import. */
export function importOf(
  module: Module,
  local: string,
): { readonly source: string; readonly name: string } | null {
  for (const { source, names } of module.facts.imports) {
    const found = names?.find((n) => n.local === local)
    if (found) return { source, name: found.imported === 'default' ? local : found.imported }
  }
  return null
}

/** Whether the file imports from a package, or from a path below it. */
export function importsFrom(module: Module, ...packages: readonly string[]): boolean {
  return module.facts.imports.some(({ source }) =>
    packages.some((name) => source === name || source.startsWith(`${name}/`)),
  )
}

/** The text that a value is known to be. */
export function textOf(term: Term | null | undefined): string | null {
  return term?.kind === 'literal' && typeof term.value === 'string' ? term.value : null
}

/** A property of an object that the code builds; null where it is not there. */
export function fieldOf(term: Term, key: string): Term | null {
  return term.kind === 'object' ? (viewOf(term)?.fields.get(key)?.term() ?? null) : null
}

/** What a value's path of properties leads to. */
export function pathOf(term: Term, keys: readonly string[]): Term | null {
  let at: Term | null = term
  for (const key of keys) at = at === null ? null : memberOf(at, key)
  return at
}

/** Something that another file of the same project gives. */
export function isProjectImport(term: ExternalTerm): boolean {
  return /^(\.|[~@#]\/|~[a-z]|src\/|@[a-z-]+\/[a-z-]+\/src)/.test(term.source)
}

/** What a method is called on, and its name; null where what is called is no method. */
export function methodOf(callee: Term): { readonly of: Term; readonly key: string } | null {
  if (callee.kind === 'part') return callee
  if (callee.kind !== 'external') return null
  const key = callee.path.at(-1)
  return key === undefined ? null : { of: { ...callee, path: callee.path.slice(0, -1) }, key }
}
