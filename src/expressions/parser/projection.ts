import type { HoleNode, Path, ProjectionExpression } from '../nodes.ts'
import { take, type Cursor } from './cursor.ts'
import { takeGluedHole } from './operand.ts'
import { parsePath } from './path.ts'

/**
 * Parses a list of paths with commas between them.
 *
 * @see Expressions.ProjectionExpressions.html
 */
export function parsePaths(cursor: Cursor): ProjectionExpression['paths'] {
  const paths: (Path | HoleNode)[] = []
  do {
    const path = parsePath(cursor)
    if (!path) break
    paths.push(path)
    const glued = takeGluedHole(cursor)
    if (glued) paths.push(glued)
  } while (take(cursor, ','))
  return paths
}
