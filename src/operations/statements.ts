import { alternatives } from '../project/term.ts'
import type { Place, Term } from '../project/term.ts'
import type { Spelling } from './recognise.ts'
import { memberOfRequest, requestOf, termOfMember } from './request.ts'
import type { Request } from './request.ts'
import { sourceTextsOf } from './source-text.ts'
import type { SourceText } from './source-text.ts'
import { entriesOf } from './writes.ts'

/** A PartiQL statement that DynamoDB is asked to run. */
export interface StatementRequest {
  /** Holds Statement and Parameters: the whole request, or one entry of a batch or transaction. */
  readonly request: Request
  /** What it may say, on each way through the code. */
  readonly texts: readonly SourceText[]
  readonly at: Place
}

/** The PartiQL statements of one call, as far as anything of their text is known. */
export function statementsOf({ kind, request: term }: Spelling): readonly StatementRequest[] {
  const request = requestOf(term)
  switch (kind) {
    case 'ExecuteStatement':
      return statementIn(term)
    case 'BatchExecuteStatement':
      return entriesOf(termOfMember(request, 'Statements')).flatMap(statementIn)
    case 'ExecuteTransaction':
      return entriesOf(termOfMember(request, 'TransactStatements')).flatMap(statementIn)
    default:
      return []
  }
}

function statementIn(term: Term): readonly StatementRequest[] {
  const request = requestOf(term)
  const member = memberOfRequest(request, 'Statement')
  if (member.state !== 'known') return []
  const texts = alternatives(member.term).flatMap((option) => sourceTextsOf(option) ?? [])
  return texts.length === 0 ? [] : [{ request, texts, at: member.at }]
}
