import { isFilledByCallers } from '../flow/values/ownership.ts'
import { occurrencesIn } from '../flow/paths/occurrences.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import { isRequest } from '../frameworks/framework.ts'
import { freeFrame } from '../project/frame.ts'
import { callOf, displayName, functionOf, lineAt } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { Frame, Term } from '../project/term.ts'
import type { Analysis } from './analysis.ts'
import { entriesIn } from './entries.ts'
import type { Operation } from './operation.ts'
import { placeOfTrail } from './operation.ts'
import { memberOfRequest, requestOf } from './request.ts'
import { reasonOf, said } from './said.ts'
import type { Said } from './said.ts'
import { statementsOf } from './statements.ts'

/** What is understood of the operations of one file. */
export interface Explanation {
  readonly operations: readonly ExplainedOperation[]
  /** Operations that are handed in what they ask for: they belong to the functions that call these. */
  readonly wrappers: readonly ExplainedWrapper[]
}

/** A function, with the place of its name. */
export interface NamedPlace {
  readonly name: string
  /** From the project's root, with `/`. */
  readonly file: string
  /** From 1. */
  readonly line: number
}

export interface ExplainedOperation {
  readonly kind: string
  readonly line: number
  /** The lines that the call takes up. */
  readonly lines: readonly [first: number, last: number]
  /** It is known what the request asks for, at least in part. */
  readonly understood: boolean
  /** Why it is not; null where it is. */
  readonly why: string | null
  readonly owner: NamedPlace
  /** The functions from the owner down to the one that speaks to DynamoDB; empty where the owner does itself. */
  readonly through: readonly NamedPlace[]
  /** What it asks: one request, or the entries of a batch or transaction. */
  readonly asks: readonly ExplainedRequest[]
  readonly reach: ExplainedReach
}

export interface ExplainedRequest {
  readonly operation: string
  /** Members that are there, by name: the table, the index, keys, items and expressions. */
  readonly members: Readonly<Record<string, Said>>
  /** What may be there besides: spread into the request, or under a name that is not known. */
  readonly open: readonly string[]
}

export type ExplainedReach =
  | {
      readonly by: 'request' | 'job'
      readonly entry: string
      readonly framework: string
      /** From the entry point down. */
      readonly path: readonly NamedPlace[]
    }
  | { readonly by: 'nobody'; readonly why: string; readonly importers: readonly string[] }

export interface ExplainedWrapper {
  readonly kind: string
  readonly line: number
  readonly owner: NamedPlace
}

/** What is understood of a file's operations, and why no more. */
export function explain(analysis: Analysis): Explanation {
  return {
    operations: analysis.operations
      .map((operation) => explainOperation(operation, analysis))
      .sort((a, b) => a.line - b.line),
    wrappers: wrappersIn(analysis).toSorted((a, b) => a.line - b.line),
  }
}

function explainOperation(operation: Operation, analysis: Analysis): ExplainedOperation {
  const { module, occurrence, request, at } = operation
  const [first] = occurrence.trail
  const range = first ? callOf(module, first.call).at : at
  return {
    kind: operation.kind,
    line: lineAt(module, at.start),
    lines: [lineAt(module, range.start), lineAt(module, range.end)],
    understood: request.view !== null,
    why: request.view === null ? reasonOf(request.term) : null,
    owner: placeOfFrame(freeFrame(module, operation.owner)),
    through: occurrence.trail.slice(1).map(({ frame }) => placeOfFrame(frame)),
    asks: asksOf(occurrence),
    reach: reachOf(operation, analysis),
  }
}

function asksOf({ spelling }: Occurrence): readonly ExplainedRequest[] {
  const entries = entriesIn(spelling).map(({ operation, term, table }) =>
    explainRequest(operation, term, table),
  )
  const statements = statementsOf(spelling).map(({ request }) =>
    explainRequest(spelling.kind, request.term, null),
  )
  const all = [...entries, ...statements]
  return all.length === 0 ? [explainRequest(spelling.kind, spelling.request, null)] : all
}

const MEMBERS = [
  'TableName',
  'IndexName',
  'Key',
  'Keys',
  'Item',
  'KeyConditionExpression',
  'FilterExpression',
  'ConditionExpression',
  'UpdateExpression',
  'ProjectionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'Statement',
  'TransactItems',
  'RequestItems',
] as const

function explainRequest(operation: string, term: Term, table: Term | null): ExplainedRequest {
  const request = requestOf(term)
  const members: Record<string, Said> = {}
  if (table !== null) members.TableName = said(table)
  for (const name of MEMBERS) {
    const member = memberOfRequest(request, name)
    if (member.state !== 'known') continue
    const value = said(member.term)
    const state = value.state === 'known' && !member.certain ? 'partly known' : value.state
    members[name] = { ...value, state }
  }
  const { view } = request
  const open = view === null ? [] : [...view.spreads, ...view.computed.map(({ key }) => key)]
  return { operation, members, open: [...new Set(open.map(reasonOf))] }
}

function reachOf(operation: Operation, analysis: Analysis): ExplainedReach {
  const { reach } = operation
  if (reach !== null) {
    const { entry, path } = reach
    const by = isRequest(entry.trigger) ? 'request' : 'job'
    return { by, entry: entry.label, framework: entry.framework, path: path.map(placeOfFrame) }
  }
  const importers = analysis.importers()
  const files = importers.map(({ file }) => file)
  const because = (why: string): ExplainedReach => ({ by: 'nobody', why, importers: files })
  if (analysis.isTest) return because('it stands in a test')
  if (importers.length === 0)
    return because('no entry point that is known is in this file, and no other file imports it')
  if (importers.every(({ isTest }) => isTest)) return because('only tests import this file')
  return because('no entry point that is known comes to it')
}

/** The operations of a file that only those who call its functions make what they are. */
function wrappersIn({ module, operations }: Analysis): readonly ExplainedWrapper[] {
  const owned = new Set(
    operations.flatMap(({ occurrence: { trail } }) => (trail.length === 1 ? trail[0]?.call : [])),
  )
  return module.facts.functions.flatMap((_, id) => {
    const free = freeFrame(module, id)
    return occurrencesIn(free).flatMap((occurrence): readonly ExplainedWrapper[] => {
      if (occurrence.trail.length > 1 || owned.has(occurrence.call)) return []
      if (!isFilledByCallers(occurrence, free)) return []
      const line = lineAt(module, placeOfTrail(occurrence, 0).start)
      return [{ kind: occurrence.spelling.kind, line, owner: placeOfFrame(free) }]
    })
  })
}

function placeOfFrame({ module, function: id }: Frame): NamedPlace {
  return placeOfFunction(module, id)
}

function placeOfFunction(module: Module, id: number): NamedPlace {
  const { name, kind, nameAt, at } = functionOf(module, id)
  const line = lineAt(module, name === '' ? at.start : nameAt.start)
  const shown = kind === 'module' ? 'the top of the file' : name
  return { name: shown === '' ? 'a nameless function' : shown, file: displayName(module), line }
}
