import { invalid, type ExpressionFinding } from '../findings.ts'
import type { HoleNode, Path } from '../nodes.ts'
import type { ResolvedPath } from '../queries.ts'
import { certainPath, pathText, type CheckedExpression } from './context.ts'

interface PathTree {
  readonly names: Map<string, PathTree>
  readonly indexes: Map<number, PathTree>
  /** The path that ends here. */
  end: ResolvedPath | undefined
  /** Some path that leads through here. */
  through: ResolvedPath
}

/**
 * Paths of one update or projection of which one lies within another, or which use one attribute both
 * as a map and as a list. Takes time in proportion to the length of all paths together.
 *
 * @see Expressions.UpdateExpressions.html
 */
export function checkOverlap(
  expression: CheckedExpression,
  paths: readonly (Path | HoleNode)[],
): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  const root = createTree([])
  for (const path of paths) {
    if (path.type === 'Hole') continue
    const resolved = certainPath(expression, path)
    if (!resolved) continue
    const clash = insert(root, resolved)
    if (!clash) continue
    const [verb, code] =
      clash.kind === 'overlap'
        ? (['overlap', 'overlappingPaths'] as const)
        : (['conflict', 'conflictingPaths'] as const)
    findings.push({
      code,
      message: invalid(
        expression.kind,
        `Two document paths ${verb} with each other; must remove or rewrite one of these paths; path one: ${pathText(clash.other)}, path two: ${pathText(resolved)}`,
      ),
      range: path.range,
      subject: pathText(resolved),
    })
  }
  return findings
}

/** Adds a path and gives the one before it that it clashes with. */
function insert(
  root: PathTree,
  path: ResolvedPath,
): { kind: 'overlap' | 'conflict'; other: ResolvedPath } | undefined {
  let tree = root
  for (const part of path) {
    if (tree.end) return { kind: 'overlap', other: tree.end }
    const other = typeof part === 'number' ? firstOf(tree.names) : firstOf(tree.indexes)
    if (other) return { kind: 'conflict', other: other.through }
    tree =
      typeof part === 'number' ? child(tree.indexes, part, path) : child(tree.names, part, path)
  }
  if (tree.end) return { kind: 'overlap', other: tree.end }
  const below = firstOf(tree.names) ?? firstOf(tree.indexes)
  if (below) return { kind: 'overlap', other: below.through }
  tree.end = path
  return undefined
}

function firstOf(children: ReadonlyMap<unknown, PathTree>): PathTree | undefined {
  const { value } = children.values().next()
  return value
}

function child<Part>(children: Map<Part, PathTree>, part: Part, path: ResolvedPath): PathTree {
  const found = children.get(part)
  if (found) return found
  const created = createTree(path)
  children.set(part, created)
  return created
}

function createTree(through: ResolvedPath): PathTree {
  return { names: new Map(), indexes: new Map(), end: undefined, through }
}
