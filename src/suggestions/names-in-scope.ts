import type { FunctionId, Range, VariableFacts } from '../facts/model.ts'
import { functionOf } from '../project/module.ts'
import { contains } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Functions without effects that give the same for the same. */
const PURE = /^(Number|String|Boolean|BigInt|parseInt|parseFloat|Math)$/

const KEYWORDS =
  /^(?:new|await|yield|function|async|class|typeof|void|delete|in|of|instanceof|as|satisfies|super|import)$/

const TOKEN =
  /\s+|[A-Za-z_$][\w$]*|\d[\w.]*|'[^'\\\n]*'|"[^"\\\n]*"|\?\.|\.(?!\.)|\?\?|\|\||[-+*/%()[\],!]/y

/** The names that a plain expression begins its paths with; null where it is anything but reads and arithmetic. */
export function rootNames(expression: string): readonly string[] | null {
  if (/\+\+|--|\/\/|\/\*|!=/.test(expression)) return null
  const roots: string[] = []
  let before = ''
  let depth = 0
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < expression.length) {
    const token = TOKEN.exec(expression)?.[0]
    if (token === undefined) return null
    if (token.trim() === '') continue
    if (token === ',' && depth === 0) return null
    if (token === '(' || token === '[') {
      const isCall = token === '(' && /[\w$\])'"]$/.test(before)
      if (isCall && !isPureCall(expression.slice(0, TOKEN.lastIndex - 1))) return null
      depth += 1
    }
    if (token === ')' || token === ']') depth -= 1
    if (/^[A-Za-z_$]/.test(token)) {
      if (KEYWORDS.test(token)) return null
      if (before !== '.' && before !== '?.') roots.push(token)
    }
    before = token
  }
  return depth === 0 && before !== '' ? [...new Set(roots)] : null
}

function isPureCall(before: string): boolean {
  const callee = /(?:^|[^\w$.])([A-Za-z_$][\w$]*)(?:\.[\w$]+)?\s*$/.exec(before)?.[1]
  return callee !== undefined && PURE.test(callee)
}

/**
 * The variables that a plain expression reads, where it means the same at `to` as it does at `from`: each of its names
 * is seen from both places, and is given a value once. Null where that is not so.
 */
export function movable(
  { module, text }: SourceFile,
  expression: Range,
  to: { readonly at: number; readonly function: FunctionId },
): readonly VariableFacts[] | null {
  const roots = rootNames(text.slice(expression.start, expression.end))
  if (roots === null) return null
  const found: VariableFacts[] = []
  for (const name of roots) {
    if (name === 'this') return null
    const here = variableNamed(module, name, to)
    if (here === null) {
      if (PURE.test(name) || isImported(module, name)) continue
      return null
    }
    const there = variableNamed(module, name, { at: expression.start, function: to.function })
    if (here !== there || here.assigned.length > 1 || here.foreign.length > 0) return null
    found.push(here)
  }
  return found
}

function isImported(module: SourceFile['module'], name: string): boolean {
  return module.facts.imports.some(({ names }) => names?.some(({ local }) => local === name))
}

/** The variable that a name stands for at a place of a function: the innermost that is seen from there. */
function variableNamed(
  module: SourceFile['module'],
  name: string,
  from: { readonly at: number; readonly function: FunctionId },
): VariableFacts | null {
  const point = { start: from.at, end: from.at }
  let id: FunctionId | null = from.function
  while (id !== null) {
    const owner: FunctionId = id
    const seen = module.facts.variables
      .filter((v) => v.name === name && v.function === owner && contains(v.visible, point))
      .sort((a, b) => a.visible.end - a.visible.start - (b.visible.end - b.visible.start))
    if (seen[0]) return seen[0]
    id = functionOf(module, owner).parent
  }
  return null
}
