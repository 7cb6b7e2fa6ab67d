import { checkRequest, concatenate, hole, holeCharacter } from '../expressions/index.ts'
import type {
  ExpressionMember,
  ExpressionText,
  FindingCode,
  RequestFinding,
} from '../expressions/index.ts'
import { structures } from '../requests/model.ts'
import type { CheckedRequest, MapMember, MemberTexts } from './checked-request.ts'
import type { Place } from '../project/term.ts'
import { itemFindings } from './item-findings.ts'
import type { RequestedItem } from './known-item.ts'
import type { Piece, SourceText } from './source-text.ts'
import { pieceAt } from './source-map.ts'
import { expressionText } from './text.ts'

/** Something DynamoDB would refuse in a request, whichever way the code takes. */
export interface Finding {
  readonly code: FindingCode
  readonly message: string
  readonly subject: string | null
  readonly place:
    | {
        readonly in: 'expression'
        readonly member: ExpressionMember
        readonly text: SourceText
        readonly range: readonly [number, number]
      }
    | { readonly in: 'names' | 'values'; readonly placeholder: string | null }
    /** In a Key or an Item: at one of its attributes, or the whole. */
    | { readonly in: 'item'; readonly item: RequestedItem; readonly at: Place }
  readonly edits: RequestFinding['edits']
}

/**
 * What is wrong with a request on every way through the code that builds it.
 *
 * @param isOneFunction whether one function makes all of the request; what several make together may leave out for one
 *   table what it has for another
 */
export function findingsOf(checked: CheckedRequest, isOneFunction: boolean): readonly Finding[] {
  const own = [...checked.expressions].filter(([member]) => isOwn(member, checked))
  const inExpressions = own.flatMap(([member, texts]) =>
    expressionFindings(checked, member, texts, isOneFunction),
  )
  // What only an expression of another operation uses is that one's fault.
  const inMaps = own.length < checked.expressions.size ? [] : mapFindings(checked)
  return [...inExpressions, ...inMaps, ...findingsOfItems(checked)]
}

/** Whether the operation has such an expression; the service never sees one that it has not. */
function isOwn(member: ExpressionMember, { rest: { operation } }: CheckedRequest): boolean {
  const name = operation === 'ConditionCheck' ? operation : `${operation}Input`
  return member in (structures[name] ?? {})
}

function findingsOfItems({ items, rest: { table } }: CheckedRequest): readonly Finding[] {
  if (!table) return []
  return itemFindings(items, table).map(({ code, message, attribute, item, at }): Finding => ({
    code,
    message,
    subject: attribute,
    place: { in: 'item', item, at },
    edits: undefined,
  }))
}

/**
 * What is wrong with one expression: what holds for each text that has the piece in which it stands; or for every text,
 * where it stands in no one piece. The other expressions of the request are left open.
 */
function expressionFindings(
  checked: CheckedRequest,
  member: ExpressionMember,
  { texts, isOptional }: MemberTexts,
  isOneFunction: boolean,
): readonly Finding[] {
  const others = [...checked.expressions.keys()].map((name) => [name, { parts: [hole] }] as const)
  const byText = texts.map((text) => {
    const expressions = { ...Object.fromEntries(others), [member]: expressionText(text) }
    return checkRequest({ ...checked.rest, expressions }).flatMap((finding) =>
      // Where code may leave an expression out, it does so where it has nothing to put in.
      isOptional && finding.code === 'empty' ? [] : inMember(finding, member, text),
    )
  })
  const told = new Set<string>()
  return byText.flatMap((findings) =>
    findings.filter((finding) => {
      const key = keyOfFinding(finding)
      const isPiecewise = isOneFunction || !OF_KEYS.has(finding.code)
      if (told.has(key) || !isEverywhere(finding, texts, byText, isPiecewise)) return false
      told.add(key)
      return true
    }),
  )
}

/** What is wrong with a text because of the table or index that it is put to. */
const OF_KEYS: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'keyConditionAttribute',
  'keyConditionCount',
  'keyConditionEquality',
  'keyConditionGap',
  'keyConditionType',
  'keyInFilter',
  'nestedKey',
  'indexKeyType',
])

type FindingInExpression = Finding & { readonly place: { readonly in: 'expression' } }

function inMember(
  { code, message, subject, place, edits }: RequestFinding,
  member: ExpressionMember,
  text: SourceText,
): readonly FindingInExpression[] {
  if (place.in !== 'expression' || place.member !== member) return []
  const { range } = place
  return [
    {
      code,
      message: message.replaceAll(holeCharacter, '…'),
      subject: subject ?? null,
      place: { in: 'expression', member, text, range },
      edits,
    },
  ]
}

function isEverywhere(
  finding: FindingInExpression,
  texts: readonly SourceText[],
  byText: readonly (readonly FindingInExpression[])[],
  isPiecewise: boolean,
): boolean {
  const own = isPiecewise ? pieceOf(finding) : null
  const key = own === null ? null : pieceKey(own)
  return texts.every((text, index) => {
    if (key !== null && !text.some((piece) => pieceKey(piece) === key)) return true
    return (byText[index] ?? []).some((other) => {
      const piece = pieceOf(other)
      const isThere = key === null || (piece !== null && pieceKey(piece) === key)
      return isThere && other.code === finding.code && other.subject === finding.subject
    })
  })
}

function pieceOf({ place }: FindingInExpression): Piece | null {
  return pieceAt(place.text, place.range)
}

function pieceKey({ text, at }: Piece): string | null {
  return at === null || text === null
    ? null
    : `${at.module.facts.file}:${String(at.start)}:${String(at.end)}`
}

/** The same for a finding wherever the same piece of text is seen from. */
export function keyOfFinding({ code, subject, place }: Finding): string {
  const about = `${code}:${subject ?? ''}`
  if (place.in === 'item') {
    const { module, start } = place.at
    return `${about}:item:${module.facts.file}:${String(start)}`
  }
  if (place.in !== 'expression') return `${about}:${place.in}:${place.placeholder ?? ''}`
  const piece = pieceAt(place.text, place.range)
  const key = piece === null ? null : pieceKey(piece)
  if (key === null || piece === null) return `${about}:${place.member}`
  const before = place.text.slice(0, place.text.indexOf(piece)).map(({ text }) => text ?? ' ')
  return `${about}:${place.member}:${key}+${String(place.range[0] - before.join('').length)}`
}

/** Above this many ways to put a request together, nothing is said of its maps. */
const MOST_WAYS = 64

function mapFindings(checked: CheckedRequest): readonly Finding[] {
  const ways = waysOf(checked)
  if (ways === null) return []
  const found = ways.map((expressions) => ({
    hasExpressions: Object.keys(expressions).length > 0,
    findings: checkRequest({ ...checked.rest, expressions }).filter(
      ({ place }) => place.in === 'names' || place.in === 'values',
    ),
  }))
  const withExpressions = found.filter(({ hasExpressions }) => hasExpressions)
  // A map without any expression is refused for that; where there may be one, the others decide.
  const [first, ...others] = withExpressions.length > 0 ? withExpressions : found
  return (first?.findings ?? [])
    .filter(
      (finding) =>
        isOfCertainMap(finding, checked) &&
        others.every(({ findings }) => findings.some((other) => isSame(finding, other))),
    )
    .map(({ code, message, subject, place }) => ({
      code,
      message,
      subject: subject ?? null,
      place: {
        in: place.in === 'names' ? 'names' : 'values',
        placeholder: ('placeholder' in place ? place.placeholder : null) ?? null,
      },
      edits: undefined,
    }))
}

/** That a map is empty, or has no expression, says nothing where it may be left out just then. */
function isOfCertainMap({ place }: RequestFinding, { names, values }: CheckedRequest): boolean {
  const map: MapMember | null = place.in === 'names' ? names : values
  return map !== null && (map.isCertain || 'placeholder' in place)
}

function isSame(a: RequestFinding, b: RequestFinding): boolean {
  if (a.code !== b.code || a.place.in !== b.place.in) return false
  const [one, other] = [a.place, b.place].map((place) =>
    'placeholder' in place ? place.placeholder : undefined,
  )
  return one === other
}

type Expressions = Readonly<Partial<Record<ExpressionMember, ExpressionText>>>

/** The expressions that a request may have together; null where these are too many. */
function waysOf({ expressions }: CheckedRequest): readonly Expressions[] | null {
  let ways: readonly Expressions[] = [{}]
  for (const [member, { texts, isOptional }] of expressions) {
    const same = new Map(
      texts.map((text) => [concatenate(expressionText(text)).text, expressionText(text)] as const),
    )
    ways = ways.flatMap((way) => [
      ...[...same.values()].map((text): Expressions => ({ ...way, [member]: text })),
      ...(isOptional ? [way] : []),
    ])
    if (ways.length > MOST_WAYS) return null
  }
  return ways
}
