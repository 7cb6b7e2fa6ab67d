import type { ValueId } from '../facts/model.ts'
import type { FunctionTerm } from '../project/term.ts'
import { rootOf } from './uses.ts'

const METHOD = /^(httpMethod|requestContext\.http\.method|method)$/
const PATH = /^(resource|path|rawPath|requestContext\.http\.path|requestContext\.resourcePath)$/
const ROUTE = /^(routeKey|requestContext\.routeKey)$/

/** `GET /orders`, where a handler compares its event with one method and one path only; null otherwise. */
export function routeLabel(term: FunctionTerm): string | null {
  const compared = comparedWith(term)
  const [route, ...moreRoutes] = compared(ROUTE)
  if (route !== undefined) return moreRoutes.length === 0 && route.includes(' ') ? route : null
  const [method, ...moreMethods] = compared(METHOD)
  const [path, ...morePaths] = compared(PATH)
  if (method === undefined || path === undefined) return null
  return moreMethods.length === 0 && morePaths.length === 0 ? `${method} ${path}` : null
}

/** The texts that parts of a function's parameters are compared with. */
function comparedWith(term: FunctionTerm): (part: RegExp) => readonly string[] {
  const { module } = term
  const { values, branches } = module.facts
  const found: (readonly [string, string])[] = []
  const note = (part: ValueId, text: ValueId): void => {
    const root = rootOf(module, part)
    const value = values[text]
    if (root?.function !== term.function || value?.kind !== 'literal') return
    if (typeof value.value === 'string') found.push([root.path.join('.'), value.value])
  }
  for (const value of values) {
    if (value.kind === 'binary' && /^[!=]==?$/.test(value.operator)) {
      note(value.left, value.right)
      note(value.right, value.left)
    }
  }
  for (const { condition, tests } of branches) {
    if (condition !== null) for (const test of tests.flat()) note(condition, test)
  }
  return (part) => [...new Set(found.filter(([path]) => part.test(path)).map(([, text]) => text))]
}
