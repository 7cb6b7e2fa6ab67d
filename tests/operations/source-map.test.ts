/** Where the characters of an expression are written. */
import { describe, expect, it } from 'vitest'
import { concatenate } from '../../src/expressions/index.ts'
import { placeOfRange } from '../../src/operations/source-map.ts'
import { widerTextsOf } from '../../src/operations/source-text.ts'
import type { SourceText } from '../../src/operations/source-text.ts'
import { expressionText } from '../../src/operations/text.ts'
import { moduleOf, probes, projectOf } from '../support/facts.ts'

/** The texts that the `probe(…)` of some code is given, holes as `◊`. */
function textsIn(code: string): readonly string[] {
  const [term] = probes(moduleOf(code))
  const texts = term ? widerTextsOf(term) : null
  return (texts ?? []).map(readable)
}

function readable(text: SourceText): string {
  return concatenate(expressionText(text)).text.replaceAll('\uFFFC', '◊')
}

/** What of the source stands where `wanted` stands in the first text of `probe(…)`, and whether it is just that. */
function mapped(code: string, wanted: string): readonly [string, boolean] | null {
  const module = moduleOf(code)
  const [term] = probes(module)
  const [text] = (term && widerTextsOf(term)) ?? []
  if (!text) return null
  const start = readable(text).indexOf(wanted)
  const found = placeOfRange(text, [start, start + wanted.length], { module, text: code })
  return found && [code.slice(found.at.start, found.at.end), found.isExact]
}

describe('texts', () => {
  it.each([
    ["probe('a')", ['a']],
    ["probe('a' + b + 'c')", ['a◊c']],
    ["let t = 'a'; if (b) t += 'c'; probe(t)", ['ac', 'a']],
    ["probe(['a', b, 'c'].join(','))", ['a,◊,c']],
    ["const list = ['a']; if (x) list.push('b'); probe(list.join(' '))", ['a b', 'a']],
    [
      "const list: string[] = []; x.forEach(() => list.push('b')); probe('' + list.join(' '))",
      ['◊'],
    ],
    ["const list = ['b']; list.unshift('a'); probe('' + list.join(' '))", ['◊']],
    ["let t = 'a'; x.forEach(() => { t += 'b' }); probe('' + t)", ['◊']],
    ['probe(x)', []],
  ])('%s', (code, expected) => {
    expect(textsIn(code)).toEqual(expected)
  })

  it('takes a list with too many combinations apart', () => {
    const pushes = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
      (name) => `if (x.${name}) list.push('${name}')`,
    )
    const texts = textsIn(`const list = []; ${pushes.join(';')}; probe('SET ' + list.join(','))`)
    expect(texts).toEqual(
      expect.arrayContaining(['SET ◊', 'SET c', 'SET ◊,c', 'SET c,◊', 'SET ◊,c,◊']),
    )
  })
})

describe('places', () => {
  it.each([
    ["probe('a status b')", 'status', 'status', true],
    [String.raw`probe('\x61 \u{1F600}\n\'status')`, 'status', 'status', true],
    [String.raw`probe('a\tb')`, '\t', String.raw`\t`, true],
    ["probe('a ' + x + 'b status')", 'status', 'status', true],
    ['probe(`a ${x} status`)', 'status', 'status', true],
    ['probe(`a ${x} status`)', '◊', 'x', false],
    ["const t = 'status'; probe(t)", 'status', 'status', true],
    ["const t = 'status'; probe(`a ${t}`)", 'status', 'status', true],
    ["probe(['a', 'status'].join(' '))", 'status', 'status', true],
    ["probe('sta' + 'tus')", 'status', "sta' + 'tus", false],
  ])('%s: %s', (code, wanted, expected, isExact) => {
    expect(mapped(code, wanted)).toEqual([expected, isExact])
  })

  it('takes an empty range for the character before it', () => {
    const code = "probe('abc')"
    const module = moduleOf(code)
    const [term] = probes(module)
    const [text = []] = (term && widerTextsOf(term)) ?? []
    const found = placeOfRange(text, [3, 3], { module, text: code })
    expect(found?.at).toEqual({ module, start: 9, end: 10 })
  })

  it('has none for what another file says', () => {
    const files = {
      'texts.ts': "export const text = 'status'",
      'main.ts': "import { text } from './texts.ts'\nprobe(text)",
    }
    const module = projectOf(files)('main.ts')
    const [term] = probes(module)
    const [text = []] = (term && widerTextsOf(term)) ?? []
    expect(readable(text)).toBe('status')
    expect(placeOfRange(text, [0, 6], { module, text: files['main.ts'] })).toBeNull()
  })
})
