import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'prefer-stream'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  import { SNSClient, PublishCommand } from '@aws-sdk/client-sns'
  import { Client } from '@opensearch-project/opensearch'
  import webpush from 'web-push'
  import express from 'express'

  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const topic = new SNSClient({})
  const search = new Client({ node: 'https://x' })
  const TableName = 'Orders'
  const app = express()
  const put = (order) => documents.send(new PutCommand({ TableName, Item: order }))
  const remove = (id) => documents.send(new DeleteCommand({ TableName, Key: { id } }))
  const tell = (order) => topic.send(new PublishCommand({ TopicArn: 'a', Message: JSON.stringify(order) }))
`

/** A handler whose first line is line 18. */
const request = (body: string): string =>
  `${head}\napp.post('/orders', async (request, response) => {\nconst order = request.body\n${body}\nresponse.json(order)\n})\n`

const said = (body: string): readonly string[] => reportsOf(rule, request(body))

it('says what is told of what, and which image the stream needs', () => {
  expect(said('await put(order)\nawait tell(order)')).toEqual([
    '20:7-20:11 tell: SNS is told of what line 19 writes to `Orders`, both on each POST /orders: where this fails, or the process ends in between, the write stands and nobody is told. A stream of the table (NEW_IMAGE) tells it until it succeeds.',
  ])
})

it('a delete is told by the old image', () => {
  expect(
    said('await remove(order.id)\nawait search.delete({ index: "orders", id: order.id })'),
  ).toEqual([
    '20:14-20:20 delete: The search index is told of what line 19 writes to `Orders`, both on each POST /orders: where this fails, or the process ends in between, the write stands and nobody is told. A stream of the table (OLD_IMAGE) tells it until it succeeds.',
  ])
})

describe('reports', () => {
  it.each([
    ['one attribute of what was written', 'await put(order)\nawait tell({ id: order.id })'],
    ['both at once', 'await Promise.all([put(order), tell(order)])'],
    [
      'what the write answered',
      'const { Attributes } = await documents.send(new UpdateCommand({ TableName, Key: { id: order.id }, UpdateExpression: "SET a = :a", ExpressionAttributeValues: { ":a": 1 }, ReturnValues: "ALL_NEW" }))\nawait tell(Attributes)',
    ],
    [
      'an error that is thrown again',
      'await put(order)\ntry { await tell(order) } catch (error) { console.error(error); throw error }',
    ],
    [
      'one try around both',
      'try { await put(order); await tell(order) } catch { response.sendStatus(500) }',
    ],
    [
      'a search index whose failure is logged',
      'await put(order)\ntry { await search.index({ index: "orders", body: order }) } catch (error) { console.error(error) }',
    ],
    ['a branch in which both stand', 'if (order.paid) { await put(order); await tell(order) }'],
  ])('%s', (_, body) => {
    expect(said(body)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
    ['an effect that comes first', 'await tell(order)\nawait put(order)'],
    ['another branch', 'if (order.paid) await put(order)\nelse await tell(order)'],
    [
      'a write after which the function is left',
      'if (order.paid) { await put(order); return }\nawait tell(order)',
    ],
    ['something else', 'await put({ id: 1, at: Date.now() })\nawait tell(request.query)'],
    [
      'a failure that is looked after',
      'await put(order)\ntry { await tell(order) } catch { await remove(order.id) }',
    ],
    [
      'a failure that may be',
      'await put(order)\nawait tell(order).catch((error) => console.error(error))',
    ],
    [
      'a search index with a way back',
      'await put(order)\ntry { await search.index({ index: "orders", body: order }) } catch { await remove(order.id) }',
    ],
    [
      'an item that is marked afterwards',
      'await put(order)\nawait tell(order)\nawait documents.send(new UpdateCommand({ TableName, Key: { id: order.id }, UpdateExpression: "SET told = :t", ExpressionAttributeValues: { ":t": true } }))',
    ],
    [
      'a notification to a device',
      'await put(order)\nawait webpush.sendNotification(order.device, "x")',
    ],
    [
      'a read',
      'await documents.send(new GetCommand({ TableName, Key: { id: order.id } }))\nawait tell(order)',
    ],
  ])('%s', (_, body) => {
    expect(said(body)).toEqual([])
  })

  it('a queue, which delivers again', () => {
    const code = `${head}
      import type { SQSEvent } from 'aws-lambda'
      export async function handler(event: SQSEvent) {
        for (const record of event.Records) {
          const order = JSON.parse(record.body)
          await put(order)
          await tell(order)
        }
      }`
    expect(reportsOf(rule, code)).toEqual([])
  })

  it('code that nobody is known to call', () => {
    expect(
      reportsOf(
        rule,
        `${head}export async function save(order) { await put(order); await tell(order) }`,
      ),
    ).toEqual([])
  })
})
