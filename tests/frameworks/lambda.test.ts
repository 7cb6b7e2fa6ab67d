import { describe, expect, it } from 'vitest'
import { entries, labels, triggers } from './entries.ts'

const types = (...names: readonly string[]): string =>
  `import type { ${names.join(', ')} } from 'aws-lambda'\n`

describe('a handler by the type of its variable', () => {
  it.each([
    ['APIGatewayProxyHandler', 'http Lambda handler'],
    ['APIGatewayProxyHandlerV2', 'http Lambda handler'],
    ['APIGatewayProxyHandlerV2WithJWTAuthorizer', 'http Lambda handler'],
    ['APIGatewayProxyWebsocketHandlerV2', 'websocket WebSocket handler'],
    ['APIGatewayRequestAuthorizerHandler', 'http Lambda handler'],
    ['APIGatewayTokenAuthorizerHandler', 'http Lambda handler'],
    ['LambdaFunctionURLHandler', 'http Lambda handler'],
    ['ALBHandler', 'http Lambda handler'],
    ['CloudFrontRequestHandler', 'http Lambda handler'],
    ['AppSyncResolverHandler<Args, Order>', 'graphql AppSync resolver'],
    ['SQSHandler', 'queue queue consumer'],
    ['SNSHandler', 'queue queue consumer'],
    ['S3Handler', 'queue queue consumer'],
    ['DynamoDBStreamHandler', 'stream stream consumer'],
    ['KinesisStreamHandler', 'stream stream consumer'],
    ['ScheduledHandler', 'schedule scheduled Lambda'],
    ["EventBridgeHandler<'OrderPlaced', Order, void>", 'event event consumer'],
    ['PostConfirmationTriggerHandler', 'event event consumer'],
    ['CognitoUserPoolTriggerHandler', 'event event consumer'],
    ['CloudFormationCustomResourceHandler', 'event event consumer'],
    ['Handler<APIGatewayProxyEvent, APIGatewayProxyResult>', 'http Lambda handler'],
    ['Handler<SQSEvent>', 'queue queue consumer'],
    ['Handler', 'unknown Lambda handler'],
  ])('%s', (type, expected) => {
    const name = type.split('<')[0] ?? ''
    const text = `${types(name)}export const run: ${type} = async (event) => { await work() }`
    expect(labels(text)).toEqual([expected])
  })

  it('asks for the package of a name that others have too', () => {
    const text = "import { Handler } from 'vitest'\nexport const run: Handler = async (event) => {}"
    expect(labels(text)).toEqual([])
  })

  it('holds for what a wrapper makes', () => {
    const text = `${types('APIGatewayProxyHandler')}import middy from '@middy/core'
export const list: APIGatewayProxyHandler = middy(async () => load()).use(cors())`
    expect(entries(text)).toEqual(['http | Lambda handler | AWS Lambda | async () => load()'])
  })
})

describe('a handler by the type of its event', () => {
  it.each([
    ['APIGatewayProxyEvent', 'http'],
    ['APIGatewayProxyEventV2', 'http'],
    ['APIGatewayEvent', 'http'],
    ['APIGatewayProxyEvent & { userId: string }', 'http'],
    ['ALBEvent', 'http'],
    ['LambdaFunctionURLEvent', 'http'],
    ['AppSyncResolverEvent<Args>', 'graphql'],
    ['SQSEvent', 'queue'],
    ['SNSEvent', 'queue'],
    ['S3Event', 'queue'],
    ['DynamoDBStreamEvent', 'stream'],
    ['KinesisStreamEvent', 'stream'],
    ['ScheduledEvent', 'schedule'],
    ["EventBridgeEvent<'OrderPlaced', Order>", 'event'],
    ['CloudFormationCustomResourceEvent', 'event'],
    ['PreSignUpTriggerEvent', 'event'],
  ])('%s', (type, expected) => {
    const name = /^\w+/.exec(type)?.[0] ?? ''
    const text = `${types(name)}export async function listOrders(event: ${type}) { return load() }`
    expect(triggers(text)).toEqual([expected])
  })

  it('follows the renaming of an import', () => {
    const text =
      "import { SQSEvent as E } from 'aws-lambda'\nexport const consume = async (e: E) => {}"
    expect(triggers(text)).toEqual(['queue'])
  })

  it('takes a helper that gives a part back for what it is', () => {
    const text = `${types('APIGatewayProxyEvent')}
export const userOf = (event: APIGatewayProxyEvent) => event.requestContext.identity.user`
    expect(triggers(text)).toEqual([])
  })

  it('finds it behind what is bound', () => {
    const text = `${types('SQSEvent', 'Context')}
async function construct(dependencies: Dependencies, event: SQSEvent, context: Context) {}
export const lambdaHandler = construct.bind(null, dependencies)`
    expect(entries(text)).toEqual(['queue | queue consumer | AWS Lambda | construct'])
  })

  it('finds it in what an exported function makes', () => {
    const text = `${types('APIGatewayProxyHandler')}
export function createHandler({ client }): APIGatewayProxyHandler {
  return async function (event) { return client.load(event) }
}`
    expect(triggers(text)).toEqual(['http'])
  })

  it('finds it inside a wrapper that gives something first', () => {
    const text = `${types('APIGatewayProxyEvent')}import { metricScope } from 'aws-embedded-metrics'
export const readAll = (db) => metricScope((metrics) => async (event: APIGatewayProxyEvent) => db.all())`
    expect(triggers(text)).toEqual(['http'])
  })
})

describe('a handler by what it reads', () => {
  it.each([
    ['event.pathParameters.id', 'http'],
    ['event.queryStringParameters?.limit', 'http'],
    ['event.requestContext.authorizer', 'http'],
    ['event.httpMethod', 'http'],
    ['event.rawPath', 'http'],
    ['event.multiValueQueryStringParameters', 'http'],
    ['JSON.parse(event.body)', 'http'],
    ['event.headers.authorization', 'http'],
    ['event.requestContext.connectionId', 'websocket'],
    ['event.Records.map((record) => record.dynamodb.NewImage)', 'stream'],
    ['event.Records[0].kinesis.data', 'stream'],
    ['event.Records.forEach((record) => handle(record.body))', 'queue'],
    ['event.Records[0].Sns.Message', 'queue'],
    ['event.Records[0].s3.object.key', 'queue'],
    ['event.Records[0].cf.request', 'http'],
    ["event['detail-type']", 'event'],
    ['event.detail.orderId', 'event'],
    ['event.info.fieldName', 'graphql'],
    ['event.arguments.id', 'graphql'],
    ['event.triggerSource', 'event'],
    ['event.orderId', 'unknown'],
    ['event.body.orderId', 'unknown'],
  ])('%s', (read, expected) => {
    expect(triggers(`exports.handler = async (event) => { await use(${read}) }`)).toEqual([
      expected,
    ])
  })

  it('reads patterns, closures, loops and helpers of the file', () => {
    expect(
      triggers('export const handler = async ({ pathParameters: { id } }) => load(id)'),
    ).toEqual(['http'])
    expect(
      triggers(
        'export const handler = async (event) => { const { Records } = event; for (const r of Records) await save(r.dynamodb) }',
      ),
    ).toEqual(['stream'])
    expect(
      triggers(
        'const idOf = (e) => e.pathParameters.id\nexport const handler = async (event) => load(idOf(event))',
      ),
    ).toEqual(['http'])
    expect(
      triggers(
        'export const handler = async (event) => { const work = () => event.httpMethod; return work() }',
      ),
    ).toEqual(['http'])
  })

  it('takes a name of its own where a handler works', () => {
    const text =
      'module.exports.getOrder = async (event) => { const { id } = event.pathParameters; return load(id) }'
    expect(entries(text)).toEqual(['http | Lambda handler | AWS Lambda | getOrder'])
    expect(triggers('export const create = async (event) => save(JSON.parse(event.body))')).toEqual(
      ['http'],
    )
    expect(triggers('export const create = async (order) => save(order)')).toEqual([])
    expect(triggers('export const create = async (order) => save(order.body)')).toEqual([])
  })

  it('takes an export called for what schedules it as that', () => {
    expect(
      triggers('export const scheduled = async (event) => { await purge(event.detail.day) }'),
    ).toEqual(['schedule'])
  })

  it('names the route where the code compares with one only', () => {
    const text = `exports.handler = async (event) => {
  if (event.httpMethod !== 'GET' || event.resource !== '/orders') throw new Error('no')
  return load()
}`
    expect(labels(text)).toEqual(['http GET /orders'])
    expect(
      labels(
        "exports.handler = async ({ routeKey }) => { if (routeKey === 'GET /orders') return load() }",
      ),
    ).toEqual(['http GET /orders'])
    expect(
      labels(
        "exports.handler = async ({ routeKey }) => { switch (routeKey) { case 'GET /a': return a(); case 'GET /b': return b() } }",
      ),
    ).toEqual(['http Lambda handler'])
  })
})

describe('a handler by how it answers', () => {
  it.each([
    ['return { statusCode: 200, body: JSON.stringify(await load()) }', 'http'],
    [
      'const answer = (code, body) => ({ statusCode: code, body }); return answer(200, await load())',
      'http',
    ],
    ['return response(200, await load())', 'http'],
    ['return ok(await load())', 'http'],
    ['return load().then((items) => ({ statusCode: 200, items }))', 'http'],
    // What jobs say, out of habit.
    ["await purge(); return { statusCode: 200, body: 'done' }", 'unknown'],
    ['return load()', 'unknown'],
  ])('%s', (body, expected) => {
    expect(
      triggers(`import { response, ok } from './http'\nexports.handler = async () => { ${body} }`),
    ).toEqual([expected])
  })

  it('takes a status for a caller only where the event is not of its own making', () => {
    const text =
      'exports.handler = async (event) => { await purge(event.jobId); return { statusCode: 200, body: event.jobId } }'
    expect(triggers(text)).toEqual(['unknown'])
  })

  it('reads what the callback is given', () => {
    const text = `module.exports.getPost = (event, context, callback) => {
  load().then((post) => callback(null, { statusCode: 200, body: post }))
}`
    expect(triggers(text)).toEqual(['http'])
  })

  it('takes a function that answers for a route of another file', () => {
    const typed = `${types('APIGatewayProxyResult')}
export async function createGame(body: string): Promise<APIGatewayProxyResult> { return respond(await save(body)) }`
    expect(triggers(typed)).toEqual(['http'])
    expect(
      triggers(
        "import { createResponse } from './http'\nexport async function list() { return createResponse(200, await load()) }",
      ),
    ).toEqual(['http'])
    expect(
      triggers(
        `${types('APIGatewayProxyResult')}export const ok = (body): APIGatewayProxyResult => ({ statusCode: 200, body })`,
      ),
    ).toEqual([])
    expect(
      triggers(
        'export const request = async (url) => { const r = await fetch(url); return { statusCode: r.status, body: r.body } }',
      ),
    ).toEqual([])
  })

  it('believes the path of a job before its answer', () => {
    const text =
      'exports.handler = async () => { await purge(); return { statusCode: 200, body: await count() } }'
    expect(triggers(text, 'src/scheduled/purge/index.js')).toEqual(['schedule'])
    expect(triggers(text, 'src/schedules/list.js')).toEqual(['http'])
  })
})

describe('every way to export and wrap', () => {
  const body = 'async (event) => load(event.pathParameters.id)'
  it.each([
    [`exports.handler = ${body}`],
    [`module.exports.handler = ${body}`],
    [`module.exports = { handler: ${body} }`],
    [`const handler = ${body}\nmodule.exports = { handler }`],
    [`export default ${body}`],
    [`const handler = ${body}\nexport { handler as main }`],
    [
      `import middy from '@middy/core'\nexport const handler = middy(${body}).use(cors()).onError((request) => log(request.error))`,
    ],
    [
      `import middy from '@middy/core'\nexport const handler = middy().use(cors()).handler(${body})`,
    ],
    [
      `import * as Sentry from '@sentry/serverless'\nexport const handler = Sentry.AWSLambda.wrapHandler(${body})`,
    ],
    [`import { createHandler } from './handlers'\nexport const handler = createHandler(${body})`],
    [
      `import { createHandler } from './handlers'\nexport const handler = createHandler({ handler: ${body} })`,
    ],
    [
      `import { bundle } from './handlers'\nexport const handler = bundle({ name: 'x' }).handler(${body})`,
    ],
    [
      `import middy from '@middy/core'\nconst wrap = (fn) => middy(fn).use(cors())\nexport const handler = wrap(${body})`,
    ],
    [
      `import middy from '@middy/core'
const inner = (schema, fn) => { try { return middy(fn).use(validate(schema)) } catch { return middy() } }
const wrap = (schema, fn) => Object.assign(inner(schema, fn), { schema })
export const main = wrap({}, ${body})`,
    ],
    [`const handler = wrap(${body})\nhandler.schema = {}\nexport { handler }`],
  ])('%s', (text) => {
    expect(triggers(text)).toEqual(['http'])
  })

  it('takes nothing of an object that other objects are spread into', () => {
    expect(triggers(`export const handler = { ...actions(${body}), name: 'x' }`)).toEqual([])
  })

  it('follows a wrapper of the file to what it wraps, and shares what both show', () => {
    const text = `const withAnswer = (fn) => async (event, context) => ({ statusCode: 200, body: await fn(event, context) })
export const handler = withAnswer(async (event) => load(event.id))`
    expect(entries(text)).toEqual([
      'http | Lambda handler | AWS Lambda | async (event, context) =',
      'http | Lambda handler | AWS Lambda | async (event) => load(ev',
    ])
  })

  it('takes what the wrapper calls, and nothing else that it is given', () => {
    const text = `const build = (log, { run }) => async (event) => { use(log); return run(event.pathParameters) }
export const handler = build(async () => 1, { run: async (p) => load(p) })`
    expect(entries(text).map((e) => e.split(' | ')[3])).toEqual(['async (event) => { use(l', 'run'])
  })

  it('takes what the wrapper hands on with the event', () => {
    const text = `const wrap = (fn) => async (event) => run(fn, event)
export const handler = wrap(async (event) => load(event.pathParameters))`
    expect(triggers(text)).toEqual(['http', 'http'])
  })

  it('follows a chain of any length', () => {
    const uses = Array.from({ length: 20 }, () => '.use(cors())').join('')
    const text = `import middy from '@middy/core'\nexport const handler = middy(${body})${uses}`
    expect(triggers(text)).toEqual(['http'])
  })

  it('follows a method that is bound', () => {
    const text = `import type { LambdaInterface } from '@aws-lambda-powertools/commons/types'
class Lambda implements LambdaInterface {
  public async handler(event: APIGatewayProxyEvent, _context: unknown): Promise<void> {}
}
const lambda = new Lambda()
export const handler = lambda.handler.bind(lambda)`
    expect(entries(text)).toEqual(['http | Lambda handler | AWS Lambda | Lambda.handler'])
  })

  it('takes what a house calls main for a handler where it is given an event', () => {
    expect(
      triggers(
        "import handler from './libs/handler'\nexport const main = handler(async (event, context) => load())",
      ),
    ).toEqual(['unknown'])
    expect(
      triggers(
        "import handler from './libs/handler'\nexport const main = handler(async (event, context) => { await authorizeAdmin(event); return load() })\nimport { authorizeAdmin } from './auth'",
      ),
    ).toEqual(['http'])
    expect(triggers('export const main = async ({ bucketName }) => load(bucketName)')).toEqual([])
    expect(triggers('export const main = async () => load()')).toEqual([])
  })

  it('does not take other exports for handlers', () => {
    expect(triggers('export async function listOrders(status) { return load(status) }')).toEqual([])
    expect(triggers('export const handlers = { a: 1 }\nexport class Handler {}')).toEqual([])
  })
})

it('knows AppSync resolvers in JavaScript by what they import', () => {
  const text = `import { util } from '@aws-appsync/utils'
export function request(ctx) { return { operation: 'Scan' } }
export function response(ctx) { return ctx.result.items }`
  expect(labels(text)).toEqual(['graphql AppSync resolver', 'graphql AppSync resolver'])
  expect(labels(text.replace('@aws-appsync/utils', './utils'))).toEqual([])
})

it('takes a handler with properties of its own for one', () => {
  const handler = 'exports.handler = async (event) => ({ statusCode: 200 })\n'
  expect(entries(`${handler}exports.handler.timeout = 3\n`)).toEqual(entries(handler))
})
