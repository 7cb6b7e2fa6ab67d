/** Code that a machine wrote, or that nobody would write, is looked at in a bounded number of steps. */
import { describe, expect, it } from 'vitest'
import { canonical } from '../../src/project/canonical.ts'
import { evaluate } from '../../src/project/evaluate.ts'
import { freeFrame } from '../../src/project/frame.ts'
import type { Module } from '../../src/project/module.ts'
import { alternatives } from '../../src/project/term.ts'
import type { Term } from '../../src/project/term.ts'
import { isClosed, viewOf } from '../../src/project/view.ts'
import { moduleOf, probed, probes } from '../support/facts.ts'

function lines(count: number, line: (i: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, i) => line(i)).join(separator)
}

/** The terms of the probes, and the steps that it took to evaluate each value of the file and to spell the probes. */
function look(text: string): { terms: readonly Term[]; steps: number; module: Module } {
  const module = moduleOf(text)
  const before = module.project.budget.steps
  const terms = probes(module)
  for (const term of terms) canonical(term)
  module.facts.calls.forEach((call) => {
    const frame = freeFrame(module, call.function)
    evaluate({ frame, value: call.callee })
    for (const item of call.arguments) evaluate({ frame, value: item.value })
  })
  return { terms, steps: before - module.project.budget.steps, module }
}

function mayBeUnknown(term: Term | undefined): boolean {
  return term !== undefined && alternatives(term).some((t) => t.kind === 'unknown')
}

const n = (i: number): string => String(i)

describe('a value that goes through very much code is unknown', () => {
  it.each([
    ['branches', `let a = 0\n${lines(5000, (i) => `if (c${n(i)}) a = ${n(i)}`)}\nprobe(a)`],
    [
      'cases',
      `let a = 0\nswitch (x) {${lines(5000, (i) => `case ${n(i)}: a = ${n(i)}; break`)}}\nprobe(a)`,
    ],
    [
      'a state machine',
      `let a = 0, b = 1, c = 2, d = 3\nfor (;;) { switch (x()) {${lines(500, (i) => `case ${n(i)}: a = b; b = c + ${n(i)}; c = d; d = g(a); break`)}} probe(a) }`,
    ],
  ])('%s', (_, text) => {
    const { terms, steps } = look(text)
    expect(mayBeUnknown(terms[0])).toBe(true)
    expect(steps).toBeLessThan(50_000)
  })

  it('branches that add to a text', () => {
    const { terms, steps } = look(
      `let a = ''\n${lines(5000, (i) => `if (c${n(i)}) a += '${n(i)}'`)}\nprobe(a)`,
    )
    expect(terms).toHaveLength(1)
    expect(steps).toBeLessThan(50_000)
  })
})

describe('an object that goes through very much code is open', () => {
  it.each([
    ['assignments', `const a = {}\n${lines(5000, (i) => `a.k${n(i)} = ${n(i)}`)}\nprobe(a)`],
    [
      'branches',
      `const a = {}\n${lines(5000, (i) => `if (c${n(i)}) a.k${n(i)} = ${n(i)}`)}\nprobe(a)`,
    ],
    [
      'copies',
      `const a0 = { v: 1 }\n${lines(5000, (i) => `const a${n(i + 1)} = { ...a${n(i)}, k${n(i)}: 1 }`)}\nprobe(a5000)`,
    ],
  ])('%s', (_, text) => {
    const { terms, steps } = look(text)
    const view = terms[0] ? viewOf(terms[0]) : null
    expect(view !== null && isClosed(view)).toBe(false)
    expect(steps).toBeLessThan(100_000)
  })

  it('but knows each of thousands of entries that are written out', () => {
    const { terms, steps } = look(
      `const a = {${lines(5000, (i) => `k${n(i)}: ${n(i)}`, ',')}}\nprobe(a.k4321); probe(a.x)`,
    )
    expect(terms.map((t) => (t.kind === 'literal' ? t.value : t.kind))).toEqual([4321, undefined])
    expect(steps).toBeLessThan(100)
  })
})

describe('calls are followed a bounded way', () => {
  it.each<[string, string, number]>([
    [
      'a chain',
      `${lines(3000, (i) => `const f${n(i)} = (x) => f${n(i + 1)}(x)`)}\nconst f3000 = (x) => x\nprobe(f0(1))`,
      100_000,
    ],
    [
      'functions that call each other',
      `${lines(2000, (i) => `function f${n(i)}(x) { f${n((i * 7 + 1) % 2000)}(x); return f${n((i * 31 + 3) % 2000)}(x + 1) }`)}\nprobe(f0(1))`,
      200_000,
    ],
    [
      'functions that return one of several others',
      `${lines(30, (i) => `function f${n(i)}(x) { ${lines(30, (j) => (j > i ? `if (x) return f${n(j)}(x);` : ''), ' ')} return x }`)}\nprobe(f0(1))`,
      2_000_000,
    ],
    [
      'recursion',
      'function f(x) { return g(x) } function g(x) { return x ? f(x - 1) : x } probe(f(3))',
      100,
    ],
    ['a function that is given itself', 'const y = (f) => f(f); probe(y(y))', 100],
    ['a function that returns itself', 'function f() { return f } probe(f()()()())', 100],
    [
      'classes that extend each other',
      `${lines(300, (i) => `class C${n(i)} extends C${n(i + 1)} { m${n(i)}() { return this.m${n(i + 1)}() } }`)}\nclass C300 { m300() { return 1 } }\nprobe(new C0().m0())`,
      50_000,
    ],
    [
      'a class that extends itself',
      'class A extends A { m() { return super.m() } } probe(new A().m()); probe(new A().x)',
      100,
    ],
    [
      'fields that are made of each other',
      `class A { ${lines(100, (i) => `m${n(i)}() { this.f${n(i)} = c() ? this.f${n((i + 1) % 100)} : this.f${n((i * 7) % 100)} }`)} }\nprobe(new A().f0)`,
      100_000,
    ],
  ])('%s', (_, text, most) => {
    const { terms, steps } = look(text)
    expect(terms.length).toBeGreaterThan(0)
    expect(steps).toBeLessThanOrEqual(most)
  })
})

it('says nothing when the budget is used up', () => {
  const module = moduleOf(
    "const a = 'x'; probe(a); probe({ a: 1 }); probe(f()); function f() { return 1 }",
  )
  module.project.budget.steps = 0
  expect(probes(module).map((t) => t.kind)).toEqual(['unknown', 'unknown', 'unknown'])
})

it('takes more than a few dozen options for unknown', () => {
  const cases = (count: number): string =>
    `let a; switch (x) { ${lines(count, (i) => `case ${n(i)}: a = ${n(i)}; break;`)} default: a = -1 } probe(a)`
  expect(probed(cases(10))).toEqual(['(0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | -1)'])
  expect(probed(cases(30))[0]).toMatch(/^unknown\(0, 1, 2/)
})
