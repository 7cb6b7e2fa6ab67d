import type { Rule, SourceCode } from 'eslint'

/** What ESLint's context tells of a file and of how it is linted. */
export type LintedFile = Pick<Rule.RuleContext, 'cwd' | 'physicalFilename' | 'settings'> & {
  readonly sourceCode: SourceCode
}

/**
 * Whether no rule would find anything to look at in a text either.
 *
 * @param changed null where it is the one that was asked about last
 */
export type StaysIdle = (changed: string | null) => boolean

interface IdleText {
  text: string
  readonly cwd: string
  readonly settings: unknown
  readonly stays: StaysIdle
}

/** Texts that no rule had anything to look at in. Editors lint them again and again: what is the same need not be searched. */
const idleTexts = new Map<string, IdleText>()

/** In characters, of all texts: more than a person has open. */
const MOST_HELD = 4_000_000

let held = 0

/** Whether no rule has anything to look at in a file, by what it was when it was last linted. */
export function isIdleStill({ physicalFilename, sourceCode, cwd, settings }: LintedFile): boolean {
  const known = idleTexts.get(physicalFilename)
  if (known?.settings !== settings.dynamodb || known?.cwd !== cwd) return false
  const { text } = sourceCode
  if (known.text === text) return known.stays(null)
  if (!known.stays(text)) return false
  const more = text.length - known.text.length
  known.text = text
  hold(more)
  return true
}

/** Remembers that no rule has anything to look at in a file. */
export function rememberIdle(
  { physicalFilename, sourceCode: { text }, cwd, settings }: LintedFile,
  stays: StaysIdle,
): void {
  const before = idleTexts.get(physicalFilename)?.text.length ?? 0
  idleTexts.set(physicalFilename, { text, cwd, settings: settings.dynamodb, stays })
  hold(text.length - before)
}

function hold(more: number): void {
  held += more
  if (held <= MOST_HELD) return
  idleTexts.clear()
  held = 0
}
