import { expect, it } from 'vitest'
import { lint, setups } from '../support/linters.ts'
import { program } from '../support/reports.ts'

const [setup] = setups

/** The titles that a Scan filtered by one attribute is offered. */
function offered(attribute: string, value: string): readonly string[] {
  const code = program`
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
    import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
    export const handler = async (event: any) => {
      const body = event.queryStringParameters
      const page = await documents.send(
        new ScanCommand({
          TableName: 'Orders',
          FilterExpression: '${attribute} = :v',
          ExpressionAttributeValues: { ':v': ${value} },
        }),
      )
      return { statusCode: 200, body: JSON.stringify(page.Items) }
    }
  `
  if (!setup) throw new Error('there is a setup')
  const request = { code, filename: 'src/list.ts', rules: { 'no-scan-in-handler': [] } }
  return lint(setup, request).flatMap(({ suggestions = [] }) => suggestions.map(({ desc }) => desc))
}

it('a new index is offered by an attribute that has many values', () => {
  expect(offered('email', 'body.email')).toEqual([expect.stringContaining('`email-index`')])
})

it.each([
  ['standing', 'body.status'],
  ['standing', '`STATUS#${body.status}`'],
  ['standing', 'body.orderStatus'],
  ['listed', "'GAMES'"],
  ['paid', 'body.total > 0'],
  ['chunk', 'new Date().toISOString().slice(0, 10)'],
  ['chunk', '`D#${new Date().getFullYear()}`'],
  ['extent', "body.big ? 'L' : 'S'"],
])('none by what no-hot-partition-key would report: %s, %s', (attribute, value) => {
  expect(offered(attribute, value)).toEqual([])
})
