import {
  endOfLineComment,
  endOfNumber,
  endOfPunctuator,
  endOfRegex,
  endOfString,
  endOfTemplateText,
  endOfWord,
  isDigit,
  isLineBreak,
  isWordStart,
  skipTrivia,
} from './scan.ts'
import {
  brackets,
  closeFrame,
  countCast,
  countDeep,
  countFlat,
  createNesting,
  endsCast,
  endStatement,
  endExpression,
  exceeded,
  openFrame,
  type Nesting,
} from './nesting.ts'

/** The largest source text that is parsed, in UTF-16 units. */
export const maxSourceLength = 2_000_000

/** What the guard says of a text: fit for the native parser, or where and why it is not. */
export type GuardResult =
  | {
      readonly ok: true
      /** An upper bound of the height of the syntax tree. */
      readonly height: number
    }
  | { readonly ok: false; readonly reason: string; readonly line: number }

export interface GuardOptions {
  /** Whether the text will be parsed with JSX, where `<a>` in front of an operand opens an element. */
  readonly jsx: boolean
}

/**
 * Decides in one linear scan whether a text may be handed to the native parser. The parser works
 * by recursion and takes the whole process down when the nesting is too deep for the machine's
 * stack, so nothing may be parsed that this function has not passed. It errs on the safe side: the
 * counts are upper bounds, and the limits are far above what people write.
 *
 * @returns `ok: false` with a reason in words and the 1-based line where a limit was passed.
 */
export function guard(text: string, options: GuardOptions): GuardResult {
  if (text.length > maxSourceLength) {
    return {
      ok: false,
      reason: `the file is larger than ${String(maxSourceLength / 1_000_000)} million characters`,
      line: 1,
    }
  }
  const first = scan(text, options.jsx ? 'jsx' : 'none')
  if (!first.result.ok || !first.doubt) return first.result
  const second = scan(text, 'always').result
  return second.ok ? first.result : second
}

/** The 1-based number of the line that holds the offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = 0; at < offset && at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 13 && text.charCodeAt(at + 1) === 10) continue
    if (isLineBreak(code)) line += 1
  }
  return line
}

/** Words after which the statement or expression goes on inside what they begin. */
const prefixWords = new Set(
  'typeof void delete await new yield keyof infer readonly unique asserts extends throw'.split(' '),
)
/** Words between two operands. */
const infixWords = new Set('in of instanceof as satisfies is implements from'.split(' '))
/** Words that go on with the statement before them. */
const clauseWords = new Set(['else', 'catch', 'finally'])
/** Words whose parenthesis is followed by a statement. */
const headerWords = new Set(['if', 'for', 'while', 'with'])
/** Words that can only begin a statement or a member. */
const statementWords = new Set(
  'const let var return function class interface import export switch case default break continue debugger try throw'.split(
    ' ',
  ),
)

/** Words that end their statement where a line break follows. */
const restrictedWords = new Set(['break', 'continue', 'debugger', 'return'])

interface Cursor {
  /** Whether the last token ends an operand, so that an operator must follow. */
  operand: boolean
  /** The last token if it was a word. */
  word: string
  /** Whether the last word stood where a statement or member begins. */
  wordBeginsStatement: boolean
  /** Whether the last token was `}` of a block, `;`, or nothing at all. */
  statementEnded: boolean
  /** Whether a line break lies before the present token. */
  lineBreak: boolean
  /** Whether the last token was `<` other than a tag's. */
  afterAngle: boolean
  readonly elements: Elements
  /** Where each name's last closing tag stands. */
  readonly closingTags: Map<string, number>
  doubt: boolean
}

/**
 * How `<a>` in front of an operand is read: never as an element, as one where it is closed further
 * down, or always as one.
 */
type Elements = 'none' | 'jsx' | 'always'

/**
 * One scan of the text, to its end or to the first offset where a limit is passed. `doubt` says
 * that `<a>` was not taken for an element although the parser may do so.
 */
function scan(text: string, elements: Elements): { result: GuardResult; doubt: boolean } {
  const nesting = createNesting()
  const cursor: Cursor = {
    operand: false,
    word: '',
    wordBeginsStatement: false,
    statementEnded: true,
    lineBreak: true,
    afterAngle: false,
    elements,
    closingTags: new Map(),
    doubt: false,
  }
  let at = text.startsWith('#!') ? endOfLineComment(text, 0) : 0
  while (at < text.length) {
    const top = nesting.top.kind
    if (top === brackets.element) {
      at = scanChildren(text, at, nesting, cursor)
    } else {
      const trivia = skipTrivia(text, at)
      cursor.lineBreak = trivia.lineBreak
      at = trivia.end
      if (at >= text.length) break
      at =
        top === brackets.tag
          ? scanTag(text, at, nesting, cursor)
          : scanToken(text, at, nesting, cursor)
    }
    const reason = exceeded(nesting)
    if (reason !== undefined) {
      return { result: { ok: false, reason, line: lineAt(text, at) }, doubt: cursor.doubt }
    }
  }
  return { result: { ok: true, height: nesting.tallest }, doubt: cursor.doubt }
}

/** JSX text up to the next tag or hole, and that tag's or hole's opening. */
function scanChildren(text: string, start: number, nesting: Nesting, cursor: Cursor): number {
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
function scanTag(text: string, at: number, nesting: Nesting, cursor: Cursor): number {
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
  return isWordStart(code) ? endOfWord(text, at) : at + 1
}

function beginStatement(cursor: Cursor): void {
  cursor.operand = false
  cursor.statementEnded = true
  cursor.word = ''
}

function afterOperand(cursor: Cursor): void {
  cursor.operand = true
  cursor.statementEnded = false
  cursor.word = ''
}

function afterOperator(cursor: Cursor): void {
  cursor.operand = false
  cursor.statementEnded = false
  cursor.word = ''
}

/** One token of plain code, at an offset where no white space or comment begins. */
function scanToken(text: string, at: number, nesting: Nesting, cursor: Cursor): number {
  const code = text.charCodeAt(at)
  const afterAngle = cursor.afterAngle
  cursor.afterAngle = false
  if (cursor.lineBreak && restrictedWords.has(cursor.word)) cursor.statementEnded = true
  if (isWordStart(code)) {
    if (code === 92 && text.charCodeAt(at + 1) !== 117) {
      nesting.strays += 1
      return at + 1
    }
    const end = endOfWord(text, at)
    scanWord(text.slice(at, end), nesting, cursor)
    return end
  }
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) {
    beginOperand(nesting, cursor)
    afterOperand(cursor)
    return endOfNumber(text, at)
  }
  switch (code) {
    case 34:
    case 39: {
      beginOperand(nesting, cursor)
      afterOperand(cursor)
      const { end, terminated } = endOfString(text, at)
      // What never ends is no string, or this scan took JSX text for code: what follows may be
      // code, so it is read as code. The same goes for templates, comments and expressions.
      return terminated ? end : at + 1
    }
    case 96:
      if (cursor.operand) countFlat(nesting)
      return scanTemplate(text, at + 1, nesting, cursor)
    case 47:
      if (!cursor.operand || cursor.word === '}') {
        const end = endOfRegex(text, at)
        if (end !== undefined) {
          beginOperand(nesting, cursor)
          afterOperand(cursor)
          return end
        }
      }
      break
    case 40:
      openRound(nesting, cursor, afterAngle)
      return at + 1
    case 91:
      if (cursor.operand) countFlat(nesting)
      openFrame(nesting, brackets.square)
      beginStatement(cursor)
      return at + 1
    case 123:
      openBrace(nesting, cursor)
      return at + 1
    case 41:
    case 93:
    case 125:
      return scanCloser(text, at, code, nesting, cursor)
    case 59:
      endExpression(nesting)
      beginStatement(cursor)
      return at + 1
    case 44:
      endExpression(nesting)
      afterOperator(cursor)
      return at + 1
    case 60:
      return scanLess(text, at, nesting, cursor)
    case 62:
      return scanGreater(text, at, nesting, cursor)
    default:
  }
  return scanOperator(text, at, nesting, cursor)
}

/** Two operands without an operator between them: a new statement or member, or a modifier. */
function beginOperand(nesting: Nesting, cursor: Cursor): void {
  if (cursor.statementEnded) endStatement(nesting)
  else if ((cursor.operand || cursor.word === 'void') && cursor.lineBreak) endStatement(nesting)
  else if (cursor.operand) countDeep(nesting, 'expression')
}

function scanWord(word: string, nesting: Nesting, cursor: Cursor): void {
  const beginsStatement = cursor.statementEnded || (cursor.operand && cursor.lineBreak)
  const afterDot = cursor.word === '.'
  const afterLabel = cursor.word === ':'
  if (afterDot) {
    afterOperand(cursor)
    return
  }
  if (clauseWords.has(word) && (cursor.operand || cursor.statementEnded)) {
    endExpression(nesting)
    if (word === 'else') countDeep(nesting, 'statement')
    afterOperator(cursor)
  } else if (headerWords.has(word) || word === 'do') {
    const nested = !cursor.operand && !cursor.statementEnded
    if (!nested) endStatement(nesting)
    if (cursor.word !== 'else') countDeep(nesting, 'statement')
    afterOperator(cursor)
  } else if (word === 'await' && cursor.word === 'for') {
    return
  } else if (prefixWords.has(word)) {
    if (beginsStatement) endStatement(nesting)
    countDeep(nesting, 'expression')
    afterOperator(cursor)
  } else if (statementWords.has(word)) {
    if (beginsStatement) endStatement(nesting)
    afterOperator(cursor)
  } else if (infixWords.has(word) && cursor.operand) {
    countFlat(nesting)
    afterOperator(cursor)
  } else {
    beginOperand(nesting, cursor)
    afterOperand(cursor)
  }
  cursor.word = word
  cursor.wordBeginsStatement = beginsStatement || afterLabel
}

function scanTemplate(text: string, start: number, nesting: Nesting, cursor: Cursor): number {
  const { end, opensHole, terminated } = endOfTemplateText(text, start)
  if (!terminated) {
    afterOperand(cursor)
    return start
  }
  if (opensHole) {
    openFrame(nesting, brackets.hole)
    beginStatement(cursor)
  } else {
    afterOperand(cursor)
  }
  return end
}

function openRound(nesting: Nesting, cursor: Cursor, afterAngle: boolean): void {
  const header = headerWords.has(cursor.word) && !cursor.operand
  if (cursor.operand) countFlat(nesting)
  openFrame(nesting, header ? brackets.header : brackets.round)
  if (afterAngle) {
    nesting.top.speculative = true
    nesting.speculations += 1
  }
  beginStatement(cursor)
}

function openBrace(nesting: Nesting, cursor: Cursor): void {
  if (cursor.statementEnded) endStatement(nesting)
  const value =
    !cursor.operand && !cursor.statementEnded && cursor.word !== '=>' && cursor.word !== ')'
  const block = clauseWords.has(cursor.word) || cursor.word === 'do' || cursor.word === 'try'
  openFrame(nesting, value && !block ? brackets.value : brackets.brace)
  beginStatement(cursor)
}

function scanCloser(
  text: string,
  at: number,
  code: number,
  nesting: Nesting,
  cursor: Cursor,
): number {
  const kind = closeFrame(nesting)
  if (code === 125 && kind === brackets.hole) return scanTemplate(text, at + 1, nesting, cursor)
  if (code === 41 && kind === brackets.header) {
    afterOperator(cursor)
    cursor.word = ')'
  } else if (code === 125 && kind === brackets.brace) {
    cursor.operand = true
    cursor.statementEnded = true
    cursor.word = '}'
  } else {
    afterOperand(cursor)
  }
  return at + 1
}

/** `<`: less than, the start of type arguments or parameters, or in JSX an element. */
function scanLess(text: string, at: number, nesting: Nesting, cursor: Cursor): number {
  const beginsOperand = !cursor.operand || (cursor.statementEnded && cursor.word === '}')
  if (beginsOperand && opensElement(text, at, cursor)) {
    if (cursor.statementEnded) endStatement(nesting)
    openFrame(nesting, brackets.tag)
    beginStatement(cursor)
    return at + 1
  }
  if (text.startsWith('<<', at) || text.startsWith('<=', at)) {
    return scanOperator(text, at, nesting, cursor)
  }
  countDeep(nesting, 'angles')
  if (beginsOperand) countCast(nesting)
  afterOperator(cursor)
  cursor.afterAngle = true
  return at + 1
}

/** Whether `<` in front of an operand opens a JSX element rather than type parameters. */
function opensElement(text: string, at: number, cursor: Cursor): boolean {
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

function scanGreater(text: string, at: number, nesting: Nesting, cursor: Cursor): number {
  let closed = 0
  let end = at
  while (text.charCodeAt(end) === 62 && nesting.top.angles > 0) {
    nesting.top.angles -= 1
    nesting.depth -= 1
    closed += 1
    end += 1
  }
  if (closed === 0) return scanOperator(text, at, nesting, cursor)
  if (endsCast(nesting)) afterOperator(cursor)
  else afterOperand(cursor)
  return end
}

/** Operators that group to the right: each one is another level for the parser. */
const deepOperators = new Set(
  '= => ? ** **= += -= *= /= %= &= |= ^= <<= >>= >>>= &&= ||= ??='.split(' '),
)
const prefixOperators = new Set(['!', '~', '+', '-', '++', '--'])
const postfixOperators = new Set(['!', '++', '--'])

function scanOperator(text: string, at: number, nesting: Nesting, cursor: Cursor): number {
  const end = endOfPunctuator(text, at)
  const operator = text.slice(at, end)
  const fresh = cursor.statementEnded || (cursor.operand && cursor.lineBreak)
  if (operator === ':') {
    scanColon(nesting, cursor)
  } else if (cursor.operand && postfixOperators.has(operator) && !fresh) {
    countFlat(nesting)
    afterOperand(cursor)
  } else if (prefixOperators.has(operator) && (!cursor.operand || postfixOperators.has(operator))) {
    if (fresh) endStatement(nesting)
    countDeep(nesting, 'expression')
    afterOperator(cursor)
  } else {
    if (operator === '@' || operator === '#') {
      if (fresh) endStatement(nesting)
    } else if (deepOperators.has(operator)) {
      countDeep(nesting, 'expression')
    } else {
      countFlat(nesting)
    }
    afterOperator(cursor)
    if (operator === '.' || operator === '?.') cursor.word = '.'
    if (operator === '=>') cursor.word = '=>'
  }
  return end
}

/** `:` of a label nests; of a conditional, a property, a type annotation or a case it does not. */
function scanColon(nesting: Nesting, cursor: Cursor): void {
  const label = cursor.wordBeginsStatement && cursor.word !== '' && cursor.word !== 'default'
  if (label) countDeep(nesting, 'statement')
  else countFlat(nesting)
  afterOperator(cursor)
  if (label) cursor.word = ':'
}
