import express, { type ErrorRequestHandler } from 'express'
import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from './clients/dynamodb'
import { config } from './config'
import { HttpError } from './http'
import { adminRouter } from './routes/admin'
import { ordersRouter } from './routes/orders'
import { productsRouter } from './routes/products'
import { usersRouter } from './routes/users'

export const app = express()

app.use(express.json())
app.use('/users', usersRouter)
app.use('/orders', ordersRouter)
app.use('/products', productsRouter)
app.use('/admin', adminRouter)

app.get('/health', async (_request, response) => {
  await documents.send(new ScanCommand({ TableName: config.appTable, Limit: 1 }))
  response.json({ ok: true })
})

const onError: ErrorRequestHandler = (error, _request, response, _next) => {
  if (error instanceof HttpError) {
    response.status(error.statusCode).json({ message: error.message })
    return
  }
  console.error(error)
  response.status(500).json({ message: 'Something went wrong' })
}

app.use(onError)
