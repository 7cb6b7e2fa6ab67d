/** What code does with the answer of a read: through names, helpers, callbacks and lists. */
import { describe, expect, it } from 'vitest'
import { occurrencesIn } from '../../../src/flow/paths/occurrences.ts'
import { usesOfResult } from '../../../src/flow/reads/result-uses.ts'
import { freeFrame } from '../../../src/project/frame.ts'
import { moduleOf } from '../../support/facts.ts'

const HEAD = `
  import { QueryCommand } from '@aws-sdk/lib-dynamodb'
  const query = () => client.send(new QueryCommand({ TableName: 't' }))
`

/** The uses seen from a function `run`, each with the methods that the list went through before. */
function uses(body: string, rest = ''): readonly string[] {
  const module = moduleOf(`${HEAD}${rest}\nasync function run(ids) {\n${body}\n}`)
  const id = module.facts.functions.findIndex(({ name }) => name === 'run')
  const occurrences = occurrencesIn(freeFrame(module, id))
  const told = occurrences
    .flatMap(usesOfResult)
    .map(({ kind, steps }) => [kind, ...steps.map(({ method }) => method)].join(' '))
  return [...new Set(told)].sort()
}

describe('what is done with the answer', () => {
  it.each<[string, readonly string[]]>([
    ['await query()', []],
    ['const r = await query(); return r.Items', ['listed']],
    ['const { Items = [] } = await query(); return { orders: Items }', ['listed']],
    ['const r = await query(); return JSON.stringify({ orders: r.Items ?? [] })', ['listed']],
    ['return (await query()).Items.map((i) => i.name)', ['listed map']],
    ['return await query()', ['cursor']],
    [
      'const r = await query(); return { items: r.Items, next: r.LastEvaluatedKey }',
      ['cursor', 'listed'],
    ],
    ['const r = await query(); if (r.LastEvaluatedKey) throw new Error()', ['cursor']],
    ['const { LastEvaluatedKey, ...r } = await query(); return r.Items', ['listed']],
    ['const { Items, ...r } = await query(); return r', ['cursor']],
    ['const r = await query(); return r.Items[0]', ['first']],
    ['const [first] = (await query()).Items; return first', ['first']],
    ['const r = await query(); return r.Items.sort(f)[0]', ['first sort']],
    ['const r = await query(); return r.Items.at(-1)', ['first at']],
    ['const r = await query(); return r.Items.length > 0', ['tested']],
    ['const r = await query(); if (!r.Count) throw new Error()', ['tested']],
    ['const r = await query(); return r.Items.length', ['counted']],
    ['const r = await query(); return { total: r.Count }', ['counted']],
    ['const r = await query(); return `${r.Count} orders`', ['counted']],
    ['const r = await query(); const a = new Array(r.Items.length)', []],
    ['const r = await query(); console.log(r.Items, r.Count)', []],
    ['const r = await query(); return r.Items.find((i) => i.id === ids)', ['searched find']],
    [
      'const r = await query(); return r.Items.map((i) => i.id).includes(ids)',
      ['searched map includes'],
    ],
    [
      'const r = await query(); const s = new Set(r.Items.map((i) => i.id)); return ids.filter((i) => s.has(i))',
      ['searched map has'],
    ],
    [
      'const r = await query(); let t = 0; for (const i of r.Items) t += i.price; return t',
      ['each', 'summed'],
    ],
    [
      'const r = await query(); let t = 0; r.Items.forEach((i) => { t += Number(i.price) }); return t',
      ['each', 'summed'],
    ],
    ['const r = await query(); return r.Items.reduce((t, i) => t + i.price, 0)', ['summed reduce']],
    ['const r = await query(); return Math.max(...r.Items.map((i) => i.n))', ['summed map']],
    [
      'const r = await query(); return r.Items.reduce((m, i) => ({ ...m, [i.id]: i }), {})',
      ['listed reduce'],
    ],
    ['for (const i of (await query()).Items) await mail(i.to)', ['each']],
    [
      'const r = await query(); const l = []; for (const i of r.Items) l.push(i.id); return l',
      ['each', 'listed'],
    ],
    [
      'const r = await query(); return r.Items.filter((i) => i.open).slice(0, 3)',
      ['listed filter slice'],
    ],
    ['const r = await query().then((a) => a.Items); return r.length', ['counted']],
    ['const [a] = await Promise.all([query()]); return a.Items.length', ['counted']],
    [
      'const all = await Promise.all(ids.map(() => query())); return all.flatMap((r) => r.Items)',
      ['listed'],
    ],
    [
      'const all = await Promise.all(ids.map(() => query())); for (const r of all) { if (r.LastEvaluatedKey) throw r }',
      ['cursor'],
    ],
    ['let key; do { const r = await query(); key = r.LastEvaluatedKey } while (key)', ['cursor']],
  ])('%s', (body, expected) => {
    expect(uses(body)).toEqual(expected)
  })
})

describe('in other functions', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'a wrapper that drops the cursor',
      'const all = async () => (await query()).Items',
      ['counted'],
    ],
    [
      'a wrapper that hands it up',
      'const page = async () => { const r = await query(); return { rows: r.Items, next: r.LastEvaluatedKey } }\nconst all = async () => (await page()).rows',
      ['counted'],
    ],
    [
      'a wrapper that looks at it',
      'const all = async () => { const r = await query(); if (r.LastEvaluatedKey) throw new Error(); return r.Items }',
      ['counted', 'cursor'],
    ],
    [
      'one that tries again',
      'const again = async (f) => { for (;;) { try { return await f() } catch {} } }\nconst all = async () => (await again(() => query())).Items',
      ['counted'],
    ],
  ])('%s', (_, rest, expected) => {
    expect(uses('return (await all()).length', rest)).toEqual(expected)
  })

  it('follows a list into the function that it is given to', () => {
    const rest = 'const cheapest = (list) => list.find((i) => i.price < 3)'
    expect(uses('const r = await query(); return cheapest(r.Items)', rest)).toEqual([
      'searched find',
    ])
  })

  it('follows the answer into a callback', () => {
    const rest = "import AWS from 'aws-sdk'\nconst old = new AWS.DynamoDB.DocumentClient()"
    const body = "old.query({ TableName: 't' }, (error, data) => { ids(null, data.Items.length) })"
    expect(uses(body, rest)).toEqual([])
    const first = "old.query({ TableName: 't' }, (error, data) => { ids(null, data.Items[0]) })"
    expect(uses(first, rest)).toEqual(['first'])
  })
})
