/** What branches tell of the item that was read for. */
import { describe, expect, it } from 'vitest'
import { countTest } from '../../../src/flow/guards/count-test.ts'
import { decidedBefore } from '../../../src/flow/guards/decided.ts'
import { occurrencesIn } from '../../../src/flow/paths/occurrences.ts'
import { toldBy } from '../../../src/flow/guards/presence.ts'
import { freeFrame } from '../../../src/project/frame.ts'
import { functionNamed, moduleOf } from '../../support/facts.ts'

const head = `
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
const get = (id) => documents.send(new GetCommand({ TableName: 'T', Key: { id } }))
const list = (id) => documents.send(new QueryCommand({ TableName: 'T', KeyConditionExpression: 'a = :a' }))
const put = () => documents.send(new PutCommand({ TableName: 'T', Item: {} }))
`

/** What is told of the first read before the Put, branch by branch. */
function told(body: string, rest = ''): readonly string[] {
  const module = moduleOf(`${head}async function run(id, x) {\n${body}\n}\n${rest}`)
  const occurrences = occurrencesIn(freeFrame(module, functionNamed(module.facts, 'run')))
  const [read] = occurrences
  const write = occurrences.find(({ spelling }) => spelling.kind === 'PutItem')
  if (!read || !write) throw new Error('there is no read, or no Put')
  return decidedBefore(write, read).flatMap((decided) => {
    const found = toldBy(decided, read)
    if (found === null) return []
    const picked =
      found.picked === null
        ? ' ?'
        : found.picked.map(({ path }) => ` by ${path.join('.')}`).join('')
    return [`${found.presence}${picked}${found.list === null ? '' : ` in ${found.list.join('.')}`}`]
  })
}

describe('a branch', () => {
  it.each<[string, readonly string[]]>([
    ['const { Item } = await get(id); if (Item) put()', ['present']],
    ['const { Item } = await get(id); if (Item) return; put()', ['absent', 'absent']],
    ['const { Item } = await get(id); if (Item && x) put()', ['present']],
    ['const { Item } = await get(id); if (Item || x) put()', []],
    ['const { Item } = await get(id); if (!(Item && x)) put()', []],
    ['const { Item } = await get(id); if (!Item && !x) put()', ['absent']],
    // A state is for no-unconditional-read-modify-write.
    ['const { Item } = await get(id); if (Item?.name) put()', []],
    ['const { Item } = await get(id); if (!Item?.name) put()', []],
    ['const { Item } = await get(id); if (Item?.name === x) put()', []],
    ['const { Item } = await get(id); if (id) put()', []],
    ['const r = await get(id); if (r) put()', []],
    ['const { Items } = await list(id); if (Items) put()', []],
    ['const { Items } = await list(id); if (Items.length) put()', ['present']],
    ['const { Items } = await list(id); if (Items.length === 1) put()', ['present']],
    ['const { Items } = await list(id); if (Items.length > 1) put()', []],
    ['const { Items } = await list(id); if (!Items.some((i) => i.n === x)) put()', ['absent by n']],
    [
      'const { Items } = await list(id); if (!Items.some((i) => i.a.n === x || i.m === x)) put()',
      ['absent by a.n by m'],
    ],
    ['const { Items } = await list(id); if (!Items.some((i) => old(i))) put()', ['absent ?']],
    ['const { Items } = await list(id); if (!Items.every((i) => i.n === x)) put()', []],
    [
      'const { Item } = await get(id); if (Item.tags.includes(x)) return; put()',
      ['absent in tags', 'absent in tags'],
    ],
  ])('%s', (body, wanted) => {
    expect(told(body)).toEqual(wanted)
  })

  it.each<[string, string, readonly string[]]>([
    ['if (await has(id)) put()', 'const has = async (id) => !!(await get(id)).Item', ['present']],
    [
      'if (await has(id)) put()',
      'const has = async (id) => { if ((await get(id)).Item) return true; return false }',
      ['present'],
    ],
    [
      'if (await has(id)) put()',
      'const has = async (id) => { const { Item } = await get(id); return x ? true : !!Item }',
      [],
    ],
    [
      'const found = await find(id); if (found === null) put()',
      'const find = async (id) => { const { Item } = await get(id); return Item ? new User(Item) : null }',
      ['absent'],
    ],
    [
      'const found = await find(id); if (!found.ok) put()',
      'const find = async (id) => { const { Item } = await get(id); return { ok: !!Item, Item } }',
      ['absent'],
    ],
    [
      'await check(id); put()',
      'const check = async (id) => { if (!(await get(id)).Item) throw new Error() }',
      ['present'],
    ],
    [
      'try { await check(id) } catch { put() }',
      'const check = async (id) => { if (!(await get(id)).Item) throw new Error() }',
      ['absent'],
    ],
    [
      'try { await check(id) } catch {} put()',
      'const check = async (id) => { if (!(await get(id)).Item) throw new Error() }',
      [],
    ],
  ])('%s where %s', (body, rest, wanted) => {
    expect(told(body, rest)).toEqual(wanted)
  })

  it('comes to an end where functions call one another', () => {
    const rest = 'const a = (id) => b(id) || get(id)\nconst b = (id) => a(id) && a(id)'
    expect(told('const r = await get(id); if (a(id)) put()', rest)).toEqual([])
  })
})

describe('a comparison with a literal', () => {
  it.each<[string, number | null | boolean, boolean, ReturnType<typeof countTest>]>([
    ['>', 0, true, { of: 'count', holds: true }],
    ['>', 0, false, { of: 'count', holds: false }],
    ['<', 1, true, { of: 'count', holds: false }],
    ['===', 1, true, { of: 'count', holds: true }],
    ['===', 1, false, null],
    ['>=', 5, true, null],
    ['!==', -1, true, { of: 'index', holds: true }],
    ['===', null, true, { of: 'count', holds: false }],
    ['!=', false, true, { of: 'count', holds: true }],
    ['<', 0, true, { of: 'index', holds: false }],
  ])('%s %s, holding: %s', (operator, literal, holds, wanted) => {
    expect(countTest(operator, literal, false, holds)).toEqual(wanted)
  })

  it('is turned where the literal stands on the left', () => {
    expect(countTest('<', 0, true, true)).toEqual({ of: 'count', holds: true })
    expect(countTest('<=', 1, true, false)).toEqual({ of: 'count', holds: false })
  })
})
