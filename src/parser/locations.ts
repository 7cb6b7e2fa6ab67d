/** A point in a text as ESLint counts it: `line` from 1, `column` from 0 in UTF-16 units. */
export interface Position {
  line: number
  column: number
}

export interface SourceLocation {
  start: Position
  end: Position
}

/** Gives the location of a half-open range of one text. */
export type Locator = (start: number, end: number) => SourceLocation

/** A locator for the text. Asking for places near the last one asked for is cheap. */
export function createLocator(text: string): Locator {
  const starts = [0]
  const breaks = /\r\n|[\n\r\u2028\u2029]/g
  while (breaks.exec(text) !== null) starts.push(breaks.lastIndex)
  let last = 0

  function position(offset: number): Position {
    let line = last
    if ((starts[line] ?? 0) > offset || (starts[line + 1] ?? Infinity) <= offset) {
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((starts[middle] ?? Infinity) <= offset) low = middle
        else high = middle - 1
      }
      line = low
      last = low
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) }
  }

  return (start, end) => ({ start: position(start), end: position(end) })
}
