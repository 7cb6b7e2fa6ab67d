// filename: src/routes/countries.js
// settings: {"tables":{"Countries":{"partitionKey":"code","small":true}}}
// The settings say that the table is small.
const AWS = require('aws-sdk')
const express = require('express')

const documents = new AWS.DynamoDB.DocumentClient()
const app = express()

app.get('/countries', async (request, response) => {
  const { Items } = await documents.scan({ TableName: 'Countries' }).promise()
  response.json(Items)
})

module.exports = app
