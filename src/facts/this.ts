import type { FunctionId } from './model.ts'
import type { Extraction } from './build.ts'

/** The function whose `this` the code being read speaks of: arrow functions have none of their own. */
export function thisFunction(x: Extraction): FunctionId {
  let id = x.function
  for (;;) {
    const current = x.functions[id]
    if (current?.kind !== 'arrow' || current.parent === null) return id
    id = current.parent
  }
}
