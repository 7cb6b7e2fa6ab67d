/** What templates of AWS SAM and CloudFormation deploy. */
import { expect, it } from 'vitest'
import { deployed } from './deployed.ts'

const HANDLER = 'export const handler = async () => {}'

const FUNCTION = `
  One:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: one.handler
`
/** The trigger, the route and the framework of the function of a template. */
function causes(resources: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  const files = { 'template.yaml': `Resources:${resources}`, 'src/one.ts': HANDLER, ...more }
  return deployed(files).map((line) => line.split(' | ').slice(2).join(' '))
}

it.each([
  ['{ Type: Api, Properties: { Path: /orders, Method: get } }', 'http GET /orders'],
  [
    '{ Type: HttpApi, Properties: { Path: "/orders/{id}", Method: POST } }',
    'http POST /orders/{id}',
  ],
  ['{ Type: HttpApi, Properties: { Path: /a, Method: any } }', 'http ANY /a'],
  ['{ Type: HttpApi }', 'http -'],
  ['{ Type: Api, Properties: { Path: !Ref Path, Method: get } }', 'http -'],
  ['{ Type: Schedule, Properties: { Schedule: rate(1 day) } }', 'schedule -'],
  ['{ Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day) } }', 'schedule -'],
  ['{ Type: SQS, Properties: { Queue: !GetAtt Orders.Arn } }', 'queue -'],
  ['{ Type: SNS, Properties: { Topic: !Ref Topic } }', 'queue -'],
  ['{ Type: S3, Properties: { Bucket: !Ref B, Events: s3:ObjectCreated:* } }', 'queue -'],
  ['{ Type: DynamoDB, Properties: { Stream: !GetAtt T.StreamArn } }', 'stream -'],
  ['{ Type: Kinesis, Properties: { Stream: !GetAtt S.Arn } }', 'stream -'],
  ['{ Type: EventBridgeRule, Properties: { Pattern: {} } }', 'event -'],
  ['{ Type: Cognito }', 'event -'],
  ['{ Type: SomethingNew }', 'unknown -'],
])('an event of a SAM function: %s', (event, expected) => {
  expect(causes(`${FUNCTION}      Events:\n        E: ${event}\n`)).toEqual([`${expected} AWS SAM`])
})

it('knows a function with an address of its own, and one of which nothing is said', () => {
  expect(causes(`${FUNCTION}      FunctionUrlConfig: { AuthType: NONE }\n`)).toEqual([
    'http - AWS SAM',
  ])
  expect(causes(FUNCTION)).toEqual(['unknown - AWS SAM'])
})

it.each([
  [
    'Api: { Type: AWS::Serverless::Api, Properties: { Auth: { Authorizers: { A: { FunctionArn: !GetAtt One.Arn } } } } }',
    'http -',
  ],
  [
    'M: { Type: AWS::ApiGateway::Method, Properties: { Integration: { Uri: !Sub "arn:aws:apigateway:x:lambda:path/functions/${One.Arn}/invocations" } } }',
    'http -',
  ],
  [
    'I: { Type: AWS::ApiGatewayV2::Integration, Properties: { IntegrationUri: !Ref One } }',
    'http -',
  ],
  [
    'I: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Chat, IntegrationUri: !Sub "${One.Arn}" } }\n  Chat: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: WEBSOCKET } }',
    'websocket -',
  ],
  [
    'U: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !GetAtt [One, Arn] } }',
    'http -',
  ],
  [
    'P: { Type: AWS::Lambda::Permission, Properties: { Principal: apigateway.amazonaws.com, FunctionName: !Ref One } }',
    'http -',
  ],
  [
    'R: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(1 day), Targets: [{ Arn: !GetAtt One.Arn }] } }',
    'schedule -',
  ],
  [
    'R: { Type: AWS::Events::Rule, Properties: { EventPattern: {}, Targets: [{ Arn: !GetAtt One.Arn }] } }',
    'event -',
  ],
  [
    'S: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref One, EventSourceArn: !GetAtt Table.StreamArn } }',
    'stream -',
  ],
  [
    'S: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref One, EventSourceArn: !GetAtt OrdersQueue.Arn } }',
    'queue -',
  ],
  [
    'D: { Type: AWS::AppSync::DataSource, Properties: { LambdaConfig: { LambdaFunctionArn: !GetAtt One.Arn } } }',
    'graphql -',
  ],
  [
    'M: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionSubstitutions: { F: !GetAtt One.Arn } } }',
    'event -',
  ],
  ['Other: { Type: AWS::SSM::Parameter, Properties: { Value: !GetAtt One.Arn } }', 'unknown -'],
])('a resource that names it: %s', (resource, expected) => {
  expect(causes(`${FUNCTION}  ${resource}\n`)).toEqual([`${expected} AWS SAM`])
})

const DESCRIPTION = `
paths:
  /orders/{id}:
    get:
      x-amazon-apigateway-integration:
        uri: { Fn::Sub: "arn:aws:apigateway:x:lambda:path/functions/\${One.Arn}/invocations" }
`

it('knows routes by the description of an API, in the template or beside it', () => {
  const inside = `Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      DefinitionBody:${DESCRIPTION.replaceAll('\n', '\n        ')}`
  expect(causes(`${FUNCTION}  ${inside}\n`)).toEqual(['http GET /orders/{id} AWS SAM'])
  for (const where of [
    'DefinitionUri: api.yaml',
    'DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: api.yaml } } }',
  ]) {
    const beside = `Api: { Type: AWS::Serverless::Api, Properties: { ${where} } }`
    expect(causes(`${FUNCTION}  ${beside}\n`, { 'api.yaml': DESCRIPTION })).toEqual([
      'http GET /orders/{id} AWS SAM',
    ])
  }
})

it('finds the code by what is said for all functions, by what esbuild is told, and in JSON', () => {
  expect(
    deployed({
      'infra/template.yaml': `
Globals:
  Function: { CodeUri: ../packages, Handler: all.handler }
Resources:
  All: { Type: AWS::Serverless::Function }
  Built:
    Type: AWS::Serverless::Function
    Properties: { Handler: run.main }
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [other/src/more.ts, orders/src/run.ts] } }
`,
      'packages/all.ts': HANDLER,
      'packages/orders/src/run.ts': 'export const main = async () => {}',
      'cloudformation.json': JSON.stringify({
        Resources: {
          Plain: {
            Type: 'AWS::Lambda::Function',
            Properties: { Code: './plain', Handler: 'index.handler' },
          },
          Rule: {
            Type: 'AWS::Events::Rule',
            Properties: {
              ScheduleExpression: 'rate(1 day)',
              Targets: [{ Arn: { 'Fn::GetAtt': ['Plain', 'Arn'] } }],
            },
          },
        },
      }),
      'plain/index.js': 'exports.handler = async () => {}',
    }),
  ).toEqual([
    'packages/all.ts | handler | unknown | - | AWS SAM',
    'packages/orders/src/run.ts | main | unknown | - | AWS SAM',
    'plain/index.js | handler | schedule | - | CloudFormation',
  ])
})

it.each([
  ['code that is not here', '{ CodeUri: { Bucket: b, Key: k }, Handler: one.handler }'],
  [
    'code of another language',
    '{ CodeUri: src, Handler: app.lambda_handler, Runtime: python3.12 }',
  ],
  ['an image', '{ PackageType: Image }'],
  ['code in the template', '{ InlineCode: "exports.handler = 1", Handler: index.handler }'],
])('is silent about %s', (_, properties) => {
  expect(
    causes(`\n  One: { Type: AWS::Serverless::Function, Properties: ${properties} }\n`),
  ).toEqual([])
})
