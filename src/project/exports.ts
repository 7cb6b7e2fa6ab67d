import { evaluateUnlessRunning } from './evaluate.ts'
import { freeFrame } from './frame.ts'
import { memberOf } from './member.ts'
import type { Module } from './module.ts'
import { alternatives } from './term.ts'
import type { Term } from './term.ts'

/** The function or class that a CommonJS module exports as a whole; null where it exports anything else. */
export function calledExport(module: Module): Term | null {
  const whole = module.facts.exports['=']
  if (whole === undefined) return null
  const term = evaluateUnlessRunning({ frame: freeFrame(module, 0), value: whole })
  const isCalled =
    term !== null && alternatives(term).some(({ kind }) => kind === 'function' || kind === 'class')
  return isCalled ? term : null
}

/** What a module exports under a name, through its re-exports. */
export function exportOf(
  module: Module,
  name: string,
  seen: ReadonlySet<Module> = new Set(),
): Term | null {
  const { facts, project } = module
  const frame = freeFrame(module, 0)
  if (Object.hasOwn(facts.exports, name))
    return evaluateUnlessRunning({ frame, value: facts.exports[name] as number })
  const whole = facts.exports['=']
  if (whole !== undefined) {
    const term = evaluateUnlessRunning({ frame, value: whole })
    return term === null || name === 'default' ? term : memberOf(term, name)
  }
  if (seen.has(module)) return null
  const visited = new Set(seen).add(module)
  for (const { source, name: here, imported } of facts.reexports) {
    if (here !== null && here !== name) continue
    const target = project.resolve(module, source)
    const there = here === null ? name : imported
    if (target === null) {
      if (here !== null)
        return {
          kind: 'external',
          source,
          path: there === null || there === 'default' ? [] : [there],
        }
      continue
    }
    const found =
      there === null
        ? ({ kind: 'namespace', module: target } as const)
        : exportOf(target, there, visited)
    if (found !== null) return found
  }
  return name === 'default' ? { kind: 'namespace', module } : null
}

/** The names that a module exports, through its re-exports, without its default. */
export function exportedNames(
  module: Module,
  seen: ReadonlySet<Module> = new Set(),
): ReadonlySet<string> {
  if (seen.has(module)) return new Set()
  const { facts, project } = module
  const visited = new Set(seen).add(module)
  const named = facts.reexports.flatMap(({ source, name }): readonly string[] => {
    if (name !== null) return [name]
    const target = project.resolve(module, source)
    return target === null ? [] : [...exportedNames(target, visited)]
  })
  return new Set(
    [...Object.keys(facts.exports), ...named].filter((n) => n !== '=' && n !== 'default'),
  )
}
