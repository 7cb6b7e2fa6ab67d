import { describe, expect, it } from 'vitest'
import { check } from '../../src/requests/check.ts'
import { givenFromJson } from '../../src/requests/given.ts'
import { cases } from './cases.ts'
import { indexes } from './orders.ts'

describe('finds in a request', () => {
  it.each(cases)('$title ($operation)', ({ operation, request, finds }) => {
    const findings = check(operation, givenFromJson(request), {
      values: 'attribute-value',
      indexes,
    })
    expect(findings.map(({ code }) => code)).toEqual(finds)
  })
})
