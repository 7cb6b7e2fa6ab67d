import { describe, expect, it } from 'vitest'
import { defaultPrices, readSettings } from '../../src/settings/settings.ts'

function problemsOf(value: unknown): readonly string[] {
  return readSettings(value).problems
}

function ordersProblems(table: Record<string, unknown>): readonly string[] {
  return problemsOf({ tables: { Orders: { partitionKey: 'PK', ...table } } })
}

describe('readSettings', () => {
  it('gives defaults where nothing is set', () => {
    expect(readSettings(undefined)).toEqual({
      settings: {
        tables: new Map(),
        prices: defaultPrices,
        project: { root: undefined, ignore: [], entryPoints: [], wrappers: new Map() },
      },
      problems: [],
    })
    expect(defaultPrices).toEqual({ readPerMillion: 0.125, writePerMillion: 0.625 })
  })

  it('reads a whole table', () => {
    const { settings, problems } = readSettings({
      tables: {
        Orders: {
          partitionKey: { name: 'PK', type: 'S' },
          sortKey: 'SK',
          indexes: {
            byStatus: { partitionKey: 'status', sortKey: { name: 'at', type: 'N' } },
            byMail: { partitionKey: 'mail', projection: ['name'] },
          },
          items: 50_000,
          averageItemBytes: 600,
          small: true,
          runningNumbers: true,
          timeToLive: 'expires',
        },
      },
      prices: { readPerMillion: 0.2 },
    })
    expect(problems).toEqual([])
    expect(settings.prices).toEqual({ readPerMillion: 0.2, writePerMillion: 0.625 })
    expect(settings.tables.get('Orders')).toEqual({
      name: 'Orders',
      partitionKey: { name: 'PK', type: 'S' },
      sortKey: { name: 'SK', type: undefined },
      indexes: new Map([
        [
          'byStatus',
          {
            name: 'byStatus',
            partitionKey: { name: 'status', type: undefined },
            sortKey: { name: 'at', type: 'N' },
            projection: undefined,
          },
        ],
        [
          'byMail',
          {
            name: 'byMail',
            partitionKey: { name: 'mail', type: undefined },
            sortKey: undefined,
            projection: ['name'],
          },
        ],
      ]),
      items: 50_000,
      averageItemBytes: 600,
      small: true,
      runningNumbers: true,
      timeToLive: 'expires',
    })
  })

  it('gives one object one reading', () => {
    const value = { tables: {} }
    expect(readSettings(value)).toBe(readSettings(value))
  })

  it('keeps the right tables beside a wrong one', () => {
    const { settings, problems } = readSettings({
      tables: { Orders: { sortKey: 'SK' }, Users: { partitionKey: 'id' } },
    })
    expect([...settings.tables.keys()]).toEqual(['Users'])
    expect(problems).toEqual([
      "settings.dynamodb.tables.Orders.partitionKey must be an attribute name, or its name and type, for example 'PK' or { name: 'PK', type: 'S' }; it is missing.",
    ])
  })

  it('drops a table whose sort key is wrong, as it would look like another table', () => {
    const { settings, problems } = readSettings({
      tables: { Orders: { partitionKey: 'PK', sortKey: 4 } },
    })
    expect(settings.tables.size).toBe(0)
    expect(problems).toEqual([
      "settings.dynamodb.tables.Orders.sortKey must be an attribute name, or its name and type, for example 'PK' or { name: 'PK', type: 'S' }; it is 4.",
    ])
  })

  it.each([
    [
      'Orders',
      "settings.dynamodb must be an object such as { tables: { Orders: { partitionKey: 'PK' } } }; it is 'Orders'.",
    ],
    [{ table: {} }, 'settings.dynamodb.table is not a setting. Did you mean tables?'],
    [
      { regions: [] },
      'settings.dynamodb.regions is not a setting. Use one of tables, prices, root, ignore, entryPoints, wrappers.',
    ],
    [
      { tables: ['Orders'] },
      'settings.dynamodb.tables must be an object with a name for each entry; it is a list.',
    ],
    [
      { prices: { readPerMillion: '0.1' } },
      "settings.dynamodb.prices.readPerMillion must be US dollars per million request units, such as 0.125; it is '0.1'.",
    ],
  ])('explains what is wrong with %j', (value, problem) => {
    expect(problemsOf(value)).toContain(problem)
  })

  it.each([
    [{ sort_key: 'SK' }, '.sort_key is not a setting. Did you mean sortKey?'],
    [{ partionKey: 'SK' }, '.partionKey is not a setting. Did you mean partitionKey?'],
    [{ sortKey: 'PK' }, ".sortKey must be another attribute than the partition key 'PK'."],
    [
      { sortKey: { name: 'SK', type: 'string' } },
      ".sortKey.type must be 'S', 'N' or 'B'; it is 'string'.",
    ],
    [{ sortKey: { type: 'S' } }, '.sortKey.name must be an attribute name; it is missing.'],
    [
      { items: 1.5 },
      '.items must be the number of items, a whole number such as 50_000; it is 1.5.',
    ],
    [
      { items: Number.NaN },
      '.items must be the number of items, a whole number such as 50_000; it is NaN.',
    ],
    [
      { averageItemBytes: 500_000 },
      '.averageItemBytes must be the mean size of an item in bytes, from 1 to 409600; it is 500000.',
    ],
    [{ small: 'yes' }, ".small must be true or false; it is 'yes'."],
    [{ timeToLive: '' }, '.timeToLive must be an attribute name; it is an empty string.'],
    [
      { indexes: { 'by-status': {} } },
      ".indexes[\"by-status\"].partitionKey must be an attribute name, or its name and type, for example 'PK' or { name: 'PK', type: 'S' }; it is missing.",
    ],
    [
      { indexes: { byStatus: { partitionKey: 'status', projection: 'INCLUDE' } } },
      ".indexes.byStatus.projection must be 'ALL', 'KEYS_ONLY' or a list of attribute names such as ['status', 'total']; it is 'INCLUDE'.",
    ],
  ])('explains what is wrong with a table that has %j', (table, problem) => {
    expect(ordersProblems(table)).toEqual([`settings.dynamodb.tables.Orders${problem}`])
  })
})
