/** Functions and classes: what they are called, what they are given, what they give back, and their `this`. */
import { describe, expect, it } from 'vitest'
import type { ClassFacts, FunctionFacts } from '../../src/facts/model.ts'
import { factsOf, functionNamed, said, say } from '../support/facts.ts'

function namesAndKinds(text: string): readonly string[] {
  return factsOf(text)
    .functions.slice(1)
    .map((f) => `${f.kind} ${f.name}`)
}

function functionOf(text: string, name = 'f'): FunctionFacts {
  const facts = factsOf(text)
  const found = facts.functions[functionNamed(facts, name)]
  if (!found) throw new Error(`there is no ${name}`)
  return found
}

describe('names', () => {
  it.each([
    ['function f() {}', 'function f'],
    ['const f = () => 1', 'arrow f'],
    ['const f = function g() {}', 'function f'],
    ['f = () => 1', 'arrow f'],
    ['a.f = () => 1', 'arrow f'],
    ['exports.f = function () {}', 'function f'],
    ['const a = { f() {} }', 'function f'],
    ['const a = { f: () => 1 }', 'arrow f'],
    ["const a = { 'f': () => 1 }", 'arrow f'],
    ['a(() => 1)', 'arrow '],
    ['export default () => 1', 'arrow default'],
    ['export default function f() {}', 'function f'],
    ['class A { f() {} }', 'method A.f'],
    ['const A = class { f() {} }', 'method A.f'],
    ['class A { get f() {} }', 'getter A.f'],
    ['class A { set f(a) {} }', 'setter A.f'],
    ['class A { constructor() {} }', 'constructor A.constructor'],
    ['class A { #f() {} }', 'method A.#f'],
    ['namespace N { export function f() {} }', 'function f'],
  ])('%s', (text, expected) => {
    expect(namesAndKinds(text)).toEqual([expected])
  })

  it('says where the name stands', () => {
    const text = 'const listOrders = async () => 1'
    expect(functionOf(text, 'listOrders').nameAt).toEqual({ start: 6, end: 16 })
  })
})

describe('parameters', () => {
  it('are named, with their defaults, rest and types', () => {
    const text =
      'class C {}\nfunction f(a: C, { b }: { b: C }, [c], d: string = g(), ...e: C[]) { probe([a, b, c, d, e]) }'
    const facts = factsOf(text)
    const { parameters } = functionOf(text)
    const shown = parameters.map((p) => [
      p.name,
      p.type === null ? null : say(facts, p.type),
      p.default === null ? null : say(facts, p.default),
      p.rest,
    ])
    expect(shown).toEqual([
      ['a', 'instance(variable C)', null, false],
      [null, 'shape(b: instance(variable C))', null, false],
      [null, null, null, false],
      ['d', null, 'g()', false],
      ['e', null, null, true],
    ])
    expect(said(text)).toEqual([
      '[parameter1.0, parameter1.1.b, parameter1.2.0, parameter1.3, ...parameter1.4]',
    ])
  })

  it('take their types from the names that the file imports or declares', () => {
    const text = `
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import type * as lib from '@aws-sdk/lib-dynamodb'
      interface Deps { readonly client: Readonly<DynamoDBClient>; doc?: lib.DynamoDBDocument | null; n: number }
      type Alias = Deps
      function f(deps: Alias, promise: Promise<DynamoDBClient>, other: Unknown, many: A | B) {}`
    const facts = factsOf(text)
    const types = functionOf(text).parameters.map((p) =>
      p.type === null ? null : say(facts, p.type),
    )
    expect(types).toEqual([
      'shape(client: instance(import(@aws-sdk/client-dynamodb).DynamoDBClient), doc: instance(import(@aws-sdk/lib-dynamodb).*.DynamoDBDocument))',
      'instance(import(@aws-sdk/client-dynamodb).DynamoDBClient)',
      null,
      null,
    ])
  })

  it('do not follow a type that is made of itself for ever', () => {
    const text = 'class C {}\ninterface Node { next: Node; c: C }\nfunction f(a: Node) {}'
    const facts = factsOf(text)
    const [first] = functionOf(text).parameters
    const shape = (depth: number): string =>
      depth === 0
        ? 'shape(c: instance(variable C))'
        : `shape(next: ${shape(depth - 1)}, c: instance(variable C))`
    expect(first?.type == null ? null : say(facts, first.type)).toBe(shape(3))
  })
})

it('reads types that name each other a bounded number of times', () => {
  const fields = Array.from({ length: 30 }, (_, i) => `f${String(i)}: ${i % 2 ? 'A' : 'B'}`).join(
    '; ',
  )
  const text = `interface A { ${fields} }\ninterface B { ${fields}; c: C }\nimport { C } from 'c'`
  expect(factsOf(`${text}\nfunction f(a: A, b: B) {}`).values.length).toBeLessThan(100)
})

describe('outcomes', () => {
  it('are each value that is returned, thrown or yielded, with the decisions that lead there', () => {
    const text = 'function* f(a) { if (a) { yield 1; return 2 } yield* g(); throw 3 }'
    const facts = factsOf(text)
    const f = functionOf(text)
    const shown = (outcomes: FunctionFacts['returns']): readonly string[] =>
      outcomes.map((o) => `${say(facts, o.value)} ${o.guards.map((g) => g.arm).join()}`)
    expect([shown(f.returns), shown(f.throws), shown(f.yields)]).toEqual([
      ['2 0'],
      ['3 1'],
      ['1 0', 'element(g()) 1'],
    ])
  })

  it('of an arrow without braces is its expression', () => {
    const facts = factsOf('const f = (a) => a.b')
    const [outcome] = facts.functions[1]?.returns ?? []
    expect(outcome && say(facts, outcome.value)).toBe('parameter1.0.b')
  })

  it('of an empty return is undefined', () => {
    const facts = factsOf('function f() { return }')
    const [outcome] = facts.functions[1]?.returns ?? []
    expect(outcome && say(facts, outcome.value)).toBe('undefined')
  })
})

describe('this', () => {
  it.each([
    ['class A { m() { probe(this) } }', 'this1'],
    ['class A { m() { return () => probe(this) } }', 'this1'],
    ['class A { f = () => probe(this) }', 'this1'],
    ['class A { static { probe(this) } }', 'this1'],
    ['const o = { m() { probe(this) } }', 'this1'],
    ['const o = { m: () => probe(this) }', 'this0'],
    ['function f() { return () => () => probe(this) }', 'this1'],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual([expected])
  })
})

describe('classes', () => {
  function classOf(text: string): { facts: ReturnType<typeof factsOf>; owner: ClassFacts } {
    const facts = factsOf(text)
    const [owner] = facts.classes
    if (!owner) throw new Error('there is no class')
    return { facts, owner }
  }

  it('list their members', () => {
    const { facts, owner } = classOf(
      "class A extends B implements C { a = 1; static b = 'x'; #c; d() {} static e() {} get f() { return 1 } set f(v) {} ['g'] = 2 }",
    )
    const members = owner.members.map((m) =>
      [
        m.static ? 'static ' : '',
        m.kind,
        ' ',
        m.name,
        m.value === null ? '' : ` ${say(facts, m.value)}`,
      ].join(''),
    )
    expect(members).toEqual([
      'field a 1',
      'static field b "x"',
      'field #c',
      'method d',
      'static method e',
      'getter f',
      'setter f',
      'field g 2',
    ])
    expect(owner.extends === null ? null : say(facts, owner.extends)).toBe('B')
    expect(owner.implements.map((v) => say(facts, v))).toEqual(['C'])
  })

  it('note what is assigned to their fields, and where', () => {
    const { facts, owner } = classOf(
      'class A { constructor(private a: string, b) { this.b = b; const f = () => { this.c = 1 } } m() { this.d.e = 2; A.s = 3 } static t() { this.u = 4 } }\nA.v = 5',
    )
    const assigned = owner.assigned.map(
      (a) =>
        `${a.static ? 'static ' : ''}${a.key} ${say(facts, a.value)} in ${facts.functions[a.function]?.name ?? ''}`,
    )
    expect(assigned).toEqual([
      'static v 5 in ',
      'a parameter1.0 in A.constructor',
      'b parameter1.1 in A.constructor',
      'd this2.d with .e = 2 in A.m',
      'static s 3 in A.m',
      'static u 4 in A.t',
      'c 1 in f',
    ])
  })

  it('call the class they extend by super', () => {
    const { facts } = classOf(
      'class A extends B { constructor(x) { super(x, 1) } m() { return super.m() } }',
    )
    expect(facts.calls.map((c) => `${c.isNew ? 'new ' : ''}${say(facts, c.callee)}`)).toEqual([
      'new super1',
      'super2.m',
    ])
  })

  it('keep their decorators, and those of members and parameters', () => {
    const { facts, owner } = classOf(
      "@Controller('a') class A { constructor(@Inject(T) t) {} @Get(':id') @Guard get(@Param('id') id) {} }",
    )
    const shown = (decorators: ClassFacts['decorators']): readonly string[] =>
      decorators.map(
        (d) => `${say(facts, d.name)}(${d.arguments.map((a) => say(facts, a)).join()})`,
      )
    expect(shown(owner.decorators)).toEqual(['Controller("a")'])
    expect(owner.members.map((m) => shown(m.decorators))).toEqual([['Get(":id")', 'Guard()']])
    expect(facts.functions.flatMap((f) => f.parameters.map((p) => shown(p.decorators)))).toEqual([
      ['Inject(T)'],
      ['Param("id")'],
    ])
  })
})

it('notes directives of files and functions', () => {
  const facts = factsOf("'use server'\nasync function f() { 'use strict'; 'x'; g(); 'y' }")
  expect(facts.directives).toEqual(['use server'])
  expect(facts.functions[1]?.directives).toEqual(['use strict', 'x'])
})
