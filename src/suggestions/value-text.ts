import type { InsertedText } from '../flow/values/inserted-text.ts'
import { guardsOf } from '../flow/paths/occurrences.ts'
import { isSurelyText, originOf } from '../flow/values/text-origin.ts'
import { canonical } from '../project/canonical.ts'
import { evaluate } from '../project/evaluate.ts'
import { valueOf } from '../project/module.ts'

/**
 * A value as the client of an operation takes it: as it is, or as `{ S: … }`. Null where the client wants to know whether
 * it is a text or a number, and the code does not say.
 */
export function valueText(inserted: InsertedText, code: string): string | null {
  const { term, occurrence, quoted } = inserted
  const { values, library } = occurrence.spelling
  if (library === null) return null
  if (values === 'document') return code
  if (originOf(term).kind === 'number' && quoted === null) return `{ N: String(${code}) }`
  if (isSurelyText(term) || code.startsWith('`') || isThere(inserted)) return `{ S: ${code} }`
  return quoted === null ? null : `{ S: String(${code}) }`
}

/** A part of a request's path or query that the code has tested for being there is a text. */
function isThere({ term, occurrence, input }: InsertedText): boolean {
  const isText = input?.around.some(
    (around) => around.kind === 'part' && /^(?:query|path)(?:String)?Parameters$/.test(around.key),
  )
  if (isText !== true) return false
  const wanted = canonical(term)
  return guardsOf(occurrence).some(({ frame, guard }) => {
    const condition = frame.module.facts.branches[guard.branch]?.condition
    if (condition == null) return false
    const node = valueOf(frame.module, condition)
    const isNegated = node.kind === 'unary' && node.operator === '!'
    const asked = evaluate({ frame, value: isNegated ? node.of : condition })
    return canonical(asked) === wanted && guard.arm === (isNegated ? 1 : 0)
  })
}
