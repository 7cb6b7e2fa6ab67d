/** Where a call stands: which decisions lead to it, in which loops and exceptions, and whether its value is taken. */
import { describe, expect, it } from 'vitest'
import type { CallFacts } from '../../src/facts/model.ts'
import { factsOf, guardsOfCall } from '../support/facts.ts'

function callsOf(text: string): readonly { name: string; call: CallFacts; guards: string }[] {
  const facts = factsOf(text)
  return facts.calls.map((call) => ({
    name: text.slice(call.calleeAt.start, call.calleeAt.end),
    call,
    guards: guardsOfCall(text, facts, call).join(', '),
  }))
}

function guards(text: string): readonly string[] {
  return callsOf(text).map((c) => (c.guards === '' ? c.name : `${c.name} if ${c.guards}`))
}

describe('guards', () => {
  it.each([
    ['if (a) x(); else y()', ['x if if:0 a', 'y if if:1 a']],
    ['if (a) { if (b) x() }', ['x if if:0 a, if:0 b']],
    ['if (a) return; x()', ['x if if:1 a']],
    ['if (a) throw e; x()', ['x if if:1 a']],
    ['if (a) { } else return; x()', ['x if if:0 a']],
    ['if (a) { if (b) return } x()', ['x']],
    ['if (a) { if (b) return; x() } y()', ['x if if:0 a, if:1 b', 'y']],
    ['if (a) return; else if (b) return; x()', ['x if if:1 a, if:1 b']],
    ['if (a) { x(); return } y()', ['x if if:0 a', 'y if if:1 a']],
    ['for (;;) { if (a) continue; x() } y()', ['x if loop:0, if:1 a', 'y']],
    ['for (;;) { if (a) break; x() } y()', ['x if loop:0, if:1 a', 'y']],
    ['a && x()', ['x if logical:0 a']],
    ['a || x()', ['x if logical:1 a']],
    ['a ?? x()', ['x if logical:1 a']],
    ['a ??= x()', ['x if logical:1 a']],
    ['a &&= x()', ['x if logical:0 a']],
    ['a ? x() : y()', ['x if conditional:0 a', 'y if conditional:1 a']],
    ['if (a && x()) y()', ['x if logical:0 a', 'y if if:0 a && x()']],
    ['a?.x(); y()', ['x if logical:0 a', 'y']],
    [
      'a?.b(x()).c(y())',
      ['x if logical:0 a', 'b if logical:0 a', 'y if logical:0 a', 'c if logical:0 a'],
    ],
    ['a?.(x()); y()', ['x if logical:0 a', 'a if logical:0 a', 'y']],
    ['(a?.b)(x()); y()', ['x', 'b', 'y']],
    ['a?.[x()]; y()', ['x if logical:0 a', 'y']],
    ['delete a?.b; x()', ['x']],
    ['x() || y(); z()', ['x', 'y if logical:1 x()', 'z']],
    ['try { x() } catch { return } y()', ['x', 'y']],
    ['try { return x() } catch { y() } z()', ['x', 'y if catch:1', 'z if catch:1']],
    [
      'switch (a) { case 1: x(); break; default: y() } z()',
      ['x if switch:0 a', 'y if switch:1 a', 'z'],
    ],
    ['switch (a) { case 1: return; case 2: throw b } x()', ['x if switch:2 a']],
    [
      'switch (a) { case 1: if (b) break; return; default: return } x()',
      ['x if switch:0 a, if:0 b'],
    ],
    ['out: { if (a) break out; x() } y()', ['x if if:1 a', 'y']],
    ['if (a) { const f = () => x(); y(f) }', ['y if if:0 a', 'x']],
  ])('%s', (code, expected) => {
    expect(guards(`function f(a, b, e) { ${code} }`)).toEqual(expected)
  })

  it('keeps a bounded number of them', () => {
    const text = `function f() {\n${'if (a) return\n'.repeat(200)}x()\n}`
    expect(callsOf(text)[0]?.call.guards).toHaveLength(60)
  })
})

it('knows the loops that a call stands in, innermost last', () => {
  const text = 'a(); for (const x of b()) { c(); while (d()) e() } do f(); while (g())'
  expect(callsOf(text).map(({ name, call }) => [name, call.loops])).toEqual([
    ['a', []],
    ['b', []],
    ['c', [0]],
    ['d', [0, 1]],
    ['e', [0, 1]],
    ['f', [2]],
    ['g', [2]],
  ])
})

it('knows what is tried, and what is done when that fails', () => {
  const text = 'try { a(); try { b() } finally { c() } } catch (e) { d() } finally { f() } g()'
  expect(callsOf(text).map(({ name, call }) => [name, call.tries, call.handlers])).toEqual([
    ['a', [0], []],
    ['b', [0, 1], []],
    ['c', [0], []],
    ['d', [], [0]],
    ['f', [], []],
    ['g', [], []],
  ])
})

describe('discarded', () => {
  it.each([
    ['x()', true],
    ['await x()', true],
    ['void x()', true],
    ['new x()', true],
    ['x()?.y', false],
    ['a?.x()', true],
    ['(x() as any)', true],
    ['a && x()', true],
    ['x() && a', false],
    ['a ? x() : b', true],
    ['a, x()', true],
    ['const b = x()', false],
    ['b = x()', false],
    ['return x()', false],
    ['if (x()) a', false],
    ['const p = a; await p; x(p)', true],
  ])('%s: %s', (code, expected) => {
    const found = callsOf(`async function f(a, b) { ${code} }`).find(({ name }) => name === 'x')
    expect(found?.call.discarded).toBe(expected)
  })

  it('is not said of a promise that is kept before it is awaited', () => {
    expect(callsOf('const p = x(); await p').map(({ call }) => call.discarded)).toEqual([false])
  })
})

it('notes calls in the order in which they happen, and where what they call is named', () => {
  const text = 'a.b(c(), ...d()).e(new F(g()))'
  expect(callsOf(text).map(({ name, call }) => [name, call.isNew, call.arguments.length])).toEqual([
    ['c', false, 0],
    ['d', false, 0],
    ['b', false, 2],
    ['g', false, 0],
    ['F', true, 1],
    ['e', false, 1],
  ])
})

it('lists the calls of each function apart', () => {
  const facts = factsOf('a(); function f() { b(); return () => c() } d()')
  expect(facts.functions.map(({ calls }) => calls)).toEqual([[0, 1], [2], [3]])
  expect(facts.calls.map((call) => call.function)).toEqual([0, 0, 1, 2])
})
