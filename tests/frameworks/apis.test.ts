import { describe, expect, it } from 'vitest'
import { entryPoints } from '../../src/frameworks/index.ts'
import { projectOf } from '../support/facts.ts'
import { entries, labels } from './entries.ts'

describe('tRPC', () => {
  it('reads procedures made in the file', () => {
    const text = `import { initTRPC } from '@trpc/server'
const t = initTRPC.context().create()
export const orders = t.router({
  list: t.procedure.query(async () => load()),
  add: t.procedure.input(schema).use(guard).mutation(({ input }) => save(input)),
})`
    expect(entries(text)).toEqual([
      'rpc | query list | tRPC | async () => load()',
      'rpc | mutation add | tRPC | ({ input }) => save(inpu',
    ])
  })

  it('reads procedures of another file', () => {
    const text = `import { createTRPCRouter, protectedProcedure } from '~/server/api/trpc'
export const orders = createTRPCRouter({ list: protectedProcedure.query(({ ctx }) => load(ctx)) })`
    expect(labels(text)).toEqual(['rpc query list'])
    expect(
      labels(
        "import { authed } from './trpc'\nexport const list = authed.input(schema).query(() => load())",
      ),
    ).toEqual(['rpc query procedure'])
  })

  it('reads the routers of version 9', () => {
    const text = `import * as trpc from '@trpc/server'
export const orders = trpc.router().query('list', { resolve: async () => load() }).mutation('add', { input, resolve() {} })`
    expect(labels(text)).toEqual(['rpc query list', 'rpc mutation add'])
  })

  it('takes no other query for one', () => {
    const text = `import { db } from './db'
import { api } from './client'
db.query(() => load())
api.orders.query((x) => x)`
    expect(labels(text)).toEqual([])
  })
})

describe('GraphQL', () => {
  it('reads maps of resolvers', () => {
    const text = `export const resolvers = {
  Query: { orders: async () => load(), order: { resolve: (_, { id }) => load(id) } },
  Mutation: { async addOrder(_, args) {} },
  Order: { customer },
  scalar: { x() {} },
}
function customer() {}`
    expect(entries(text)).toEqual([
      'graphql | Query.orders | GraphQL | orders',
      'graphql | Query.order | GraphQL | resolve',
      'graphql | Mutation.addOrder | GraphQL | addOrder',
      'graphql | Order.customer | GraphQL | customer',
    ])
  })

  it('reads a root that another file puts into the map', () => {
    expect(labels('export const Query = { orders: () => load() }')).toEqual([
      'graphql Query.orders',
    ])
  })

  it('reads modules that are maps, or are spread into one', () => {
    const moduleOf = projectOf({
      'index.ts': `import * as orders from './orders'\nimport * as users from './users'\nexport const resolvers = { Query: { ...orders, stock() {} }, Mutation: users }`,
      'orders.ts': `export { order } from './order'\nexport * from './lists'\nexport default () => 0`,
      'order.ts': 'export const order = async () => 1',
      'lists.ts': 'export async function list() {}\nexport const most = 10',
      'users.ts': 'export const addUser = () => 2',
    })
    expect(entryPoints(moduleOf('index.ts')).map(({ label }) => label)).toEqual([
      'Query.stock',
      'Query.order',
      'Query.list',
      'Mutation.addUser',
    ])
  })

  it('reads maps inside functions', () => {
    const text = 'export const make = (db) => ({ Query: { orders: () => db.load() } })'
    expect(labels(text)).toEqual(['graphql Query.orders'])
  })

  it('reads fields with a type and a resolver', () => {
    const text = `import { GraphQLObjectType, GraphQLList } from 'graphql'
export const query = new GraphQLObjectType({ name: 'Query', fields: () => ({ orders: { type: new GraphQLList(order), resolve: () => load() } }) })`
    expect(labels(text)).toEqual(['graphql GraphQL orders'])
    expect(labels('export const option = { type: 1, resolve: () => load() }')).toEqual([])
  })
})

describe('jobs', () => {
  it.each([
    [
      "import cron from 'node-cron'\ncron.schedule('* * * * *', () => purge())",
      'schedule cron job',
    ],
    [
      "import { CronJob } from 'cron'\nnew CronJob('* * * * *', () => purge())",
      'schedule cron job',
    ],
    [
      "import { Worker } from 'bullmq'\nnew Worker('orders', async (job) => purge())",
      'queue queue worker',
    ],
    [
      "import { Consumer } from 'sqs-consumer'\nConsumer.create({ handleMessage: async (m) => purge() })",
      'queue queue consumer',
    ],
    [
      "import arc from '@architect/functions'\nexport const handler = arc.http(async (req) => purge())",
      'http Architect route',
    ],
    [
      "const arc = require('@architect/functions')\nexports.handler = arc.events.subscribe(async (event) => purge())",
      'event event subscriber',
    ],
    [
      "import { ApiHandler } from 'sst/node/api'\nexport const handler = ApiHandler(async () => purge())",
      'http Lambda handler',
    ],
  ])('%s', (text, expected) => {
    expect(labels(text)).toEqual([expected])
  })

  it('takes no timer for a schedule', () => {
    expect(labels('setInterval(() => purge(), 1000)\nschedule(() => purge())')).toEqual([])
  })
})
