import { expect, it } from 'vitest'
import { entries, labels } from './entries.ts'

it('reads controllers of NestJS', () => {
  const text = `import { Controller, Get, Post, Inject } from '@nestjs/common'
@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}
  @Get() list() { return this.orders.list() }
  @Get(':id') one() {}
  @Post('/:id/items/') add() {}
  helper() {}
}`
  expect(entries(text)).toEqual([
    'http | GET /orders | NestJS | OrdersController.list',
    'http | GET /orders/:id | NestJS | OrdersController.one',
    'http | POST /orders/:id/items | NestJS | OrdersController.add',
  ])
})

it('asks for the package of a decorator', () => {
  expect(labels("import { Get } from './get'\nclass A { @Get() list() {} }")).toEqual([])
})

it('reads routes of decorators that the project made itself, or that nobody knows', () => {
  const text = `import { Post } from './http'
import { HttpHandler } from 'some-router'
function Route(verb, path) { return () => {} }
class Orders {
  @Route('GET', '/orders/{id}') one() {}
  @Post('/orders') add() {}
  @HttpHandler({ path: '/none' }) none() {}
  @Post('orders') neither() {}
  @Route('/orders') nor() {}
}`
  expect(entries(text)).toEqual([
    'http | GET /orders/{id} | decorator | Orders.one',
    'http | POST /orders | decorator | Orders.add',
  ])
})

it('reads what else NestJS calls', () => {
  const text = `import { Cron } from '@nestjs/schedule'
import { MessagePattern } from '@nestjs/microservices'
import { SubscribeMessage } from '@nestjs/websockets'
import { Process } from '@nestjs/bull'
import { Query, Mutation, ResolveField } from '@nestjs/graphql'
class Orders {
  @Cron('0 0 * * *') purge() {}
  @MessagePattern('orders') take() {}
  @SubscribeMessage('orders') talk() {}
  @Process() work() {}
  @Query(() => [Order]) orders() {}
  @Mutation(() => Order, { name: 'add' }) addOrder() {}
  @ResolveField() customer() {}
}`
  expect(labels(text)).toEqual([
    'schedule Orders.purge',
    'queue Orders.take',
    'websocket Orders.talk',
    'queue Orders.work',
    'graphql Query.orders',
    'graphql Mutation.addOrder',
    'graphql Orders.customer',
  ])
})

it('reads other libraries of the same kind', () => {
  const text = `import { JsonController, Get } from 'routing-controllers'
import { Route, Put } from 'tsoa'
@JsonController('/users') class A { @Get('/:id') one() {} }
@Route('users') class B { @Put('{id}') save() {} }`
  expect(entries(text)).toEqual([
    'http | GET /users/:id | routing-controllers | A.one',
    'http | PUT /users/{id} | tsoa | B.save',
  ])
})

it('reads a controller whose path is in an object', () => {
  const text = `import { Controller, Get } from '@nestjs/common'
@Controller({ path: 'orders', version: '1' }) class A { @Get(['list', 'all']) list() {} }`
  expect(labels(text)).toEqual(['http GET /orders/list'])
})
