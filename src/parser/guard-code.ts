import { afterOperand, afterOperator, beginStatement, type Cursor } from './guard-cursor.ts'
import { opensElement } from './guard-elements.ts'
import {
  brackets,
  closeFrame,
  countCast,
  countDeep,
  countFlat,
  endExpression,
  endsCast,
  endStatement,
  openFrame,
  type Nesting,
} from './nesting.ts'
import {
  endOfNumber,
  endOfPunctuator,
  endOfRegex,
  endOfString,
  endOfTemplateText,
  endOfWord,
  isDigit,
  isWordStart,
} from './scan.ts'

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

/** One token of plain code, at an offset where no white space or comment begins. */
export function scanToken(text: string, at: number, nesting: Nesting, cursor: Cursor): number {
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
