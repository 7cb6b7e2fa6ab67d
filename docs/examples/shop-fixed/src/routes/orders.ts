import { Router } from 'express'
import * as legacyOrders from '../repositories/legacy-orders'
import * as orders from '../repositories/orders'
import { startCheckout } from '../services/checkout'
import { ordersSince } from '../services/customer-overview'
import { cancelShipment, shipOrder } from '../services/fulfilment'

export const ordersRouter = Router()

ordersRouter.post('/', async (request, response) => {
  response.status(201).json(await startCheckout(request.body))
})

ordersRouter.post('/:orderId/ship', async (request, response) => {
  await shipOrder(request.params.orderId)
  response.status(204).end()
})

ordersRouter.post('/:orderId/recall', async (request, response) => {
  await cancelShipment(request.params.orderId)
  response.status(204).end()
})

ordersRouter.get('/by-user/:userId', async (request, response) => {
  const cursor = request.query.cursor as string | undefined
  response.json(await orders.listForUser(request.params.userId, cursor))
})

ordersRouter.get('/by-user/:userId/since/:date', async (request, response) => {
  response.json(await ordersSince(request.params.userId, request.params.date))
})

ordersRouter.get('/by-user/:userId/find/:orderId', async (request, response) => {
  const { userId, orderId } = request.params
  response.json(await orders.findInHistory(userId, orderId))
})

ordersRouter.get('/archive/:userId', async (request, response) => {
  response.json(await legacyOrders.listByUser(request.params.userId))
})

ordersRouter.get('/archive/:userId/since/:date', async (request, response) => {
  response.json(await legacyOrders.listSince(request.params.userId, request.params.date))
})

ordersRouter.get('/archive/:userId/by-day/:day', async (request, response) => {
  response.json(await legacyOrders.listByDay(request.params.userId, request.params.day))
})
