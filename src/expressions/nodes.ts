/**
 * The syntax tree of the five kinds of expression. Every node has a `type` and a `range`; a range is
 * a pair of offsets, the second exclusive, in the text that `concatenate` gives.
 *
 * @see Expressions.OperatorsAndFunctions.html, Expressions.UpdateExpressions.html and
 *   Expressions.Attributes.html in the DynamoDB developer guide
 */

/** Start and end (exclusive), in UTF-16 units of the concatenated text. */
export type Range = readonly [start: number, end: number]

export type ExpressionKind = 'KeyCondition' | 'Filter' | 'Condition' | 'Update' | 'Projection'

/**
 * Something unknown, or partly unknown: `text` holds the known characters around the hole, such as
 * `#\uFFFC` for `#${key}`. A lone hole may stand for any text at all.
 */
export interface HoleNode {
  readonly type: 'Hole'
  readonly range: Range
  readonly text: string
  /** Set where a separator was due instead: the hole may hold one, as in `SET a = :a ${more}`. */
  readonly glued?: true
}

export interface Identifier {
  readonly type: 'Identifier'
  readonly range: Range
  readonly name: string
}

/** `#name`; `name` includes the `#`. */
export interface NamePlaceholder {
  readonly type: 'NamePlaceholder'
  readonly range: Range
  readonly name: string
}

/** `[3]`. `text` is the number as written; an index with a hole is a hole. */
export interface ListIndex {
  readonly type: 'ListIndex'
  readonly range: Range
  readonly text: string
}

export type PathSegment = Identifier | NamePlaceholder | ListIndex | HoleNode

/** A document path, such as `a.#b[0]`. */
export interface Path {
  readonly type: 'Path'
  readonly range: Range
  readonly segments: readonly PathSegment[]
}

/** `:value`; `name` includes the `:`. */
export interface ValuePlaceholder {
  readonly type: 'ValuePlaceholder'
  readonly range: Range
  readonly name: string
}

/** A call, right or not: `name` is what was written. */
export interface FunctionCall {
  readonly type: 'FunctionCall'
  readonly range: Range
  readonly name: string
  readonly nameRange: Range
  readonly arguments: readonly Operand[]
}

/** A call of which the name is not known, or not wholly, and so not whether it is one. */
export interface UnknownCall {
  readonly type: 'UnknownCall'
  readonly range: Range
  /** What is known of the name. */
  readonly text: string
  readonly arguments: readonly Operand[]
}

/** `a + b` or `a - b`, in the value of a SET action only. */
export interface Arithmetic {
  readonly type: 'Arithmetic'
  readonly range: Range
  readonly operator: '+' | '-'
  readonly left: Operand
  readonly right: Operand
}

export interface ParenthesizedOperand {
  readonly type: 'ParenthesizedOperand'
  readonly range: Range
  readonly operand: Operand
}

export type Operand =
  | Path
  | ValuePlaceholder
  | FunctionCall
  | UnknownCall
  | Arithmetic
  | ParenthesizedOperand
  | HoleNode

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>='

export interface Comparison {
  readonly type: 'Comparison'
  readonly range: Range
  /** `unknown` where a hole touches the operator and may change it. */
  readonly operator: Comparator | 'unknown'
  /** As written. */
  readonly operatorText: string
  readonly operatorRange: Range
  readonly left: Operand
  readonly right: Operand
}

export interface Between {
  readonly type: 'Between'
  readonly range: Range
  readonly operand: Operand
  readonly lower: Operand
  readonly upper: Operand
}

export interface In {
  readonly type: 'In'
  readonly range: Range
  readonly operand: Operand
  /** A hole among the candidates may stand for any number of them. */
  readonly candidates: readonly Operand[]
}

export interface And {
  readonly type: 'And'
  readonly range: Range
  readonly conditions: readonly Condition[]
}

export interface Or {
  readonly type: 'Or'
  readonly range: Range
  readonly conditions: readonly Condition[]
}

export interface Not {
  readonly type: 'Not'
  readonly range: Range
  readonly condition: Condition
}

export interface ParenthesizedCondition {
  readonly type: 'ParenthesizedCondition'
  readonly range: Range
  readonly condition: Condition
}

/**
 * Conditions beside each other with a hole between them, so that how they are joined is unknown:
 * `a = :a ${more}`.
 */
export interface UnknownJunction {
  readonly type: 'UnknownJunction'
  readonly range: Range
  readonly parts: readonly Condition[]
}

export type Condition =
  | Comparison
  | Between
  | In
  | FunctionCall
  | UnknownCall
  | And
  | Or
  | Not
  | ParenthesizedCondition
  | UnknownJunction
  | HoleNode

export interface SetAction {
  readonly type: 'SetAction'
  readonly range: Range
  readonly path: Path | HoleNode
  readonly value: Operand
}

export interface RemoveAction {
  readonly type: 'RemoveAction'
  readonly range: Range
  readonly path: Path | HoleNode
}

export interface AddAction {
  readonly type: 'AddAction'
  readonly range: Range
  readonly path: Path | HoleNode
  readonly value: ValuePlaceholder | HoleNode
}

export interface DeleteAction {
  readonly type: 'DeleteAction'
  readonly range: Range
  readonly path: Path | HoleNode
  readonly value: ValuePlaceholder | HoleNode
}

export type UpdateAction = SetAction | RemoveAction | AddAction | DeleteAction

export type UpdateKeyword = 'SET' | 'REMOVE' | 'ADD' | 'DELETE'

/** One clause of an update: `SET a = :a, b = :b`. A hole may stand for any number of actions. */
export interface UpdateSection {
  readonly type: 'UpdateSection'
  readonly range: Range
  readonly keyword: UpdateKeyword
  readonly keywordRange: Range
  readonly actions: readonly (UpdateAction | HoleNode)[]
}

interface ConditionTree<Type extends string> {
  readonly type: Type
  readonly range: Range
  /** Absent where the text has an error before the first whole condition. */
  readonly condition: Condition | undefined
}

export type KeyConditionExpression = ConditionTree<'KeyConditionExpression'>
export type FilterExpression = ConditionTree<'FilterExpression'>
export type ConditionExpression = ConditionTree<'ConditionExpression'>

export interface UpdateExpression {
  readonly type: 'UpdateExpression'
  readonly range: Range
  readonly sections: readonly (UpdateSection | HoleNode)[]
}

export interface ProjectionExpression {
  readonly type: 'ProjectionExpression'
  readonly range: Range
  /** A hole may stand for any number of paths. */
  readonly paths: readonly (Path | HoleNode)[]
}

/** A whole expression. */
export type Expression =
  | KeyConditionExpression
  | FilterExpression
  | ConditionExpression
  | UpdateExpression
  | ProjectionExpression

/** Any node of a tree. */
export type ExpressionNode =
  Expression | UpdateSection | UpdateAction | Condition | Operand | PathSegment

/** The tree that parsing an expression of that kind gives. */
export interface ExpressionOfKind {
  KeyCondition: KeyConditionExpression
  Filter: FilterExpression
  Condition: ConditionExpression
  Update: UpdateExpression
  Projection: ProjectionExpression
}
