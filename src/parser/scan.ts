/**
 * Where one lexical element of JavaScript or TypeScript ends. Every function takes the whole text
 * and the offset of the element's first character, and returns the offset just after its last;
 * an element that never ends ends at the end of the text.
 */

const BACKSLASH = 92

/** Whether the character code ends a line (ECMAScript's LineTerminator). */
export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029
}

/** Whether the character code is white space or a line break. */
function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13)
  return (
    code === 0xa0 ||
    code === 0xfeff ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

/** Whether the character code may begin an identifier (a backslash begins an escaped one). */
export function isWordStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 36 ||
    code === BACKSLASH ||
    (code > 127 && !isSpace(code))
  )
}

/** Whether the character code may stand inside an identifier. */
function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code)
}

/** Whether the character code is one of 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** End of an identifier or keyword, `\u{61}` escapes included; `start` at a stray backslash. */
export function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH && text.startsWith('\\u{', at)) {
      const close = text.indexOf('}', at)
      at = close === -1 ? text.length : close + 1
    } else if (code === BACKSLASH && text.charCodeAt(at + 1) !== 117) {
      break
    } else if (isWordPart(code)) {
      at += 1
    } else {
      break
    }
  }
  return at
}

/** End of a numeric literal: separators, exponents, radix prefixes and the `n` of a bigint. */
export function endOfNumber(text: string, start: number): number {
  const radix = text.charCodeAt(start) === 48 && /[xob]/i.test(text[start + 1] ?? '')
  let at = start
  let dotSeen = radix
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 46 && !dotSeen) {
      dotSeen = true
    } else if ((code === 43 || code === 45) && !radix) {
      if (!/e/i.test(text[at - 1] ?? '')) break
    } else if (!isWordPart(code)) {
      break
    } else if (code === 69 || code === 101) {
      dotSeen = true
    }
    at += 1
  }
  return at
}

/** End of a quoted string; `terminated` is false where the line ends first. */
export function endOfString(text: string, start: number): { end: number; terminated: boolean } {
  const quote = text.charCodeAt(start)
  let at = start + 1
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === quote) return { end: at + 1, terminated: true }
    if (code === 10 || code === 13) return { end: at, terminated: false }
    if (code === BACKSLASH) {
      at += text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === 10 ? 3 : 2
    } else {
      at += 1
    }
  }
  return { end: text.length, terminated: false }
}

/** End of a line comment, without its line break. */
export function endOfLineComment(text: string, start: number): number {
  let at = start
  while (at < text.length && !isLineBreak(text.charCodeAt(at))) at += 1
  return at
}

/** End of a block comment; undefined where the text ends first. */
function endOfBlockComment(text: string, start: number): number | undefined {
  const close = text.indexOf('*/', start + 2)
  return close === -1 ? undefined : close + 2
}

/** End of a regular expression literal with its flags; undefined where the line ends first. */
export function endOfRegex(text: string, start: number): number | undefined {
  let inClass = false
  let at = start + 1
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (isLineBreak(code)) return undefined
    if (code === BACKSLASH) at += 1
    else if (code === 91) inClass = true
    else if (code === 93) inClass = false
    else if (code === 47 && !inClass) return endOfWord(text, at + 1)
    at += 1
  }
  return undefined
}

/**
 * End of a stretch of template text that begins at `start` (just after the opening backtick or the
 * `}` of a hole): after the closing backtick, or after the `${` that opens the next hole.
 */
export function endOfTemplateText(
  text: string,
  start: number,
): { end: number; opensHole: boolean; terminated: boolean } {
  let at = start
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 96) return { end: at + 1, opensHole: false, terminated: true }
    if (code === 36 && text.charCodeAt(at + 1) === 123) {
      return { end: at + 2, opensHole: true, terminated: true }
    }
    at += code === BACKSLASH ? 2 : 1
  }
  return { end: text.length, opensHole: false, terminated: false }
}

const punctuators = [
  ['>>>='],
  ['...', '===', '!==', '**=', '<<=', '>>=', '>>>', '&&=', '||=', '??='],
  ['=>', '==', '!=', '<=', '>=', '&&', '||', '??', '?.', '++', '--', '+=', '-=', '*=', '/='],
  ['%=', '&=', '|=', '^=', '<<', '>>', '**'],
].map((group) => new Set(group))

/** End of the longest punctuator at `start`; `a?.5:1` holds a `?`, not a `?.`. */
export function endOfPunctuator(text: string, start: number): number {
  for (let length = 4; length > 1; length -= 1) {
    const candidate = text.slice(start, start + length)
    if (candidate.length < length) continue
    if (!punctuators.some((group) => group.has(candidate))) continue
    if (candidate === '?.' && isDigit(text.charCodeAt(start + 2))) continue
    return start + length
  }
  return start + 1
}

/**
 * The offset just after white space and comments that begin at `start`, and whether a line break
 * lay between. A comment that never ends is not skipped.
 */
export function skipTrivia(text: string, start: number): { end: number; lineBreak: boolean } {
  let at = start
  let lineBreak = false
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (isSpace(code)) {
      if (isLineBreak(code)) lineBreak = true
      at += 1
    } else if (code === 47 && text.charCodeAt(at + 1) === 47) {
      at = endOfLineComment(text, at)
    } else if (code === 47 && text.charCodeAt(at + 1) === 42) {
      const end = endOfBlockComment(text, at)
      if (end === undefined) break
      if (!lineBreak && /[\n\r\u2028\u2029]/.test(text.slice(at, end))) lineBreak = true
      at = end
    } else {
      break
    }
  }
  return { end: at, lineBreak }
}
