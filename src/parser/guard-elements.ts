import { afterOperand, beginStatement, type Cursor } from './guard-cursor.ts'
import { brackets, closeFrame, countDeep, countFlat, openFrame, type Nesting } from './nesting.ts'
import { endOfWord, isWordStart, skipTrivia } from './scan.ts'

/** JSX text up to the next tag or hole, and that tag's or hole's opening. */
export function scanChildren(
  text: string,
  start: number,
  nesting: Nesting,
  cursor: Cursor,
): number {
  let at = start
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 123) {
      openFrame(nesting, brackets.brace)
      beginStatement(cursor)
      return at + 1
    }
    if (code === 60) {
      const next = skipTrivia(text, at + 1).end
      if (text.charCodeAt(next) === 47) {
        const close = text.indexOf('>', next)
        closeFrame(nesting)
        afterOperand(cursor)
        return close === -1 ? text.length : close + 1
      }
      openFrame(nesting, brackets.tag)
      beginStatement(cursor)
      return at + 1
    }
    at += 1
  }
  return text.length
}

/** One token inside `<a …>`. */
export function scanTag(text: string, at: number, nesting: Nesting, cursor: Cursor): number {
  const code = text.charCodeAt(at)
  if (code === 62) {
    if (nesting.top.angles > 0) {
      nesting.top.angles -= 1
      nesting.depth -= 1
      return at + 1
    }
    closeFrame(nesting)
    openFrame(nesting, brackets.element)
    return at + 1
  }
  if (code === 47 && text.charCodeAt(at + 1) === 62) {
    closeFrame(nesting)
    afterOperand(cursor)
    return at + 2
  }
  if (code === 60) {
    // After `=` an element, after the name type arguments.
    if (cursor.operand) countDeep(nesting, 'angles')
    else openFrame(nesting, brackets.tag)
    beginStatement(cursor)
    return at + 1
  }
  if (code === 34 || code === 39) {
    const close = text.indexOf(text.charAt(at), at + 1)
    cursor.operand = true
    return close === -1 ? text.length : close + 1
  }
  if (code === 61) {
    cursor.operand = false
    return at + 1
  }
  if (code === 46) countFlat(nesting)
  if (code === 123 || code === 40 || code === 91) {
    openFrame(nesting, code === 123 ? brackets.brace : brackets.round)
    beginStatement(cursor)
    return at + 1
  }
  cursor.operand = true
  return Math.max(at + 1, isWordStart(code) ? endOfWord(text, at) : at)
}

/** Whether `<` in front of an operand opens a JSX element rather than type parameters. */
export function opensElement(text: string, at: number, cursor: Cursor): boolean {
  if (cursor.elements === 'none') return false
  const nameStart = skipTrivia(text, at + 1).end
  const nameEnd = endOfWord(text, nameStart)
  const name = text.slice(nameStart, nameEnd)
  const next = skipTrivia(text, nameEnd).end
  const follows = text.charAt(next)
  if (name === '' && follows !== '>') return false
  if (follows === ',' || follows === '=') return false
  if (/^extends\b/.test(text.slice(next, next + 8)) || name === 'const') return false
  if (follows !== '>' || cursor.elements === 'always') return true
  // `<T>(x: T) => void` looks like an element; nothing closes it.
  let last = cursor.closingTags.get(name)
  if (last === undefined) {
    last = Math.max(text.lastIndexOf(`</${name}`), text.lastIndexOf('</ '))
    cursor.closingTags.set(name, last)
  }
  if (last > at) return true
  cursor.doubt = true
  return false
}
