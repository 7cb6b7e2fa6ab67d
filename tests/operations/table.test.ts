/** Which table a request speaks to, and how surely its keys are known. */
import { describe, expect, it } from 'vitest'
import { occurrencesIn } from '../../src/flow/paths/occurrences.ts'
import { tableOfRequest } from '../../src/operations/describe.ts'
import { requestOf } from '../../src/operations/request.ts'
import type { Table } from '../../src/operations/table.ts'
import { freeFrame } from '../../src/project/frame.ts'
import type { Module } from '../../src/project/module.ts'
import type { TableSchema } from '../../src/tables/schema.ts'
import { projectOf } from '../support/facts.ts'

const schema = (name: string, partitionKey: string): TableSchema => ({
  name,
  partitionKey: { name: partitionKey, type: null },
  sortKey: null,
  indexes: [],
  items: null,
  averageItemBytes: null,
  small: false,
  runningNumbers: false,
  certainty: 'defined',
})

const orders = schema('Orders', 'orderId')
const users = schema('Users', 'userId')

const imports = `import { CreateTableCommand } from '@aws-sdk/client-dynamodb'\nimport { GetCommand } from '@aws-sdk/lib-dynamodb'\n`
const create = (name: string, key: string): string =>
  `client.send(new CreateTableCommand({ TableName: ${name}, KeySchema: [{ AttributeName: '${key}', KeyType: 'HASH' }] }))\n`

/** The table of the only GetItem of a module's own code. */
function tableIn(module: Module, schemas: readonly TableSchema[] = [orders, users]): Table {
  const found = occurrencesIn(freeFrame(module, 0)).filter(
    ({ spelling }) => spelling.kind === 'GetItem',
  )
  const [only, ...others] = found
  if (!only || others.length > 0) throw new Error('there must be one GetItem')
  return tableOfRequest(requestOf(only.spelling.request), {
    module,
    text: '',
    schemas: new Map(schemas.map((one) => [one.name, one])),
  })
}

const named = (name: string, more = '', schemas?: readonly TableSchema[]): Table => {
  const code = `${imports}${more}client.send(new GetCommand({ TableName: ${name}, Key: { id: 1 } }))`
  return tableIn(projectOf({ 'a.ts': code })('a.ts'), schemas)
}

describe('the keys are certain', () => {
  it.each([
    ["'Orders'", orders],
    ["given ? 'Orders' : 'Orders'", orders],
    ["process.env.ORDERS ?? 'Orders'", orders],
    ["process.env['ORDERS'] || 'Orders'", orders],
    ["given ? 'Orders' : 'Users'", null],
    ["given ? 'Orders' : 'Carts'", null],
    ["given ?? 'Orders'", null],
    ["given ? process.env.ORDERS : process.env.USERS ?? 'Orders'", null],
    ["'Carts'", null],
    ['given', null],
  ])('%s', (name, certain) => {
    expect(named(name).certain).toBe(certain)
  })

  it('only where they are defined', () => {
    const inferred: TableSchema = { ...orders, certainty: 'inferred' }
    const table = named("'Orders'", '', [inferred])
    expect(table.schema).toBe(inferred)
    expect(table.certain).toBeNull()
  })

  it('by the variable, whatever stands beside it', () => {
    const variable = schema('ORDERS', 'orderId')
    expect(named("process.env.ORDERS ?? 'orders-local'", '', [variable]).certain).toBe(variable)
    expect(named("process.env.ORDERS ?? 'Users'", '', [variable, users]).certain).toBeNull()
  })
})

describe('a table that the code creates', () => {
  it('is known in the file that creates it', () => {
    const table = named("'Carts'", create("'Carts'", 'cartId'))
    expect(table.certain?.partitionKey.name).toBe('cartId')
    expect(table.label).toBe('`Carts`')
  })

  it('gives way to the settings', () => {
    expect(named("'Orders'", create("'Orders'", 'id')).certain).toBe(orders)
  })

  it('is known where its name comes from the file that creates it', () => {
    const files = {
      'tables.ts': `${imports}export const CARTS = 'Carts'\nexport const setUp = () => ${create('CARTS', 'cartId')}`,
      'carts.ts': `${imports}import { CARTS } from './tables'\nclient.send(new GetCommand({ TableName: CARTS, Key: { id: 1 } }))`,
      'others.ts': `${imports}client.send(new GetCommand({ TableName: 'Carts', Key: { id: 1 } }))`,
    }
    const project = projectOf(files)
    expect(tableIn(project('carts.ts')).certain?.partitionKey.name).toBe('cartId')
    expect(tableIn(project('others.ts')).certain).toBeNull()
  })
})
