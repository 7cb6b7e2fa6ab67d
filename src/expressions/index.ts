/**
 * The DynamoDB expression language: a parser for its five kinds of expression, a typed tree, a
 * printer, a visitor, and the checks that DynamoDB itself makes. It knows no ESLint and no JavaScript.
 */
export * from './nodes.ts'
export { holesIn, type HoleRole, type PlacedHole } from './holes.ts'
export { parseExpression, type ParsedExpression } from './parser/parse.ts'
export { checkRequest, queriedAttributes } from './check-request.ts'
export { checkItem, checkKey, type KnownAttribute, type KnownItem } from './checks/item.ts'
export {
  maximumCandidates,
  maximumExpressionSize,
  maximumOperators,
  maximumPathDepth,
} from './checks/limits.ts'
export {
  expressionMembers,
  type ExpressionMember,
  type ExpressionOperation,
  type ExpressionRequest,
  type FindingPlace,
  type RequestFinding,
} from './request.ts'
export type { Edit, FindingCode, ItemFinding, SyntaxFinding } from './findings.ts'
export { isReservedWord, reservedWords } from './reserved-words.ts'
export {
  keyAttributes,
  type IndexSchema,
  type KeyAttribute,
  type KeySchema,
  type TableSchema,
} from './schema.ts'
export { print } from './print.ts'
export { childrenOf, walk, type ExpressionVisitor } from './walk.ts'
export {
  assignments,
  attributesIn,
  conjuncts,
  equalities,
  pathOf,
  pathsIn,
  placeholdersIn,
  resolvePath,
  topAttribute,
  withoutBrackets,
  type ConditionTree,
  type Equality,
  type ResolvedPath,
  type UsedPlaceholders,
} from './queries.ts'
export {
  noPlaceholders,
  unknownPlaceholders,
  type AttributeNames,
  type AttributeValues,
  type PlaceholderMap,
} from './placeholders.ts'
export {
  attributeValueFromJson,
  compareValues,
  isAttributeType,
  unknownValue,
  type AttributeType,
  type AttributeValue,
} from './values.ts'
export {
  concatenate,
  hole,
  holeCharacter,
  textWithHoles,
  type ConcatenatedText,
  type ExpressionText,
  type Hole,
} from './text.ts'
export { tokenize, type Token, type TokenKind, type TokenizedText } from './tokens.ts'
