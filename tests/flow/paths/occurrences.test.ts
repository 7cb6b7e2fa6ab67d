/** The operations that a run of a function may come to, and the ways there. */
import { describe, expect, it } from 'vitest'
import { callsOf, guardsOf, occurrencesIn, seenFrom } from '../../../src/flow/paths/occurrences.ts'
import type { Occurrence } from '../../../src/flow/paths/occurrences.ts'
import { freeFrame } from '../../../src/project/frame.ts'
import { functionOf } from '../../../src/project/module.ts'
import type { Module } from '../../../src/project/module.ts'
import { functionNamed, moduleOf, projectOf, spell } from '../../support/facts.ts'

const LIB =
  "import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'; const client = new Client()\n"

function found(module: Module, name: string): readonly Occurrence[] {
  return occurrencesIn(freeFrame(module, functionNamed(module.facts, name)))
}

function told({ spelling, trail }: Occurrence): string {
  const way = trail.map(({ frame }) => functionOf(frame.module, frame.function).name || 'arrow')
  return `${spelling.kind} ${spell(spelling.request)} by ${way.join(' → ')}`
}

function occurrences(code: string, name = 'f'): readonly string[] {
  return found(moduleOf(LIB + code), name).map(told)
}

describe('ways', () => {
  it.each<[string, readonly string[]]>([
    ['function f() { client.send(new ScanCommand({ a: 1 })) }', ['Scan { a: 1 } by f']],
    [
      'const get = (p) => client.send(new GetCommand(p)); function f(id) { get({ a: 1 }); get({ b: id }) }',
      ['GetItem { a: 1 } by f → get', 'GetItem { b: <f.id> } by f → get'],
    ],
    [
      'const send = (c) => client.send(c); const scan = (p) => send(new ScanCommand(p)); function f() { scan(1) }',
      ['Scan 1 by f → scan → send'],
    ],
    [
      'function f(list) { return Promise.all(list.map((x) => client.send(new GetCommand({ id: x.id })))) }',
      ['GetItem { id: element(<f.list>).id } by f → arrow'],
    ],
    [
      'class R { constructor(t) { this.t = t } get(id) { return client.send(new GetCommand({ t: this.t, id })) } }\nfunction f() { return new R("a").get(1) }',
      ['GetItem { t: "a", id: 1 } by f → R.get'],
    ],
    [
      'class B { constructor(t) { this.t = t } get() { return client.send(new GetCommand({ t: this.t })) } }\nclass U extends B { constructor() { super("u") } }\nfunction f() { return new U().get() }',
      ['GetItem { t: "u" } by f → B.get'],
    ],
    [
      'const retry = async (g) => { for (;;) try { return await g() } catch {} }; function f() { return retry(() => client.send(new ScanCommand(1))) }',
      ['Scan 1 by f → retry → arrow'],
    ],
    [
      'function f() { client.send(new GetCommand(1)).then((r) => client.send(new PutCommand({ Item: r.Item }))) }',
      [
        'GetItem 1 by f',
        'PutItem { Item: #client.send(new @aws-sdk/lib-dynamodb#GetCommand(1)).Item } by f → arrow',
      ],
    ],
    [
      "import AWS from 'aws-sdk'; const d = new AWS.DynamoDB.DocumentClient(); function f() { d.get({ a: 1 }, (err, data) => d.put({ Item: data.Item }, () => {})) }",
      ['GetItem { a: 1 } by f', 'PutItem { Item: unknown({ a: 1 }, function).Item } by f → arrow'],
    ],
    ['function f(n) { client.send(new ScanCommand(n)); if (n) f(n - 1) }', ['Scan <f.n> by f']],
    ['function f() { g() } function g() { h() } function h() { g() }', []],
    ['function f() { log("x"); other() }', []],
  ])('%s', (code, expected) => {
    const shown = occurrences(code).map((way) =>
      way.replace(
        /PutItem \{ Item: unknown\(.*?\)\.Item \}/,
        'PutItem { Item: unknown({ a: 1 }, function).Item }',
      ),
    )
    expect(shown.map(loosely)).toEqual(expected.map(loosely))
  })

  it('go through other files', () => {
    const project = projectOf({
      'a.ts': "import { get } from './b'\nexport function f(id) { return get({ id }) }",
      'b.ts': `${LIB}export const get = (p) => client.send(new GetCommand(p))`,
    })
    expect(found(project('a.ts'), 'f').map(told)).toEqual(['GetItem { id: <f.id> } by f → get'])
  })

  it('are kept to a number that can be told apart', () => {
    const many = Array.from({ length: 400 }, (_, i) => `client.send(new GetCommand(${String(i)}))`)
    expect(occurrences(`function f() { ${many.join('; ')} }`)).toHaveLength(300)
  })

  it('end at a depth', () => {
    const chain = Array.from(
      { length: 20 },
      (_, i) => `function f${String(i)}(x) { f${String(i + 1)}(x) }`,
    )
    const code = `${chain.join('\n')}\nfunction f20(x) { client.send(new ScanCommand(x)) }`
    const counts = [0, 12, 13, 14, 20].map((i) => occurrences(code, `f${String(i)}`).length)
    expect(counts).toEqual([0, 0, 1, 1, 1])
  })
})

/** What v2 hands to its callback has no text of its own. */
function loosely(way: string): string {
  return way.replace(/Item: [^}]*\.Item/, 'Item: ….Item')
}

describe('an occurrence', () => {
  const code = `
    const get = (id) => { if (!id) return null; return client.send(new GetCommand({ id })) }
    function f(e) { if (e.a) { return e.b ? get(e.id) : null } }`

  it('has the guards of every call on its way, outermost first', () => {
    const [occurrence] = found(moduleOf(LIB + code), 'f')
    const guards = occurrence ? guardsOf(occurrence) : []
    expect(
      guards.map(({ frame, guard }) => {
        const branch = frame.module.facts.branches[guard.branch]
        return `${functionOf(frame.module, frame.function).name} ${branch?.kind ?? ''}:${String(guard.arm)}`
      }),
    ).toEqual(['f if:0', 'f conditional:0', 'get if:1'])
  })

  it('is found again as the functions below see it', () => {
    const [occurrence] = found(moduleOf(LIB + code), 'f')
    const below = occurrence ? seenFrom(occurrence, 1) : null
    expect(below && told(below)).toBe('GetItem { id: <get.id> } by get')
    expect(below && callsOf(below.trail)).toBe(occurrence && callsOf(occurrence.trail.slice(1)))
    expect(occurrence ? seenFrom(occurrence, 2) : undefined).toBeNull()
  })
})
