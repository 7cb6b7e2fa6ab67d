/** Text with a terminal's colour codes, as lines of coloured pieces. */

export interface Style {
  readonly color: 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray' | null
  readonly bold: boolean
  readonly dim: boolean
}

export interface Piece {
  readonly text: string
  readonly style: Style
}

export type Line = readonly Piece[]

const plain: Style = { color: null, bold: false, dim: false }

const foregrounds: ReadonlyMap<number, Style['color']> = new Map([
  [31, 'red'],
  [32, 'green'],
  [33, 'yellow'],
  [34, 'blue'],
  [35, 'magenta'],
  [36, 'cyan'],
  [39, null],
  [90, 'gray'],
])

/**
 * Reads text with colour codes; neighbours of one style become one piece.
 *
 * @throws where there is a code that it does not know
 */
export function readAnsi(text: string): Line[] {
  let style = plain
  return text.split('\n').map((raw) => {
    const pieces: Piece[] = []

    for (const part of raw.split(/(\u001B\[[\d;]*m)/)) {
      const codes = /\[([\d;]*)m$/.exec(part)?.[1]
      if (part.startsWith('\u001B') && codes !== undefined) style = styled(style, codes)
      else if (part !== '') append(pieces, { text: part, style })
    }
    return pieces
  })
}

function styled(style: Style, codes: string): Style {
  return codes.split(';').reduce((current, digits) => {
    const code = Number(digits)
    const color = foregrounds.get(code)
    if (color !== undefined) return { ...current, color }
    if (code === 0) return plain
    if (code === 1) return { ...current, bold: true }
    if (code === 2) return { ...current, dim: true }
    if (code === 22) return { ...current, bold: false, dim: false }
    throw new Error(`The colour code ${digits} has no place in the picture.`)
  }, style)
}

function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1)
  const isSame =
    last?.style.color === piece.style.color &&
    last.style.bold === piece.style.bold &&
    last.style.dim === piece.style.dim
  if (last !== undefined && isSame) {
    pieces[pieces.length - 1] = { text: last.text + piece.text, style: last.style }
  } else pieces.push(piece)
}

/** A line as lines of at most so many characters, broken at spaces, each indented as the first. */
export function wrapLine(line: Line, width: number): Line[] {
  const text = line.map((piece) => piece.text).join('')
  if (text.length <= width) return [line]
  const end = text.lastIndexOf(' ', width)
  const indent = /^\s*/.exec(text)?.[0] ?? ''
  if (end <= indent.length) return [line]
  const rest = slice(line, end + 1, text.length)
  return [slice(line, 0, end), ...wrapLine([{ text: indent, style: plain }, ...rest], width)]
}

function slice(line: Line, start: number, end: number): Line {
  let at = 0
  return line.flatMap(({ text, style }) => {
    const piece = text.slice(Math.max(0, start - at), Math.max(0, end - at))
    at += text.length
    return piece === '' ? [] : [{ text: piece, style }]
  })
}
