import { describe, expect, it } from 'vitest'
import {
  attributeValueFromJson,
  checkRequest,
  noPlaceholders,
  textWithHoles,
  unknownPlaceholders,
  type AttributeNames,
  type AttributeValues,
  type Edit,
  type ExpressionMember,
  type ExpressionRequest,
  type PlaceholderMap,
  type RequestFinding,
  type TableSchema,
} from '../../src/expressions/index.ts'

const values: AttributeValues = {
  entries: new Map(
    Object.entries({
      ':s': { S: 'x' },
      ':t': { S: 'T' },
      ':empty': { S: '' },
      ':n': { N: '5' },
      ':m': { N: '10' },
      ':map': { M: {} },
      ':list': { L: [] },
      ':set': { SS: ['a'] },
      ':bool': { BOOL: true },
    }).map(([key, value]) => [key, attributeValueFromJson(value)]),
  ),
  open: true,
}
const names: AttributeNames = { entries: new Map([['#a', 'a']]), open: true }

const table: TableSchema = {
  key: { partition: [{ name: 'pk', type: 'S' }], sort: [{ name: 'sk', type: 'S' }] },
  indexes: new Map([
    [
      'byOwner',
      {
        kind: 'global',
        partition: [{ name: 'ownerId', type: 'S' }],
        sort: [{ name: 'age', type: 'N' }],
      },
    ],
    [
      'wide',
      {
        kind: 'global',
        partition: [{ name: 'h' }, { name: 'i' }],
        sort: [{ name: 'b' }, { name: 'c' }, { name: 'd' }],
      },
    ],
  ]),
}

/** A text with the range of the first finding between carets, and its message; or nothing. */
function seen(
  member: ExpressionMember,
  text: string,
  more: Partial<ExpressionRequest> = {},
): string[] {
  const used = <Value>(map: PlaceholderMap<Value>): PlaceholderMap<Value> => ({
    entries: new Map([...map.entries].filter(([key]) => new RegExp(`${key}(?!\\w)`).test(text))),
    open: true,
  })
  const findings = checkRequest({
    operation: member === 'UpdateExpression' ? 'UpdateItem' : 'Query',
    expressions: { [member]: textWithHoles(text) },
    names: used(names),
    values: used(values),
    open: member !== 'KeyConditionExpression',
    ...more,
  })
  return findings.map(({ place, message }) => {
    if (place.in !== 'expression') return message
    const [start, end] = place.range
    return `${text.slice(0, start)}^${text.slice(start, end)}^${text.slice(end)} ${message}`
  })
}

function mended(member: ExpressionMember, text: string): string | undefined {
  const [finding] = checkRequest({
    operation: 'Query',
    expressions: { [member]: textWithHoles(text) },
    open: true,
  })
  return finding?.edits && apply(text, finding.edits)
}

function apply(text: string, edits: readonly Edit[]): string {
  let result = text
  for (const { range, text: replacement } of [...edits].sort((a, b) => b.range[0] - a.range[0])) {
    result = result.slice(0, range[0]) + replacement + result.slice(range[1])
  }
  return result
}

const filter = (text: string): string[] => seen('FilterExpression', text)
const update = (text: string, more?: Partial<ExpressionRequest>): string[] =>
  seen('UpdateExpression', text, more)
const start = 'Invalid FilterExpression:'

describe('the form of an expression', () => {
  it.each([
    ['((a = :s))', `(^(a = :s)^) ${start} The expression has redundant parentheses;`],
    ['((a)) = :s', `(^(a)^) = :s ${start} The expression has redundant parentheses;`],
    [
      'status = :s',
      `^status^ = :s ${start} Attribute name is a reserved keyword; reserved keyword: status`,
    ],
    [
      'a.Name = :s',
      `a.^Name^ = :s ${start} Attribute name is a reserved keyword; reserved keyword: Name`,
    ],
    ['set = :s', `^set^ = :s ${start} Syntax error; token: "set", near: "set ="`],
    ['a AND _b = :s', `a ^AND^ _b = :s ${start} Syntax error; token: "AND", near: "a AND _b"`],
    ['_b = :s', `^_b^ = :s ${start} Syntax error; token: "_", near: "_b"`],
    [
      'a = :s AND __b = :s',
      `a = :s AND ^__b^ = :s ${start} Syntax error; token: "_", near: "AND __"`,
    ],
    ["a = 'x'", `a = ^'x'^ ${start} Syntax error; token: "'x'", near: "= 'x'"`],
    ['a[01] = :s', `a[0^1^] = :s ${start} Syntax error; token: "1", near: "01]"`],
    ['foo(a)', `^foo^(a) ${start} Invalid function name; function: foo`],
    [
      'size(a)',
      `^size^(a) ${start} The function is not allowed to be used this way in an expression; function: size`,
    ],
    [
      'a = contains(b, :s)',
      `a = ^contains^(b, :s) ${start} The function is not allowed to be used this way in an expression; function: contains`,
    ],
    [
      'contains(a)',
      `^contains(a)^ ${start} Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1`,
    ],
    [
      'attribute_exists(:s)',
      `attribute_exists(^:s^) ${start} Operator or function requires a document path; operator or function: attribute_exists`,
    ],
  ])('%s', (text, expected) => {
    expect(filter(text)).toEqual([expected])
  })

  it.each([
    ['((a = :s))', '(a = :s)'],
    ['(((a = :s)) OR b = :s)', '((a = :s) OR b = :s)'],
    ['BeginsWith(a, :s)', 'begins_with(a, :s)'],
    ['a == :s AND b = :s', 'a = :s AND b = :s'],
    ['a != :s', 'a <> :s'],
    ['a = :s && b = :s', 'a = :s AND b = :s'],
    ['a = :s || \uFFFC', 'a = :s OR \uFFFC'],
  ])('%s is mended', (text, expected) => {
    expect(mended('FilterExpression', text)).toBe(expected)
  })

  it.each(['exists(a)', 'a === :s', 'a = = :s', 'a =! :s'])(
    '%s could be meant in several ways',
    (text) => {
      expect(mended('FilterExpression', text)).toBeUndefined()
    },
  )
})

describe('operands', () => {
  const type = `${start} Incorrect operand type for operator or function; operator or function:`
  const same = `${start} The first operand must be distinct from the remaining operands for this operator or function; operator:`
  it.each([
    ['a < :map', `a < ^:map^ ${type} <, operand type: M`],
    [':bool >= a', `^:bool^ >= a ${type} >=, operand type: BOOL`],
    ['a BETWEEN :list AND :list', `a BETWEEN ^:list^ AND :list ${type} BETWEEN, operand type: L`],
    ['begins_with(a, :n)', `begins_with(a, ^:n^) ${type} begins_with, operand type: N`],
    ['begins_with(size(a), :s)', `begins_with(^size(a)^, :s) ${type} begins_with, operand type: N`],
    ['size(:n) > :n', `size(^:n^) > :n ${type} size, operand type: N`],
    ['attribute_type(a, :n)', `attribute_type(a, ^:n^) ${type} attribute_type, operand type: N`],
    [
      'attribute_type(a, b)',
      `attribute_type(a, ^b^) ${type} attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}`,
    ],
    [
      'attribute_type(a, :t)',
      `attribute_type(a, ^:t^) ${start} Invalid attribute type name found; type: T, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
    ],
    ['a = #a', `a = ^#a^ ${same} =, first operand: [a]`],
    ['a.b[0] <> a.b[0]', `a.b[0] <> ^a.b[0]^ ${same} <>, first operand: [a, b, [0]]`],
    ['a IN (:s, a)', `a IN (:s, ^a^) ${same} IN, first operand: [a]`],
    [
      'a BETWEEN :m AND :n',
      `a BETWEEN ^:m AND :n^ ${start} The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:10}, upper bound operand: AttributeValue: {N:5}`,
    ],
    [
      'a BETWEEN :n AND :s',
      `a BETWEEN ^:n AND :s^ ${start} The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {S:x}`,
    ],
  ])('%s', (text, expected) => {
    expect(filter(text)).toEqual([expected])
  })

  it.each([
    'a = :map',
    'size(:s) > :n',
    'contains(a, :map)',
    'a < :unknown',
    'a IN (:map, :n)',
    ':s = :s',
  ])('%s is fine', (text) => {
    expect(filter(text)).toEqual([])
  })
})

describe('updates', () => {
  const type = 'Invalid UpdateExpression: Incorrect operand type for operator or function;'
  it.each([
    ['SET a = b + :s', `SET a = b + ^:s^ ${type} operator or function: +, operand type: S`],
    [
      'SET a = list_append(a, :s)',
      `SET a = list_append(a, ^:s^) ${type} operator or function: list_append, operand type: S`,
    ],
    [
      'ADD a :s',
      `ADD a ^:s^ ${type} operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND`,
    ],
    [
      'DELETE a :n',
      `DELETE a ^:n^ ${type} operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND`,
    ],
    [
      'SET a = :s, b = :s, a.c = :s',
      'SET a = :s, b = :s, ^a.c^ = :s Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, c]',
    ],
    [
      'SET a[0] = :s REMOVE #a.b',
      'SET a[0] = :s REMOVE ^#a.b^ Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, [0]], path two: [a, b]',
    ],
    [
      'SET a = :s SET b = :s',
      'SET a = :s ^SET^ b = :s Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    [
      'SET a = (b + :n) + :n',
      'SET a = (b + :n) ^+^ :n Invalid UpdateExpression: Syntax error; token: "+", near: ") + :n"',
    ],
    [
      'SET a = size(b)',
      'SET a = ^size^(b) Invalid UpdateExpression: Invalid function name; function: size',
    ],
  ])('%s', (text, expected) => {
    expect(update(text)).toEqual([expected])
  })

  it.each([
    'SET a = (b + :n)',
    'SET a = if_not_exists(a, :n) + :m',
    'SET a = b, b = a',
    'ADD a :set',
    'SET a[0] = :s, a[1] = :s',
  ])('%s is fine', (text) => {
    expect(update(text)).toEqual([])
  })

  it.each([
    ['SET a = :s SET b = :s', 'SET a = :s, b = :s'],
    ['SET a = :s REMOVE b SET c = :s ADD d :n', 'SET a = :s, c = :s REMOVE b ADD d :n'],
  ])('%s: one clause is made of two', (text, expected) => {
    expect(mended('UpdateExpression', text)).toBe(expected)
  })

  it('knows the keys by the schema, or by the Key of the request', () => {
    const message =
      'One or more parameter values were invalid: Cannot update attribute sk. This attribute is part of the key'
    expect(update('SET a = :s, sk = :s', { table })).toEqual([`SET a = :s, ^sk^ = :s ${message}`])
    expect(update('REMOVE sk.a', { keyAttributes: ['pk', 'sk'] })).toEqual([
      `REMOVE ^sk.a^ ${message}`,
    ])
    expect(update('SET a = sk', { table })).toEqual([])
  })

  it('compares values with the types of index keys', () => {
    const message = (name: string, expected: string, actual: string): string =>
      `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${expected} Actual: ${actual} IndexName: byOwner`
    expect(update('SET ownerId = :n', { table })).toEqual([
      `SET ownerId = ^:n^ ${message('ownerId', 'S', 'N')}`,
    ])
    expect(
      update('SET #o = ownerId + :n', {
        table,
        names: { entries: new Map([['#o', 'ownerId']]), open: false },
      }),
    ).toEqual([`SET #o = ^ownerId + :n^ ${message('ownerId', 'S', 'N')}`])
    expect(update('SET ownerId = :empty', { table })).toEqual([
      'SET ownerId = ^:empty^ One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.',
    ])
    expect(update('SET ownerId = :s, age = age + :n REMOVE h', { table })).toEqual([])
  })
})

describe('key conditions', () => {
  const key = (text: string, more?: Partial<ExpressionRequest>): string[] =>
    seen('KeyConditionExpression', text, more)
  const missed = 'Query condition missed key schema element:'

  it.each([
    [
      'pk = :s OR sk = :s',
      '^pk = :s OR sk = :s^ Invalid operator used in KeyConditionExpression: OR',
    ],
    [
      'pk = :s AND NOT sk = :s',
      'pk = :s AND ^NOT sk = :s^ Invalid operator used in KeyConditionExpression: NOT',
    ],
    [
      'pk = :s AND sk <> :s',
      'pk = :s AND sk ^<>^ :s Invalid operator used in KeyConditionExpression: <>',
    ],
    [
      'pk = :s AND sk IN (:s)',
      'pk = :s AND ^sk IN (:s)^ Invalid operator used in KeyConditionExpression: IN',
    ],
    [
      'pk = :s AND contains(sk, :s)',
      'pk = :s AND ^contains^(sk, :s) Invalid operator used in KeyConditionExpression: contains',
    ],
    [
      'pk = :s AND size(sk) > :n',
      'pk = :s AND ^size(sk)^ > :n KeyConditionExpressions cannot contain nested operations',
    ],
    [
      'pk = sk',
      'pk = ^sk^ Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
    ],
    [
      ':s = :t',
      '^:s = :t^ Invalid condition in KeyConditionExpression: No key attribute specified',
    ],
    [
      'pk = :s AND sk.a = :s',
      'pk = :s AND ^sk.a^ = :s Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes',
    ],
    [
      'pk = :s AND sk > :s AND sk < :t',
      'pk = :s AND sk > :s AND ^sk < :t^ Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key',
    ],
    [
      'pk = :s AND sk = :t AND a = :s',
      'pk = :s AND sk = :t AND ^a = :s^ The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)',
    ],
    ['begins_with(pk, :s)', '^begins_with(pk, :s)^ Query key condition not supported'],
    [
      'pk = :bool',
      'pk = ^:bool^ One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
    [
      'pk = :empty',
      'pk = ^:empty^ One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ],
  ])('%s, whatever the schema', (text, expected) => {
    expect(key(text)).toEqual([expected])
  })

  it.each([
    'pk = :s',
    '(pk = :s) AND (sk BETWEEN :s AND :s)',
    ':s = pk and begins_with(sk, :empty)',
    'pk = \uFFFC AND sk > :n',
  ])('%s is fine without a schema', (text) => {
    expect(key(text)).toEqual([])
  })

  it.each([
    ['sk = :s', `^sk = :s^ ${missed} pk`],
    ['pk = :s AND a = :s', `pk = :s AND ^a = :s^ ${missed} sk`],
    ['pk > :s AND sk = :s', '^pk > :s^ AND sk = :s Query key condition not supported'],
    [
      'pk = :n',
      'pk = ^:n^ One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
  ])('%s of a known table', (text, expected) => {
    expect(key(text, { table })).toEqual([expected])
  })

  it('of an index', () => {
    const byOwner = { table, index: { name: 'byOwner' } }
    expect(key('ownerId = :s AND age > :n', byOwner)).toEqual([])
    expect(key('pk = :s', byOwner)).toEqual([`^pk = :s^ ${missed} ownerId`])
    expect(key('pk = :s', { table, index: {} })).toEqual([])
    expect(key('pk = :s', { table, index: { name: 'none' } })).toEqual([
      'The table does not have the specified index: none',
    ])
    expect(key('ownerId = :s', { ...byOwner, consistentRead: true })).toEqual([
      'Consistent reads are not supported on global secondary indexes',
    ])
  })

  it('of an index with several attributes in its key', () => {
    const wide = { table, index: { name: 'wide' } }
    const gap = (attributes: string, last: string): string =>
      `RANGE key attributes ${attributes} must have equality conditions specified in the query because a condition is present on key attribute ${last}`
    expect(key('h = :s AND i = :s', wide)).toEqual([])
    expect(key('c > :s AND b = :s AND i = :s AND h = :s', wide)).toEqual([])
    expect(key('h = :s', wide)).toEqual([`^h = :s^ ${missed} i`])
    expect(key('h = :s AND i = :s AND c = :s', wide)).toEqual([
      `h = :s AND i = :s AND ^c = :s^ ${gap('b', 'c')}`,
    ])
    expect(key('h = :s AND i = :s AND b > :s AND c = :s', wide)).toEqual([
      `h = :s AND i = :s AND b > :s AND ^c = :s^ ${gap('b', 'c')}`,
    ])
    expect(key('h = :s AND i = :s AND d = :s', wide)).toEqual([
      `h = :s AND i = :s AND ^d = :s^ ${gap('b, c', 'd')}`,
    ])
    expect(key('h = :s AND i > :s', wide)).toEqual([
      'h = :s AND ^i > :s^ Query key condition not supported',
    ])
  })
})

describe('filters', () => {
  const message = (name: string): string =>
    `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`
  const find = (more: Partial<ExpressionRequest>): RequestFinding[] =>
    checkRequest({ operation: 'Query', expressions: {}, values: unknownPlaceholders, ...more })

  it('may not name a key that the key condition names, whatever the schema', () => {
    const expressions = {
      KeyConditionExpression: 'ownerId = :s',
      FilterExpression: 'a = :n OR ownerId = :t',
    }
    expect(find({ expressions })).toMatchObject([
      { message: message('ownerId'), place: { range: [10, 17] } },
    ])
  })

  it('may not name the keys of the table or index that is queried', () => {
    const expressions = { KeyConditionExpression: 'pk = :s', FilterExpression: 'size(sk) > :n' }
    expect(find({ expressions, table })).toMatchObject([{ message: message('sk') }])
    expect(
      find({
        expressions: { KeyConditionExpression: 'ownerId = :s', FilterExpression: 'sk = :n' },
        table,
        index: { name: 'byOwner' },
      }),
    ).toEqual([])
    expect(
      find({ operation: 'Scan', expressions: { FilterExpression: 'sk = :n' }, table }),
    ).toEqual([])
  })
})

describe('limits', () => {
  const words = (count: number, word: (index: number) => string): string[] =>
    Array.from({ length: count }, (_, index) => word(index))

  it('4,096 bytes', () => {
    expect(filter('x'.repeat(4091) + ' = :s')).toEqual([])
    expect(filter('x'.repeat(4092) + ' = :s')[0]).toMatch(/expression size: 4097$/)
    expect(filter('x'.repeat(4086) + '\uFFFC = :s')).toEqual([])
  })

  it('300 operators', () => {
    const condition = (count: number): string =>
      words(count, (index) => `a${String(index % 10)}=:s`).join(' OR ')
    expect(filter(condition(150))).toEqual([])
    expect(filter(`${condition(150)} OR NOT b=:s`)[0]).toMatch(/operator count: 301$/)
  })

  it('100 operands of IN', () => {
    expect(filter(`a IN (${words(100, () => ':s').join()})`)).toEqual([])
    expect(filter(`a IN (${words(101, () => ':s').join()})`)[0]).toMatch(/number of operands: 101$/)
  })

  it('32 levels of a path', () => {
    expect(filter(`a${'.b'.repeat(31)} = :s`)).toEqual([])
    expect(filter(`a${'.b'.repeat(32)} = :s`)[0]).toMatch(/nesting levels: 33$/)
  })

  it('255 bytes of the name of a name', () => {
    const request = (length: number): string[] => {
      const placeholder = `#${'n'.repeat(length - 1)}`
      return seen('FilterExpression', `${placeholder} = :s`, {
        names: { entries: new Map([[placeholder, 'a']]), open: false },
      })
    }
    expect(request(255)).toEqual([])
    expect(request(256)).toEqual([
      'ExpressionAttributeNames contains invalid key: key too long; size of key: 256',
    ])
  })
})

describe('placeholders', () => {
  const request: ExpressionRequest = {
    operation: 'Scan',
    expressions: { FilterExpression: '#a = :a' },
    names: { entries: new Map([['#a', 'a']]), open: false },
    values: { entries: new Map([[':a', undefined]]), open: false },
  }

  it('are all right', () => {
    expect(checkRequest(request)).toEqual([])
  })

  it('are used and not defined', () => {
    expect(checkRequest({ ...request, values: undefined })).toEqual([
      {
        code: 'undefinedValue',
        message: `${start} An expression attribute value used in expression is not defined; attribute value: :a`,
        place: { in: 'expression', member: 'FilterExpression', range: [5, 7] },
        subject: ':a',
      },
    ])
    expect(checkRequest({ ...request, names: { ...noPlaceholders, open: true } })).toEqual([])
    expect(checkRequest({ ...request, values: undefined, open: true })).toEqual([])
  })

  it('are defined and not used, in a map that may have more', () => {
    const values: AttributeValues = {
      entries: new Map([
        [':a', undefined],
        [':b', undefined],
      ]),
      open: true,
    }
    expect(checkRequest({ ...request, values })).toEqual([
      {
        code: 'unusedValue',
        message: 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}',
        place: { in: 'values', placeholder: ':b' },
        subject: ':b',
      },
    ])
    const holed = { FilterExpression: textWithHoles('#a = :a AND \uFFFC') }
    expect(checkRequest({ ...request, values, expressions: holed })).toEqual([])
    expect(checkRequest({ ...request, values, open: true })).toEqual([])
  })

  it('have a map that is empty, or that nothing can use', () => {
    const codes = (more: Partial<ExpressionRequest>): string[] =>
      checkRequest({ ...request, ...more }).map(({ message }) => message)
    expect(codes({ names: noPlaceholders, expressions: { FilterExpression: 'a = :a' } })).toEqual([
      'ExpressionAttributeNames must not be empty',
    ])
    expect(
      codes({ values: noPlaceholders, expressions: { FilterExpression: 'attribute_exists(#a)' } }),
    ).toEqual(['ExpressionAttributeValues must not be empty'])
    expect(codes({ expressions: {} })).toEqual([
      'ExpressionAttributeNames can only be specified when using expressions',
      'ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null',
    ])
    expect(codes({ expressions: {}, open: true })).toEqual([])
    expect(
      codes({ expressions: {}, names: unknownPlaceholders, values: unknownPlaceholders }),
    ).toEqual([])
  })

  it.each([
    [{ N: '1e126' }, /Number overflow/],
    [{ N: '1e125' }, undefined],
    [{ N: '-0.1e-130' }, /Number underflow/],
    [{ N: '1e-130' }, undefined],
    [{ N: '12345678901234567890123456789012345678' }, undefined],
    [{ N: '123456789012345678901234567890123456789' }, /38 significant digits/],
    [{ N: '1x' }, /cannot be converted to a numeric value: 1x for key :a$/],
    [{ N: 'NaN' }, /cannot be converted/],
    [{ SS: [] }, /An string set {2}may not be empty/],
    [{ NS: ['1', '1.0'] }, /Input collection contains duplicates/],
    [{ BS: [] }, /Binary sets should not be empty/],
    [{ NULL: false }, /must have the value of true/],
    [{ L: [{ M: { a: {} } }] }, /Supplied AttributeValue is empty/],
    [{ S: 'a', N: '1' }, /more than one datatypes set/],
    [{ S: '' }, undefined],
  ])('stand for a value that is none: %j', (json, expected) => {
    const values: AttributeValues = {
      entries: new Map([[':a', attributeValueFromJson(json)]]),
      open: false,
    }
    const messages = checkRequest({ ...request, values }).map(({ message }) => message)
    if (expected) expect(messages).toEqual([expect.stringMatching(expected)])
    else expect(messages).toEqual([])
  })
})

describe('behind a hole', () => {
  it.each([
    [
      '\uFFFC AND status = :s',
      `\uFFFC AND ^status^ = :s ${start} Attribute name is a reserved keyword; reserved keyword: status`,
    ],
    [
      '\uFFFC status = :s',
      `\uFFFC ^status^ = :s ${start} Attribute name is a reserved keyword; reserved keyword: status`,
    ],
    [
      '#\uFFFC = :\uFFFC AND a < :map',
      `#\uFFFC = :\uFFFC AND a < ^:map^ ${start} Incorrect operand type for operator or function; operator or function: <, operand type: M`,
    ],
    [
      '\uFFFC AND begins_with(a, :n)',
      `\uFFFC AND begins_with(a, ^:n^) ${start} Incorrect operand type for operator or function; operator or function: begins_with, operand type: N`,
    ],
    [
      '\uFFFC OR ((a = :s))',
      `\uFFFC OR (^(a = :s)^) ${start} The expression has redundant parentheses;`,
    ],
    [
      '\uFFFC AND a = "x"',
      `\uFFFC AND a = ^"x"^ ${start} Syntax error; token: ""x"", near: "= "x""`,
    ],
  ])('%s', (text, expected) => {
    expect(filter(text)).toEqual([expected])
  })

  it('SET is known twice, and so is a path', () => {
    expect(update('SET \uFFFC SET a = :s')).toHaveLength(1)
    expect(update('SET \uFFFC, a = :s, a = :s')).toHaveLength(1)
    expect(update('SET \uFFFC, pk = :s', { table })).toHaveLength(1)
  })
})
