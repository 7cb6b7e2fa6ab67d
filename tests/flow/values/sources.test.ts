/** Which reads a value comes from, and which part of the item it is. */
import { describe, expect, it } from 'vitest'
import { sourcesOf } from '../../../src/flow/values/sources.ts'
import type { Source } from '../../../src/flow/values/sources.ts'
import { spellingOf } from '../../../src/operations/recognise.ts'
import { moduleOf, probes } from '../../support/facts.ts'

const HEAD = `
  import * as lib from '@aws-sdk/lib-dynamodb'
  import * as low from '@aws-sdk/client-dynamodb'
  import { unmarshall } from '@aws-sdk/util-dynamodb'
  const get = () => client.send(new lib.GetCommand({ TableName: 't' }))
  const query = () => client.send(new lib.QueryCommand({ TableName: 't' }))
`

function told({ frame, call, path, use, listed, about }: Source): string {
  const kind = spellingOf(frame, call)?.kind ?? '?'
  return [
    `${kind}${listed ? ' list' : ''}`,
    about === null ? (path.length === 0 ? 'item' : path.join('.')) : `about ${about}`,
    ...(use === 'taken' ? [] : [use]),
  ].join(', ')
}

function sources(code: string): readonly string[] {
  const term = probes(moduleOf(HEAD + code)).at(-1)
  return term ? sourcesOf(term).map(told) : []
}

describe('an item', () => {
  it.each<[string, readonly string[]]>([
    ['const r = await get(); probe(r.Item)', ['GetItem, item, copied']],
    ['const { Item: item } = await get(); probe(item)', ['GetItem, item, copied']],
    ['const r = await get(); probe(r.Item.stock)', ['GetItem, stock, copied']],
    ['const r = await get(); probe(r.Item?.a?.b)', ['GetItem, a.b, copied']],
    ['const r = await get(); probe(r.Item!.tags[0])', ['GetItem, tags.0, copied']],
    ['const r = await get(); probe(r.Item[k])', ['GetItem, [], copied']],
    [
      'const { Item } = await get(); const { stock = 0 } = Item ?? {}; probe(stock)',
      ['GetItem, stock, copied'],
    ],
    [
      'get().then((r) => r.Item).then((i) => i.stock); const s = await get().then((r) => r.Item.stock); probe(s)',
      ['GetItem, stock, copied'],
    ],
    ['const [a] = await Promise.all([get()]); probe(a.Item.x)', ['GetItem, x, copied']],
    [
      'const [, b] = await Promise.allSettled([query(), get()]); probe(b.value.Item.x)',
      ['GetItem, x, copied'],
    ],
    [
      'const all = await Promise.allSettled([1, 2].map(() => get())); for (const one of all) probe(one.value.Item.x)',
      ['GetItem, x, copied'],
    ],
    [
      'const [a] = await Promise.allSettled([get()]); const r = a.status === "fulfilled" ? a.value : null; probe(r.Item.x)',
      ['GetItem, x, copied'],
    ],
    [
      'const load = async () => (await get()).Item; probe((await load()).stock)',
      ['GetItem, stock, copied'],
    ],
    [
      'let item; if (c) item = (await get()).Item; else item = null; probe(item.stock)',
      ['GetItem, stock, copied'],
    ],
    [
      'const r = await client.send(new low.GetItemCommand({})); probe(unmarshall(r.Item).stock)',
      ['GetItem, stock, copied'],
    ],
    [
      'const r = await client.send(new low.GetItemCommand({})); probe(r.Item.stock.N)',
      ['GetItem, stock, copied'],
    ],
  ])('%s', (code, expected) => {
    expect(sources(code)).toEqual(expected)
  })
})

describe('a computation', () => {
  it.each<[string, readonly string[]]>([
    ['const r = await get(); probe(r.Item.n + 1)', ['GetItem, n, reckoned']],
    ['const r = await get(); probe(Number(r.Item.n) - 1)', ['GetItem, n, reckoned']],
    ['const r = await get(); probe(`A#${r.Item.id}`)', ['GetItem, id']],
    ['const r = await get(); probe({ ...r.Item, a: 1 })', ['GetItem, item']],
    ['const r = await get(); probe({ n: r.Item.n })', ['GetItem, n']],
    ['const r = await get(); probe([...r.Item.tags, x])', ['GetItem, tags, reckoned']],
    [
      'const r = await get(); r.Item.n += 1; probe(r.Item)',
      ['GetItem, n, reckoned', 'GetItem, item'],
    ],
    [
      'const r = await get(); const i = r.Item; i.n = i.n + 1; probe(i)',
      ['GetItem, n, reckoned', 'GetItem, item'],
    ],
    ['const r = await get(); probe(c ? r.Item.a : 1)', ['GetItem, a, copied']],
    ['const r = await get(); probe(total(r.Item.lines))', ['GetItem, lines']],
    [
      'const r = await get(); let n = r.Item.n; while (c()) n++; probe(n)',
      ['GetItem, n, copied', 'GetItem, n, reckoned'],
    ],
    ['const r = await get(); probe(!r.Item)', ['GetItem, item']],
    ['const r = await get(); probe(r.Item.lines.map((l) => l.price))', ['GetItem, lines.[].price']],
    ['const r = await get(); probe(r.Item.name.trim())', ['GetItem, name']],
  ])('%s', (code, expected) => {
    expect(sources(code)).toEqual(expected)
  })
})

describe('a list of items', () => {
  it.each<[string, readonly string[]]>([
    ['const r = await query(); probe(r.Items[0])', ['Query list, item, copied']],
    ['const r = await query(); probe(r.Items[0].stock)', ['Query list, stock, copied']],
    ['const { Items: [first] } = await query(); probe(first.a)', ['Query list, a, copied']],
    ['const r = await query(); for (const i of r.Items) probe(i.a)', ['Query list, a, copied']],
    ['const r = await query(); probe(r.Items.find((i) => i.ok).a)', ['Query list, a, copied']],
    [
      'const r = await query(); const xs = r.Items.map((i) => i.a); for (const x of xs) probe(x)',
      ['Query list, a, copied'],
    ],
    ['const r = await query(); probe(r.Items)', ['Query list, item, copied']],
    ['const r = await query(); probe(r.Items.length)', ['Query list, about length, copied']],
    ['const r = await query(); probe(r.Count)', ['Query, about Count, copied']],
    [
      'const r = await query(); probe(r.LastEvaluatedKey)',
      ['Query, about LastEvaluatedKey, copied'],
    ],
    ['const r = await query(); probe(r)', ['Query, about response, copied']],
    [
      'for await (const page of lib.paginateScan({}, {})) for (const i of page.Items) probe(i.a)',
      ['Scan list, a, copied'],
    ],
    [
      'const r = await client.send(new lib.BatchGetCommand({})); probe(r.Responses.t[0].a)',
      ['BatchGetItem list, a, copied'],
    ],
    [
      'const r = await client.send(new lib.TransactGetCommand({})); probe(r.Responses[0].Item.a)',
      ['TransactGetItems list, a, copied'],
    ],
    [
      'const items = []; let k; do { const r = await query(k); items.push(...r.Items); k = r.LastEvaluatedKey } while (k); for (const i of items) probe(i.a)',
      ['Query list, a, copied'],
    ],
  ])('%s', (code, expected) => {
    expect(sources(code)).toEqual(expected)
  })
})

describe('nothing', () => {
  it.each([
    ["probe('a')"],
    ['probe(x.Item)'],
    ['function f(e) { probe(e.body) }'],
    ['const r = await client.send(new lib.PutCommand({})); probe(r.Attributes)'],
    ['const r = await fetch(url); probe(r.Item)'],
    ['const r = await get(); probe(await http.post({ id: r.Item.id }))'],
  ])('%s', (code) => {
    expect(sources(code)).toEqual([])
  })
})

it('comes to an end where a value is made of very many', () => {
  const fields = Array.from(
    { length: 1000 },
    (_, i) => `a${String(i)}: (await get()).Item.a${String(i)}`,
  )
  const found = sources(`probe({ ${fields.join()} })`)
  expect(found.length).toBeGreaterThan(100)
  expect(found.length).toBeLessThan(400)
})
