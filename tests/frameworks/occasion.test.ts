import { expect, it } from 'vitest'
import { occasionOf } from '../../src/frameworks/occasion.ts'

it.each([
  ['Lambda handler', 'call of the Lambda handler'],
  ['AppSync resolver', 'call of the AppSync resolver'],
  ['Next.js middleware', 'call of the Next.js middleware'],
  ['Architect route', 'call of the Architect route'],
  ['listOrders', 'call of listOrders'],
  ['GET /orders', 'GET /orders'],
  ['GET /a route', 'GET /a route'],
  ['Query.handler', 'Query.handler'],
  ['query richest', 'query richest'],
  ['call of serve', 'call of serve'],
  ['server action saveOrder', 'server action saveOrder'],
])('of %s there is each %s', (label, occasion) => {
  expect(occasionOf(label)).toBe(occasion)
})
