/** The mended shop: nothing is reported, it compiles, and it does on real engines what it should. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ESLint } from 'eslint'
import ts from 'typescript'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import plugin from '../../src/index.ts'
import * as parser from '../../src/parser/index.ts'
import { rules } from '../../src/plugin/rules.ts'
import { engineNames, putItems } from '../engines/running.ts'
import { useWires, type Tables } from '../engine/proof.ts'
import type { Wire } from '../engine/wire.ts'

const require = createRequire(import.meta.url)
const shop = path.resolve(import.meta.dirname, '../../docs/examples/shop-fixed')
const settings = JSON.parse(readFileSync(path.join(shop, 'dynamodb.json'), 'utf8')) as {
  readonly tables: Tables
}

it('reports nothing under strict', { timeout: 120_000 }, async () => {
  const eslint = new ESLint({
    cwd: shop,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser },
      plugins: { dynamodb: plugin },
      rules: Object.fromEntries(
        Object.entries(rules).map(([id, { meta }]) => [
          `dynamodb/${id}`,
          ['error', ...(meta.docs.strictOptions ?? [])],
        ]),
      ),
      settings: { dynamodb: settings },
    },
  })
  const results = await eslint.lintFiles(['src', 'scripts', 'infrastructure'])
  expect(results.length).toBeGreaterThan(50)
  expect(
    results.flatMap(({ filePath, messages }) =>
      messages.map(
        ({ line, ruleId, message }) =>
          `${path.relative(shop, filePath)}:${String(line)} ${String(ruleId)} ${message}`,
      ),
    ),
  ).toEqual([])
})

it('compiles', { timeout: 120_000 }, () => {
  const read = ts.readConfigFile(path.join(shop, 'tsconfig.json'), (file) => ts.sys.readFile(file))
  const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, shop)
  const program = ts.createProgram(fileNames, options)
  expect(
    ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const name = path.relative(shop, file?.fileName ?? '')
      return `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    }),
  ).toEqual([])
})

type Functions = Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>

/** A file of the shop, made anew so that its clients speak to the engine of these tests. */
async function load(file: string): Promise<Functions> {
  return (await import(/* @vite-ignore */ path.join(shop, 'src', `${file}.ts`))) as Functions
}

const S = (value: string): object => ({ S: value })
const N = (value: number): object => ({ N: String(value) })

/** How many of some calls at once come to their end, and the names or states of the errors of the others. */
async function atOnce(calls: readonly Promise<unknown>[]): Promise<[number, unknown[]]> {
  const ended = await Promise.allSettled(calls)
  const failed = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []))
  return [
    ended.length - failed.length,
    failed.map((error) => (error as { statusCode?: number }).statusCode ?? error.name),
  ]
}

describe.each(engineNames)('on %s', (name) => {
  const wires = useWires(settings.tables)
  let wire: Wire | null = null

  beforeAll(() => {
    wire = wires.named(name)
    if (wire === null) return
    vi.resetModules()
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: wire.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
    })
    // SDK v2 does not read the endpoint from the environment.
    require('aws-sdk/clients/dynamodb')
    const { config } = require('aws-sdk/global') as { config: { update: (all: object) => void } }
    config.update({ region: 'us-east-1', dynamodb: { endpoint: wire.endpoint } })
  })

  const put = async (table: string, ...items: readonly object[]): Promise<void> => {
    if (wire) await putItems(wire.engine, table, items)
  }

  it('a catalogue of any length is written, read in order, and taken away', async () => {
    if (wire === null) return
    const products = await load('repositories/products')
    const ids = Array.from({ length: 130 }, (_, n) => `p${String(n)}`)
    await products.importAll?.(
      ids.map((productId, price) => ({
        productId,
        name: 'Thing',
        category: 'all',
        price,
        stock: 1,
      })),
    )
    const asked = [...ids, 'p7', 'nothing']
    const found = (await products.getMany?.(asked)) as { productId: string }[]
    expect(found.map(({ productId }) => productId)).toEqual([...ids, 'p7'])
    expect(await products.getPrices?.(ids)).toMatchObject({ p0: 0, p129: 129 })
    expect(await products.listCategory?.('all')).toHaveLength(130)
    await products.discontinue?.(ids)
    expect(await products.listCategory?.('all')).toEqual([])
  })

  it('an order is shipped once, and is active until then', async () => {
    if (wire === null) return
    const fulfilment = await load('services/fulfilment')
    const { handler } = await load('handlers/list-active-orders')
    await put(
      'Orders',
      {
        orderId: S('o1'),
        userId: S('u1'),
        status: S('paid'),
        createdAt: S('1'),
        activeSince: S('1'),
      },
      { orderId: S('o2'), userId: S('u1'), status: S('pending'), createdAt: S('2') },
    )
    const count = async (): Promise<unknown> => {
      const answer = (await handler?.({})) as { body: string }
      return (JSON.parse(answer.body) as { count: number }).count
    }
    expect(await count()).toBe(1)
    const ship = (): Promise<unknown> => fulfilment.shipOrder?.('o1') ?? Promise.resolve()
    const [shipped] = await atOnce([ship(), ship(), ship()])
    expect(shipped).toBe(1)
    expect(await count()).toBe(0)
    expect(await atOnce([ship()])).toEqual([0, [409]])
  })

  it('stock is counted by all who bring some, and is never below zero', async () => {
    if (wire === null) return
    const fulfilment = await load('services/fulfilment')
    const inventory = await load('repositories/inventory')
    await put('Products', { productId: S('chair'), category: S('seats'), stock: N(1) })
    await Promise.all([1, 2, 3, 4].map(async (n) => fulfilment.restock?.('chair', n)))
    expect(await inventory.take?.('chair', 11)).toEqual({ success: true })
    expect(await inventory.take?.('chair', 1)).toMatchObject({ success: false })
  })

  it('a profile is saved by one of two who changed it', async () => {
    if (wire === null) return
    const accounts = await load('services/accounts')
    await put('EcommerceApp', { PK: S('USER#u9'), SK: S('PROFILE'), name: S('Ann'), version: N(1) })
    wire.letMeet(2)
    const [saved, errors] = await atOnce(
      ['Bo', 'Cy'].map(
        (other) => accounts.updateAccount?.('u9', { name: other }) ?? Promise.resolve(),
      ),
    )
    wire.letMeet(0)
    expect([saved, errors]).toEqual([1, ['ConditionalCheckFailedException']])
  })

  it('a voucher is redeemed once', async () => {
    if (wire === null) return
    const { handler } = await load('handlers/redeem-voucher')
    await put('EcommerceApp', { PK: S('VOUCHER#v'), SK: S('VOUCHER') })
    const redeem = async (): Promise<unknown> => {
      const answer = await handler?.({ pathParameters: { userId: 'u1', code: 'v' } })
      return (answer as { statusCode: number }).statusCode
    }
    expect([await redeem(), await redeem()]).toEqual([200, 409])
  })

  it('orders of a customer are found by kind, time and number', async () => {
    if (wire === null) return
    const checkout = await load('services/checkout')
    const overview = await load('services/customer-overview')
    const orders = await load('repositories/orders')
    const lines = [{ productId: 'p', quantity: 2, price: 5 }]
    const started = (await checkout.startCheckout?.({ userId: 'u5', email: 'a@b', lines })) as {
      orderId: string
    }
    await put('EcommerceApp', { PK: S('USER#u5'), SK: S('PROFILE') })
    expect(await overview.totalSpent?.('u5')).toBe(10)
    expect(await overview.ordersSince?.('u5', '2020')).toHaveLength(1)
    expect(await orders.findInHistory?.('u5', started.orderId)).toMatchObject(started)
    expect(await orders.listActive?.()).toMatchObject([started])
  })

  it('trade customers are listed by country', async () => {
    if (wire === null) return
    const accounts = await load('services/accounts')
    const customers = await load('repositories/legacy-customers')
    const { userId } = (await accounts.openTradeAccount?.({ email: 'a@b', name: 'Ann' })) as {
      userId: string
    }
    await customers.move?.(userId, 'no')
    expect(await customers.listByCountry?.('no')).toMatchObject([{ userId }])
  })

  it.runIf(name === 'Dynoxide')('an email has one account', async () => {
    if (wire === null) return
    const accounts = await load('services/accounts')
    const open = (): Promise<unknown> =>
      accounts.openAccount?.({ email: 'one@shop.example', name: 'Ann' }) ?? Promise.resolve()
    expect(await atOnce([open(), open(), open()])).toEqual([1, [409, 409]])
  })
})
