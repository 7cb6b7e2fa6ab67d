import fc from 'fast-check'
import type { ExpressionOperation } from '../../src/expressions/index.ts'
import type { LowLevelRequest } from './requests.ts'

/** A request as the tests' tables take it. */
export interface GeneratedRequest {
  readonly operation: ExpressionOperation
  readonly table: 'Orders' | 'Users'
  readonly request: LowLevelRequest
}

/** The values that generated requests define when they use them. */
const values = {
  ':s': { S: 'x' },
  ':s2': { S: 'y' },
  ':e': { S: '' },
  ':n': { N: '5' },
  ':n2': { N: '9' },
  ':b': { B: 'YQ==' },
  ':bo': { BOOL: true },
  ':nu': { NULL: true },
  ':l': { L: [{ S: 'a' }] },
  ':m': { M: { a: { N: '1' } } },
  ':ss': { SS: ['a', 'b'] },
  ':ns': { NS: ['1'] },
  ':ty': { S: 'S' },
} as const

const names = { '#n': 'n1', '#s': 'status', '#d': 'data', '#same': 'a', '#pk': 'pk' } as const

const oneOf = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts)

const join = (
  build: (...parts: string[]) => string,
  ...parts: fc.Arbitrary<string>[]
): fc.Arbitrary<string> => fc.tuple(...parts).map((texts) => build(...texts))

/** Text that is mostly of one kind and now and then of another. */
const mostly = (usual: fc.Arbitrary<string>, rare: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: usual, weight: 24 }, { arbitrary: rare, weight: 1 })

const name = mostly(
  oneOf('a', 'b', 'c', 'd', 'qty', 'lst', 'm', 'createdAt', 'orderId', '#n', '#s', '#d', '#same'),
  oneOf('status', 'Name', 'size', 'remove', 'gpk', 'gsk', '#undefined', '9a', 'a-b'),
)
const step = fc.oneof(
  join((part) => `.${part}`, name),
  oneOf('[0]', '[1]', '[12]'),
)
const path: fc.Arbitrary<string> = fc
  .tuple(
    name,
    fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(step, { maxLength: 3 })),
  )
  .map(([head, steps]) => head + steps.join(''))

const value = mostly(oneOf(...Object.keys(values)), oneOf(':undefined', '5', "'x'", 'true'))
const number = mostly(oneOf(':n', ':n2'), value)
const text = mostly(oneOf(':s', ':s2'), value)
const list = mostly(oneOf(':l'), value)

const operand = fc.oneof(
  { weight: 5, arbitrary: path },
  { weight: 5, arbitrary: value },
  { weight: 1, arbitrary: join((inner) => `size(${inner})`, path) },
)
const comparator = mostly(oneOf('=', '<>'), oneOf('<', '<=', '>', '>=', '==', '!='))
const predicate = fc.oneof(
  join((a, op, b) => `${a} ${op} ${b}`, operand, comparator, operand),
  join((a, op, b) => `${a} ${op} ${b}`, path, oneOf('<', '<=', '>', '>='), number),
  join((a) => `${a} BETWEEN :n AND :n2`, path),
  join((a, b, c) => `${a} BETWEEN ${b} AND ${c}`, operand, number, number),
  fc
    .tuple(operand, fc.array(operand, { minLength: 1, maxLength: 3 }))
    .map(([a, candidates]) => `${a} IN (${candidates.join(', ')})`),
  join((fn, a) => `${fn}(${a})`, oneOf('attribute_exists', 'attribute_not_exists'), path),
  join((a, b) => `begins_with(${a}, ${b})`, path, text),
  join((a, b) => `contains(${a}, ${b})`, path, operand),
  join((a, b) => `attribute_type(${a}, ${b})`, path, mostly(oneOf(':ty'), value)),
  mostly(
    join((a) => `attribute_exists(${a})`, path),
    join((fn, a) => `${fn}(${a})`, oneOf('exists', 'size', 'Contains', 'beginsWith'), operand),
  ),
)

/** A condition, right or nearly so. */
export const condition: fc.Arbitrary<string> = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: predicate },
    {
      weight: 2,
      arbitrary: join((a, b) => `${a} AND ${b}`, predicate, tie('condition')),
    },
    {
      weight: 2,
      arbitrary: join((a, b) => `${a} or ${b}`, predicate, tie('condition')),
    },
    { weight: 1, arbitrary: join((a) => `NOT ${a}`, predicate) },
    { weight: 2, arbitrary: join((a) => `(${a})`, tie('condition')) },
  ),
})).condition

const setValue = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(path, value) },
  {
    weight: 2,
    arbitrary: join((a, op, b) => `${a} ${op} ${b}`, path, oneOf('+', '-'), number),
  },
  { weight: 1, arbitrary: join((a, b) => `(${a} + ${b})`, path, number) },
  { weight: 2, arbitrary: join((a, b) => `if_not_exists(${a}, ${b})`, path, value) },
  {
    weight: 1,
    arbitrary: join((a, b) => `if_not_exists(${a}, :n) + ${b}`, path, number),
  },
  { weight: 1, arbitrary: join((a, b) => `list_append(${a}, ${b})`, path, list) },
  {
    weight: 1,
    arbitrary: join((a, b) => `list_append(if_not_exists(${a}, :l), ${b})`, path, list),
  },
)
const section = (keyword: string, action: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(action, { minLength: 1, maxLength: 3 })
    .map((actions) => `${keyword} ${actions.join(', ')}`)

/** An update, right or nearly so. */
export const update: fc.Arbitrary<string> = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom(0, 1, 2, 3),
      section(
        'SET',
        join((a, b) => `${a} = ${b}`, path, setValue),
      ),
      section('remove', path),
      section(
        'ADD',
        join((a, b) => `${a} ${b}`, path, mostly(oneOf(':n', ':ss'), value)),
      ),
      section(
        'DELETE',
        join((a, b) => `${a} ${b}`, path, mostly(oneOf(':ss', ':ns'), value)),
      ),
    ),
    { minLength: 1, maxLength: 3, selector: ([kind]) => kind },
  )
  .map((sections) => sections.map(([kind, ...texts]) => texts[kind]).join(' '))

/** A projection, right or nearly so. */
export const projection: fc.Arbitrary<string> = fc
  .array(path, { minLength: 1, maxLength: 4 })
  .map((paths) => paths.join(', '))

const keyText = mostly(oneOf(':s', ':s2'), value)
/** A key condition for a key, right or nearly so. */
const keyCondition = (
  partition: string,
  sort: string,
  operand: fc.Arbitrary<string>,
): fc.Arbitrary<string> => {
  const first = mostly(
    join((a, v) => `${a} = ${v}`, mostly(oneOf(partition), name), keyText),
    join((op, v) => `${partition} ${op} ${v}`, oneOf('>', '<>', 'IN'), keyText),
  )
  const second = fc.oneof(
    join(
      (a, op, v) => `${a} ${op} ${v}`,
      mostly(oneOf(sort), name),
      mostly(oneOf('=', '<', '<=', '>', '>='), oneOf('<>')),
      operand,
    ),
    join((v, op) => `${v} ${op} ${sort}`, operand, oneOf('=', '<', '>=')),
    join((v) => `${sort} BETWEEN ${v} AND ${v}`, operand),
    join((v) => `begins_with(${sort}, ${v})`, mostly(text, operand)),
  )
  return fc.oneof(
    { weight: 2, arbitrary: first },
    { weight: 4, arbitrary: join((a, b) => `${a} AND ${b}`, first, second) },
    { weight: 1, arbitrary: join((a, b) => `(${b}) and (${a})`, first, second) },
    { weight: 1, arbitrary: join((a, b) => `${a} OR ${b}`, first, second) },
  )
}

/** Now and then one character is left out, doubled, or a strange one put in. */
const withSlip = (source: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      source,
      fc.oneof({ weight: 9, arbitrary: fc.constant('none') }, oneOf('drop', 'double', 'strange')),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      oneOf(',', '(', ')', '=', '.', '!', '"', 'AND', ' ', '#', ':', '-'),
    )
    .map(([text, slip, place, strange]) => {
      const at = Math.floor(place * text.length)
      if (slip === 'drop') return text.slice(0, at) + text.slice(at + 1)
      if (slip === 'double') return text.slice(0, at + 1) + text.slice(at)
      return slip === 'strange' ? text.slice(0, at) + strange + text.slice(at) : text
    })

/** Adds the maps of placeholders that the texts of a request need; now and then one entry more. */
const withMaps = (request: LowLevelRequest, surplus: boolean): LowLevelRequest => {
  const texts = Object.entries(request)
    .flatMap(([member, text]) => (member.endsWith('Expression') ? [String(text)] : []))
    .join(' ')
  const used = <Entry>(all: Readonly<Record<string, Entry>>): [string, Entry][] =>
    Object.entries(all).filter(([placeholder]) => new RegExp(`${placeholder}(?!\\w)`).test(texts))
  const nameEntries = used(names)
  const valueEntries: [string, unknown][] = used(values)
  if (surplus) valueEntries.push([':surplus', { S: 'u' }])
  return {
    ...request,
    ...(nameEntries.length > 0 && { ExpressionAttributeNames: Object.fromEntries(nameEntries) }),
    ...(valueEntries.length > 0 && { ExpressionAttributeValues: Object.fromEntries(valueEntries) }),
  }
}

const surplus = fc.integer({ min: 0, max: 30 }).map((draw) => draw === 0)

const request = (
  operation: ExpressionOperation,
  table: GeneratedRequest['table'],
  members: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<GeneratedRequest> =>
  fc.tuple(fc.record(members), surplus).map(([built, hasSurplus]) => ({
    operation,
    table,
    request: withMaps({ TableName: table, ...built }, hasSurplus),
  }))

const key = fc.constant({ pk: { S: 'k' }, sk: { S: '1' } })
const pk = keyCondition('pk', 'sk', keyText)

/** Requests, most of them right, each for one of the tables in the fixtures. */
export const requests: fc.Arbitrary<GeneratedRequest> = fc.oneof(
  request('DeleteItem', 'Users', {
    Key: fc.constant({ id: { S: 'k' } }),
    ConditionExpression: withSlip(condition),
  }),
  request('PutItem', 'Orders', { Item: key, ConditionExpression: withSlip(condition) }),
  request('Scan', 'Orders', { FilterExpression: withSlip(condition) }),
  request('Query', 'Orders', {
    KeyConditionExpression: fc.constant('pk = :s'),
    FilterExpression: withSlip(condition),
  }),
  request('Query', 'Orders', { KeyConditionExpression: withSlip(pk) }),
  request('Query', 'Orders', {
    IndexName: fc.constant('byG'),
    KeyConditionExpression: withSlip(keyCondition('gpk', 'gsk', number)),
  }),
  request('GetItem', 'Orders', { Key: key, ProjectionExpression: withSlip(projection) }),
  request('UpdateItem', 'Orders', { Key: key, UpdateExpression: withSlip(update) }),
  request('UpdateItem', 'Orders', {
    Key: key,
    UpdateExpression: update,
    ConditionExpression: withSlip(condition),
  }),
)
