import type { CallFacts, FunctionId, Range } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { functionOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import { contains, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Calls without effects, which make a request, or a value of one. */
const MAKES_A_VALUE =
  /^(?:marshall|Date|now|toISOString|toString|getTime|String|Number|stringify|floor|round|max|min|trim|toLowerCase|toUpperCase|padStart|randomUUID|uuid|uuidv\d|v[1467]|ulid|nanoid|\w+Command)$/

/** Declarations of a function's constants stand there and nothing else, not even a comment. */
export function areValuesMade(file: SourceFile, at: Range, owner: FunctionId): boolean {
  const declared = file.module.facts.variables.flatMap(({ declaration, constant, ...v }) =>
    constant && v.function === owner && declaration && contains(at, declaration)
      ? [declaration]
      : [],
  )
  let rest = textAt(file, at)
  for (const one of declared) rest = rest.replace(textAt(file, one), '')
  return /^[\s;]*$/.test(rest) && makesOnlyValues(file, at)
}

/** Nothing happens in some code but that values are read and made, also by functions of the project that do not wait. */
export function makesOnlyValues(file: SourceFile, at: Range): boolean {
  const { calls } = file.module.facts
  return (
    !/\b(?:await|yield|delete)\b|\+\+|--|=>|\bfunction\b/.test(textAt(file, at)) &&
    calls.every((call) => !contains(at, call.at) || makesValue(file, call))
  )
}

function makesValue(file: SourceFile, { callee, calleeAt, function: owner }: CallFacts): boolean {
  if (MAKES_A_VALUE.test(textAt(file, calleeAt).replace(/^.*\./s, ''))) return true
  const called = evaluate({ frame: freeFrame(file.module, owner), value: callee })
  return alternatives(called).every(
    (one) => one.kind === 'function' && !functionOf(one.module, one.function).async,
  )
}
