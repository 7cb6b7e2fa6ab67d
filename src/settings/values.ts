/** Readers for plain values from outside: each gives the value, or says in a sentence what is wrong. */

/** Takes one problem: the path of the value, and the rest of the sentence. */
export type Report = (path: string, sentence: string) => void

/** An object whose values have not been looked at. */
export type Fields = Readonly<Record<string, unknown>>

export function readObject(
  value: unknown,
  path: string,
  known: readonly string[],
  report: Report,
  example: string,
): Fields {
  if (!isFields(value)) {
    report(path, `must be an object such as ${example}; it is ${describe(value)}.`)
    return {}
  }
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue
    const near = nearest(name, known)
    const mend = near === undefined ? `Use one of ${known.join(', ')}.` : `Did you mean ${near}?`
    report(member(path, name), `is not a setting. ${mend}`)
  }
  return value
}

export function readEntries(value: unknown, path: string, report: Report): [string, unknown][] {
  if (value === undefined) return []
  if (isFields(value)) return Object.entries(value)
  report(path, `must be an object with a name for each entry; it is ${describe(value)}.`)
  return []
}

export function readName(value: unknown, path: string, report: Report): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value
  report(path, `must be an attribute name; it is ${describe(value)}.`)
  return undefined
}

export function readBoolean(value: unknown, path: string, report: Report): boolean {
  if (value === undefined) return false
  if (typeof value === 'boolean') return value
  report(path, `must be true or false; it is ${describe(value)}.`)
  return false
}

interface NumberBounds {
  readonly atLeast: number
  readonly atMost?: number
  readonly whole?: boolean
  readonly what: string
}

export function readNumber(
  value: unknown,
  path: string,
  report: Report,
  { atLeast, atMost = Number.MAX_SAFE_INTEGER, whole = false, what }: NumberBounds,
): number | undefined {
  if (value === undefined) return undefined
  const fits = typeof value === 'number' && value >= atLeast && value <= atMost
  if (fits && (!whole || Number.isInteger(value))) return value
  report(path, `must be ${what}; it is ${describe(value)}.`)
  return undefined
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function member(path: string, name: string): string {
  return /^[\w$]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`
}

export function quote(text: string): string {
  return `'${text}'`
}

export function describe(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'missing'
    case 'string':
      return value === '' ? 'an empty string' : quote(value)
    case 'number':
    case 'boolean':
      return String(value)
    case 'object':
      if (value === null) return 'missing'
      return Array.isArray(value) ? 'a list' : 'an object'
    default:
      return `a ${typeof value}`
  }
}

function nearest(name: string, known: readonly string[]): string | undefined {
  const letters = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '')
  const wanted = letters(name)
  return known.find((candidate) => {
    const other = letters(candidate)
    return other === wanted || differsLittle(other, wanted)
  })
}

/** True where the words differ in one stretch of at most two letters. */
function differsLittle(left: string, right: string): boolean {
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && left[start] === right[start]) start += 1
  let end = 0
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1
  return Math.max(left.length, right.length) - start - end <= 2
}
