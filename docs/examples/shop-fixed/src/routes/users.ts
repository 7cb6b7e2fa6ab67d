import { Router } from 'express'
import * as accounts from '../services/accounts'
import { customerOverview, totalSpent } from '../services/customer-overview'
import { follow } from '../repositories/follows'
import { getAvatar } from '../repositories/users'

export const usersRouter = Router()

usersRouter.post('/sign-in', async (request, response) => {
  const { email } = request.body as { email: string }
  response.json(await accounts.signIn(email))
})

usersRouter.post('/', async (request, response) => {
  response.status(201).json(await accounts.openAccount(request.body))
})

usersRouter.post('/trade', async (request, response) => {
  response.status(201).json(await accounts.openTradeAccount(request.body))
})

usersRouter.get('/:userId', async (request, response) => {
  response.json(await accounts.getAccount(request.params.userId))
})

usersRouter.put('/:userId', async (request, response) => {
  response.json(await accounts.updateAccount(request.params.userId, request.body))
})

usersRouter.get('/:userId/avatar', async (request, response) => {
  response.json({ avatarUrl: (await getAvatar(request.params.userId)) ?? null })
})

usersRouter.get('/:userId/overview', async (request, response) => {
  response.json(await customerOverview(request.params.userId))
})

usersRouter.get('/:userId/spent', async (request, response) => {
  response.json({ total: await totalSpent(request.params.userId) })
})

usersRouter.post('/:userId/follows/:otherId', async (request, response) => {
  await follow(request.params.userId, request.params.otherId)
  response.status(204).end()
})
