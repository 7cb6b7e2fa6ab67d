import type { FunctionId, ValueId } from '../facts/model.ts'
import { callOf, functionOf, valueOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'

/** How many wrappers lie one in another: `withErrors(withUser(async (event) => …))`. */
const MOST_DEPTH = 5

/** The name that a function without one is exported by, wrapped or not; null where it is not. */
export function exportName(module: Module, id: FunctionId): string | null {
  for (const [name, value] of Object.entries(module.facts.exports)) {
    if (name !== '=') {
      if (holds(module, value, id, 0)) return name === 'default' ? 'default export' : name
      continue
    }
    const whole = valueOf(module, value)
    if (whole.kind !== 'object') {
      if (holds(module, value, id, 0)) return 'module.exports'
      continue
    }
    for (const entry of whole.entries)
      if (entry.kind === 'property' && holds(module, entry.value, id, 0)) return entry.key
  }
  return null
}

function holds(module: Module, id: ValueId, wanted: FunctionId, depth: number): boolean {
  if (depth > MOST_DEPTH) return false
  const value = valueOf(module, id)
  switch (value.kind) {
    case 'function':
      return value.function === wanted || functionOf(module, wanted).parent === value.function
    case 'variable': {
      const { final } = module.facts.variables[value.variable] ?? { final: null }
      return final !== null && holds(module, final, wanted, depth + 1)
    }
    case 'call': {
      const { callee, arguments: given } = callOf(module, value.call)
      const method = valueOf(module, callee)
      return (
        given.some((item) => holds(module, item.value, wanted, depth + 1)) ||
        (method.kind === 'member' && holds(module, method.of, wanted, depth + 1))
      )
    }
    default:
      return false
  }
}
