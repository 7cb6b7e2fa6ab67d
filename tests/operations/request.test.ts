/** The members of a request, as far as the code tells. */
import { describe, expect, it } from 'vitest'
import {
  expressionOf,
  memberOfRequest,
  namesOf,
  placeOfPlaceholder,
  requestOf,
  termOfMember,
  valueOfPlaceholder,
} from '../../src/operations/request.ts'
import type { Request } from '../../src/operations/request.ts'
import { moduleOf, probes, spell } from '../support/facts.ts'

function requestIn(code: string): Request {
  const term = probes(moduleOf(code)).at(-1)
  if (!term) throw new Error('nothing is probed')
  return requestOf(term)
}

/** `Limit` of the request: its state, its value, and where that is written. */
function limitOf(code: string): string {
  const member = memberOfRequest(requestIn(code), 'Limit')
  if (member.state !== 'known') return member.state
  const written = code.slice(member.at.start, member.at.end)
  return `${member.certain ? '' : 'perhaps '}${spell(member.term)} at ${written}`
}

describe('a member', () => {
  it.each([
    ['probe({ Limit: 5 })', '5 at 5'],
    ['const Limit = 5; probe({ Limit })', '5 at Limit'],
    ['const n = 5; probe({ Limit: n })', '5 at n'],
    ['const p = {}; p.Limit = 2 + 3; probe(p)', '5 at 2 + 3'],
    ["const p = {}; p['Limit'] = 5; probe(p)", '5 at 5'],
    ['const p = { Limit: 5 }; probe({ ...p, TableName: t })', '5 at 5'],
    ['probe({ ...q, Limit: 5 })', '5 at 5'],
    ['probe({ Limit: 5, ...q })', '5 at 5'],
    ['const p = {}; if (c) p.Limit = 5; probe(p)', 'perhaps 5 at 5'],
    ['probe({ ...(c && { Limit: 5 }) })', 'perhaps 5 at 5'],
    ['probe({ ...(c ? { Limit: 5 } : {}) })', 'perhaps 5 at 5'],
    ['probe(c ? { Limit: 5 } : { Limit: 6 })', '(5 | 6) at 6'],
    ['const p = {}; if (c) p.Limit = 5; else p.Limit = 6; probe(p)', '(5 | 6) at 6'],
    ['probe({ Limit: c ? 5 : undefined })', '(5 | undefined) at c ? 5 : undefined'],
    ['const f = (p) => ({ TableName: t, ...p }); probe(f({ Limit: 5 }))', '5 at 5'],
    ['function f(p) { p.Limit = 5; probe(p) }', '5 at 5'],
    [
      'const p = { a: 1 }; do { p.K = get(p).L; p.Limit = 5 } while (p.K); probe(p)',
      'perhaps 5 at 5',
    ],
  ])('is known: %s', (code, expected) => {
    expect(limitOf(code)).toBe(expected)
  })

  it.each([
    ['probe({})'],
    ['probe({ limit: 5 })'],
    ['probe({ Limit: undefined })'],
    ['const p = { Limit: 5 }; delete p.Limit; probe(p)'],
    ['const { Limit, ...p } = { Limit: 5, a: 1 }; probe(p)'],
    ['probe({ ...{ a: 1 } })'],
    ['const p = { a: 1 }; do { p.K = get(p).L } while (p.K); probe(p)'],
  ])('is absent: %s', (code) => {
    expect(limitOf(code)).toBe('absent')
  })

  it.each([
    ['probe(p)'],
    ['probe({ ...p })'],
    ['probe({ [k]: 5 })'],
    ['const p = {}; p[k] = 5; probe(p)'],
    ['function f(p) { probe(p) }'],
    ['function f(p) { probe({ ...p, a: 1 }) }'],
    ['probe(c ? { Limit: 5 } : p)'],
    ['probe(Object.assign({}, p))'],
  ])('is unknown: %s', (code) => {
    expect(limitOf(code)).toBe('unknown')
  })

  it('has a term only where it is known', () => {
    expect(termOfMember(requestIn('probe({ ...p })'), 'Limit')).toBeNull()
    const term = termOfMember(requestIn('probe({ Limit: 5 })'), 'Limit')
    expect(term && spell(term)).toBe('5')
  })
})

describe('names', () => {
  function names(code: string): unknown {
    const { entries, open } = namesOf(requestIn(code))
    return [Object.fromEntries(entries), open]
  }

  it.each<[string, unknown]>([
    ['probe({})', [{}, false]],
    [
      "probe({ ExpressionAttributeNames: { '#a': 'a', '#b': b } })",
      [{ '#a': 'a', '#b': undefined }, false],
    ],
    ["probe({ ExpressionAttributeNames: { '#a': 'a', ...more } })", [{ '#a': 'a' }, true]],
    ["const n = {}; n['#a'] = 'a'; probe({ ExpressionAttributeNames: n })", [{ '#a': 'a' }, false]],
    [
      'const n = {}; for (const k of ks) n[`#${k}`] = k; probe({ ExpressionAttributeNames: n })',
      [{}, true],
    ],
    [
      "const n = {}; if (c) n['#a'] = 'a'; probe({ ExpressionAttributeNames: n })",
      [{ '#a': 'a' }, false],
    ],
    ['probe({ ExpressionAttributeNames: n })', [{}, true]],
    ['probe({ ...p })', [{}, true]],
    ["probe({ ExpressionAttributeNames: c ? { '#a': 'a' } : undefined })", [{ '#a': 'a' }, false]],
  ])('%s', (code, expected) => {
    expect(names(code)).toEqual(expected)
  })
})

describe('values', () => {
  const code =
    "const v = { ':a': 1 }; v[':b'] = x.y; probe({ ExpressionAttributeValues: { ...v, ':c': 3 } })"

  it.each([
    [':a', '1', '1'],
    [':b', '#x.y', 'x.y'],
    [':c', '3', '3'],
  ])('%s', (name, value, written) => {
    const request = requestIn(code)
    const term = valueOfPlaceholder(request, name)
    const at = placeOfPlaceholder(request, name)
    expect([term && spell(term), at && code.slice(at.start, at.end)]).toEqual([value, written])
  })

  it('are null where they are not there', () => {
    expect(valueOfPlaceholder(requestIn(code), ':d')).toBeNull()
    expect(placeOfPlaceholder(requestIn('probe({})'), ':d')).toBeNull()
  })
})

describe('expressions', () => {
  function filterOf(code: string): unknown {
    const filter = expressionOf(requestIn(code), 'Filter')
    if (filter.state !== 'known') return filter.state
    return [filter.texts.map((t) => t.text), filter.optional]
  }

  it.each<[string, unknown]>([
    ['probe({})', 'absent'],
    ['probe({ FilterExpression: undefined })', 'absent'],
    ['probe({ ...p })', 'unknown'],
    ['probe({ FilterExpression: f() })', 'unknown'],
    ["probe({ FilterExpression: 'a = :a' })", [['a = :a'], false]],
    ["probe({ FilterExpression: c ? 'a = :a' : undefined })", [['a = :a'], true]],
    ["probe({ FilterExpression: c ? 'a = :a' : 'b = :b' })", [['a = :a', 'b = :b'], false]],
    ["const p = {}; if (c) p.FilterExpression = 'a = :a'; probe(p)", [['a = :a'], true]],
    ["probe({ FilterExpression: c ? 'a = :a' : f() })", 'unknown'],
  ])('%s', (code, expected) => {
    expect(filterOf(code)).toEqual(expected)
  })
})
