import type { HoleNode, Path, ProjectionExpression } from '../nodes.ts'
import { advance, isAnyKeyword, peek, take, type Cursor } from './cursor.ts'
import { takeGluedHole } from './operand.ts'
import { nameSegment, parsePath, parsePathAfter } from './path.ts'

/**
 * Parses a list of paths with commas between them.
 *
 * @see Expressions.ProjectionExpressions.html
 */
export function parsePaths(cursor: Cursor): ProjectionExpression['paths'] {
  const paths: (Path | HoleNode)[] = []
  do {
    const path = parseProjectedPath(cursor)
    if (!path) break
    paths.push(path)
    const glued = takeGluedHole(cursor)
    if (glued) paths.push(glued)
  } while (take(cursor, ','))
  return paths
}

/** There is no keyword in a projection, so every word is meant as a name. */
function parseProjectedPath(cursor: Cursor): Path | HoleNode | undefined {
  if (!isAnyKeyword(peek(cursor))) return parsePath(cursor)
  return parsePathAfter(cursor, nameSegment(advance(cursor)))
}
