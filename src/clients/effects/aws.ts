import type { EffectKind, EffectLibrary } from './effect-library.ts'

/** What a service of AWS is called in its SDKs: `client-sesv2`, the class `SESv2`, the module `sesv2` of version 2. */
interface Service {
  readonly name: string
  readonly kind: EffectKind
  /** `@aws-sdk/client-…` of version 3. */
  readonly client: string
  /** The class of both versions. */
  readonly class: string
  /** The file below `aws-sdk/clients` of version 2. */
  readonly module: string
  readonly operations: readonly string[]
}

const SERVICES: readonly Service[] = [
  {
    name: 'SES',
    kind: 'mail',
    client: 'ses',
    class: 'SES',
    module: 'ses',
    operations: ['SendEmail', 'SendRawEmail', 'SendTemplatedEmail', 'SendBulkTemplatedEmail'],
  },
  {
    name: 'SES',
    kind: 'mail',
    client: 'sesv2',
    class: 'SESV2',
    module: 'sesv2',
    operations: ['SendEmail', 'SendBulkEmail'],
  },
  {
    name: 'Pinpoint',
    kind: 'mail',
    client: 'pinpoint',
    class: 'Pinpoint',
    module: 'pinpoint',
    operations: ['SendMessages', 'SendUsersMessages'],
  },
  {
    name: 'SNS',
    kind: 'message',
    client: 'sns',
    class: 'SNS',
    module: 'sns',
    operations: ['Publish', 'PublishBatch'],
  },
  {
    name: 'SQS',
    kind: 'message',
    client: 'sqs',
    class: 'SQS',
    module: 'sqs',
    operations: ['SendMessage', 'SendMessageBatch'],
  },
  {
    name: 'EventBridge',
    kind: 'message',
    client: 'eventbridge',
    class: 'EventBridge',
    module: 'eventbridge',
    operations: ['PutEvents'],
  },
  {
    name: 'EventBridge',
    kind: 'message',
    client: 'cloudwatch-events',
    class: 'CloudWatchEvents',
    module: 'cloudwatchevents',
    operations: ['PutEvents'],
  },
  {
    name: 'Kinesis',
    kind: 'message',
    client: 'kinesis',
    class: 'Kinesis',
    module: 'kinesis',
    operations: ['PutRecord', 'PutRecords'],
  },
  {
    name: 'Firehose',
    kind: 'message',
    client: 'firehose',
    class: 'Firehose',
    module: 'firehose',
    operations: ['PutRecord', 'PutRecordBatch'],
  },
  {
    name: 'Step Functions',
    kind: 'message',
    client: 'sfn',
    class: 'StepFunctions',
    module: 'stepfunctions',
    operations: ['StartExecution'],
  },
  {
    name: 'AWS IoT',
    kind: 'push',
    client: 'iot-data-plane',
    class: 'IotData',
    module: 'iotdata',
    operations: ['Publish'],
  },
  {
    name: 'a WebSocket',
    kind: 'push',
    client: 'apigatewaymanagementapi',
    class: 'ApiGatewayManagementApi',
    module: 'apigatewaymanagementapi',
    operations: ['PostToConnection'],
  },
]

/** Classes that version 3 spells in another way than version 2. */
const V3_CLASSES: Readonly<Record<string, string>> = {
  SESV2: 'SESv2',
  StepFunctions: 'SFN',
  IotData: 'IoTDataPlane',
}

/** The services of AWS that are spoken to beside a table, in both versions of the SDK. */
export const awsEffects: readonly EffectLibrary[] = SERVICES.map(
  ({ name, kind, client, class: ofBoth, module, operations }) => {
    const v3 = `@aws-sdk/client-${client}`
    const made = [
      `${v3}#${V3_CLASSES[ofBoth] ?? ofBoth}()`,
      `aws-sdk#${ofBoth}()`,
      `aws-sdk/clients/${module}#()`,
      `aws-sdk/clients/${module}#${ofBoth}()`,
      `aws-sdk/clients/all#${ofBoth}()`,
    ]
    const methods = operations.map((each) => each.charAt(0).toLowerCase() + each.slice(1))
    return {
      name,
      kind,
      packages: [v3, 'aws-sdk', `aws-sdk/clients/${module}`, 'aws-sdk/clients/all'],
      commands: operations.map((each) => `${v3}#${each}Command`),
      calls: made.flatMap((client) => methods.map((method) => `${client}.${method}`)),
    }
  },
)
