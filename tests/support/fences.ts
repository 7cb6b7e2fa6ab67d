/** Code fences of a Markdown page, with what their info string sets. */

/** A fenced block: its language, the words and the `name=JSON` pairs after it, and its code. */
export interface Fence {
  readonly language: string
  readonly words: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
  readonly code: string
  /** Line of the opening fence, counted from 1. */
  readonly line: number
  /** Text of the nearest heading above. */
  readonly heading: string
}

/**
 * Finds the fences of a page. An info string is a language, words, and values in JSON:
 * `ts incorrect settings={"tables":{}}`.
 *
 * @throws where a value is not JSON, with its line
 */
export function readFences(page: string): Fence[] {
  const fences: Fence[] = []
  let heading = ''
  let open: { mark: string; info: string; line: number; code: string[] } | undefined
  page.split(/\r?\n/).forEach((text, index) => {
    if (open !== undefined) {
      if (text.trim() === open.mark) {
        const { language, words, values } = readInfo(open.info, open.line)
        fences.push({
          language,
          words,
          values,
          heading,
          line: open.line,
          code: open.code.join('\n'),
        })
        open = undefined
      } else {
        open.code.push(text)
      }
      return
    }
    const fence = /^(`{3,})(.*)$/.exec(text)
    const title = /^#+ (.*)$/.exec(text)
    if (title?.[1] !== undefined) heading = title[1]
    if (fence?.[1] !== undefined) {
      open = { mark: fence[1], info: fence[2] ?? '', line: index + 1, code: [] }
    }
  })
  if (open !== undefined) throw new Error(`Line ${String(open.line)}: this fence is never closed.`)
  return fences
}

function readInfo(info: string, line: number): Pick<Fence, 'language' | 'words' | 'values'> {
  const words: string[] = []
  const values: Record<string, unknown> = {}
  let rest = info.trim()
  while (rest !== '') {
    const name = /^(\w+)=/.exec(rest)?.[1]
    const end = name === undefined ? endOfWord(rest, 0) : endOfValue(rest, name.length + 1)
    if (name === undefined) words.push(rest.slice(0, end))
    else values[name] = parse(rest.slice(name.length + 1, end), name, line)
    rest = rest.slice(end).trimStart()
  }
  const [language = '', ...others] = words
  return { language, words: others, values }
}

function endOfWord(text: string, start: number): number {
  const space = text.indexOf(' ', start)
  return space === -1 ? text.length : space
}

/** The end of a JSON value: the first space outside brackets and quotes. */
function endOfValue(text: string, start: number): number {
  let depth = 0
  let quoted = false
  for (let index = start; index < text.length; index += 1) {
    const letter = text[index] ?? ''
    if (quoted) {
      if (letter === '\\') index += 1
      else if (letter === '"') quoted = false
    } else if (letter === '"') quoted = true
    else if ('{['.includes(letter)) depth += 1
    else if ('}]'.includes(letter)) depth -= 1
    else if (letter === ' ' && depth === 0) return index
  }
  return text.length
}

function parse(text: string, name: string, line: number): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`Line ${String(line)}: ${name}= must be JSON: ${String(error)}`, {
      cause: error,
    })
  }
}
