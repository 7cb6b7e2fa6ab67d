import { expressionMembers, holesIn, tokenize } from '../../expressions/index.ts'
import type { ExpressionMember } from '../../expressions/index.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { checkedRequests } from '../../operations/checked-request.ts'
import type { CheckedRequest } from '../../operations/checked-request.ts'
import { placeOfTrail } from '../../operations/operation.ts'
import { holesInStatement } from '../../operations/partiql.ts'
import { holeAt } from '../../operations/source-map.ts'
import { entriesIn } from '../../operations/entries.ts'
import type { Entry } from '../../operations/entries.ts'
import { memberOfRequest, requestOf } from '../../operations/request.ts'
import type { Request } from '../../operations/request.ts'
import type { Piece, SourceText } from '../../operations/source-text.ts'
import { statementsOf } from '../../operations/statements.ts'
import { expressionText } from '../../operations/text.ts'
import { freeFrame } from '../../project/frame.ts'
import { valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Place, Term } from '../../project/term.ts'
import { callSitesOf } from '../paths/call-sites.ts'
import { isLookedAt } from './looked-at.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { requestInput } from './request-input.ts'
import type { RequestInput } from './request-input.ts'
import { originOf } from './text-origin.ts'

/** A text that is not constant, put into an expression or statement where it should be given beside it. */
export interface InsertedText {
  readonly member: ExpressionMember | 'Statement'
  readonly role: 'value' | 'name' | 'index'
  /** What whoever sends a request chooses; null for what only the code says. */
  readonly input: RequestInput | null
  readonly term: Term
  /** The piece of `text` that it is, and its offset there. */
  readonly piece: Piece
  readonly offset: number
  readonly text: SourceText
  /** The quoted text that it stands in, as offsets; null where it stands bare. */
  readonly quoted: readonly [number, number] | null
  readonly request: Request
  readonly occurrence: Occurrence
  /** Where a report stands: where the text is put in, or the call that leads there. */
  readonly at: Place
  /** It is put in by another file. */
  readonly isElsewhere: boolean
}

/** Texts put into one request, which one change may mend. */
export interface InsertedTexts {
  readonly all: readonly InsertedText[]
  /** Null for a statement. */
  readonly checked: CheckedRequest | null
}

/** What a file puts into expressions and statements that it should not, each seen from where most is known of it. */
export function insertedTexts(
  analysis: Analysis,
): readonly { readonly one: InsertedText; readonly together: InsertedTexts }[] {
  const { module } = analysis
  const found = module.facts.functions.flatMap((_, id) =>
    occurrencesIn(freeFrame(module, id)).flatMap((occurrence) => [
      ...inExpressions(occurrence, analysis),
      ...inStatements(occurrence, analysis),
    ]),
  )
  const best = new Map<string, { readonly one: InsertedText; readonly together: InsertedTexts }>()
  for (const together of found) {
    for (const one of together.all) {
      const key = keyOf(one)
      const known = best.get(key)
      if (!known || isBetter(one, known.one)) best.set(key, { one, together })
    }
  }
  return [...best.values()]
}

function keyOf({ at, role }: InsertedText): string {
  return `${at.module.facts.file}:${String(at.start)}:${role}`
}

function isBetter(one: InsertedText, other: InsertedText): boolean {
  if ((one.input === null) !== (other.input === null)) return one.input !== null
  return one.occurrence.trail.length < other.occurrence.trail.length
}

/** Whether each expression that a request may have is a text that stands in the code as it is: most are. */
function isWritten({ term }: Entry): boolean {
  const request = requestOf(term)
  return expressionMembers.every(([name]) => {
    const member = memberOfRequest(request, name)
    return member.state !== 'known' || alternatives(member.term).every(isLiteral)
  })
}

function isLiteral(term: Term): boolean {
  if (term.kind !== 'literal') return false
  return term.ref === null || valueOf(term.ref.frame.module, term.ref.value).kind === 'literal'
}

function inExpressions(occurrence: Occurrence, analysis: Analysis): readonly InsertedTexts[] {
  const { spelling } = occurrence
  if (entriesIn(spelling).every(isWritten)) return []
  return checkedRequests(spelling, analysis).flatMap((checked) => {
    const { request } = checked
    const all = expressionMembers.flatMap(([member, kind]) => {
      const texts = checked.expressions.get(member)?.texts ?? []
      return texts.flatMap((text) =>
        holesIn(kind, expressionText(text)).flatMap(({ offset, role, quoted }) => {
          if (role !== 'value' && role !== 'name' && role !== 'index') return []
          const hole = { member, role, text, offset, request, occurrence }
          const isValue = (term: Term): boolean => quoted || isBareValue(term, checked, analysis)
          return insertedAt(
            { ...hole, quoted: quoted ? quotesAround(text, offset) : null },
            isValue,
            analysis,
          )
        }),
      )
    })
    return all.length === 0 ? [] : [{ all: once(all), checked }]
  })
}

function inStatements(occurrence: Occurrence, analysis: Analysis): readonly InsertedTexts[] {
  return statementsOf(occurrence.spelling).flatMap(({ request, texts }) => {
    const all = texts.flatMap((text) =>
      holesInStatement(expressionText(text)).flatMap(({ offset, role, quoted }) => {
        if (role === 'open') return []
        const hole = {
          member: 'Statement',
          role,
          text,
          offset,
          quoted,
          request,
          occurrence,
        } as const
        const isValue = (term: Term): boolean => quoted !== null && isAnyText(term, analysis)
        return insertedAt(hole, isValue, analysis)
      }),
    )
    return all.length === 0 ? [] : [{ all: once(all), checked: null }]
  })
}

type Hole = Pick<
  InsertedText,
  'member' | 'role' | 'text' | 'offset' | 'quoted' | 'request' | 'occurrence'
>

/** @param isValue whether what stands there is surely a value, and no text that names one */
function insertedAt(
  hole: Hole,
  isValue: (term: Term) => boolean,
  analysis: Analysis,
): readonly InsertedText[] {
  const piece = holeAt(hole.text, hole.offset)
  const term = piece?.term ?? null
  if (!piece || term === null) return []
  const found = requestInput(term, analysis)
  const input = found !== null && !isLookedAt(found, hole.occurrence) ? found : null
  const own = piece.at?.module === analysis.module ? piece.at : null
  const at = own ?? placeOfTrail(hole.occurrence, 0)
  const inserted = { ...hole, piece, term, input, at, isElsewhere: own === null }
  if (hole.role !== 'value') return input === null ? [] : [inserted]
  // Another file answers for the values that it puts in.
  if (own === null) return []
  if (input !== null) return [inserted]
  return isValue(term) ? [inserted] : []
}

/** Whether a text may be any at all, whatever the calls of this file give: those are seen from where they stand. */
function isAnyText(term: Term, { module }: Analysis): boolean {
  const origin = originOf(term)
  if (origin.kind !== 'open') return false
  const given = origin.given?.frame
  return given?.module !== module || callSitesOf(module, given.function).length === 0
}

/**
 * Whether what stands for a value cannot be a `:placeholder`: it is a number, or the request defines none but those that
 * its expressions name in plain text.
 */
function isBareValue(term: Term, checked: CheckedRequest, analysis: Analysis): boolean {
  const { kind } = originOf(term)
  if (kind === 'number') return true
  return (kind === 'fresh' || isAnyText(term, analysis)) && hasNoOtherPlaceholder(checked)
}

function hasNoOtherPlaceholder({ expressions, values, rest }: CheckedRequest): boolean {
  if (values === null) return rest.values === undefined && rest.open !== true
  if (values.isOpen) return false
  const named = new Set(
    [...expressions.values()].flatMap(({ texts }) =>
      texts.flatMap((text) =>
        tokenize(expressionText(text)).tokens.flatMap((token) =>
          token.kind === 'value' && !token.holed ? [token.text] : [],
        ),
      ),
    ),
  )
  return [...values.fields.keys()].every((placeholder) => named.has(placeholder))
}

/** The quotes next to a hole in an expression. */
function quotesAround(text: SourceText, offset: number): readonly [number, number] {
  const whole = text.map((piece) => piece.text ?? ' ').join('')
  const before = Math.max(whole.lastIndexOf("'", offset), whole.lastIndexOf('"', offset))
  const quote = whole.charAt(Math.max(0, before))
  const after = whole.indexOf(quote, offset + 1)
  return [Math.max(0, before), after < 0 ? offset + 1 : after + 1]
}

/** The same piece is met on several ways through the code. */
function once(all: readonly InsertedText[]): readonly InsertedText[] {
  const seen = new Map<string, InsertedText>()
  for (const inserted of all) {
    const known = seen.get(keyOf(inserted))
    if (!known || isBetter(inserted, known)) seen.set(keyOf(inserted), inserted)
  }
  return [...seen.values()]
}
