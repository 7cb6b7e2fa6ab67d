import type { ExpressionNode, PathSegment } from './nodes.ts'

/**
 * Writes a node as text: keywords in capitals, one space between words. Parsing what is printed
 * gives the same tree but for the ranges. A hole is written as `holeCharacter`; `textWithHoles`
 * turns the result into text that can be parsed again.
 */
export function print(node: ExpressionNode): string {
  switch (node.type) {
    case 'KeyConditionExpression':
    case 'FilterExpression':
    case 'ConditionExpression':
      return node.condition ? print(node.condition) : ''
    case 'UpdateExpression':
      return node.sections.map(print).join(' ')
    case 'ProjectionExpression':
      return list(node.paths)
    case 'UpdateSection':
      return node.actions.length === 0 ? node.keyword : `${node.keyword} ${list(node.actions)}`
    case 'SetAction':
      return `${print(node.path)} = ${print(node.value)}`
    case 'RemoveAction':
      return print(node.path)
    case 'AddAction':
    case 'DeleteAction':
      return `${print(node.path)} ${print(node.value)}`
    case 'And':
      return node.conditions.map(print).join(' AND ')
    case 'Or':
      return node.conditions.map(print).join(' OR ')
    case 'UnknownJunction':
      return node.parts.map(print).join(' ')
    case 'Not':
      return `NOT ${print(node.condition)}`
    case 'ParenthesizedCondition':
      return `(${print(node.condition)})`
    case 'Comparison':
      return node.operator === 'unknown'
        ? print(node.left) + node.operatorText + print(node.right)
        : `${print(node.left)} ${node.operator} ${print(node.right)}`
    case 'Between':
      return `${print(node.operand)} BETWEEN ${print(node.lower)} AND ${print(node.upper)}`
    case 'In':
      return `${print(node.operand)} IN (${list(node.candidates)})`
    case 'FunctionCall':
      return `${node.name}(${list(node.arguments)})`
    case 'UnknownCall':
      return `${node.text}(${list(node.arguments)})`
    case 'Arithmetic':
      return `${print(node.left)} ${node.operator} ${print(node.right)}`
    case 'ParenthesizedOperand':
      return `(${print(node.operand)})`
    case 'Path':
      return node.segments.map(printSegment).join('')
    case 'Identifier':
    case 'NamePlaceholder':
    case 'ValuePlaceholder':
      return node.name
    case 'ListIndex':
      return `[${node.text}]`
    case 'Hole':
      return node.text
  }
}

function printSegment(segment: PathSegment, index: number): string {
  const text = print(segment)
  return index === 0 || text.startsWith('[') ? text : `.${text}`
}

/** Nodes with commas between them, but none before a hole that may hold the comma itself. */
function list(nodes: readonly ExpressionNode[]): string {
  let text = ''
  for (const [index, node] of nodes.entries()) {
    if (index > 0) text += node.type === 'Hole' && node.glued ? ' ' : ', '
    text += print(node)
  }
  return text
}
