/** What a service of the Serverless Framework deploys. */
import { expect, it } from 'vitest'
import { deployed } from './deployed.ts'

const HANDLER = 'export const handler = async () => {}'

/** The trigger and the route of one function with these events. */
function causes(events: string, more = ''): readonly string[] {
  const settings = `functions:\n  one:\n    handler: src/one.handler\n    events:\n${events}\n${more}`
  return deployed({ 'serverless.yml': settings, 'src/one.ts': HANDLER }).map((line) =>
    line.split(' | ').slice(2, 4).join(' '),
  )
}

it.each([
  ['      - http: GET orders', 'http GET /orders'],
  ['      - http: { path: "/orders/{id}", method: delete }', 'http DELETE /orders/{id}'],
  ['      - httpApi: "POST /orders"', 'http POST /orders'],
  ['      - httpApi:\n          path: /orders\n          method: get', 'http GET /orders'],
  ['      - httpApi: { path: /orders, method: "*" }', 'http ANY /orders'],
  ["      - httpApi: '*'", 'http -'],
  ['      - http: { path: "{proxy+}", method: any }', 'http -'],
  ['      - alb: { listenerArn: x, priority: 1 }', 'http -'],
  ['      - websocket: $connect', 'websocket -'],
  ['      - schedule: rate(1 day)', 'schedule -'],
  ['      - schedule: { rate: [cron(0 0 * * ? *)] }', 'schedule -'],
  ['      - sqs: arn:aws:sqs:eu-west-1:1:q', 'queue -'],
  ['      - sns: topic', 'queue -'],
  ['      - s3: bucket', 'queue -'],
  ['      - stream: { type: dynamodb, arn: !GetAtt Orders.StreamArn }', 'stream -'],
  ['      - eventBridge: { pattern: { source: [x] } }', 'event -'],
  ['      - eventBridge: { schedule: rate(1 hour) }', 'schedule -'],
  ['      - cognitoUserPool: { pool: x, trigger: PostConfirmation }', 'event -'],
  ['      - ofAPlugin: { x: 1 }', 'unknown -'],
  ['      - alexaSkill', 'unknown -'],
])('%s', (event, expected) => {
  expect(causes(event)).toEqual([expected])
})

it('knows a function with an address of its own, and one with no events', () => {
  expect(causes('', '    url: true')).toEqual(['http -', 'unknown -'])
  expect(
    deployed({
      'serverless.yml': 'functions: { one: { handler: one.handler } }',
      'one.ts': HANDLER,
    }),
  ).toEqual(['one.ts | handler | unknown | - | Serverless Framework'])
})

it('knows authorizers and data sources by who names them', () => {
  const settings = `
provider:
  httpApi:
    authorizers:
      tokens: { type: request, functionName: two }
custom:
  appSync:
    dataSources:
      - { type: AWS_LAMBDA, name: three, config: { functionName: three } }
functions:
  one: { handler: one.handler, events: [{ http: { path: /a, method: get, authorizer: four } }] }
  two: { handler: two.handler }
  three: { handler: three.handler }
  four: { handler: four.handler }
`
  const files = ['one', 'two', 'three', 'four'].map((name) => [`${name}.ts`, HANDLER] as const)
  expect(deployed({ 'serverless.yml': settings, ...Object.fromEntries(files) })).toEqual([
    'four.ts | handler | http | - | Serverless Framework',
    'one.ts | handler | http | GET /a | Serverless Framework',
    'three.ts | handler | graphql | - | Serverless Framework',
    'two.ts | handler | http | - | Serverless Framework',
  ])
})

it('follows variables, other files, anchors and merged maps', () => {
  expect(
    deployed({
      'app/serverless.yml': `
custom:
  dir: src/\${self:custom.inner}
  inner: handlers
  base: &base
    events: [{ http: GET /base }]
functions:
  - \${file(functions.yml)}
  - one: { handler: "\${self:custom.dir}/one.handler", events: "\${file(events.json):one}" }
    two: { <<: *base, handler: "\${opt:dir, 'src'}/two.handler" }
  - three: \${file(three.yml)}
`,
      'app/functions.yml':
        "four:\n  handler: ${self:custom.dir}/four.handler\n  events:\n    - http: { path: '/${self:custom.inner}', method: get }\n    - http: { path: '/${env:STAGE}', method: get }",
      'app/events.json': '{ "one": [{ "http": "GET /one" }] }',
      'app/three.yml':
        'handler: src/three.handler\nevents:\n  - ${file(three.yml):event}\nevent: { sqs: x }',
      'app/src/handlers/one.ts': HANDLER,
      'app/src/handlers/four.js': HANDLER,
      'app/src/two.ts': HANDLER,
      'app/src/three.ts': HANDLER,
    }),
  ).toEqual([
    'app/src/handlers/four.js | handler | http | - | Serverless Framework',
    'app/src/handlers/four.js | handler | http | GET /handlers | Serverless Framework',
    'app/src/handlers/one.ts | handler | http | GET /one | Serverless Framework',
    'app/src/three.ts | handler | queue | - | Serverless Framework',
    'app/src/two.ts | handler | http | GET /base | Serverless Framework',
  ])
})

it('takes what was built for its source', () => {
  expect(
    deployed({
      'serverless.json': JSON.stringify({
        functions: { one: { handler: 'dist/api/one.run', events: [{ schedule: 'rate(1 day)' }] } },
      }),
      'src/api/one.ts': 'export const run = async () => {}',
    }),
  ).toEqual(['src/api/one.ts | run | schedule | - | Serverless Framework'])
})

it('reads settings in code, with a file for each function', () => {
  expect(
    deployed({
      'serverless.ts': `
import type { AWS } from '@serverless/typescript'
import { create, list } from '@functions/index'
import * as jobs from './src/jobs'
import { routes } from './routes'
const configuration: AWS = {
  service: 'orders',
  functions: { create, list, nightly: jobs.nightly, all: { handler: 'src/all.main', events: routes().map((r) => ({ httpApi: { method: r.method, path: r.path } })) } },
}
module.exports = configuration
`,
      'tsconfig.json':
        '{ "compilerOptions": { "paths": { "@functions/*": ["./src/functions/*"] } } }',
      'routes.ts':
        "import { readdirSync } from 'fs'\nexport const routes = () => readdirSync('.').map((path) => ({ path, method: 'get' }))",
      'src/handler-path.ts':
        "export const handlerPath = (context: string) => `${context.split(process.cwd())[1].substring(1).replace(/\\\\/g, '/')}`",
      'src/functions/index.ts':
        "export { default as create } from './create'\nexport { default as list } from './list'",
      'src/functions/create/index.ts':
        "import { handlerPath } from '../../handler-path'\nexport default { handler: `${handlerPath(__dirname)}/handler.main`, events: [{ http: { method: 'post', path: 'orders' } }] }",
      'src/functions/create/handler.ts': 'export const main = async () => {}',
      'src/functions/list/index.ts':
        "export default { handler: 'src/functions/list/handler.main', events: [{ http: { method: 'get', path: 'orders' } }] }",
      'src/functions/list/handler.ts': 'export const main = async () => {}',
      'src/jobs.ts':
        "export const nightly = { handler: 'src/nightly.main', events: [{ schedule: 'rate(1 day)' }] }",
      'src/nightly.ts': 'export const main = async () => {}',
      'src/all.ts': 'export const main = async () => {}',
    }),
  ).toEqual([
    'src/all.ts | main | http | - | Serverless Framework',
    'src/functions/create/handler.ts | main | http | POST /orders | Serverless Framework',
    'src/functions/list/handler.ts | main | http | GET /orders | Serverless Framework',
    'src/nightly.ts | main | schedule | - | Serverless Framework',
  ])
})

it.each([
  ['a file that is no YAML', 'functions: [\n  one: {'],
  [
    'variables that lead to themselves',
    'custom: { a: "${self:custom.b}", b: "${self:custom.a}" }\nfunctions: ${self:custom.a}',
  ],
  [
    'variables that lead to many',
    `custom: { a: "${'${self:custom.a.b}'.repeat(20)}" }\nfunctions: { one: { handler: "\${self:custom.a}" } }`,
  ],
  ['files that hold themselves', 'functions: ${file(serverless.yml):functions}'],
  [
    'a bomb of aliases',
    `a: &a [x, x]\n${Array.from('bcdefghijk')
      .map(
        (c, i) =>
          `${c}: &${c} [${Array(9)
            .fill(`*${'abcdefghijk'[i] ?? ''}`)
            .join(', ')}]`,
      )
      .join('\n')}\nfunctions: *k`,
  ],
  ['values that nest deep', `functions: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['a handler outside the project', 'functions: { one: { handler: ../../../one.handler } }'],
  [
    'keys of every object',
    'functions: { __proto__: { handler: constructor.name }, constructor: x }',
  ],
])('is silent about %s', (_, settings) => {
  expect(deployed({ 'serverless.yml': settings })).toEqual([])
})

it('goes on where one file is broken', () => {
  expect(
    deployed({
      'a/serverless.yml': 'functions: [',
      'b/serverless.yml': 'functions: { one: { handler: one.handler, events: [{ sqs: x }] } }',
      'b/one.ts': HANDLER,
    }),
  ).toEqual(['b/one.ts | handler | queue | - | Serverless Framework'])
})

it('leaves alone what nobody wrote by hand', () => {
  const settings = 'functions: { one: { handler: one.handler, events: [{ sqs: x }] } }'
  expect(
    deployed({
      '.gitignore': 'ignored',
      'ignored/serverless.yml': settings,
      'ignored/one.ts': HANDLER,
      'node_modules/x/serverless.yml': settings,
      'node_modules/x/one.ts': HANDLER,
    }),
  ).toEqual([])
})
