import { describe, expect, it } from 'vitest'
import { entries, labels, triggers } from './entries.ts'

describe('a router made in the file', () => {
  it.each([
    ["import express from 'express'\nconst app = express()", 'Express'],
    ["import express from 'express'\nconst app = express.Router()", 'Express'],
    ["import { Router } from 'express'\nconst app = Router()", 'Express'],
    ["const { Router } = require('express')\nconst app = new Router()", 'Express'],
    ["const express = require('express')\nconst app = express()", 'Express'],
    ["import Fastify from 'fastify'\nconst app = Fastify({ logger: true })", 'Fastify'],
    ["import { Hono } from 'hono'\nconst app = new Hono()", 'Hono'],
    ["import { OpenAPIHono } from '@hono/zod-openapi'\nconst app = new OpenAPIHono()", 'Hono'],
    ["import Router from '@koa/router'\nconst app = new Router()", 'Koa'],
    ["import { AutoRouter } from 'itty-router'\nconst app = AutoRouter()", 'itty-router'],
    ["const app = require('lambda-api')()", 'lambda-api'],
    ["const ApiBuilder = require('claudia-api-builder')\nconst app = new ApiBuilder()", 'Claudia'],
    [
      "import { Router } from '@aws-lambda-powertools/event-handler/experimental-rest'\nconst app = new Router()",
      'AWS Lambda',
    ],
  ])('%s', (made, framework) => {
    expect(entries(`${made}\napp.get('/orders', async (x) => load(x))`)).toEqual([
      `http | GET /orders | ${framework} | async (x) => load(x)`,
    ])
  })

  it('takes every function that is given, through lists and wrappers', () => {
    const text = `import express from 'express'
import { guard } from './guard'
const app = express()
const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next)
app.post('/orders', [check, guard('admin')], wrap(create))
async function check(a, b, next) {}
async function create(a, b) {}`
    expect(entries(text)).toEqual([
      'http | POST /orders | Express | check',
      'http | POST /orders | Express | (req, res, next) => Prom',
      'http | POST /orders | Express | create',
    ])
  })

  it('reads the path of a chain', () => {
    const text = `import { Router } from 'express'
const router = Router()
router.route('/orders/:id').get(show).delete(remove)
function show() {}
function remove() {}`
    expect(labels(text)).toEqual(['http GET /orders/:id', 'http DELETE /orders/:id'])
  })

  it('follows a chain of routes on one router', () => {
    const text = `import { Hono } from 'hono'
export default new Hono().get('/a', (c) => c.json(1)).post('/b', (c) => c.json(2))`
    expect(labels(text)).toEqual(['http GET /a', 'http POST /b'])
  })

  it('names what runs for every path', () => {
    const text = `import express from 'express'
const app = express()
app.use(async (a, b, next) => { await touch(); next() })
app.all('/health', () => {})
app.get(PATHS.orders, () => {})`
    expect(labels(text)).toEqual(['http Express middleware', 'http ANY /health', 'http GET route'])
  })

  it('takes no setting and no client for a route', () => {
    const text = `import express from 'express'
import axios from 'axios'
const app = express()
app.get('env')
app.listen(3000, () => log('up'))
axios.get('/orders', { transformResponse: (x) => x })
cache.get('/orders', () => load())`
    expect(labels(text)).toEqual([])
  })

  it('finds routers in fields, and methods that are bound', () => {
    const text = `import { Router } from 'express'
class Orders {
  router = Router()
  constructor() { this.router.get('/orders', this.list.bind(this)) }
  async list(a, b) {}
}`
    expect(entries(text)).toEqual(['http | GET /orders | Express | Orders.list'])
  })
})

describe('a router that a function is given', () => {
  it.each([
    ["import type { Express } from 'express'\nexport const routes = (it: Express) => {", 'Express'],
    ["import { Router } from 'express'\nexport function routes(it: Router) {", 'Express'],
    [
      "import type { FastifyInstance } from 'fastify'\nexport async function routes(it: FastifyInstance) {",
      'Fastify',
    ],
    [
      "import type { FastifyPluginAsync } from 'fastify'\nexport const routes: FastifyPluginAsync = async (it) => {",
      'Fastify',
    ],
    ["import type { Hono } from 'hono'\nexport const routes = (it: Hono) => {", 'Hono'],
  ])('%s', (head, framework) => {
    expect(entries(`${head} it.get('/orders', async (x) => load(x)) }`)).toEqual([
      `http | GET /orders | ${framework} | async (x) => load(x)`,
    ])
  })

  it('is told by what its handlers do where it has no type', () => {
    const text =
      "module.exports = (it) => { it.get('/orders', async (req, res) => { res.json(await load(req.query)) }) }"
    expect(labels(text)).toEqual(['http GET /orders'])
    expect(
      labels("module.exports = (mock) => { mock.get('/orders', (schema) => schema.orders) }"),
    ).toEqual([])
    expect(
      labels(
        "export default async function (fastify) { fastify.get('/orders', async (request, reply) => load(request.query)) }",
      ),
    ).toEqual(['http GET /orders'])
  })

  it('may come from another file', () => {
    const text =
      "import { app } from '../app'\napp.get('/orders', async (c) => c.json(await load()))"
    expect(entries(text)).toEqual([
      'http | GET /orders | Hono | async (c) => c.json(await'.slice(0, 52),
    ])
    expect(labels("import { http } from 'msw'\nhttp.get('/orders', () => load())")).toEqual([])
  })
})

it('reads routes as data', () => {
  const text = `import { Router } from './router'
export const handler = Router([
  { httpMethod: 'GET', path: '/orders', handler: async (event) => load() },
  { method: 'post', url: '/orders', handler: create },
  { method: ['GET', 'HEAD'], path: '/health', handler: () => 1 },
  { method: 'GET', path: '/later', handler: 'src/later.handler' },
])
function create() {}`
  expect(labels(text)).toEqual(['http GET /orders', 'http POST /orders', 'http GET /health'])
})

it('reads an OpenAPI route of Hono', () => {
  const text = `import { OpenAPIHono, createRoute } from '@hono/zod-openapi'
const app = new OpenAPIHono()
const route = createRoute({ method: 'get', path: '/orders/{id}' })
app.openapi(route, (c) => c.json(1))`
  expect(labels(text)).toEqual(['http GET /orders/{id}'])
})

it('reads resolvers of Powertools', () => {
  const text = `import { AppSyncGraphQLResolver } from '@aws-lambda-powertools/event-handler/appsync-graphql'
const app = new AppSyncGraphQLResolver()
app.onQuery('getOrder', async ({ id }) => load(id))
app.resolver(async ({ id }) => load(id), { fieldName: 'addOrder', typeName: 'Mutation' })
app.resolver(async () => load())`
  expect(labels(text)).toEqual([
    'graphql Query.getOrder',
    'graphql Mutation.addOrder',
    'graphql AWS Lambda resolver',
  ])
})

describe('a controller of another file', () => {
  it.each([
    [
      "import type { Request, Response } from 'express'\nexport const list = async (req: Request, res: Response) => {}",
      'Express',
    ],
    [
      "import express from 'express'\nexport const list = async (req: express.Request, res: express.Response) => {}",
      'Express',
    ],
    [
      "import { RequestHandler } from 'express'\nexport const list: RequestHandler = async (a, b) => {}",
      'Express',
    ],
    [
      "import type { FastifyRequest, FastifyReply } from 'fastify'\nexport const list = async (a: FastifyRequest, b: FastifyReply) => {}",
      'Fastify',
    ],
    [
      "import type { Context } from 'hono'\nexport const list = async (c: Context) => c.json(1)",
      'Hono',
    ],
    [
      "import type { Context } from 'koa'\nexport const list = async (ctx: Context) => { ctx.body = 1 }",
      'Koa',
    ],
    [
      "import { NextApiRequest, NextApiResponse } from 'next'\nexport async function list(req: NextApiRequest, res: NextApiResponse) {}",
      'Next.js',
    ],
    ['exports.list = async (req, res) => { res.json(await load(req.query)) }', 'Express'],
    [
      'exports.list = (req, res, next) => load(req.params.id).then((item) => res.status(200).json(item)).catch(next)',
      'Express',
    ],
    ['class Orders { async list(req, res) { res.render("orders") } }', 'Express'],
    ['function list(error, req, res, next) { res.status(500).send(req.id) }', 'Express'],
  ])('%s', (text, framework) => {
    expect(entries(text).map((e) => e.split(' | ').slice(0, 3))).toEqual([
      ['http', expect.stringMatching(/list$/), framework],
    ])
  })

  it('is neither a client nor a helper', () => {
    expect(
      triggers('export const get = (url, res) => fetch(url).then((res) => res.json())'),
    ).toEqual([])
    expect(
      triggers(
        "import type { Request } from 'express'\nexport const userOf = (req: Request) => req.user",
      ),
    ).toEqual([])
    expect(
      triggers("import type { Context } from 'hono'\nexport const userOf = (c: Context) => c.get"),
    ).toEqual([])
    expect(triggers('export const merge = (a, b) => b.json')).toEqual([])
  })

  it('is no Lambda function for its name', () => {
    expect(
      labels('export default async function handler(req, res) { res.json(req.body) }'),
    ).toEqual(['http handler'])
  })
})

it('reads routes of a plugin that has properties of its own', () => {
  const text = `exports.register = (server, options, next) => {
  server.route([{ path: '/orders', method: 'GET', handler: (request, reply) => reply() }])
  next()
}
exports.register.attributes = { name: 'orders' }
`
  expect(labels(text)).toEqual(['http GET /orders'])
})

it('reads the handlers of an object that is exported and filled behind', () => {
  const text = `exports.handlers = {}
exports.handlers.register = (server) => server.route({ path: '/orders', method: 'GET', handler: (request, reply) => reply() })
`
  expect(labels(text)).toEqual(['http GET /orders'])
})
