/** What AWS CDK, SST and Architect deploy. */
import { describe, expect, it } from 'vitest'
import { deployed } from './deployed.ts'

const HANDLER = 'export const handler = async () => {}'

/** Trigger and route of a function `fn`, set off as the lines say. */
function cdk(lines: string, made = NODEJS): readonly string[] {
  const stack = `
import * as path from 'node:path'
import * as cdk from 'aws-cdk-lib'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import * as apigateway from 'aws-cdk-lib/aws-apigateway'
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import * as targets from 'aws-cdk-lib/aws-events-targets'
export class OrdersStack extends cdk.Stack {
  constructor(scope, id) {
    super(scope, id)
    ${made}
    ${lines}
  }
}`
  return deployed({ 'cdk/cdk.json': '{}', 'cdk/lib/orders-stack.ts': stack, 'src/one.ts': HANDLER })
    .map((line) => line.split(' | ').slice(2, 4).join(' '))
    .filter((line) => line !== 'unknown -')
}

const NODEJS =
  "const fn = new NodejsFunction(this, 'One', { entry: path.join(__dirname, '../../src/one.ts') })"

describe('AWS CDK', () => {
  it.each([
    ['', []],
    ['fn.addFunctionUrl()', ['http -']],
    [
      "const api = new apigateway.RestApi(this, 'Api'); const orders = api.root.addResource('orders'); orders.addResource('{id}').addMethod('GET', new apigateway.LambdaIntegration(fn))",
      ['http -', 'http GET /orders/{id}'],
    ],
    [
      "const integration = new apigateway.LambdaIntegration(fn); this.api.root.resourceForPath('/orders').addMethod('POST', integration)",
      ['http -', 'http POST /orders'],
    ],
    ["new apigateway.LambdaRestApi(this, 'Api', { handler: fn })", ['http -']],
    [
      "new HttpApi(this, 'Api').addRoutes({ path: '/orders', methods: [HttpMethod.GET], integration: new HttpLambdaIntegration('I', fn) })",
      ['http -', 'http GET /orders'],
    ],
    [
      "new HttpApi(this, 'Api').addRoutes({ path: '/orders', methods: [HttpMethod.GET, HttpMethod.PUT], integration: new HttpLambdaIntegration('I', fn) })",
      ['http -'],
    ],
    ['fn.addEventSource(new SqsEventSource(queue))', ['queue -']],
    ['fn.addEventSource(new DynamoEventSource(table, {}))', ['stream -']],
    [
      "new Rule(this, 'R', { schedule: Schedule.rate(day), targets: [new targets.LambdaFunction(fn)] })",
      ['event -', 'schedule -'],
    ],
    [
      "new Rule(this, 'R', { schedule: Schedule.rate(day) }).addTarget(new targets.LambdaFunction(fn))",
      ['event -', 'schedule -'],
    ],
    [
      "new Rule(this, 'R', { eventPattern: {}, targets: [new targets.LambdaFunction(fn)] })",
      ['event -'],
    ],
    ["new lambda.EventSourceMapping(this, 'M', { target: fn })", ['stream -']],
    ['notKnown(fn)', []],
  ])('%s', (lines, expected) => {
    expect(cdk(lines)).toEqual(expected)
  })

  it.each([
    [
      "const fn = new lambda.Function(this, 'One', { code: lambda.Code.fromAsset(path.join(__dirname, '../../src')), handler: 'one.handler' })",
    ],
    [
      "const fn = new lambda.Function(this, 'One', { code: lambda.Code.fromAsset('../src'), handler: 'one.handler' })",
    ],
    ["const fn = new NodejsFunction(this, 'One', { entry: '../src/one.ts', handler: 'handler' })"],
    ["const fn = new NodejsFunction(this, 'One', { entry: `${__dirname}/../../src/one.ts` })"],
    [
      "const make = (name) => new NodejsFunction(this, name, { entry: path.resolve(__dirname, '../../src', `${name}.ts`) }); const fn = make('one')",
    ],
    [
      "class Mine extends NodejsFunction { constructor(scope, id, file) { super(scope, id, { entry: path.join(__dirname, '../../src', file) }) } }; const fn = new Mine(this, 'One', 'one.ts')",
    ],
    [
      "const fn = new lambda_nodejs.NodejsFunction(this, 'One', { entry: path.join(__dirname, '../../src/one') })",
    ],
  ])('finds the code of %s', (made) => {
    const text = made.replace('lambda_nodejs', 'cdk.aws_lambda_nodejs')
    expect(cdk('fn.addFunctionUrl()', text)).toEqual(['http -'])
  })

  it.each([
    ["const fn = new NodejsFunction(this, 'One', props)"],
    ["const fn = new NodejsFunction(this, 'One', { entry: entryOf('one') })"],
    [
      "const fn = new lambda.Function(this, 'One', { code: lambda.Code.fromBucket(b, 'k'), handler: 'one.handler' })",
    ],
  ])('is silent about %s', (made) => {
    expect(cdk('fn.addFunctionUrl()', made)).toEqual([])
  })
})

describe('SST', () => {
  const functions = Object.fromEntries(
    ['list', 'create', 'job', 'consumer', 'stream', 'socket', 'other'].map((name) => [
      `packages/functions/src/${name}.ts`,
      HANDLER,
    ]),
  )
  const short = (lines: readonly string[]): readonly string[] =>
    lines.map((line) => line.replace('packages/functions/src/', '').replace(' | handler', ''))

  it('knows the constructs of version 2', () => {
    const stack = `
import { Api, Cron, EventBus, Function, Queue, Table, WebSocketApi } from 'sst/constructs'
const dir = 'packages/functions/src'
export function Stack({ stack }) {
  const other = new Function(stack, 'other', { handler: 'packages/functions/src/other.handler' })
  const api = new Api(stack, 'api', { routes: { 'GET /orders': \`\${dir}/list.handler\` } })
  api.addRoutes(stack, { 'POST /orders': { function: { handler: 'packages/functions/src/create.handler' } } })
  new Cron(stack, 'cron', { schedule: 'rate(1 day)', job: 'packages/functions/src/job.handler' })
  new Queue(stack, 'queue', { consumer: 'packages/functions/src/consumer.handler' })
  new Table(stack, 'table', { fields: {}, consumers: { c: 'packages/functions/src/stream.handler' } })
  new WebSocketApi(stack, 'ws', { routes: { $connect: 'packages/functions/src/socket.handler' } })
}`
    const files = { 'sst.config.ts': 'export default {}', 'stacks/Stack.ts': stack, ...functions }
    expect(short(deployed(files))).toEqual([
      'consumer.ts | queue | - | SST',
      'create.ts | http | POST /orders | SST',
      'job.ts | schedule | - | SST',
      'list.ts | http | GET /orders | SST',
      'other.ts | unknown | - | SST',
      'socket.ts | websocket | - | SST',
      'stream.ts | stream | - | SST',
    ])
  })

  it('knows those of version 3, in the files that the settings import', () => {
    const settings = `
export default $config({
  app() { return { name: 'orders' } },
  async run() {
    await import('./infra/api')
    new sst.aws.Cron('Cron', { schedule: 'rate(1 day)', function: 'packages/functions/src/job.handler' })
    const queue = new sst.aws.Queue('Queue')
    queue.subscribe('packages/functions/src/consumer.handler')
    new sst.aws.Dynamo('Table', {}).subscribe('S', 'packages/functions/src/stream.handler')
    new sst.aws.Function('Other', { handler: 'packages/functions/src/other.handler', url: true })
  },
})`
    const api = `
const api = new sst.aws.ApiGatewayV2('Api')
api.route('GET /orders', 'packages/functions/src/list.handler')
api.route('POST /orders', { handler: 'packages/functions/src/create.handler' })
const ws = new sst.aws.ApiGatewayWebSocket('Ws')
ws.route('$connect', 'packages/functions/src/socket.handler')`
    const files = { 'sst.config.ts': settings, 'infra/api.ts': api, ...functions }
    expect(short(deployed(files))).toEqual([
      'consumer.ts | queue | - | SST',
      'create.ts | http | POST /orders | SST',
      'job.ts | schedule | - | SST',
      'list.ts | http | GET /orders | SST',
      'other.ts | http | - | SST',
      'socket.ts | websocket | - | SST',
      'stream.ts | stream | - | SST',
    ])
  })
})

it('knows the sections of an Architect app', () => {
  const manifest = `@app
orders

@http
get /orders
post /orders/:id # comment
get /
/files
  method put
any /*
@ws
@events
placed
@scheduled
nightly rate(1 day)
@tables-streams
orders
  src custom/stream
@tables
orders
  id *String
`
  const folders = [
    'src/http/get-orders',
    'src/http/post-orders-000id',
    'src/http/get-index',
    'src/http/put-files',
    'src/http/any-catchall',
    'src/events/placed',
    'src/scheduled/nightly',
    'custom/stream',
  ]
  const files = Object.fromEntries(folders.map((folder) => [`${folder}/index.ts`, HANDLER]))
  expect(deployed({ 'app.arc': manifest, ...files })).toEqual([
    'custom/stream/index.ts | handler | stream | - | Architect',
    'src/events/placed/index.ts | handler | event | - | Architect',
    'src/http/any-catchall/index.ts | handler | http | - | Architect',
    'src/http/get-index/index.ts | handler | http | GET / | Architect',
    'src/http/get-orders/index.ts | handler | http | GET /orders | Architect',
    'src/http/post-orders-000id/index.ts | handler | http | POST /orders/{id} | Architect',
    'src/http/put-files/index.ts | handler | http | PUT /files | Architect',
    'src/scheduled/nightly/index.ts | handler | schedule | - | Architect',
  ])
})
