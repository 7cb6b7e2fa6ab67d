import type { ExpressionNode } from './nodes.ts'

/** What to do at each type of node; `enter` and `leave` are called for every node. */
export type ExpressionVisitor = {
  readonly [Type in ExpressionNode['type']]?: (
    node: Extract<ExpressionNode, { readonly type: Type }>,
    parent: ExpressionNode | undefined,
  ) => void
} & {
  readonly enter?: (node: ExpressionNode, parent: ExpressionNode | undefined) => void
  readonly leave?: (node: ExpressionNode, parent: ExpressionNode | undefined) => void
}

/** Visits a node and everything in it, in the order of the text, parents before their children. */
export function walk(
  node: ExpressionNode,
  visitor: ExpressionVisitor,
  parent?: ExpressionNode,
): void {
  visitor.enter?.(node, parent)
  // The method under a node's own type takes just that node.
  const visit = visitor[node.type] as
    ((node: ExpressionNode, parent: ExpressionNode | undefined) => void) | undefined
  visit?.(node, parent)
  for (const child of childrenOf(node)) walk(child, visitor, node)
  visitor.leave?.(node, parent)
}

/** The nodes directly below a node, in the order of the text. */
export function childrenOf(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.type) {
    case 'KeyConditionExpression':
    case 'FilterExpression':
    case 'ConditionExpression':
      return node.condition ? [node.condition] : []
    case 'UpdateExpression':
      return node.sections
    case 'ProjectionExpression':
      return node.paths
    case 'UpdateSection':
      return node.actions
    case 'SetAction':
    case 'AddAction':
    case 'DeleteAction':
      return [node.path, node.value]
    case 'RemoveAction':
      return [node.path]
    case 'And':
    case 'Or':
      return node.conditions
    case 'UnknownJunction':
      return node.parts
    case 'Not':
    case 'ParenthesizedCondition':
      return [node.condition]
    case 'Comparison':
    case 'Arithmetic':
      return [node.left, node.right]
    case 'Between':
      return [node.operand, node.lower, node.upper]
    case 'In':
      return [node.operand, ...node.candidates]
    case 'FunctionCall':
    case 'UnknownCall':
      return node.arguments
    case 'ParenthesizedOperand':
      return [node.operand]
    case 'Path':
      return node.segments
    case 'Identifier':
    case 'NamePlaceholder':
    case 'ListIndex':
    case 'ValuePlaceholder':
    case 'Hole':
      return []
  }
}
