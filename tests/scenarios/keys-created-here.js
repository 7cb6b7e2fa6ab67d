// filename: src/db/counters.js
// A module that creates its own tables says what their keys are.
const AWS = require('aws-sdk')

const dynamodb = new AWS.DynamoDB()
const documents = new AWS.DynamoDB.DocumentClient()

const COUNTERS = 'counters'

function ensureTable(name, key) {
  return dynamodb
    .createTable({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    })
    .promise()
}

exports.setUp = async () => {
  await ensureTable(COUNTERS, 'name')
  await ensureTable('visits', 'page')
}

exports.count = (name) =>
  documents
    .update({
      TableName: COUNTERS,
      Key: { id: name },
      //     ^^ valid-key: `id` is no part of the key of `counters`, which is `name`.
      UpdateExpression: 'ADD hits :one',
      ExpressionAttributeValues: { ':one': 1 },
    })
    .promise()

exports.visit = (page) => documents.put({ TableName: 'visits', Item: { page } }).promise()

exports.visitOf = (id) =>
  documents.get({ TableName: 'visits', Key: { page: 7, ...(id && { page: id }) } }).promise()

exports.visitNumber = () => documents.get({ TableName: 'visits', Key: { page: 7 } }).promise()
//                                                                            ^ valid-key: Key attribute `page` of `visits` is text (S).

exports.ofOtherTable = () => documents.get({ TableName: 'visits-old', Key: { id: 7 } }).promise()
