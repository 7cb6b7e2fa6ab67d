/** Damaged copies of a program, the same ones each time. */

/** A damaged program and what was done to it. */
export interface Mutation {
  readonly name: string
  readonly code: string
}

/**
 * The program cut off at `count` places, each once as it is and once with every open bracket closed
 * so that it may parse.
 */
export function truncations(source: string, count: number): Mutation[] {
  return Array.from({ length: count }, (_, index) => {
    const end = Math.floor((source.length * (index + 1)) / (count + 1))
    const cut = source.slice(0, end)
    const rest = source.slice(end)
    const wordEnd = cut + rest.slice(0, rest.search(/\W|$/))
    return [
      { name: `cut at ${String(end)}`, code: cut },
      { name: `cut at ${String(end)} and closed`, code: wordEnd + closers(wordEnd) },
    ]
  }).flat()
}

/** The program with one or two words or marks dropped, doubled, swapped or replaced. */
export function mutations(source: string, count: number): Mutation[] {
  const words = source.match(/\w+|\s+|"[^"\n]*"|'[^'\n]*'|\/\/.*|[^\w\s]/g) ?? []
  const places = words.flatMap((word, index) => (/^(\s|\/\/)/.test(word) ? [] : [index]))
  const random = randomNumbers(words.length + 1)
  return Array.from({ length: count }, (_, index) => {
    const changed = [...words]
    const done = Array.from({ length: 1 + (index % 2) }, () => {
      const place = places[random(places.length)] ?? 0
      const other = places[random(places.length)] ?? 0
      return change(changed, place, other, random)
    })
    return { name: done.join(', '), code: changed.join('') }
  })
}

const strangers = [
  'undefined',
  'null',
  '0',
  "''",
  '``',
  '`a${b}c${d}`',
  '{}',
  '[]',
  '[,...a]',
  '(() => {})',
  'this',
  'class {}',
  'await x',
  'a?.b?.[c]',
  '...rest',
  '({ a: 1, [b]: 2, ...c })',
  'function* () { yield }',
  'new X',
  'a ? b : c',
  'import("x")',
]

function change(
  words: string[],
  place: number,
  other: number,
  random: (limit: number) => number,
): string {
  const word = words[place] ?? ''
  const kind = random(5)
  switch (kind) {
    case 0:
      words[place] = ''
      return `${word} dropped`
    case 1:
      words[place] = `${word} ${word}`
      return `${word} doubled`
    case 2:
      words[place] = words[other] ?? ''
      words[other] = word
      return `${word} and ${words[place] ?? ''} swapped`
    case 3:
      words[place] = words[other] ?? ''
      return `${word} became ${words[place] ?? ''}`
    default:
      words[place] = strangers[random(strangers.length)] ?? ''
      return `${word} became ${words[place] ?? ''}`
  }
}

/** Pseudo-random whole numbers below a limit; a Lehmer generator, so that a failure comes again. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed % 2_147_483_647
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647
    return limit === 0 ? 0 : state % limit
  }
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

function closers(source: string): string {
  const code = source.replace(
    /\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g,
    '',
  )
  const open: string[] = []
  for (const letter of code) {
    const closer = pairs[letter]
    if (closer !== undefined) open.push(closer)
    else if (letter === open.at(-1)) open.pop()
  }
  const quote = /[^]*(['"`])/.exec(code.split('\n').at(-1) ?? '')?.[1] ?? ''
  return quote + open.reverse().join('')
}
