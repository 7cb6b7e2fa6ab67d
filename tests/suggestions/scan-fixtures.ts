/** Scans on a request path, each a whole file. */

export const settings = {
  tables: {
    Users: {
      partitionKey: 'userId',
      indexes: {
        byEmail: { partitionKey: 'email' },
        byTeam: { partitionKey: 'team', sortKey: 'joinedAt', projection: ['name'] },
      },
    },
    Events: {
      partitionKey: { name: 'device', type: 'S' },
      sortKey: { name: 'stamp', type: 'N' },
    },
  },
}

const document = (names: string): string =>
  `import type { APIGatewayProxyEvent } from 'aws-lambda'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ${names} } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

`

const handler = (body: string): string =>
  `export async function handler(event: APIGatewayProxyEvent) {
  const email = event.queryStringParameters?.email
${body}
}
`

/** A function that reads a table that nothing defines by two attributes. */
const noteOf = `
export const noteOf = (author: string, id: string) =>
  documents.send(new GetCommand({ TableName: 'Notes', Key: { author, id } }))
`

export const offered: Readonly<Record<string, string>> = {
  'an index': `${document('ScanCommand')}${handler(`  const { Items } = await documents.send(
    new ScanCommand({
      TableName: 'Users',
      FilterExpression: 'email = :email AND (age > :age OR #name = :name)',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':email': email, ':age': 18, ':name': 'x' },
    }),
  )
  return Items`)}`,
  'the table, in one line with double quotes': `${document('ScanCommand')}${handler(`  const page = await documents.send(new ScanCommand({ TableName: "Events", FilterExpression: "device = :d and stamp = :t", ExpressionAttributeValues: { ":d": email, ":t": 5 } }))
  return page.Items`)}`,
  'a whole key, as the table is read elsewhere': `${document('GetCommand, ScanCommand')}${handler(`  const { Items = [] } = await documents.send(
    new ScanCommand({
      TableName: 'Notes',
      FilterExpression: 'id = :i AND author = :o',
      ExpressionAttributeValues: { ':o': email, ':i': 'first' },
    }),
  )
  return Items[0]`)}${noteOf}`,
  'a command that is used twice': `${document('QueryCommand, ScanCommand')}${handler(`  const { Items } = await documents.send(
    new ScanCommand({
      TableName: 'Users',
      FilterExpression: \`email = :email\`, // of one user
      ExpressionAttributeValues: { ':email': email },
    }),
  )
  const all = await documents.send(new ScanCommand({ TableName: 'Settings', Limit: 1 }))
  const one = await documents.send(
    new QueryCommand({
      TableName: 'Users',
      KeyConditionExpression: 'userId = :u',
      ExpressionAttributeValues: { ':u': email },
    }),
  )
  return [Items, all, one]`)}`,
  'annotated parameters': `${document('ScanCommand, type ScanCommandInput')}${handler(`  const params: ScanCommandInput = {
    TableName: 'Users',
    FilterExpression: 'email = :email',
    ExpressionAttributeValues: { ':email': email },
    Limit: 10,
  }
  const { Items } = await documents.send(new ScanCommand(params))
  return Items`)}`,
  'a paginator': `${document('paginateScan')}${handler(`  const found: unknown[] = []
  const pages = paginateScan(
    { client: documents },
    {
      TableName: 'Users',
      FilterExpression: 'email = :email',
      ExpressionAttributeValues: { ':email': email },
    },
  )
  for await (const page of pages) found.push(...(page.Items ?? []))
  return found`)}`,
  'an aggregated client with attribute values': `import type { APIGatewayProxyEvent } from 'aws-lambda'
import { DynamoDB } from '@aws-sdk/client-dynamodb'

const client = new DynamoDB({})

${handler(`  const { Items } = await client.scan({
    TableName: 'Users',
    FilterExpression: 'email = :email',
    ExpressionAttributeValues: { ':email': { S: email ?? '' } },
  })
  return Items`)}`,
  'SDK v2': `import type { APIGatewayProxyEvent } from 'aws-lambda'
import DynamoDB from 'aws-sdk/clients/dynamodb'

const documents = new DynamoDB.DocumentClient()

${handler(`  const params: DynamoDB.DocumentClient.ScanInput = {
    TableName: 'Users',
    FilterExpression: 'email = :email',
    ExpressionAttributeValues: { ':email': email },
  }
  const { Items } = await documents.scan(params).promise()
  return Items`)}`,
  'a namespace': `import type { APIGatewayProxyEvent } from 'aws-lambda'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as lib from '@aws-sdk/lib-dynamodb'

const documents = lib.DynamoDBDocumentClient.from(new DynamoDBClient({}))

${handler(`  return documents.send(
    new lib.ScanCommand({
      TableName: 'Users',
      FilterExpression: 'email = :email',
      ExpressionAttributeValues: { ':email': email },
    }),
  )`)}`,
  'an index that carries what is asked for': `${document('ScanCommand')}${handler(`  const { Items } = await documents.send(
    new ScanCommand({
      TableName: 'Users',
      FilterExpression: 'team = :team',
      ProjectionExpression: 'userId, #name',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':team': email },
    }),
  )
  return Items`)}`,
  'a range of the sort key': `${document('ScanCommand')}${handler(`  const { Items } = await documents.send(
    new ScanCommand({
      TableName: 'Events',
      FilterExpression: 'stamp BETWEEN :from AND :to AND device = :device',
      ExpressionAttributeValues: { ':device': email, ':from': 1, ':to': 9 },
    }),
  )
  return Items`)}`,
  'a range of two bounds, and what every item has': `${document('ScanCommand')}${handler(`  const { Items } = await documents.send(
    new ScanCommand({
      TableName: 'Events',
      FilterExpression: 'device = :device AND stamp >= :from AND #stamp <= :to AND attribute_exists(#device) AND size(notes) > :from',
      ExpressionAttributeNames: { '#stamp': 'stamp', '#device': 'device' },
      ExpressionAttributeValues: { ':device': email, ':from': 1, ':to': 9 },
    }),
  )
  return Items`)}`,
  'one item, of which a name is taken': `${document('ScanCommand')}${handler(`  const { Items } = await documents.send(
    new ScanCommand({
      TableName: 'Events',
      FilterExpression: '#d = :d AND stamp = :t',
      ExpressionAttributeNames: { '#d': 'device' },
      ExpressionAttributeValues: { ':d': email, ':t': 5 },
      ConsistentRead: true,
    }),
  )
  return Items?.[0]`)}`,
  'a new index': `${document('ScanCommand')}${handler(`  const { Items } = await documents.send(
    new ScanCommand({
      TableName: process.env.UNKNOWN,
      FilterExpression: 'email = :email',
      ExpressionAttributeValues: { ':email': email },
    }),
  )
  return Items`)}`,
  CommonJS: `const { DynamoDBClient } = require('@aws-sdk/client-dynamodb')
const { DynamoDBDocumentClient, ScanCommand } = require('@aws-sdk/lib-dynamodb')

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

exports.handler = async (event) => {
  return documents.send(
    new ScanCommand({
      TableName: 'Users',
      FilterExpression: 'email = :email',
      ExpressionAttributeValues: { ':email': event.queryStringParameters.email },
    }),
  )
}
`,
}

const scan = (members: string, before = ''): string =>
  `${document('ScanCommand')}${handler(`${before}  return documents.send(new ScanCommand({ ${members} }))`)}`

const byEmail = `TableName: 'Users', FilterExpression: 'email = :email', ExpressionAttributeValues: { ':email': email }`

/** No Query would be the same, or the code is not in one piece. */
export const withheld: Readonly<Record<string, string>> = {
  'half of a key by which the table is read elsewhere': `${document('GetCommand, ScanCommand')}${handler(`  const { Items } = await documents.send(
    new ScanCommand({
      TableName: 'Notes',
      FilterExpression: 'author = :o',
      ExpressionAttributeValues: { ':o': email },
    }),
  )
  return Items`)}${noteOf}`,
  'an alternative': scan(
    `TableName: 'Users', FilterExpression: 'email = :email OR age = :age', ExpressionAttributeValues: { ':email': email, ':age': 3 }`,
  ),
  segments: scan(`${byEmail}, Segment: 0, TotalSegments: 4`),
  'a consistent read of an index': scan(`${byEmail}, ConsistentRead: true`),
  'an index that carries too little': scan(
    `TableName: 'Users', FilterExpression: 'team = :t', ExpressionAttributeValues: { ':t': email }`,
  ),
  'a key of another type': scan(
    `TableName: 'Events', FilterExpression: 'device = :d', ExpressionAttributeValues: { ':d': 5 }`,
  ),
  'a reserved word': scan(
    `TableName: 'Users', FilterExpression: 'email = :email AND status = :s', ExpressionAttributeValues: { ':email': email, ':s': 1 }`,
  ),
  'a filter that names another key': scan(
    `TableName: 'Events', FilterExpression: 'device = :d AND stamp <> :t', ExpressionAttributeValues: { ':d': email, ':t': 5 }`,
  ),
  'few values': scan(
    `TableName: 'Other', FilterExpression: 'orderStatus = :s', ExpressionAttributeValues: { ':s': email }`,
  ),
  'text from elsewhere': scan(
    `TableName: 'Users', FilterExpression: filter, ExpressionAttributeValues: { ':email': email }`,
    `  const filter = 'email = :email'\n`,
  ),
  'a request that is spread': scan(
    `...base, FilterExpression: 'email = :email'`,
    `  const base = { TableName: 'Users', ExpressionAttributeValues: { ':email': email } }\n`,
  ),
  'an output type': `${document('ScanCommand, type ScanCommandOutput')}${handler(`  const page: ScanCommandOutput = await documents.send(new ScanCommand({ ${byEmail} }))
  return page`)}`,
  'a name that is taken': `${scan(byEmail)}\nexport class QueryCommand {}\n`,
}
