import type { FunctionId, Range } from '../facts/model.ts'
import { contains, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Calls without effects, which make a value of a request. */
const MAKES_A_VALUE =
  /^(?:marshall|Date|now|toISOString|toString|getTime|String|Number|stringify|floor|round|max|min|trim|toLowerCase|toUpperCase|padStart|randomUUID|uuid|uuidv\d|v[1467]|ulid|nanoid)$/

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

/** Nothing happens in some code but that values are read and made. */
export function makesOnlyValues(file: SourceFile, at: Range): boolean {
  return (
    !/\b(?:await|yield|delete)\b|\+\+|--|=>|\bfunction\b/.test(textAt(file, at)) &&
    file.module.facts.calls.every(
      ({ at: call, calleeAt }) =>
        !contains(at, call) || MAKES_A_VALUE.test(textAt(file, calleeAt).replace(/^.*\./s, '')),
    )
  )
}
