// Items that a request names: made or changed whether or not they are there.
import express from 'express'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocument.from(new DynamoDBClient({}))
const app = express()

app.get('/boats/:sign', async (request, response) => {
  const { Item } = await documents.get({ TableName: 'Boats', Key: { sign: request.params.sign } })
  response.json(Item)
})

app.post('/boats', async (request, response) => {
  const { sign, harbour } = request.body
  await documents.put({ TableName: 'Boats', Item: { sign, harbour } })
//                ^^^ require-idempotent-create: This Put into `Boats` creates an item whose key comes with each
  response.status(201).end()
})

app.patch('/boats/:sign', async (request, response) => {
  await documents.update({
//                ^^^^^^ no-phantom-upsert: The key of this Update of `Boats` comes with each
    TableName: 'Boats',
    Key: { sign: request.params.sign },
    UpdateExpression: 'SET harbour = :harbour',
    ExpressionAttributeValues: { ':harbour': request.body.harbour },
  })
  response.status(204).end()
})

app.post('/boats/:sign/calls', async (request, response) => {
  await documents.update({
    TableName: 'Boats',
    Key: { sign: request.params.sign },
    UpdateExpression: 'ADD calls :one',
    ExpressionAttributeValues: { ':one': 1 },
  })
  response.status(204).end()
})
