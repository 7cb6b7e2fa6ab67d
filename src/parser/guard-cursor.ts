/** Where the guard's scan is in its text. */

/** What the scan remembers of the tokens before. */
export interface Cursor {
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
export type Elements = 'none' | 'jsx' | 'always'

export function createCursor(elements: Elements): Cursor {
  return {
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
}

export function beginStatement(cursor: Cursor): void {
  cursor.operand = false
  cursor.statementEnded = true
  cursor.word = ''
}

export function afterOperand(cursor: Cursor): void {
  cursor.operand = true
  cursor.statementEnded = false
  cursor.word = ''
}

export function afterOperator(cursor: Cursor): void {
  cursor.operand = false
  cursor.statementEnded = false
  cursor.word = ''
}
