import { Router } from 'express'
import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import * as products from '../repositories/products'
import * as reviews from '../repositories/reviews'
import { createProduct, orderPage } from '../services/catalogue'
import { restock } from '../services/fulfilment'

export const productsRouter = Router()

productsRouter.get('/', async (request, response) => {
  const cursor = request.query.cursor as string | undefined
  const page = await documents.send(
    new ScanCommand({
      TableName: config.productsTable,
      Limit: 50,
      ExclusiveStartKey: cursor ? { productId: cursor } : undefined,
    }),
  )
  response.json({ products: page.Items ?? [], next: page.LastEvaluatedKey?.productId ?? null })
})

productsRouter.get('/by-category/:category', async (request, response) => {
  response.json(await products.listCategory(request.params.category))
})

productsRouter.post('/', async (request, response) => {
  response.status(201).json(await createProduct(request.body))
})

productsRouter.post('/by-ids', async (request, response) => {
  const { productIds } = request.body as { productIds: string[] }
  response.json(await products.getMany(productIds))
})

productsRouter.post('/prices', async (request, response) => {
  const { productIds } = request.body as { productIds: string[] }
  response.json(await products.getPrices(productIds))
})

productsRouter.post('/import', async (request, response) => {
  await products.importAll(request.body)
  response.status(202).end()
})

productsRouter.put('/:productId', async (request, response) => {
  await products.save({ ...request.body, productId: request.params.productId })
  response.status(204).end()
})

productsRouter.post('/:productId/restock', async (request, response) => {
  const { quantity } = request.body as { quantity: number }
  await restock(request.params.productId, quantity)
  response.status(204).end()
})

productsRouter.get('/:productId/order-page/:orderId', async (request, response) => {
  response.json(await orderPage(request.params.productId, request.params.orderId))
})

productsRouter.get('/:productId/rating', async (request, response) => {
  response.json(await reviews.averageRating(request.params.productId))
})

productsRouter.post('/:productId/reviews', async (request, response) => {
  await reviews.add({ ...request.body, productId: request.params.productId })
  response.status(201).end()
})

productsRouter.post('/:productId/reviews/:userId/applause', async (request, response) => {
  await reviews.applaud(request.params.productId, request.params.userId)
  response.status(204).end()
})

productsRouter.get('/:productId/reviews/:userId', async (request, response) => {
  response.json(await reviews.find(request.params.productId, request.params.userId))
})
