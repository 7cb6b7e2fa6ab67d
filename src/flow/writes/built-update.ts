import { termOfMember } from '../../operations/request.ts'
import type { Request } from '../../operations/request.ts'
import { elementOf } from '../../project/elements.ts'
import { evaluate } from '../../project/evaluate.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import { alternatives, externalName } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import type { Field } from '../../project/view.ts'

/** How many terms an expression is looked through for. */
const MOST_TERMS = 200

/** What an expression is put together from: its texts, and the objects whose properties it goes through. */
interface Pieces {
  readonly texts: string[]
  readonly objects: Term[]
}

/**
 * The attributes that an update sets whose expression is built of the properties of an object, one by one
 * (`Object.entries(changes).map(([key]) => `#${key} = :${key}`)`): the properties that are known. None where something else
 * may be built: arithmetic, functions, other clauses, or of several objects.
 */
export function builtFields(request: Request): readonly Field[] {
  const expression = termOfMember(request, 'UpdateExpression')
  if (expression === null || termOfMember(request, 'ExpressionAttributeValues') === null) return []
  const pieces = piecesOf(expression)
  const [object] = pieces.objects
  if (object === undefined || !onlySets(pieces.texts)) return []
  if (pieces.objects.some((other) => !isSame(other, object))) return []
  return [...(viewOf(object)?.fields.values() ?? [])]
}

/** The list whose elements a callback's parameter is, in a run of the function around it: of `list.forEach((each) => …)`. */
function calledBackOver(term: Term, frame: Frame): Term | null {
  if (term.kind !== 'parameter' || term.frame.arguments !== null) return null
  const { module, function: id } = term.frame
  const { parent } = functionOf(module, id)
  if (parent === null || frame.module !== module) return null
  for (const call of functionOf(module, parent).calls) {
    const { callee, arguments: given } = callOf(module, call)
    const method = valueOf(module, callee)
    if (method.kind !== 'member' || method.key !== 'forEach') continue
    const isOurs = given.some((item) => {
      const value = valueOf(module, item.value)
      return value.kind === 'function' && value.function === id
    })
    if (isOurs) return evaluate({ frame, value: method.of })
  }
  return null
}

function onlySets(texts: readonly string[]): boolean {
  return (
    texts.some((text) => /^\s*set\b/i.test(text)) &&
    texts.some((text) => text.includes('=')) &&
    !texts.some((text) => /[+(]|\b(?:add|delete|remove)\b/i.test(text))
  )
}

function isSame(a: Term, b: Term): boolean {
  if (a === b) return true
  return (
    a.kind === 'object' &&
    b.kind === 'object' &&
    a.ref.frame === b.ref.frame &&
    a.ref.value === b.ref.value
  )
}

function piecesOf(expression: Term): Pieces {
  const pieces: Pieces = { texts: [], objects: [] }
  const seen = new Set<Term>()
  const into = (term: Term): void => {
    if (seen.has(term) || seen.size > MOST_TERMS) return
    seen.add(term)
    switch (term.kind) {
      case 'literal':
        if (typeof term.value === 'string') pieces.texts.push(term.value)
        return
      case 'template':
        pieces.texts.push(
          term.parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''),
        )
        for (const part of term.parts) {
          if (part.kind !== 'value') continue
          const piece = evaluate({ frame: term.ref.frame, value: part.value })
          into(calledBackOver(piece, term.ref.frame) ?? piece)
        }
        return
      case 'choice':
        for (const option of term.options) into(option)
        return
      case 'derived':
        for (const part of term.from) into(part)
        return
      case 'joined':
      case 'element':
        for (const list of alternatives(term.of)) into(list)
        return
      case 'array':
        into(elementOf(term))
        return
      case 'sequence':
        into(term.element())
        if (term.over !== null) into(term.over)
        return
      case 'part':
        into(term.of)
        return
      case 'unknown':
        // `for (const key in changes)`
        pieces.objects.push(...term.from.filter(({ kind }) => kind === 'object'))
        return
      case 'result': {
        const { callee } = term
        const given = term.arguments[0]?.term()
        if (callee.kind === 'part') into(callee.of)
        if (callee.kind !== 'external' || given === undefined) return
        if (/^#Object\.(?:keys|entries)$/.test(externalName(callee))) pieces.objects.push(given)
        return
      }
      default:
    }
  }
  into(expression)
  return pieces
}
