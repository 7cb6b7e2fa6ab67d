import type { ExpressionKind, Range } from './nodes.ts'

/** A mistake in the form of one expression, found while it was parsed. */
export interface SyntaxFinding {
  readonly code: 'syntax' | 'empty' | 'tooDeep'
  /** The end of DynamoDB's own message, what follows `Invalid FilterExpression: `. */
  readonly message: string
  readonly range: Range
}

/** What is wrong. The names are stable; the words of the messages are DynamoDB's. */
export type FindingCode =
  // The form of one expression
  | 'syntax'
  | 'empty'
  | 'tooDeep'
  | 'redundantParentheses'
  | 'reservedWord'
  | 'underscoreName'
  | 'unknownFunction'
  | 'misusedFunction'
  | 'operandCount'
  | 'operandType'
  | 'pathRequired'
  | 'attributeTypeName'
  | 'sameOperands'
  | 'betweenBounds'
  | 'repeatedSection'
  | 'overlappingPaths'
  | 'conflictingPaths'
  // Limits
  | 'expressionSize'
  | 'operatorCount'
  | 'candidateCount'
  | 'pathDepth'
  // Placeholders and values
  | 'undefinedName'
  | 'undefinedValue'
  | 'unusedName'
  | 'unusedValue'
  | 'invalidPlaceholder'
  | 'invalidValue'
  | 'emptyNames'
  | 'emptyValues'
  | 'namesWithoutExpression'
  | 'valuesWithoutExpression'
  // Keys
  | 'keyConditionOperator'
  | 'keyConditionOperand'
  | 'keyConditionNested'
  | 'keyConditionRepeated'
  | 'keyConditionCount'
  | 'keyConditionAttribute'
  | 'keyConditionEquality'
  | 'keyConditionGap'
  | 'keyConditionType'
  | 'keyConditionMissing'
  | 'emptyKeyValue'
  | 'keyInFilter'
  | 'nestedKey'
  | 'keyInUpdate'
  | 'keyMissing'
  | 'keyExtra'
  | 'keyType'
  | 'indexKeyType'
  | 'unknownIndex'
  | 'consistentReadOnIndex'
  | 'mixedParameters'

/** A replacement within the text of one expression. */
export interface Edit {
  readonly range: Range
  readonly text: string
}

/** A finding within one expression. */
export interface ExpressionFinding {
  readonly code: FindingCode
  /** DynamoDB's own message, whole. */
  readonly message: string
  readonly range: Range
  /** The word, placeholder, function, attribute or operator that it is about. */
  readonly subject?: string
  /** What mends it; there only where the text can be meant in one way. */
  readonly edits?: readonly Edit[]
}

/** A finding in an item or in the key of one. */
export interface ItemFinding {
  readonly code: FindingCode
  /** DynamoDB's own message, whole. */
  readonly message: string
  readonly attribute: string
}

/** The message of an expression that DynamoDB calls invalid. */
export function invalid(kind: ExpressionKind, message: string): string {
  return `Invalid ${kind}Expression: ${message}`
}
