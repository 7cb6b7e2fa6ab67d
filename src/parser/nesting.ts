/**
 * Bookkeeping of the guard's scan: how many levels of recursion the native parser is in at one
 * point of the text, and how high the syntax tree can get at most.
 */

/**
 * The levels of recursion that the guard lets through. The native parser needs at most 2.3 KB of
 * stack for one; the smallest stack that Node gives a thread is 1 MB (main thread, Windows).
 */
export const maxDepth = 400
/** The height of the syntax tree, as an upper bound: chains such as `a.b.c` and `a + b + c`. */
const maxHeight = 4000
/** Arrow parameters after `<` are read twice for each level, so levels multiply the time. */
const maxSpeculations = 12

/** The parser's time grows with the square of the mistakes that it can get over on one line. */
const maxStrays = 100

/** What opened a level. */
export const brackets = {
  /** The file itself. */
  file: 0,
  /** `(` of a call, a parameter list or a group. */
  round: 1,
  /** `(` of `if`, `for`, `while` and `with`, which a statement follows. */
  header: 2,
  square: 3,
  /** `{` of a block or a class. */
  brace: 4,
  /** `{` of an object literal or an object type. */
  value: 5,
  /** `${` in a template. */
  hole: 6,
  /** `<a …`, up to its `>`. */
  tag: 7,
  /** What stands between `<a>` and `</a>`. */
  element: 8,
} as const
export type Bracket = (typeof brackets)[keyof typeof brackets]

interface Frame {
  readonly kind: Bracket
  /** Pending operators that group to the right, in the present expression. */
  expression: number
  /** Pending `if`, `else`, loop headers and labels, in the present statement. */
  statement: number
  /** Angle brackets not yet closed. */
  angles: number
  /** Operators that add to the tree's height and not to the parser's recursion. */
  flat: number
  /** Height of the tallest bracket that was closed in the present expression. */
  child: number
  /** Height of the tallest expression so far. */
  tallest: number
  /** The number of open angle brackets at which a cast `<T>x` is complete; 0 outside of one. */
  cast: number
  /** Whether this bracket followed `<` directly. */
  speculative: boolean
}

export interface Nesting {
  readonly frames: Frame[]
  top: Frame
  /** Levels of recursion at this point. */
  depth: number
  /** Brackets open that followed `<` directly. */
  speculations: number
  /** Backslashes outside of strings that begin no escaped identifier. */
  strays: number
  /** Upper bound of the tree's height so far. */
  tallest: number
}

export function createNesting(): Nesting {
  const file = createFrame(brackets.file)
  return { frames: [file], top: file, depth: 0, speculations: 0, strays: 0, tallest: 0 }
}

function createFrame(kind: Bracket): Frame {
  return {
    kind,
    expression: 0,
    statement: 0,
    angles: 0,
    flat: 0,
    child: 0,
    tallest: 0,
    cast: 0,
    speculative: false,
  }
}

export function openFrame(nesting: Nesting, kind: Bracket): void {
  const frame = createFrame(kind)
  nesting.frames.push(frame)
  nesting.top = frame
  nesting.depth += 1
}

/** Closes the innermost bracket, whatever it is, and returns its kind; the file stays open. */
export function closeFrame(nesting: Nesting): Bracket {
  const { frames, top } = nesting
  const parent = frames.at(-2)
  if (parent === undefined) return top.kind
  endStatement(nesting)
  frames.pop()
  if (top.speculative) nesting.speculations -= 1
  nesting.top = parent
  nesting.depth -= 1
  parent.child = Math.max(parent.child, top.tallest + 1)
  settle(nesting)
  return top.kind
}

/** One more level of recursion in the present expression, statement or type. */
export function countDeep(nesting: Nesting, what: 'expression' | 'statement' | 'angles'): void {
  nesting.top[what] += 1
  nesting.depth += 1
  settle(nesting)
}

/** A `<` where an operand begins: a cast or type parameters, whose operand follows the `>`. */
export function countCast(nesting: Nesting): void {
  nesting.top.cast = nesting.top.angles
  countDeep(nesting, 'expression')
}

/** Whether the `>` just read ends the type of a cast, so that an operand follows. */
export function endsCast(nesting: Nesting): boolean {
  const { top } = nesting
  if (top.cast === 0 || top.angles >= top.cast) return false
  top.cast = 0
  return true
}

/** One more level of the tree that the parser builds without recursion. */
export function countFlat(nesting: Nesting): void {
  nesting.top.flat += 1
  settle(nesting)
}

/** An expression or list element is complete: its operators are no longer pending. */
export function endExpression(nesting: Nesting): void {
  const { top } = nesting
  nesting.depth -= top.expression
  top.expression = 0
  top.flat = 0
  top.child = 0
}

/** A statement is complete, and what follows does not go on with it. */
export function endStatement(nesting: Nesting): void {
  endExpression(nesting)
  const { top } = nesting
  nesting.depth -= top.statement + top.angles
  top.statement = 0
  top.angles = 0
  top.cast = 0
}

/** The limit that has been passed, in words; undefined while all is well. */
export function exceeded(nesting: Nesting): string | undefined {
  if (nesting.depth > maxDepth)
    return `the code is nested more than ${String(maxDepth)} levels deep`
  if (nesting.speculations > maxSpeculations) {
    return `parentheses after \`<\` are nested more than ${String(maxSpeculations)} levels deep`
  }
  if (nesting.strays > maxStrays) {
    return `there are more than ${String(maxStrays)} backslashes outside of strings`
  }
  if (nesting.tallest > maxHeight) {
    return `one expression chains more than ${String(maxHeight)} operators or calls`
  }
  return undefined
}

function settle(nesting: Nesting): void {
  const { top } = nesting
  const height = top.statement + top.expression + top.angles + top.flat + top.child
  if (height > top.tallest) {
    top.tallest = height
    if (height > nesting.tallest) nesting.tallest = height
  }
}
