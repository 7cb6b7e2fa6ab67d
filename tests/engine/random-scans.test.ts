/** Whatever the keys, the filter and the data: a Query that is suggested gives the items that the Scan gave. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { engineNames } from '../engines/running.ts'
import { applied } from '../suggestions/applied.ts'
import { fill, outcomeOf, useWires, type Items, type Key, type Tables } from './proof.ts'
import { scannedIn } from './wire.ts'

/** Attributes by their type; few values of each, so that filters find something. */
const texts = ['a', 'b', 'c'] as const
const numbers = ['m', 'n'] as const

const attribute = fc.constantFrom(...texts, ...numbers)
type Attribute = (typeof texts)[number] | (typeof numbers)[number]

const isNumber = (name: string): boolean => numbers.some((n) => n === name)
const key = (name: Attribute): { name: string; type: 'S' | 'N' } => ({
  name,
  type: isNumber(name) ? 'N' : 'S',
})

const nameOf = (one: Key): string => (typeof one === 'string' ? one : one.name)

const keys = fc
  .uniqueArray(attribute, { minLength: 1, maxLength: 2 })
  .map(([partition = 'a', sort]) => ({
    partitionKey: key(partition),
    ...(sort !== undefined && { sortKey: key(sort) }),
  }))

const index = fc
  .tuple(
    keys,
    fc.constantFrom<'ALL' | 'KEYS_ONLY' | readonly string[]>('ALL', 'ALL', 'KEYS_ONLY', ['m', 'b']),
  )
  .map(([own, projection]) => ({ ...own, projection }))

const table = fc.tuple(keys, fc.array(index, { maxLength: 2 })).map(([own, indexes]) => ({
  ...own,
  indexes: Object.fromEntries(indexes.map((one, n) => [`index${String(n)}`, one])),
}))

const tables: Tables = Object.fromEntries(
  fc.sample(table, { seed: 7, numRuns: 8 }).map((one, n) => [`Table${String(n)}`, one]),
)

/** A value for an attribute, as code; mostly of its type. */
const value = (name: string): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: isNumber(name)
        ? fc.integer({ min: 0, max: 4 }).map(String)
        : fc.constantFrom("'p'", "'q'", "'qq'", 'event.headers.q'),
    },
    { weight: 1, arbitrary: fc.constantFrom('true', "'5'", '3', 'null') },
  )

/** A condition with its values in place, as `a = <'p'>`. */
const condition: fc.Arbitrary<string> = attribute.chain((name) => {
  const v = value(name).map((code) => `<${code}>`)
  const simple = fc.oneof(
    { weight: 6, arbitrary: v.map((x) => `${name} = ${x}`) },
    v.map((x) => `${x} = ${name}`),
    fc
      .tuple(fc.constantFrom('<', '<=', '>', '>=', '<>'), v)
      .map(([operator, x]) => `${name} ${operator} ${x}`),
    isNumber(name)
      ? fc.constant(`${name} BETWEEN <1> AND <3>`)
      : fc.constantFrom(`begins_with(${name}, <'q'>)`, `${name} BETWEEN <'p'> AND <'q'>`),
    fc.constantFrom(`attribute_exists(${name})`, `NOT attribute_exists(${name})`),
  )
  return fc.oneof(
    { weight: 5, arbitrary: simple },
    fc.tuple(simple, v).map(([one, x]) => `(${one} OR ${name} <> ${x})`),
  )
})

/** Filters mostly fix a partition key: the table's or an index's. */
const scan = fc
  .constantFrom(...Object.entries(tables))
  .chain(([name, { indexes = {}, ...own }]) => {
    const partitions = [own, ...Object.values(indexes)].map(({ partitionKey }) =>
      nameOf(partitionKey),
    )
    const fixed = fc
      .constantFrom(...partitions)
      .chain((partition) => value(partition).map((code) => `${partition} = <${code}>`))
    return fc.record({
      table: fc.constant(name),
      conditions: fc
        .tuple(fixed, fc.uniqueArray(condition, { maxLength: 3 }))
        .map(([first, others]) => [...others.slice(1), first, ...others.slice(0, 1)]),
      projection: fc.option(fc.uniqueArray(attribute, { minLength: 1, maxLength: 3 })),
    })
  })

interface Made {
  readonly table: string
  readonly conditions: readonly string[]
  readonly projection: readonly string[] | null
}

function programOf({ table: name, conditions, projection }: Made): string {
  const values: string[] = []
  const filter = conditions.join(' AND ').replaceAll(/<([^<>=][^<>]*)>/g, (_, code: string) => {
    values.push(`':v${String(values.length)}': ${code},`)
    return `:v${String(values.length - 1)}`
  })
  return `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export async function handler(event: { httpMethod: string; headers: Record<string, string> }) {
  const { Items } = await documents.send(
    new ScanCommand({
      TableName: '${name}',
      FilterExpression: "${filter}",${
        projection === null ? '' : `\n      ProjectionExpression: '${projection.join(', ')}',`
      }${
        values.length === 0
          ? ''
          : `\n      ExpressionAttributeValues: {\n        ${values.join('\n        ')}\n      },`
      }
    }),
  )
  return Items
}
`
}

/** Items with every key attribute of their table, and some of the others. */
const items: Items = Object.fromEntries(
  Object.entries(tables).map(([name, { partitionKey, sortKey }], seed) => {
    const own = [partitionKey, sortKey ?? []]
      .flat()
      .map((k) => (typeof k === 'string' ? k : k.name))
    const of = (attributeName: string): fc.Arbitrary<object | undefined> => {
      const there: fc.Arbitrary<object> = isNumber(attributeName)
        ? fc.integer({ min: 0, max: 4 }).map((n) => ({ N: String(n) }))
        : fc.constantFrom('p', 'q', 'qq').map((text) => ({ S: text }))
      return own.includes(attributeName) ? there : fc.option(there, { nil: undefined, freq: 6 })
    }
    const item = fc
      .record(Object.fromEntries([...texts, ...numbers].map((a) => [a, of(a)])))
      .map((all) => Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined)))
    return [name, fc.sample(item, { seed, numRuns: 30 })]
  }),
)

const event = { httpMethod: 'GET', headers: { q: 'q' } }

const unordered = (found: unknown): readonly string[] =>
  (found as object[]).map((item) => JSON.stringify(Object.entries(item).sort())).sort()

const cases = fc.sample(scan, { seed: 3, numRuns: 320 }).flatMap((made) => {
  const code = programOf(made)
  const changed = applied({ code, rule: 'no-scan-in-handler', settings: { tables } })
  return changed
    .filter(({ title }) => !title.startsWith('Query an index'))
    .map(({ title, output, left }) => ({ title, code, output, left }))
})

describe('Scans made at random', () => {
  const wires = useWires(tables)

  it('are often suggested to be a Query, which is reported no more', () => {
    expect(cases.length).toBeGreaterThan(40)
    expect(cases.flatMap(({ left }) => left)).toEqual([])
  })

  it.each(engineNames)('give the same as a Query, asked of %s', async (name) => {
    const wire = wires.named(name)
    if (wire === null) return
    await fill(wire.engine, tables, items)
    const told: object[] = []
    let found = 0
    for (const { title, code, output } of cases) {
      const before = await outcomeOf(wire, code, ({ handler }) => handler?.(event))
      const after = await outcomeOf(wire, output, ({ handler }) => handler?.(event))
      // What DynamoDB rejects as a Scan need not be any better as a Query.
      if (before.error !== null) continue
      const isSame =
        after.error === null &&
        unordered(after.result).join() === unordered(before.result).join() &&
        scannedIn(after.said) <= scannedIn(before.said)
      if (!isSame) told.push({ title, code, output, before, after })
      if ((before.result as object[]).length > 0) found += 1
    }
    expect(told).toEqual([])
    // Nothing is proven by Scans that find nothing.
    expect(found).toBeGreaterThan(25)
    console.log(
      `${name}: ${String(cases.length)} random Scans, ${String(found)} of them find items`,
    )
  })
})
