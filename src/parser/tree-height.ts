import { visitorKeys } from '@typescript-eslint/visitor-keys'

/**
 * The height of a syntax tree, in nodes, that a walk by recursion can take on the smallest stack:
 * ESLint's, a rule's, or the one that makes the facts.
 */
export const maxTreeHeight = 1000

/** The part of a node that a walk needs. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
}

/** A node that stands more than `limit` levels below the root, if there is one. */
export function tallerThan(root: SyntaxNode, limit: number): SyntaxNode | undefined {
  let level: SyntaxNode[] = [root]
  for (let height = 0; level.length > 0; height += 1) {
    if (height > limit) return level[0]
    level = level.flatMap(childrenOf)
  }
  return undefined
}

/** The nodes directly below a node, in source order. */
function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (const key of visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Readonly<Record<string, unknown>>)[key]
    for (const candidate of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (isNode(candidate)) children.push(candidate)
    }
  }
  return children
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value
}
