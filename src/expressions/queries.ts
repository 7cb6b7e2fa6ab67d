import type {
  Condition,
  Comparison,
  ConditionExpression,
  Expression,
  FilterExpression,
  HoleNode,
  KeyConditionExpression,
  NamePlaceholder,
  Operand,
  Path,
  UpdateAction,
  UpdateExpression,
  ValuePlaceholder,
} from './nodes.ts'
import type { AttributeNames } from './placeholders.ts'
import { walk } from './walk.ts'

/** A path as DynamoDB sees it: names of attributes, and numbers for places in lists. */
export type ResolvedPath = readonly (string | number)[]

/**
 * The attribute names and list indexes a path stands for.
 *
 * @param names what `#placeholders` stand for; without it a path that uses one is unknown
 * @returns undefined where any segment is unknown or a placeholder is not defined
 */
export function resolvePath(
  path: Path | HoleNode,
  names?: AttributeNames,
): ResolvedPath | undefined {
  if (path.type === 'Hole') return undefined
  const resolved: (string | number)[] = []
  for (const segment of path.segments) {
    switch (segment.type) {
      case 'Identifier':
        resolved.push(segment.name)
        break
      case 'NamePlaceholder': {
        const name = names?.entries.get(segment.name)
        if (name === undefined) return undefined
        resolved.push(name)
        break
      }
      case 'ListIndex':
        resolved.push(Number(segment.text))
        break
      case 'Hole':
        return undefined
    }
  }
  return resolved
}

/** The name of the attribute a path begins with, where it is known. */
export function topAttribute(path: Path | HoleNode, names?: AttributeNames): string | undefined {
  if (path.type === 'Hole') return undefined
  const head = path.segments[0]
  switch (head?.type) {
    case 'Identifier':
      return head.name
    case 'NamePlaceholder':
      return names?.entries.get(head.name)
    default:
      return undefined
  }
}

/** The path an operand is, brackets around it taken off; undefined for anything else. */
export function pathOf(operand: Operand | Condition): Path | undefined {
  const bare = withoutBrackets(operand)
  return bare.type === 'Path' ? bare : undefined
}

/** A condition or operand with the brackets around it taken off. */
export function withoutBrackets(node: Operand | Condition): Operand | Condition {
  let bare = node
  for (;;) {
    if (bare.type === 'ParenthesizedOperand') bare = bare.operand
    else if (bare.type === 'ParenthesizedCondition') bare = bare.condition
    else return bare
  }
}

export type ConditionTree = KeyConditionExpression | FilterExpression | ConditionExpression

/**
 * The conditions that must all hold: those joined by AND at the top, brackets taken off. Where a hole
 * hides a junction the result holds one `UnknownJunction`; a lone hole stays a `Hole`.
 *
 * In a key condition AND is the only junction there is, so there an unknown junction is taken apart.
 */
export function conjuncts(tree: ConditionTree | Condition | undefined): readonly Condition[] {
  if (!tree) return []
  if (tree.type === 'KeyConditionExpression') return collect(tree.condition, true)
  if (tree.type === 'FilterExpression' || tree.type === 'ConditionExpression') {
    return collect(tree.condition, false)
  }
  return collect(tree, false)
}

function collect(condition: Condition | undefined, onlyAnd: boolean): readonly Condition[] {
  if (!condition) return []
  switch (condition.type) {
    case 'ParenthesizedCondition':
      return collect(condition.condition, onlyAnd)
    case 'And':
      return condition.conditions.flatMap((part) => collect(part, onlyAnd))
    case 'UnknownJunction':
      return onlyAnd ? condition.parts.flatMap((part) => collect(part, onlyAnd)) : [condition]
    default:
      return [condition]
  }
}

/** A condition `path = operand`, whichever way round it is written. */
export interface Equality {
  readonly path: Path
  /** The path with its names resolved; undefined where it is not wholly known. */
  readonly resolved: ResolvedPath | undefined
  readonly operand: Operand
  readonly node: Comparison
}

/** The equalities among the conditions that must all hold. `a = b` is given for a and for b. */
export function equalities(
  tree: ConditionTree | Condition | undefined,
  names?: AttributeNames,
): readonly Equality[] {
  const found: Equality[] = []
  for (const node of conjuncts(tree)) {
    if (node.type !== 'Comparison' || node.operator !== '=') continue
    const sides = [
      [node.left, node.right],
      [node.right, node.left],
    ] as const
    for (const [side, operand] of sides) {
      const path = pathOf(side)
      if (path) found.push({ path, resolved: resolvePath(path, names), operand, node })
    }
  }
  return found
}

/**
 * Everything an update does, clause by clause, in the order of the text. A hole may stand for any
 * number of actions.
 */
export function assignments(update: UpdateExpression): readonly (UpdateAction | HoleNode)[] {
  return update.sections.flatMap((section) =>
    section.type === 'Hole' ? [section] : section.actions,
  )
}

/** The placeholders an expression names, in the order of the text, each as often as it stands there. */
export interface UsedPlaceholders {
  readonly names: readonly NamePlaceholder[]
  readonly values: readonly ValuePlaceholder[]
}

export function placeholdersIn(node: Expression | Condition | Operand): UsedPlaceholders {
  const names: NamePlaceholder[] = []
  const values: ValuePlaceholder[] = []
  walk(node, {
    NamePlaceholder: (placeholder) => names.push(placeholder),
    ValuePlaceholder: (placeholder) => values.push(placeholder),
  })
  return { names, values }
}

/** All paths of an expression, outermost first. */
export function pathsIn(node: Expression | Condition | Operand): readonly Path[] {
  const paths: Path[] = []
  walk(node, { Path: (path) => paths.push(path) })
  return paths
}

/** The attributes at the top of the item that an expression names, each once, where they are known. */
export function attributesIn(
  node: Expression | Condition | Operand,
  names?: AttributeNames,
): ReadonlySet<string> {
  const attributes = new Set<string>()
  for (const path of pathsIn(node)) {
    const name = topAttribute(path, names)
    if (name !== undefined) attributes.add(name)
  }
  return attributes
}
