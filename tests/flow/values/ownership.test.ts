/** Which function makes an operation the one it is. */
import { describe, expect, it } from 'vitest'
import { occurrencesIn } from '../../../src/flow/paths/occurrences.ts'
import { ownedOperations } from '../../../src/flow/values/ownership.ts'
import { freeFrame } from '../../../src/project/frame.ts'
import { functionOf } from '../../../src/project/module.ts'
import type { Module } from '../../../src/project/module.ts'
import { functionNamed, moduleOf, projectOf, spell } from '../../support/facts.ts'

const LIB =
  "import { GetCommand, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'; const client = new Client()\n"

function ownersIn(module: Module, entries: readonly string[] = []): readonly string[] {
  const name = (id: number): string => functionOf(module, id).name || (id === 0 ? 'file' : 'arrow')
  return ownedOperations(module, ({ function: id }) => entries.includes(name(id))).map(
    ({ occurrence, owner }) =>
      `${name(owner)}: ${occurrence.spelling.kind} ${spell(occurrence.spelling.request)}`,
  )
}

function owners(code: string, ...entries: readonly string[]): readonly string[] {
  return ownersIn(moduleOf(LIB + code), entries)
}

describe('an operation belongs to', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'the function that writes it',
      "function f(id) { client.send(new GetCommand({ TableName: 't', Key: { id } })) } function g() { f(1) }",
      ['f: GetItem { TableName: "t", Key: { id: <f.id> } }'],
    ],
    [
      'whoever says which table it is',
      "const get = (t) => client.send(new GetCommand({ TableName: t })); const f = () => get('a'); const g = () => get('b')",
      ['f: GetItem { TableName: "a" }', 'g: GetItem { TableName: "b" }'],
    ],
    [
      'whoever gives the whole request',
      "const scan = (p) => client.send(new ScanCommand(p)); const f = () => scan({ TableName: 'a' })",
      ['f: Scan { TableName: "a" }'],
    ],
    [
      'whoever gives part of the request',
      "const scan = (p) => client.send(new ScanCommand({ TableName: 't', ...p })); const f = () => scan({ Limit: 1 })",
      ['f: Scan { TableName: "t", Limit: 1 }'],
    ],
    [
      'whoever gives the command',
      "const send = (c) => client.send(c); const f = () => send(new ScanCommand({ TableName: 'a' }))",
      ['f: Scan { TableName: "a" }'],
    ],
    [
      'the lowest function that leaves nothing open',
      "const a = (p) => client.send(new ScanCommand(p)); const b = (f) => a({ TableName: 't', FilterExpression: f }); const c = () => b('x = :x'); const d = () => c()",
      ['c: Scan { TableName: "t", FilterExpression: "x = :x" }'],
    ],
    [
      'the file, where it stands in no function',
      "client.send(new ScanCommand({ TableName: 't' }))",
      ['file: Scan { TableName: "t" }'],
    ],
    [
      'the callback that it stands in',
      "function f(list) { list.map((x) => client.send(new GetCommand({ TableName: 't', Key: x }))) }",
      ['arrow: GetItem { TableName: "t", Key: <.x> }'],
    ],
    [
      'nobody, where nobody fills it in',
      'export const scan = (p) => client.send(new ScanCommand(p))',
      [],
    ],
  ])('%s', (_, code, expected) => {
    expect(owners(code)).toEqual(expected)
  })

  it('the function that writes it, though not all ways to it were walked', () => {
    const module = moduleOf(
      `${LIB}const a = () => client.send(new ScanCommand({ TableName: 't' })); const b = () => a(); const c = () => b(); const d = () => c()`,
    )
    const far = functionNamed(module.facts, 'd')
    expect(occurrencesIn(freeFrame(module, far))).toHaveLength(1)
    // Nothing is left for the ways from the functions between.
    module.project.frames.count = 1_000_000
    expect(ownersIn(module)).toEqual(['a: Scan { TableName: "t" }'])
  })

  it('a function that builds its expression in a loop', () => {
    const code = `function f(names) {
      let e = 'a = :a'
      for (const n of names) e = \`\${e} OR \${e} OR \${n} = :a\`
      return client.send(new ScanCommand({ TableName: 't', FilterExpression: e }))
    }
    f(['x'])`
    expect(owners(code).map((o) => o.split(':')[0])).toEqual(['file'])
  })

  it('an entry point, whatever that is given', () => {
    const code =
      'export const handler = (event) => client.send(new ScanCommand({ TableName: event.table }))'
    expect(owners(code)).toEqual([])
    expect(owners(code, 'handler')).toEqual(['handler: Scan { TableName: <handler.event>.table }'])
  })

  it('the file that fills in a wrapper of another', () => {
    const project = projectOf({
      'a.ts': "import { scan } from './b'\nexport const f = () => scan({ TableName: 'a' })",
      'b.ts': `${LIB}export const scan = (p) => client.send(new ScanCommand(p))\nexport const g = () => scan({ TableName: 'b' })`,
    })
    expect(ownersIn(project('a.ts'))).toEqual(['f: Scan { TableName: "a" }'])
    expect(ownersIn(project('b.ts'))).toEqual(['g: Scan { TableName: "b" }'])
  })

  it('the file where it stands, not those that import it whole', () => {
    const project = projectOf({
      'a.ts': "import { all } from './b'\nexport const f = () => all()",
      'b.ts': `${LIB}export const all = () => client.send(new ScanCommand({ TableName: 'b' }))`,
    })
    expect(ownersIn(project('a.ts'))).toEqual([])
    expect(ownersIn(project('b.ts'))).toEqual(['all: Scan { TableName: "b" }'])
  })
})
