import { Router } from 'express'
import * as inventory from '../repositories/inventory'
import * as legacyCustomers from '../repositories/legacy-customers'
import * as orders from '../repositories/orders'
import * as products from '../repositories/products'
import * as reviews from '../repositories/reviews'

export const adminRouter = Router()

adminRouter.get('/orders/active', async (_request, response) => {
  response.json(await orders.listActive())
})

adminRouter.get('/reviews/flagged', async (_request, response) => {
  response.json(await reviews.listFlagged())
})

adminRouter.get('/customers', async (request, response) => {
  const country = request.query.country as string
  response.json(await legacyCustomers.listByCountry(country))
})

adminRouter.get('/customers/:userId', async (request, response) => {
  response.json(await legacyCustomers.load(request.params.userId))
})

adminRouter.post('/customers/:userId/points', async (request, response) => {
  const { points } = request.body as { points: number }
  response.json({ points: await legacyCustomers.addPoints(request.params.userId, points) })
})

adminRouter.put('/customers/:userId/country', async (request, response) => {
  const { country } = request.body as { country: string }
  await legacyCustomers.move(request.params.userId, country)
  response.status(204).end()
})

adminRouter.post('/products/discontinue', async (request, response) => {
  const { productIds } = request.body as { productIds: string[] }
  await products.discontinue(productIds)
  response.status(204).end()
})

adminRouter.post('/inventory/:productId/take', async (request, response) => {
  const { quantity } = request.body as { quantity: number }
  response.json(await inventory.take(request.params.productId, quantity))
})
