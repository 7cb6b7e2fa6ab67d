import type { Range } from './nodes.ts'

/** A mistake in the form of one expression, found while it was parsed. */
export interface SyntaxFinding {
  readonly code: 'syntax' | 'empty' | 'tooDeep'
  /** The end of DynamoDB's own message, what follows `Invalid FilterExpression: `. */
  readonly message: string
  readonly range: Range
}
