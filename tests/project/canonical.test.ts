/** Two values are the same only where one run of the code cannot tell them apart. */
import { describe, expect, it } from 'vitest'
import { canonical } from '../../src/project/canonical.ts'
import { UNKNOWN } from '../../src/project/term.ts'
import { moduleOf, probes } from '../support/facts.ts'

function spellings(text: string): readonly string[] {
  return probes(moduleOf(text)).map((term) => canonical(term))
}

function areSame(text: string): boolean {
  return new Set(spellings(text)).size === 1
}

describe('the same', () => {
  it.each([
    ['a literal', "probe('a'); probe('a')"],
    ['a constant', "const k = 'a'; probe(k); probe('a')"],
    ['a text', 'function f(id) { probe(`USER#${id}`); probe("USER#" + id) }'],
    ['a parameter', 'function f(id) { probe(id); probe(id) }'],
    [
      'a part of a parameter',
      'function f(e) { probe(e.a.id); const { a: { id } } = e; probe(id) }',
    ],
    ['a part with a default', "function f(e) { probe(e.id ?? ''); probe(e.id ?? '') }"],
    ['a key', 'function f(e) { probe({ pk: e.id, sk: 1 }); probe({ sk: 1, pk: e.id }) }'],
    [
      'a key in a variable',
      'function f(e) { const Key = { pk: e.id }; probe(Key); probe({ ...Key }) }',
    ],
    ['a list', 'function f(e) { probe([e, 1]); probe([e, 1]) }'],
    ['an environment variable', 'probe(process.env.T); const { T } = process.env; probe(T)'],
    ['a pure computation', 'function f(e) { probe(hash(e.id)); probe(hash(e.id)) }'],
    ['one result', 'const id = uuid(); probe(id); probe(id)'],
    ['an unknown value that is kept', 'function f() { const id = this.x; probe(id); probe(id) }'],
    ['a conditional', "function f(e) { probe(e.x ? 'a' : 'b'); probe(e.x ? 'a' : 'b') }"],
    [
      'a variable that was set in a branch',
      'let a = 1; if (c()) a = 2; probe(a); const b = a; probe(b)',
    ],
    ['a function', 'function f() {} probe(f); probe(f)'],
  ])('%s', (_, text) => {
    expect(areSame(text)).toBe(true)
  })
})

describe('not the same', () => {
  it.each([
    ['other literals', "probe('1'); probe(1)"],
    ['undefined and its name', "probe(undefined); probe('undefined')"],
    [
      'parameters of different functions',
      'function f(id) { probe(id) } function g(id) { probe(id) }',
    ],
    ['different parameters', 'function f(a, b) { probe(a); probe(b) }'],
    ['different parts', 'function f(e) { probe(e.a); probe(e.b) }'],
    ['texts with other pieces', 'function f(a) { probe(`A#${a}`); probe(`B#${a}`) }'],
    ['a key and half of it', 'function f(a) { probe({ pk: a }); probe({ pk: a, sk: 1 }) }'],
    ['results of random functions', 'probe(uuid()); probe(uuid())'],
    ['results of random functions with arguments', 'probe(nanoid(10)); probe(nanoid(10))'],
    ['dates', 'probe(new Date()); probe(new Date())'],
    ['results of calls that are given nothing', 'probe(next()); probe(next())'],
    [
      'results of functions of the file that cannot be followed',
      'const f = (x) => f(x); probe(f(1)); probe(f(1))',
    ],
    [
      'conditionals that ask for other things',
      "function f(e) { probe(e.x ? 'a' : 'b'); probe(e.y ? 'a' : 'b') }",
    ],
    [
      'variables that were set in branches',
      'let a = 1, b = 1; if (c()) a = 2; if (c()) b = 2; probe(a); probe(b)',
    ],
    [
      'the two of a loop',
      'let a = 1, b = 1; while (c()) { a = 2; if (d()) b = 2 } probe(a); probe(b)',
    ],
    ['unknown values', 'function f() { probe(this.x); probe(this.y) }'],
    ['objects with keys that are not known', 'probe({ [a()]: 1 }); probe({ [a()]: 1 })'],
  ])('%s', (_, text) => {
    expect(areSame(text)).toBe(false)
  })

  it('holds for the one term that stands for nothing known', () => {
    expect(canonical(UNKNOWN)).not.toBe(canonical(UNKNOWN))
  })
})

it('does not spell out values that are made of one another over and over', () => {
  const layers = Array.from({ length: 40 }, (_, i) => {
    const inner = `x${String(i)}`
    return `const x${String(i + 1)} = { ${'abcdefgh'
      .split('')
      .map((k) => `${k}: ${inner}`)
      .join(', ')} }`
  })
  const [spelling = ''] = spellings(
    `function f(p) {\nconst x0 = { a: p }\n${layers.join('\n')}\nprobe(x40) }`,
  )
  expect(spelling.length).toBeLessThan(4_000)
})

it('tells long spellings apart, and knows them again', () => {
  const long = (name: string): string =>
    `{ ${Array.from({ length: 900 }, (_, i) => `k${String(i)}: ${name}`).join(', ')} }`
  const [first, again, other] = spellings(
    `function f(p, q) { probe(${long('p')}); probe(${long('p')}); probe(${long('q')}) }`,
  )
  expect(first?.length).toBeLessThan(100)
  expect(again).toBe(first)
  expect(other).not.toBe(first)
})

it('comes to an end where a value is made of itself', () => {
  const [first, second] = spellings(
    'let a = { n: 0 }\nfor (const x of xs) { a = { ...a, inner: a }; probe(a) }\nprobe(a)',
  )
  expect(first).toEqual(expect.any(String))
  expect(second).toEqual(expect.any(String))
})
