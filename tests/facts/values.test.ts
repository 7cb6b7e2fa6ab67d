/** What expressions say, and where their pieces are written. */
import { describe, expect, it } from 'vitest'
import type { ObjectEntry, TemplatePart } from '../../src/facts/model.ts'
import { callsNamed, factsOf, said } from '../support/facts.ts'

it.each([
  ["'a'", '"a"'],
  ['1', '1'],
  ['-1', '-1'],
  ['true', 'true'],
  ['null', 'null'],
  ['undefined', 'undefined'],
  ['void 0', 'undefined'],
  ['/a/', 'unknown'],
  ['10n', 'unknown'],
  ['new.target', 'unknown'],
  ['import.meta.env.T', 'import.meta.env.T'],
  ['x', 'x'],
  ['this', 'this0'],
  ['!x', '!(x)'],
  ['typeof x', 'typeof(x)'],
  ['a + 1', '(a + 1)'],
  ['a === 1', '(a === 1)'],
  ['a && b', '(a && b)'],
  ['a ?? b', '(a ?? b)'],
  ['c ? 1 : 2', 'choice0(0: 1 | 1: 2)'],
  ['(1, 2)', '2'],
  ['await a', 'a'],
  ['a as string', 'a'],
  ['a!', 'a'],
  ['<string>a', 'a'],
  ['a satisfies B', 'a'],
  ['f<string>', 'f'],
  ['a?.b?.[c]', 'a.b[c]'],
  ["a['b'][0]", 'a.b.0'],
  ['f(1, ...a)', 'f(1, ...a)'],
  ['a.b(c)', 'a.b(c)'],
  ['new A.B(1)', 'new A.B(1)'],
  ['tag`a${b}`', 'tag(`a${b}`)'],
  ["require('y')", 'import(y).*'],
  ["require('y').z", 'import(y).*.z'],
  ["await import('y')", 'import(y).*'],
  ['import(y)', 'unknown(y)'],
  ['[1, , ...a]', '[1, undefined, ...a]'],
  ["{ a: 1, 'b-c': 2, 3: 4, d }", '{ a: 1, b-c: 2, 3: 4, d: d }'],
  ["{ ['a' + 'b']: 1, [`c`]: 2, [d]: 3 }", '{ [`ab`]: 1, c: 2, [d]: 3 }'],
  ['{ ...a, b: 1, ...(c && { d }) }', '{ ...a, b: 1, ...(c && { d: d }) }'],
  ['class A {}', 'class A'],
])('reads %s', (expression, expected) => {
  expect(said(`probe(${expression})`)).toEqual([expected])
})

it('reads an element of JSX as something made of the values in it', () => {
  const text = 'probe(<A x={a} {...b}>{c}<>{d}</>text</A>)'
  expect(said(text, 'code.tsx')).toEqual(['unknown(a, b, c, d)'])
})

describe('text', () => {
  function partsOf(text: string): readonly TemplatePart[] {
    const facts = factsOf(text)
    const [first] = callsNamed(facts)[0]?.arguments ?? []
    const value = first ? facts.values[first.value] : undefined
    if (value?.kind !== 'template') throw new Error('it is no template')
    return value.parts
  }

  /** Each piece as it reads, and as it is written in the source. */
  function pieces(text: string): readonly (readonly [string, string])[] {
    return partsOf(text).map((part) => [
      part.kind === 'text' ? part.text : '${}',
      text.slice(part.at.start, part.at.end),
    ])
  }

  it('keeps each piece of a template with its place', () => {
    expect(pieces('probe(`USER#${id}#${ a.b }.`)')).toEqual([
      ['USER#', 'USER#'],
      ['${}', 'id'],
      ['#', '#'],
      ['${}', 'a.b'],
      ['.', '.'],
    ])
  })

  it('reads escapes as they read at run time, at the place where they are written', () => {
    expect(pieces('probe(`a\\n\\u0041${x}\\`}`)')).toEqual([
      ['a\nA', 'a\\n\\u0041'],
      ['${}', 'x'],
      ['`}', '\\`}'],
    ])
  })

  it('puts literals into the text, without their quotes where they stand in it', () => {
    expect(pieces("const t = 'K'; probe(`${'a'}${1}${t}${null}${x}`)")).toEqual([
      ['a', 'a'],
      ['1', '1'],
      ['K', 't'],
      ['null', 'null'],
      ['${}', 'x'],
    ])
  })

  it('takes a sum with a text in it for a text', () => {
    expect(pieces('const t = "K"; probe("a" + x + \'b\' + t + 1)')).toEqual([
      ['a', 'a'],
      ['${}', 'x'],
      ['b', 'b'],
      ['K', 't'],
      ['1', '1'],
    ])
  })

  it('adds to a text with +=', () => {
    expect(said("let e = 'a = :a'; e += ' AND '; e += `b = ${b}`; probe(e)")).toEqual([
      '`a = :a AND b = ${b}`',
    ])
  })

  it('takes a template with nothing but text for a literal', () => {
    expect(said("const a = 'x'; probe(`b`); probe(``); probe(`${a}y`)")).toEqual([
      '"b"',
      '""',
      '`xy`',
    ])
  })

  it('keeps the text of a template inside a template where it is written', () => {
    expect(pieces('const inner = `a${x}`; probe(`(${inner})`)')).toEqual([
      ['(', '('],
      ['a', 'a'],
      ['${}', 'x'],
      [')', ')'],
    ])
  })

  it('stops growing a text that is added to without end', () => {
    const text = `let e = 'x'\n${'e += y\n'.repeat(2000)}probe(e)`
    const facts = factsOf(text)
    const lengths = facts.values.map((v) => (v.kind === 'template' ? v.parts.length : 0))
    expect(Math.max(...lengths)).toBe(400)
  })
})

describe('objects', () => {
  function entriesOf(text: string): readonly ObjectEntry[] {
    const facts = factsOf(text)
    const [first] = callsNamed(facts)[0]?.arguments ?? []
    const value = first ? facts.values[first.value] : undefined
    if (value?.kind !== 'object') throw new Error('it is no object')
    return value.entries
  }

  it('knows where each key, each value and each whole entry is written', () => {
    const text = "probe({ 'a': 1 + 2, b, ['c']: 3, [d]: e, ...f, g() {} })"
    const slice = (at: { start: number; end: number }): string => text.slice(at.start, at.end)
    const places = entriesOf(text).map((e) =>
      e.kind === 'spread' ? [slice(e.at)] : [slice(e.keyAt), slice(e.valueAt), slice(e.at)],
    )
    expect(places).toEqual([
      ["'a'", '1 + 2', "'a': 1 + 2"],
      ['b', 'b', 'b'],
      ["'c'", '3', "['c']: 3"],
      ['d', 'e', '[d]: e'],
      ['...f'],
      ['g', '() {}', 'g() {}'],
    ])
  })

  it('tells shorthand properties from others', () => {
    const shorthand = entriesOf('probe({ a, b: b })').map(
      (e) => e.kind === 'property' && e.shorthand,
    )
    expect(shorthand).toEqual([true, false])
  })

  it('takes a getter for one and leaves setters out', () => {
    const facts = factsOf('probe({ get a() { return 1 }, set a(v) {}, set b(v) {} })')
    expect(facts.functions.map((f) => `${f.kind} ${f.name}`)).toEqual([
      'module ',
      'getter a',
      'setter a',
      'setter b',
    ])
    expect(said('probe({ get a() { return 1 }, set a(v) {}, set b(v) {} })')).toEqual([
      '{ a: function1 a }',
    ])
  })

  it('keeps what changes an object later, and where', () => {
    const text = 'const p = {}; p.Limit = 5 + 5; probe(p)'
    const facts = factsOf(text)
    const [first] = callsNamed(facts)[0]?.arguments ?? []
    const value = first ? facts.values[first.value] : undefined
    if (value?.kind !== 'set') throw new Error('nothing was set')
    expect([value.key, value.keyAt, value.valueAt]).toEqual([
      'Limit',
      { start: 16, end: 21 },
      { start: 24, end: 29 },
    ])
  })

  it.each([
    ['p.a = 1', '{} with .a = 1'],
    ["p['a'] = 1", '{} with .a = 1'],
    ['p[k] = 1', '{} with [k] = 1'],
    ['p.a.b = 1', '{} with .a = {}.a with .b = 1'],
    ['p!.a = 1', '{} with .a = 1'],
    ['(p as any).a = 1', '{} with .a = 1'],
    ['p.a += 1', '{} with .a = ({}.a + 1)'],
    ['p.a++', '{} with .a = ({}.a + 1)'],
    ['p.a ??= 1', '{} with .a = ({}.a ?? 1)'],
    ['delete p.a', '{} without .a'],
    ['delete p[k]', '{} without [k]'],
    ['delete p.a.b', '{} with .a = {}.a without .b'],
    ['Object.assign(p, { a: 1 }, q)', '{ ...{}, ...{ a: 1 }, ...q }'],
    ['p.list.push(1, ...x)', '{} with .list = {}.list and 1, ...x'],
    ['[p.a, p.b] = q', '{} with .a = q.0 with .b = q.1'],
    ['({ x: p.a } = q)', '{} with .a = q.x'],
    ['f().a = 1', '{}'],
  ])('%s', (change, expected) => {
    expect(said(`const p = {}; ${change}; probe(p)`)).toEqual([expected])
  })

  it('evaluates nothing twice that stands in what is changed', () => {
    const text = 'f().a.b = 1; g().n += 1; h()[i()]++; delete j().k.l; (m() ?? o()).p.push(1)'
    const facts = factsOf(text)
    expect(facts.calls.map((c) => text.slice(c.calleeAt.start, c.calleeAt.end))).toEqual([
      'f',
      'g',
      'h',
      'i',
      'j',
      'm',
      'o',
      'push',
    ])
  })

  it('takes Object.assign to a new object for that object', () => {
    expect(said('const a = Object.assign({}, b, { c: 1 }); probe(a)')).toEqual([
      '{ ...{}, ...b, ...{ c: 1 } }',
    ])
  })
})

it('reads enums as objects', () => {
  const text = "enum E { A, B, C = 'c', D = 5, F, G = f() } probe(E); probe(E.C)"
  expect(said(text)).toEqual([
    '{ A: 0, B: 1, C: "c", D: 5, F: 6, G: f() }',
    '{ A: 0, B: 1, C: "c", D: 5, F: 6, G: f() }.C',
  ])
})

it('reads namespaces as objects of what they declare', () => {
  const text =
    'namespace N { export const t = 1; var u = 2; export function f() { probe(u) } }\nprobe(N)'
  expect(said(text)).toEqual(['{ u: variable u, t: variable t, f: variable f }', 'variable u'])
})
