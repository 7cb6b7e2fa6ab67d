/** What the texts of expressions may be. */
import { describe, expect, it } from 'vitest'
import { holeCharacter } from '../../src/expressions/index.ts'
import { expressionsOf } from '../../src/operations/text.ts'
import { moduleOf, probes } from '../support/facts.ts'

/** The texts that the probe may be, `…` for what is not known; null where nothing is. */
function texts(code: string): readonly string[] | null {
  const [term] = probes(moduleOf(code))
  if (!term) throw new Error('nothing is probed')
  return expressionsOf('Filter', term)?.map((p) => p.text.replaceAll(holeCharacter, '…')) ?? null
}

describe('known', () => {
  it.each([
    ["probe('a = :a')", ['a = :a']],
    ['probe(`a = :a`)', ['a = :a']],
    ["probe('a = :a' + ' AND ' + 'b = :b')", ['a = :a AND b = :b']],
    ["const n = '#a'; probe(`${n} = :a`)", ['#a = :a']],
    ['probe(`#a${1} = :a`)', ['#a1 = :a']],
    ["probe(c ? 'a = :a' : 'b = :b')", ['a = :a', 'b = :b']],
    ["let e = 'a = :a'; if (c) e += ' AND b = :b'; probe(e)", ['a = :a AND b = :b', 'a = :a']],
    [
      "let e = 'a = :a'; if (c) e += ' AND b = :b'; else e += ' AND c = :c'; probe(e)",
      ['a = :a AND b = :b', 'a = :a AND c = :c'],
    ],
    ["const f = (n) => `${n} = :x`; probe(f('a'))", ['a = :x']],
    [
      "const eq = (n, v) => `${n} = ${v}`; probe(`${eq('a', ':a')} AND ${eq('b', ':b')}`)",
      ['a = :a AND b = :b'],
    ],
    ["probe(['a = :a', 'b = :b'].join(' AND '))", ['a = :a AND b = :b']],
    ["const p = ['a = :a']; p.push('b = :b'); probe(p.join(' AND '))", ['a = :a AND b = :b']],
    [
      "const p = ['a = :a']; if (c) p.push('b = :b'); probe(p.join(' AND '))",
      ['a = :a AND b = :b', 'a = :a'],
    ],
  ])('%s', (code, expected) => {
    expect(texts(code)).toEqual(expected)
  })
})

describe('with holes', () => {
  it.each([
    ['function f(n) { probe(`${n} = :a`) }', ['… = :a']],
    ["function f(n) { probe(n + ' = :a') }", ['… = :a']],
    ["function f(n = '#a') { probe(`${n} = :a`) }", ['… = :a', '#a = :a']],
    [
      "let e = 'a = :a'; for (const x of xs) e += ' OR ' + x; probe(e)",
      ['a = :a', 'a = :a OR …', '… OR …'],
    ],
  ])('%s', (code, expected) => {
    expect(texts(code)?.slice(0, 2)).toEqual(expected.slice(0, 2))
  })
})

describe('unknown', () => {
  it.each([
    ['function f(e) { probe(e) }'],
    ['probe(build())'],
    ['probe(undefined)'],
    ['probe(1)'],
    ["probe(c ? 'a = :a' : build())"],
    ["const p = []; for (const x of xs) p.push('a = :a'); probe(p.join(' AND '))"],
  ])('%s', (code) => {
    expect(texts(code)).toBeNull()
  })

  it('where there are very many', () => {
    const parts = Array.from(
      { length: 6 },
      (_, i) => `if (c${String(i)}) e += ' AND a${String(i)} = :a'`,
    )
    expect(texts(`let e = 'x = :x'\n${parts.join('\n')}\nprobe(e)`)).toBeNull()
  })
})
