/** One operation spelled in the four ways of the two SDKs, so that each suggestion is proven of all of them. */

export interface Client {
  readonly name: string
  /** What stands at the head of a file: imports and a client. */
  readonly head: (...operations: Operation[]) => string
  /** The call that sends a request, awaited. */
  readonly send: (operation: Operation, request: string) => string
  /** A value of a request, from the code that gives it. */
  readonly text: (code: string) => string
  readonly number: (code: string) => string
  /** Code that reads a number or text of an item. */
  readonly readNumber: (code: string) => string
  readonly readText: (code: string) => string
}

export type Operation =
  | 'Scan'
  | 'Query'
  | 'Get'
  | 'Put'
  | 'Update'
  | 'Delete'
  | 'TransactWrite'
  | 'BatchGet'
  | 'BatchWrite'

const plain = {
  text: (code: string) => code,
  number: (code: string) => code,
  readNumber: (code: string) => code,
  readText: (code: string) => code,
}

const described = {
  text: (code: string) => `{ S: ${code} }`,
  number: (code: string) => `{ N: String(${code}) }`,
  readNumber: (code: string) => `Number(${code}.N)`,
  readText: (code: string) => `${code}.S`,
}

const whole = (operation: Operation): string => {
  switch (operation) {
    case 'Get':
    case 'Put':
    case 'Update':
    case 'Delete':
    case 'BatchGet':
    case 'BatchWrite':
      return `${operation}Item`
    case 'TransactWrite':
      return 'TransactWriteItems'
    default:
      return operation
  }
}

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

export const clients: readonly Client[] = [
  {
    name: 'SDK v3, document client',
    head: (...operations) =>
      `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ${operations.map((o) => `${o}Command`).join(', ')} } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
`,
    send: (operation, request) => `await documents.send(new ${operation}Command(${request}))`,
    ...plain,
  },
  {
    name: 'SDK v3, low level',
    head: (...operations) =>
      `import { DynamoDBClient, ${operations.map((o) => `${whole(o)}Command`).join(', ')} } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})
`,
    send: (operation, request) => `await client.send(new ${whole(operation)}Command(${request}))`,
    ...described,
  },
  {
    name: 'SDK v3, aggregated',
    head: () => `import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocument.from(new DynamoDB({}))
`,
    send: (operation, request) => `await documents.${camel(operation)}(${request})`,
    ...plain,
  },
  {
    name: 'SDK v2',
    head: () => `import DynamoDB from 'aws-sdk/clients/dynamodb'

const documents = new DynamoDB.DocumentClient()
`,
    send: (operation, request) => `await documents.${camel(operation)}(${request}).promise()`,
    ...plain,
  },
]
