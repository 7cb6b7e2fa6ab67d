import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { workspaceOf } from '../../../src/project/workspace.ts'
import { discoveredIn } from '../../../src/tables/discovery/index.ts'
import { folderWith } from '../../support/folder.ts'

const CODE = { 'src/audit.ts': 'export const handler = async () => {}\n' }

/** The streams that set functions off, one line each. */
function streamsIn(files: Readonly<Record<string, string>>): readonly string[] {
  const folder = folderWith({ 'package.json': '{}', 'src/empty.ts': '', '.git/HEAD': '', ...files })
  const source = { file: join(folder, 'src/empty.ts'), text: '', cwd: folder }
  const workspace = workspaceOf(source, {
    root: null,
    ignore: [],
    wrappers: new Map(),
  })
  if (workspace === null) throw new Error('no workspace')
  return discoveredIn(workspace).streams.map(
    ({ table, handler, isFiltered }) =>
      `${table?.id ?? '?'} → ${relative(folder, handler.file)}#${handler.name}${isFiltered ? ' (filtered)' : ''}`,
  )
}

const stack = (body: string): Readonly<Record<string, string>> => ({
  ...CODE,
  'cdk.json': '{}',
  'lib/stack.ts': `
import { Stack } from 'aws-cdk-lib'
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb'
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
export class Orders extends Stack { constructor(scope, id) { super(scope, id)
  const table = new Table(this, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING }, stream: StreamViewType.NEW_IMAGE })
  const fn = new NodejsFunction(this, 'audit', { entry: 'src/audit.ts' })
  const startingPosition = StartingPosition.LATEST
  ${body}
}
  lambda(id, entry) { return new NodejsFunction(this, id, { entry }) }
}
`,
})

it.each([
  [
    'an event source of the CDK',
    stack('fn.addEventSource(new DynamoEventSource(table, { startingPosition }))'),
    ['Orders → src/audit.ts#handler'],
  ],
  [
    'one that is filtered',
    stack(
      'fn.addEventSource(new DynamoEventSource(table, { startingPosition, filters: [FilterCriteria.filter({})] }))',
    ),
    ['Orders → src/audit.ts#handler (filtered)'],
  ],
  [
    'a function that a method makes',
    stack(
      "this.lambda('a', 'src/audit.ts').addEventSource(new DynamoEventSource(table, { startingPosition }))",
    ),
    ['Orders → src/audit.ts#handler'],
  ],
  [
    'a mapping of the CDK',
    stack(
      "new EventSourceMapping(this, 'm', { target: fn, eventSourceArn: table.tableStreamArn! })",
    ),
    ['Orders → src/audit.ts#handler'],
  ],
  [
    'a mapping that a function adds',
    stack("fn.addEventSourceMapping('m', { eventSourceArn: table.tableStreamArn, filters: [] })"),
    ['Orders → src/audit.ts#handler (filtered)'],
  ],
  [
    'a table that is not known',
    stack(
      "fn.addEventSource(new DynamoEventSource(Table.fromTableArn(this, 'x', 'arn'), { startingPosition }))",
    ),
    ['? → src/audit.ts#handler'],
  ],
  [
    'AWS SAM',
    {
      ...CODE,
      'template.yaml': `
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: KEYS_ONLY }
  Audit:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: src/audit.handler
      Events:
        Changes:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Orders.StreamArn
            StartingPosition: LATEST
            FilterCriteria: { Filters: [] }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !Sub \${Orders.StreamArn}
      FunctionName: !GetAtt Audit.Arn
  Queue:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !ImportValue stream
      FunctionName: !Ref Audit
`,
    },
    [
      'Orders → src/audit.ts#handler (filtered)',
      'Orders → src/audit.ts#handler',
      '? → src/audit.ts#handler',
    ],
  ],
  [
    'the Serverless Framework',
    {
      ...CODE,
      'serverless.yml': `
service: shop
provider: { name: aws }
functions:
  audit:
    handler: src/audit.handler
    events:
      - stream:
          type: dynamodb
          arn:
            Fn::GetAtt: [Orders, StreamArn]
          filterPatterns:
            - eventName: [INSERT]
      - stream: !GetAtt Orders.StreamArn
      - stream: { type: kinesis, arn: arn:aws:kinesis:eu-west-1:1:stream/x }
resources:
  Resources:
    Orders:
      Type: AWS::DynamoDB::Table
      Properties:
        AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
        KeySchema: [{ AttributeName: id, KeyType: HASH }]
        StreamSpecification: { StreamViewType: KEYS_ONLY }
`,
    },
    ['Orders → src/audit.ts#handler (filtered)', 'Orders → src/audit.ts#handler'],
  ],
  [
    'Terraform',
    {
      ...CODE,
      'main.tf': `
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}
data "archive_file" "audit" {
  type       = "zip"
  source_dir = "src"
}
resource "aws_lambda_function" "audit" {
  handler  = "audit.handler"
  filename = data.archive_file.audit.output_path
}
resource "aws_lambda_event_source_mapping" "audit" {
  event_source_arn = aws_dynamodb_table.orders.stream_arn
  function_name    = aws_lambda_function.audit.arn
}
resource "aws_lambda_event_source_mapping" "queue" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.audit.arn
}
`,
    },
    ['orders → src/audit.ts#handler'],
  ],
  [
    'Architect',
    {
      'src/tables-streams/orders/index.ts': 'export const handler = async () => {}\n',
      ...CODE,
      'app.arc': `
@app
shop
@tables
orders
  id *String
@tables-streams
orders
audit
  table orders
  src build/audit
`,
    },
    ['orders → src/tables-streams/orders/index.ts#handler', 'orders → src/audit.ts#handler'],
  ],
  [
    'SST 2, with the table',
    {
      ...CODE,
      'sst.config.ts': 'export default { stacks() {} }\n',
      'stacks/shop.ts': `
import { Table } from 'sst/constructs'
export function Shop({ stack }) {
  const table = new Table(stack, 'Orders', {
    fields: { id: 'string' },
    primaryIndex: { partitionKey: 'id' },
    stream: 'new_image',
    consumers: { audit: 'src/audit.handler' },
  })
}
`,
    },
    ['Orders → src/audit.ts#handler'],
  ],
  [
    'SST',
    {
      ...CODE,
      'sst.config.ts': `
export default $config({ async run() {
  const table = new sst.aws.Dynamo('Orders', { fields: { id: 'string' }, primaryIndex: { hashKey: 'id' }, stream: 'new-image' })
  table.subscribe('Audit', 'src/audit.handler', { filters: [] })
} })
`,
    },
    ['Orders → src/audit.ts#handler (filtered)'],
  ],
])('tells which stream sets which function off: %s', (_, files, expected) => {
  expect(streamsIn(files)).toEqual(expected)
})
