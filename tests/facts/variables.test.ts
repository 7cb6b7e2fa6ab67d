/** What a variable holds at each point: through branches, loops, exceptions and closures. */
import { describe, expect, it } from 'vitest'
import { factsOf, probed, said, say } from '../support/facts.ts'

describe('branches', () => {
  it.each([
    ['if (c) a = 1', 'choice0(0: 1 | 1: 0)'],
    ['if (c) a = 1; else a = 2', 'choice0(0: 1 | 1: 2)'],
    ['if (c) a = 1; else if (d) a = 2', 'choice0(0: 1 | 1: choice1(0: 2 | 1: 0))'],
    ['if (c) { a = 1; return }', '0'],
    ['if (c) { a = 1; throw d }', '0'],
    ['if (c) { a = 1 } else { a = 2; return }', '1'],
    ['if (c) { a = 1; return } else { return }', '0'],
    ['c && (a = 1)', 'choice0(0: 1 | 1: 0)'],
    ['c || (a = 1)', 'choice0(1: 1 | 0: 0)'],
    ['c ? (a = 1) : (a = 2)', 'choice0(0: 1 | 1: 2)'],
    ['a ||= 1', '(0 || 1)'],
    ['a ??= 1', '(0 ?? 1)'],
    ['{ a = 1 }', '1'],
    ['{ let a = 1 }', '0'],
  ])('%s', (code, expected) => {
    expect(said(`function f(c, d) { let a = 0; ${code}; probe(a) }`)).toEqual([expected])
  })

  it.each([
    ['let a; if (c) a = 1', 'choice0(0: 1 | 1: undefined)'],
    ['let a; if (c) a = 1; else if (d) a = 2', 'choice0(0: 1 | 1: choice1(0: 2 | 1: undefined))'],
    ['let a; if (c) a = 1; else return', '1'],
    ['let a; try { a = 1 } catch { d() }', '1'],
    ['var a; if (c) a = 1', '1'],
  ])('%s, with nothing in it before', (code, expected) => {
    expect(said(`function f(c, d) { ${code}; probe(a) }`)).toEqual([expected])
  })

  it('leave open what others may have set', () => {
    expect(said('let a; function f(c) { if (c) a = 1; probe(a) }')).toEqual(['variable a'])
  })

  it('keeps what an assignment gives', () => {
    expect(said('let a; probe(a = 1); let b = 0; probe(b++); probe(++b); probe(b += 2)')).toEqual([
      '1',
      '0',
      '((0 + 1) + 1)',
      '(((0 + 1) + 1) + 2)',
    ])
  })
})

describe('switch', () => {
  it.each([
    ['case 1: a = 1; break; case 2: a = 2', 'choice0(0: 1 | 1: 2 | 2: 0)'],
    ['case 1: a = 1; break; default: a = 2', 'choice0(0: 1 | 1: 2)'],
    ['case 1: case 2: a = 1; break; default: a = 2', 'choice0(0: 1 | 1: 2)'],
    ['case 1: a = 1; return; default: a = 2', '2'],
    ['case 1: a = 1; case 2: probe(a)', 'choice(0 | 1)'],
    ['case 1: if (c) { a = 1; break } a = 2; break; default: return', 'choice0(0: 1 | 0: 2)'],
    ['case 1: if (c) break; a = 2; case 2: probe(a); return', 'choice(0 | 2)'],
  ])('%s', (cases, expected) => {
    const [first] = said(`function f(c) { let a = 0; switch (c) { ${cases} } probe(a) }`)
    expect(first).toBe(expected)
  })

  it('knows what each arm compares with, what falls into it included', () => {
    const facts = factsOf(
      'switch (c) { case 1: case 2: a(); break; case 3: b(); case 4: d(); default: e() }',
    )
    const tests = facts.branches[0]?.tests.map((arm) => arm.map((test) => say(facts, test)))
    expect(tests).toEqual([['1', '2'], ['3'], ['3', '4'], []])
  })

  it('tells which arms never come out', () => {
    const text = 'function f() { switch (c) { case 1: return; case 2: throw 1; case 3: a() } }'
    expect(factsOf(text).branches[0]?.exits).toEqual([0, 1])
  })
})

describe('loops', () => {
  it('takes a variable at the head of a loop for what it was, or what the body leaves in it', () => {
    expect(said('let a = 0; while (c()) { probe(a); a = f() } probe(a)')).toEqual([
      'loop0(0 → f())',
      'loop0(0 → f())',
    ])
  })

  it.each([
    ['for (let i = 0; i < 3; i = f()) probe(i)', ['loop0(0 → f())']],
    ['for (const x of xs) probe(x)', ['element(xs)']],
    ['for await (const x of xs) probe(x)', ['element(xs)']],
    ['for (const [k, { v }] of xs) probe(v)', ['element(xs).1.v']],
    ['for (const k in o) probe(k)', ['unknown(o)']],
    ['let x; for (x of xs) probe(x)', ['element(xs)']],
    ['for (const x of xs) { if (x) continue; probe(x) }', ['element(xs)']],
    ['let a = 0; do { a = 1 } while (c()); probe(a)', ['loop0(0 → 1)']],
    ['let a = 0; for (;;) { a = 1; break } probe(a)', ['loop0(0 → 1)']],
    [
      'let a = 0; for (const x of xs) { if (x) { a = 1; continue } a = 2 } probe(a)',
      ['loop0(0 → choice(1 | 2))'],
    ],
    [
      'let a = 0; out: for (const x of xs) for (const y of x) { a = 1; continue out } probe(a)',
      ['loop0(0 → 1)'],
    ],
  ])('%s', (code, expected) => {
    expect(said(code)).toEqual(expected)
  })

  it('knows what a loop ranges over and what keeps it going', () => {
    const facts = factsOf('for (const x of xs) {} while (a) {} do {} while (b); for (;c;) {}')
    const over = facts.loops.map((loop) => (loop.over === null ? null : say(facts, loop.over)))
    const tests = facts.loops.map((loop) => (loop.test === null ? null : say(facts, loop.test)))
    expect(facts.loops.map((loop) => loop.kind)).toEqual(['for-of', 'while', 'do-while', 'for'])
    expect(over).toEqual(['xs', null, null, null])
    expect(tests).toEqual([null, 'a', 'b', 'c'])
  })
})

describe('blocks with a label', () => {
  it('brings what stood at the break behind the block', () => {
    const text = 'let a = 0; out: { if (c) { a = 1; break out } a = 2 } probe(a)'
    expect(said(text)).toEqual(['choice(0: 2 | 1: 1)'])
  })

  it('does not give the label to a loop inside', () => {
    const text = 'let a = 0; out: { for (;;) { a = 1; break out } } probe(a)'
    expect(said(text)).toEqual(['choice(0: 0 | 1: 1)'])
  })
})

describe('exceptions', () => {
  it('has in a catch clause what the block assigned, or what was there before', () => {
    const text = 'let a = 0; try { a = f(); g() } catch { probe(a); a = 2 } probe(a)'
    expect(said(text)).toEqual(['choice(0 | f())', 'choice0(0: f() | 1: 2)'])
  })

  it('knows what a catch clause throws again', () => {
    expect(said('let a = 0; try { a = f() } catch (e) { throw e } probe(a)')).toEqual(['f()'])
    expect(said('try { f() } catch ({ message }) { probe(message) }')).toEqual(['caught0.message'])
  })

  it('goes through finally with what either way leaves', () => {
    expect(said('let a = 0; try { a = 1 } catch { a = 2 } finally { probe(a) }')).toEqual([
      'choice0(0: 1 | 1: 2)',
    ])
  })
})

describe('destructuring', () => {
  it.each([
    ['const { a } = o', 'o.a'],
    ['const { b: a } = o', 'o.b'],
    ['const { b: { c: [, a] } } = o', 'o.b.c.1'],
    ['const { a = 1 } = o', '(o.a ?? 1)'],
    ['const { b: { a } = {} } = o', '(o.b ?? {}).a'],
    ["const { ['b']: a } = o", 'o.b'],
    ['const { [k]: a } = o', 'o[k]'],
    ['const { b, c: d, ...a } = o', 'o except b, c'],
    ['const [a] = o', 'o.0'],
    ['const [, , a = 1] = o', '(o.2 ?? 1)'],
    ['const [b, ...a] = o', 'unknown(o)'],
    ['let a; ({ a } = o)', 'o.a'],
    ['let a, b; [a, b] = [b, a]', '[variable b, variable a].0'],
    ['let a; for ([a] of o) {}', 'element(o).0'],
  ])('%s', (code, expected) => {
    const [given] = said(`${code}; probe(a)`)
    expect(given).toBe(expected)
  })
})

describe('closures', () => {
  it('sees in another function what a variable holds at last', () => {
    expect(probed("let a = 1; const f = () => probe(a); a = 'b'")).toEqual(['"b"'])
  })

  it('sees what other functions put into it', () => {
    expect(probed('let a = 1; function f() { a = 2 } function g() { probe(a) }')).toEqual([
      '(1 | 2)',
    ])
  })

  it.each([
    ['if (c) { const a = c.x; run(() => probe(a)); return }'],
    ['if (c) { const a = c.x; return run(() => probe(a)) } return 1'],
    ['try { const a = c.x; return run(() => probe(a)) } catch { return 1 }'],
    ['try { const a = c.x; run(() => probe(a)); throw c } finally { c() }'],
    ['for (const b of [c]) { const a = c.x; return run(() => probe(a)) }'],
    ['while (c) { const a = c.x; if (a) return run(() => probe(a)); else break }'],
    ['switch (c) { case 1: { const a = c.x; return run(() => probe(a)) } }'],
    ['const a = c.x; run(() => probe(a)); return 1'],
  ])('keeps what a function made on a way out has seen: %s', (code) => {
    expect(probed(`function f(c) { ${code} }`)).toEqual(['<f.c>.x'])
  })

  it('has either value where a variable was changed on a way out', () => {
    const text =
      'function f(c) { let a = 1; if (c) { a = 2; return run(() => probe(a)) } return a }'
    expect(probed(text)).toEqual(['(1 | 2)'])
  })

  it('hoists functions, and var out of blocks', () => {
    expect(said('probe(f); function f() {} { var x = 1 } probe(x)')).toEqual(['function1 f', '1'])
  })

  it('tells names in inner scopes from those outside', () => {
    expect(said('const a = 1; { const a = 2; probe(a) } probe(a)')).toEqual(['2', '1'])
  })
})

it('says which names are constant', () => {
  const { variables } = factsOf('const a = 1; let b = 2; var c = 3; function d(e) {}')
  expect(Object.fromEntries(variables.map((v) => [v.name, v.constant]))).toEqual({
    a: true,
    b: false,
    c: false,
    d: true,
    e: false,
  })
})

describe('what functions written in a call change', () => {
  it.each([
    ['list.forEach((x) => { a = x })', 'choice(0 | variable a)'],
    ['list.map(async (x) => { if (x) a++ })', 'choice(0 | variable a)'],
    ['list.forEach((x) => { each((y) => { a = y }) })', 'choice(0 | variable a)'],
    ['list.forEach(function (x) { a = x })', 'choice(0 | variable a)'],
    ['list.forEach((x) => { probe(x) })', '0'],
  ])('%s', (code, expected) => {
    const all = said(`function f(list, each) { let a = 0; ${code}; probe(a) }`)
    expect(all[0]).toBe(expected)
  })

  it.each([
    ['a.push(x)', 'choice([] | variable a)'],
    ['a[x] = 1', 'choice([] | variable a)'],
    ['a.b.c = 1', 'choice([] | variable a)'],
    ['a.slice(x)', '[]'],
  ])('%s', (code, expected) => {
    expect(
      said(`function f(list) { const a = []; list.forEach((x) => { ${code} }); probe(a) }`),
    ).toEqual([expected])
  })
})
