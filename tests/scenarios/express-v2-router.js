// filename: src/routes/products.js
// An Express router on SDK v2, with promises.
const AWS = require('aws-sdk')
const express = require('express')
const { v4: uuid } = require('uuid')

const db = new AWS.DynamoDB.DocumentClient({ region: process.env.AWS_REGION })
const TableName = process.env.PRODUCTS_TABLE
const router = express.Router()

const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next)

router.get('/', wrap(async (req, res) => {
  const params = { TableName }
  if (req.query.brand) {
    params.FilterExpression = 'brand = :brand'
    params.ExpressionAttributeValues = { ':brand': req.query.brand }
  }
  const products = []
  let page
  do {
    page = await db.scan(params).promise()
//                  ^^^^ no-scan-in-handler: Scan of `PRODUCTS_TABLE` runs on each GET / (in the handler itself): it reads the whole table and drops what `brand = :brand` does not match.
    products.push(...page.Items)
    params.ExclusiveStartKey = page.LastEvaluatedKey
  } while (page.LastEvaluatedKey)
  res.json(products)
}))

router.post('/', wrap(async (req, res) => {
  const product = { id: uuid(), ...req.body, views: 0 }
  await db.put({ TableName, Item: product, ConditionExpression: 'attribute_not_exists(id)' }).promise()
  res.status(201).json(product)
}))

router.put('/:id', wrap(async (req, res) => {
  const { Item } = await db.get({ TableName, Key: { id: req.params.id } }).promise()
  if (!Item) return res.sendStatus(404)
  const updated = Object.assign({}, Item, req.body, { id: req.params.id, updatedAt: Date.now() })
  await db.put({ TableName, Item: updated }).promise()
//         ^^^ no-unconditional-read-modify-write: The item read from `PRODUCTS_TABLE` in line 37 is put back changed with no condition (in the handler itself): what another request wrote in between is lost.
  res.json(updated)
}))

router.post('/:id/views', wrap(async (req, res) => {
  await db
    .update({
      TableName,
      Key: { id: req.params.id },
      UpdateExpression: 'ADD #views :one',
      ExpressionAttributeNames: { '#views': 'views' },
      ExpressionAttributeValues: { ':one': 1 },
    })
    .promise()
  res.sendStatus(204)
}))

router.post('/:id/purchases', wrap(async (req, res) => {
  const id = req.params.id
  const result = await db.get({ TableName, Key: { id } }).promise()
  const stock = result.Item.stock - req.body.quantity
  if (stock < 0) return res.status(409).json({ error: 'sold out' })
  await db
    .update({
//   ^^^^^^ no-unconditional-read-modify-write: `stock` of `PRODUCTS_TABLE` is read in line 60, and a value derived from that is written back with no condition (in the handler itself): of two requests at once, one is lost.
      TableName,
      Key: { id },
      UpdateExpression: 'set stock = :stock',
      ExpressionAttributeValues: { ':stock': stock },
    })
    .promise()
  res.json({ stock })
}))

module.exports = router
