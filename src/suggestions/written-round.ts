import type { CallFacts, Range } from '../facts/model.ts'
import type { EachElement } from '../flow/loops/each-element.ts'
import { callOf, functionOf } from '../project/module.ts'
import { rootNames } from './names-in-scope.ts'
import { contains, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** What is done for each element of a list, and how that is written in this file. */
export interface WrittenRound {
  readonly kind: 'for-of' | 'map'
  /** The loop, or the statement that waits for what `map` gives. */
  readonly statement: Range
  readonly indent: string
  readonly lineEnd: string
  /** The code of the function in which the statement stands. */
  readonly around: { readonly text: string }
  /** The list, and the name or pattern that an element has. */
  readonly list: string
  readonly element: string
  /** Names that the pattern binds. */
  readonly names: readonly string[]
  /** What is done: a block with its braces, or the value that a callback is. */
  readonly body: Range
  /** The call that sends the request, once in each round. */
  readonly call: CallFacts
  /** `Promise.all(…)` around the call of `map`; of a loop null. */
  readonly all: Range | null
}

/**
 * A `for of`, or `Promise.all` of a mapped list, that sends one request itself. Null where the list is more than a value that
 * is read, or where what fails is dealt with in the round.
 */
export function writtenRound(
  file: SourceFile,
  { occurrence, round }: EachElement,
): WrittenRound | null {
  const { trail } = occurrence
  const last = trail.at(-1)
  if (last?.frame.module !== file.module || round.at.module !== file.module) return null
  const call = callOf(file.module, last.call)
  const isInTry = [...call.tries, ...call.handlers].some((id) => {
    const at = file.module.facts.tries[id]?.at
    return at && contains(round.at, at)
  })
  if (isInTry) return null
  return round.kind === 'for-of' && trail.length === 1
    ? loopIn(file, round, call)
    : round.kind === 'callback' && trail.length === 2
      ? mappedIn(file, round, call)
      : null
}

type Round = EachElement['round']

const PATTERN = /^(?:[A-Za-z_$][\w$]*|\{[\w$\s,:]*\})$/

function loopIn(file: SourceFile, { at, overAt }: Round, call: CallFacts): WrittenRound | null {
  const innermost = file.module.facts.loops[call.loops.at(-1) ?? -1]
  if (!overAt || innermost?.at.start !== at.start) return null
  const head = /^for\s*\(\s*(?:const|let)\s+(.*?)\s+of\s+$/s.exec(
    textAt(file, { start: at.start, end: overAt.start }),
  )
  const behind = /^\s*\)\s*(?=\{)/.exec(textAt(file, { start: overAt.end, end: at.end }))
  const element = head?.[1] ?? ''
  const list = textAt(file, overAt)
  if (!behind || !PATTERN.test(element) || !isValue(list)) return null
  const place = placeOfStatement(file, at)
  if (place === null) return null
  const body = { start: overAt.end + behind[0].length, end: at.end }
  return {
    kind: 'for-of',
    ...place,
    list,
    element,
    names: namesIn(element),
    body,
    call,
    all: null,
  }
}

function mappedIn(file: SourceFile, { at, overAt }: Round, call: CallFacts): WrittenRound | null {
  const { module, text } = file
  const map = module.facts.calls.find((one) => one.at.start === at.start && one.at.end === at.end)
  const [callback, ...others] = map?.arguments ?? []
  if (!map || !overAt || !callback || others.length > 0) return null
  if (textAt(file, map.calleeAt) !== 'map' || call.loops.length > 0) return null
  const head =
    /^(?:async\s+)?(?:([A-Za-z_$][\w$]*)|\(\s*([A-Za-z_$][\w$]*|\{[\w$\s,:]*\})(\s*:\s*[\w$.[\]<>, |]+)?\s*\))\s*=>\s*/.exec(
      textAt(file, callback.at),
    )
  const pattern = head?.[1] ?? head?.[2]
  const list = textAt(file, overAt).replace(/\s*\.\s*$/, '')
  const all = /Promise\.all\(\s*$/.exec(text.slice(0, map.at.start).slice(-200))
  const behind = /^,?\s*\)/.exec(text.slice(map.at.end, map.at.end + 200))
  if (!head || pattern === undefined || !isValue(list) || !all || !behind) return null
  const around = { start: map.at.start - all[0].length, end: map.at.end + behind[0].length }
  const before = /(?:^|\n)([ \t]*)([^\n]*)$/.exec(text.slice(0, around.start))
  const after = /^;?(?=[ \t]*(?:\r?\n|$))/.exec(text.slice(around.end, around.end + 200))
  const isPlain = /^(?:return\s+(?:await\s+)?|(?:(?:const|let)\s+[\w$]+\s*=\s*)?await\s+)$/
  if (!before || !after || !isPlain.test(before[2] ?? '')) return null
  if (!functionOf(module, map.function).async) return null
  const whole = {
    start: around.start - (before[2] ?? '').length,
    end: around.end + after[0].length,
  }
  const place = placeOfStatement(file, whole)
  if (place === null) return null
  const body = { start: callback.at.start + head[0].length, end: callback.at.end }
  const element = `${pattern}${head[3] ?? ''}`
  const names = namesIn(pattern)
  return { kind: 'map', ...place, list, element, names, body, call, all: around }
}

/** Where a statement begins a line of a block, so that others can stand before it. */
function placeOfStatement(
  file: SourceFile,
  at: Range,
): Pick<WrittenRound, 'statement' | 'indent' | 'lineEnd' | 'around'> | null {
  const { text } = file
  const line = text.lastIndexOf('\n', at.start - 1) + 1
  const indent = text.slice(line, at.start)
  const above = text.slice(0, line).trimEnd()
  if (!/^[ \t]*$/.test(indent) || !endsStatement(above)) return null
  const inner = file.module.facts.functions
    .filter((fn) => contains(fn.at, at))
    .reduce((a, b) => (contains(a.at, b.at) ? b : a))
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  return { statement: at, indent, lineEnd, around: { text: textAt(file, inner.at) } }
}

/** What follows is a statement of a block, and not what an `if` does that has none. */
function endsStatement(above: string): boolean {
  if (!above.endsWith(')')) return !/(?:=>|[=,(?|&+]|\b(?:else|do|return))$/.test(above)
  let depth = 0
  for (let at = above.length - 1; at >= 0; at -= 1) {
    if (above[at] === ')') depth += 1
    if (above[at] === '(') depth -= 1
    if (depth === 0)
      return !/\b(?:if|for|while|with)\s*(?:await\s*)?$/.test(above.slice(0, at).slice(-40))
  }
  return false
}

/** Reading it twice gives the same. */
function isValue(list: string): boolean {
  return rootNames(list) !== null
}

/** `id` of `id`, `customerId` and `to` of `{ customerId, of: to }`. */
function namesIn(pattern: string): readonly string[] {
  if (!pattern.startsWith('{')) return [pattern]
  return pattern
    .slice(1, -1)
    .split(',')
    .map((part) => part.split(':').at(-1)?.trim() ?? '')
    .filter((name) => name !== '')
}
