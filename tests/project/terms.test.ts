/** What values stand for, through functions, objects, classes and files. */
import { describe, expect, it } from 'vitest'
import { probed, probes, projectOf, spell } from '../support/facts.ts'

function check(cases: readonly (readonly [code: string, expected: string])[]): void {
  it.each(cases)('%s', (code, expected) => {
    expect(probed(code).join('\n')).toBe(expected)
  })
}

describe('values', () => {
  check([
    ["probe('a' + 'b')", '"ab"'],
    ["const a = 'x'; probe(`${a}#${b}`)", '`x#${#b}`'],
    ["const a = 'x', b = 1; probe(`${a}#${b}`)", '"x#1"'],
    ['probe(1 + 2); probe(7 - 2 * 3)', '3\n1'],
    ['probe(a + 1)', '+(#a, 1)'],
    ["probe('1' * 2)", '*("1", 2)'],
    ['probe(c ? 1 : 2)', '(1 | 2)'],
    ['probe(c ? 1 : 1)', '1'],
    [
      'probe(null ?? 1); probe(0 || 2); probe(0 ?? 3); probe(1 && 4); probe({} || 5)',
      '1\n2\n0\n4\n{}',
    ],
    ['probe(a ?? 1); probe(a || 1); probe(a && 1)', '(#a | 1)\n(#a | 1)\n(false | 1)'],
    [
      'probe(process.env.T); probe(process.env["T"]); const { T: t } = process.env; probe(t)',
      '#process.env.T\n#process.env.T\n#process.env.T',
    ],
    ['probe(import.meta.env.T)', '#import.meta.env.T'],
    ['probe([1, ...[2, x]])', '[1, ...[2, #x]]'],
    [
      'const o = { a: 1 }; probe(o.a); probe(o["a"]); probe(o.b); probe(o.b.c)',
      '1\n1\nundefined\nundefined',
    ],
    ['const o = { a: 1, b: 2 }; probe(o[k])', '(1 | 2)'],
    ['const { a, ...b } = { a: 1, c: 2 }; probe(b)', '{ c: 2 }'],
    ['const [a, b] = [1, 2]; probe(b)', '2'],
    ['const [, b] = [...x, 2]; probe(b)', '(element(#x) | 2)'],
    ['let a = 1, b = 2; [a, b] = [b, a]; probe(a); probe(b)', '2\n1'],
    ['probe(structuredClone({ a: 1 })); probe(Object.freeze({ a: 1 }))', '{ a: 1 }\n{ a: 1 }'],
    ['probe(JSON.parse(JSON.stringify({ a: 1 })))', '{ a: 1 }'],
    ['const o = { get a() { return this.b + 1 }, b: 1 }; probe(o.a); probe({ ...o }.a)', '2\n2'],
  ])
})

describe('objects that change', () => {
  check([
    ['const p = {}; p.a = 1; p["b"] = 2; probe(p)', '{ a: 1, b: 2 }'],
    ['const p = { a: 1 }; p.a = 2; probe(p.a)', '2'],
    ['const p = { a: 1, b: 2 }; delete p.a; probe(p)', '{ b: 2 }'],
    ['const p = { a: 1 }; if (c) p.b = 2; probe(p)', '({ a: 1, b: 2 } | { a: 1 })'],
    ['const p = { a: 1 }; if (c) p.b = 2; probe(p.b)', '(2 | undefined)'],
    ['const p = { a: { b: 1 } }; p.a.c = 2; probe(p)', '{ a: { b: 1, c: 2 } }'],
    ['const p = {}; p.a.b = 1; probe(p.a.b)', '1'],
    ['const p = { n: 1 }; p.n += 2; p.n++; probe(p.n)', '4'],
    ['const p = {}; p[k] = 1; probe(p)', '{ [#k]: 1 }'],
    ['const p = {}; p[`a${1}`] = 1; probe(p)', '{ a1: 1 }'],
    ['const p = { ...q, a: 1 }; p.b = 2; probe(p)', '{ a: 1, b: 2, ...#q }'],
    ['const p = { a: 1, ...q }; probe(p.a)', '1'],
    ['const p = { ...(c && { a: 1 }) }; probe(p)', '{ a?: 1 }'],
    ['const p = { a: 1, ...(c ? { a: 2 } : {}) }; probe(p)', '{ a: (1 | 2) }'],
    ['const p = { a: 1, ...(c ? { a: 2 } : { a: 3 }) }; probe(p)', '{ a: (2 | 3) }'],
    ['const p = {}; Object.assign(p, { a: 1 }, q); probe(p)', '{ a: 1, ...#q }'],
    ['event.a = 1; probe(event)', '#event'],
    ['function f(e) { e.a = 1; probe(e) }', '{ a: 1, ...<f.e> }'],
    ['const f = () => 1; f.x = 2; probe(f())', '1'],
    [
      'const xs = []; xs.push(1); if (c) xs.push(2); probe(xs[0])',
      '([...[...[], 1], 2].0 | [...[], 1].0)',
    ],
  ])
})

describe('loops', () => {
  check([
    // The first round is not all rounds.
    ['let n = 0; for (const x of xs) { n += 1; probe(n) }', '+((0 | +(unknown, 1)), 1)'],
    [
      "let s = 'a'; while (c()) { s = s + 'b'; probe(s) }",
      '`${("a" | `${("a" | `${("a" | `${("a" | `${…}b`)}b`)}b`)}b`)}b`',
    ],
    ['let n = 0; for (const x of xs) n++; probe(n)', '(0 | +((0 | +(unknown, 1)), 1))'],
    [
      'let node = a; while (node) { probe(node.v); node = node.next }',
      '(#a.v | #a.next.v | unknown.next.next.v)',
    ],
    [
      "let a = 'x', b = 'y'; for (const z of zs) { const t = a; a = b; b = t } probe(a)",
      '("x" | "y")',
    ],
    [
      'let k; do { const r = get(k); k = r.Last } while (k); probe(k)',
      '#get(#get(#get(#get(….Last).Last).Last).Last).Last',
    ],
    ["const p = { T: 't' }; do { const r = scan(p); p.K = r.L } while (p.K); probe(p.T)", '"t"'],
    ["let p = { T: 't' }; do { p = { ...p, K: get(p).L } } while (p.K); probe(p.T)", '"t"'],
    [
      'const o = { n: 0 }; for (const x of xs) o.n = o.n + x.v; probe(o.n)',
      '(0 | +((0 | +(unknown, element(#xs).v)), element(#xs).v))',
    ],
    ['for (const x of [1, 2]) probe(x)', '(1 | 2)'],
    ['for (const x of [{ a: 1 }, { a: 2 }]) probe(x.a)', '(1 | 2)'],
  ])
})

describe('functions', () => {
  check([
    ['const f = (a, b) => ({ a, b }); probe(f(1, 2))', '{ a: 1, b: 2 }'],
    ['function f(a) { return a } probe(f(1)); probe(f(2))', '1\n2'],
    [
      'function f({ a, b = 2, ...c }) { return { a, b, c } } probe(f({ a: 1, d: 4 }))',
      '{ a: 1, b: 2, c: { d: 4 } }',
    ],
    [
      'function f(a = 1) { return a } probe(f()); probe(f(undefined)); probe(f(2)); probe(f(x))',
      '1\n1\n2\n#x',
    ],
    ['function f(a = 1) { probe(a) }', '(<f.a> | 1)'],
    ['function f(a, ...b) { return b[1] } probe(f(1, 2, 3))', '3'],
    ['const f = (...a) => g(...a); const g = (a, b) => b; probe(f(1, 2))', '2'],
    [
      'const g = (a, b) => ({ a, b }); const xs = [1, 2]; probe(g(...xs)); probe(g(...ys))',
      '{ a: 1, b: 2 }\n{ a: unknown(#ys), b: unknown(#ys) }',
    ],
    ['function f(c) { if (c) return 1; return 2 } probe(f(x))', '(1 | 2)'],
    ['function f() { return } probe(f())', 'undefined'],
    ['function f(n) { return n ? f(n - 1) : 1 } probe(f(3))', 'function f(2)'],
    [
      'function f(n) { return n ? g(n) : 1 } function g(n) { return f(n) } probe(f(x))',
      '(function f(#x) | 1)',
    ],
    ['const f = (x) => (y) => ({ x, y }); probe(f(1)(2))', '{ x: 1, y: 2 }'],
    ['const twice = (f) => (x) => f(f(x)); probe(twice((x) => x + 1)(1))', '3'],
    ['const run = (f) => f(1); probe(run((x) => ({ x })))', '{ x: 1 }'],
    ['async function f() { return { a: 1 } } const { a } = await f(); probe(a)', '1'],
    ['const f = function () { return this.a }; probe(f.call({ a: 1 }))', '1'],
    ['const f = (a, b) => b; probe(f.call(null, 1, 2)); probe(f.apply(null, [1, 2]))', '2\n2'],
    ['const o = { a: 1, f() { return this.a } }; const g = o.f.bind(o); probe(g())', '1'],
    ['const f = function () { return this.a }; probe(f.bind({ a: 1 })())', '1'],
    ['function F() { this.a = 1 } probe(new F())', 'unknown'],
    ['probe(((x) => x)(1))', '1'],
    [
      'const make = (t) => ({ get: (id) => ({ t, id }) }); const repo = make("a"); probe(repo.get(1))',
      '{ t: "a", id: 1 }',
    ],
    [
      'const cs = { get: (p) => new GetCommand(p) }; probe(cs.get(1)); probe(cs[k](2))',
      'new #GetCommand(1)\nnew #GetCommand(2)',
    ],
    ['function* f() { yield 1; yield 2 } for (const x of f()) probe(x)', '(1 | 2)'],
    [
      'async function* f() { for await (const p of pages()) yield* p.Items } for await (const x of f()) probe(x)',
      'element(element(#pages()).Items)',
    ],
  ])
})

describe('lists and promises', () => {
  check([
    ['const [a, b] = await Promise.all([f(), g()]); probe(a); probe(b)', '#f()\n#g()'],
    [
      'function h(xs) { const ys = xs.map((x) => x.id); for (const y of ys) probe(y) }',
      'element(<h.xs>).id',
    ],
    [
      'const ys = await Promise.all([1, 2].map(async (x) => ({ x }))); for (const y of ys) probe(y)',
      '{ x: (1 | 2) }',
    ],
    ['function h(xs) { probe(xs.filter(Boolean).find((x) => x.ok)) }', 'element(<h.xs>)'],
    ['function h(xs) { probe([...xs].sort().slice(0, 2)[0]) }', 'each(element(<h.xs>)).0'],
    ['get().then((r) => probe(r))', '<.r>'],
    ['const a = get().then((r) => r.Item); probe(a)', '#get().Item'],
    ['const a = get().then((r) => r.Item).catch(() => null); probe(a)', '#get().Item'],
    ['probe(docs.get({}).promise())', '#docs.get({})'],
    ['probe(Object.values({ a: 1, b: 2 }))', 'each((1 | 2))'],
    [
      "import { unmarshall } from '@aws-sdk/util-dynamodb'; const r = await get(); probe(unmarshall(r.Item).id)",
      '#get().Item.id',
    ],
  ])
})

describe('clients', () => {
  check([
    [
      "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; const c = new DynamoDBClient({}); const f = () => probe(c)",
      'new @aws-sdk/client-dynamodb#DynamoDBClient({})',
    ],
    ['let c; function get() { c ??= new C(); return c } probe(get())', 'new #C()'],
    ['let c; function get() { if (!c) c = new C(); return c } probe(get())', 'new #C()'],
    [
      'let c = null; function get() { if (c) return c; c = new C(); return c } probe(get())',
      '(null | new #C())',
    ],
    ['const get = (() => { let c; return () => (c ??= new C()) })(); probe(get())', 'new #C()'],
    ["import X from 'aws-xray-sdk'; probe(X.captureAWSv3Client(new C()))", 'new #C()'],
    [
      "const { DynamoDB } = require('aws-sdk'); probe(new DynamoDB.DocumentClient())",
      'new aws-sdk#DynamoDB.DocumentClient()',
    ],
    [
      "const AWS = require('aws-sdk'); AWS.config.region = 'x'; probe(new AWS.DynamoDB())",
      'new aws-sdk#DynamoDB()',
    ],
    [
      "import { C } from 'c'; class R { constructor(private c: C) {} m() { probe(this.c.send) } }",
      '<R.constructor.c>.send',
    ],
    ["import { C } from 'c'; interface D { c: C } function f({ c }: D) { probe(c) }", '<f.0>.c'],
  ])
})

describe('classes', () => {
  check([
    ['class A { t = 1; m() { return this.t } } probe(new A().m())', '1'],
    ['class A { #t = 1; m() { return this.#t } } probe(new A().m())', '1'],
    [
      'class A { constructor(t) { this.t = t } m() { return this.t } } probe(new A(1).m()); probe(new A(2).t)',
      '1\n2',
    ],
    [
      'class A { constructor(private t = 1) {} m() { return this.t } } probe(new A().m()); probe(new A(2).m())',
      '1\n2',
    ],
    ['class A { constructor(t) { this.t = t } m() { probe(this.t) } }', '<A.constructor.t>'],
    ['class A { a = 1; b = this.a + 1 } probe(new A().b)', '2'],
    ['class A { f = (x) => ({ x, t: this.t }); t = 1 } probe(new A().f(2))', '{ x: 2, t: 1 }'],
    [
      'class A { constructor(t) { this.t = t } get u() { return `${this.t}!` } } probe(new A("x").u)',
      '"x!"',
    ],
    ['class A { static s = 1; static m() { return this.s } } probe(A.s); probe(A.m())', '1\n1'],
    [
      'class A { static of(t) { return new A(t) } constructor(t) { this.t = t } } probe(A.of(1).t)',
      '1',
    ],
    [
      'class A { static i; static get() { if (!A.i) A.i = new A(); return A.i } t = 1 } probe(A.get().t)',
      '1',
    ],
    [
      'class A { static i; static get() { return (this.i ??= new this()) } t = 1 } probe(A.get().t)',
      '1',
    ],
    ['class A {} A.t = 1; probe(A.t)', '1'],
    ['class A { m() { return 1 } } class B extends A {} probe(new B().m())', '1'],
    [
      'class A { t = "a"; m() { return this.t } } class B extends A { t = "b" } probe(new B().m()); probe(new A().m())',
      '"b"\n"a"',
    ],
    [
      'class A { constructor(t) { this.t = t } } class B extends A { constructor() { super("b") } } probe(new B().t)',
      '"b"',
    ],
    ['class A { constructor(t) { this.t = t } } class B extends A {} probe(new B("b").t)', '"b"'],
    [
      'class A { m() { return 1 } } class B extends A { m() { return super.m() + 1 } } probe(new B().m())',
      '2',
    ],
    [
      'class A { constructor(t) { this.t = t } get() { return this.t } }\nfor (const a of [new A("x"), new A("y")]) probe(a.get())',
      '("x" | "y")',
    ],
    ['const A = class { t = 1 }; probe(new A().t)', '1'],
    ["import { B } from 'b'; class A extends B { m() { probe(this.x) } }", 'a b#B.x'],
    ['class A { set(v) { this.v = v; return this } } probe(new A().set(1).v)', '<A.set.v>'],
    [
      'class A { all = []; add(x) { this.all.push(x) } m() { for (const one of this.all) probe(one) } }',
      '<A.add.x>',
    ],
    [
      'class A { all = []; add(x) { this.all.push({ x }) } }\nconst save = (a: A) => { for (const one of a.all) probe(one) }',
      '{ x: <A.add.x> }',
    ],
    [
      'class A { all = []; add(x) { this.all.push({ x }) } } class B extends A { b() { this.all.push(2) } }\nfor (const one of new B().all) probe(one)',
      '(2 | { x: <A.add.x> })',
    ],
    [
      "import { A } from 'a'; class B extends A { b() { this.all.push(2) } }\nfor (const one of new B().all) probe(one)",
      '(2 | element(a a#A.all) | element(a a#A.all))',
    ],
  ])
})

describe('files', () => {
  function across(files: Readonly<Record<string, string>>): readonly string[] {
    return probes(projectOf(files)('a.ts')).map((term) => spell(term))
  }

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'a constant',
      { 'a.ts': "import { T } from './b'; probe(T)", 'b.ts': "export const T = 'x'" },
      ['"x"'],
    ],
    [
      'a default',
      { 'a.ts': "import t from './b'; probe(t)", 'b.ts': "export default 'x'" },
      ['"x"'],
    ],
    [
      'a namespace',
      {
        'a.ts': "import * as b from './b'; probe(b.T); probe(b.U)",
        'b.ts': "export const T = 'x'",
      },
      ['"x"', 'unknown'],
    ],
    [
      'a wrapper',
      {
        'a.ts': "import { get } from './b'; probe(get('x'))",
        'b.ts': 'export const get = (id) => ({ id })',
      },
      ['{ id: "x" }'],
    ],
    [
      'a re-export',
      {
        'a.ts': "import { U } from './b'; probe(U)",
        'b.ts': "export { T as U } from './c'",
        'c.ts': "export const T = 'x'",
      },
      ['"x"'],
    ],
    [
      'everything',
      {
        'a.ts': "import { T } from './b'; probe(T)",
        'b.ts': "export * from './d'; export * from './c'",
        'c.ts': "export const T = 'x'",
        'd.ts': '',
      },
      ['"x"'],
    ],
    [
      'a namespace that is handed on',
      {
        'a.ts': "import { c } from './b'; probe(c.T)",
        'b.ts': "export * as c from './c'",
        'c.ts': "export const T = 'x'",
      },
      ['"x"'],
    ],
    [
      'a package that is handed on',
      {
        'a.ts': "import { C } from './b'; probe(new C())",
        'b.ts': "export { DynamoDBClient as C } from '@aws-sdk/client-dynamodb'",
      },
      ['new @aws-sdk/client-dynamodb#DynamoDBClient()'],
    ],
    [
      'a class',
      {
        'a.ts': "import { R } from './b'; probe(new R('x').t)",
        'b.ts': 'export class R { constructor(t) { this.t = t } }',
      },
      ['"x"'],
    ],
    [
      'a parent class',
      {
        'a.ts':
          "import { R } from './b'; class S extends R { constructor() { super('x') } } probe(new S().get())",
        'b.ts': 'export class R { constructor(t) { this.t = t } get() { return this.t } }',
      },
      ['"x"'],
    ],
    [
      'CommonJS',
      {
        'a.ts': "const { T, f } = require('./b'); probe(T); probe(f())",
        'b.ts': "const T = 'x'; module.exports = { T, f: () => T }",
      },
      ['"x"', '"x"'],
    ],
    [
      'CommonJS by name',
      {
        'a.ts': "const b = require('./b'); probe(b.f(1))",
        'b.ts': 'exports.g = (a) => ({ a }); exports.f = (a) => exports.g(a)',
      },
      ['{ a: 1 }'],
    ],
    [
      'CommonJS as a default',
      { 'a.ts': "import b from './b'; probe(b())", 'b.ts': 'module.exports = () => 1' },
      ['1'],
    ],
    [
      'CommonJS as a function',
      {
        'a.ts': "const f = require('./b'); probe(f(1)); probe(f.T)",
        'b.ts': "module.exports = (a) => ({ a }); module.exports.T = 'x'",
      },
      ['{ a: 1 }', '"x"'],
    ],
    [
      'CommonJS as a class',
      {
        'a.ts': "const R = require('./b'); probe(new R('x').get())",
        'b.ts':
          'class R { constructor(t) { this.t = t } get() { return this.t } } module.exports = R',
      },
      ['"x"'],
    ],
    [
      'CommonJS as an instance',
      {
        'a.ts': "const r = require('./b'); probe(r.get())",
        'b.ts': "class R { get() { return 'x' } } module.exports = new R()",
      },
      ['"x"'],
    ],
    [
      'a circle',
      {
        'a.ts': "import { T } from './b'; export const U = 'x'; probe(T)",
        'b.ts': "import { U } from './a'; export const T = U",
      },
      ['"x"'],
    ],
    [
      'a circle of re-exports',
      {
        'a.ts': "import { T } from './b'; probe(T)",
        'b.ts': "export * from './c'",
        'c.ts': "export * from './b'",
      },
      ['unknown'],
    ],
    [
      'a type',
      {
        'a.ts': "import { D } from './b'; function f(d: D) { probe(d.c) }",
        'b.ts': 'export interface D { c: string }',
      },
      ['<f.d>.c'],
    ],
  ])('%s', (_, files, expected) => {
    expect(across(files)).toEqual(expected)
  })
})
