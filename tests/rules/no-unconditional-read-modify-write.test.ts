import { describe, expect, it } from 'vitest'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const reports = (code: string, request?: Reported) =>
  reportsOf('no-unconditional-read-modify-write', code, request)

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import * as lib from '@aws-sdk/lib-dynamodb'
  const { GetCommand, PutCommand, UpdateCommand, DeleteCommand, QueryCommand } = lib
  const documents = lib.DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Products'
`

/** A function that is given a key, an amount and a body; its first line is line 7. */
const run = (body: string): string =>
  `${head}export async function run(id: string, amount: number, body: Record<string, unknown>) {\n${body}\n}\n`

const read = 'const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))'

/** An update of the item that `read` read. */
const update = (expression: string, values: string, rest = ''): string =>
  `await documents.send(new UpdateCommand({ TableName, Key: { id }, UpdateExpression: '${expression}', ExpressionAttributeValues: { ${values} }${rest} }))`

const set = (value: string, rest = ''): string =>
  update('SET stock = :stock', `':stock': ${value}`, rest)

/** The report at the first update in the line. */
const derived = (line: number, attributes = '`stock`'): string =>
  `${String(line)}:26-${String(line)}:39 UpdateCommand: ${attributes} of \`Products\` ${attributes.includes(' and ') ? 'are' : 'is'} read in line 7, and a value derived from that is written back with no condition (run): of two requests at once, one is lost.`

const tested = (line: number, attributes = '`status`'): string =>
  `${String(line)}:26-${String(line)}:39 UpdateCommand: ${attributes} of \`Products\`, read in line 7, decides about this write, but the write has no condition on it (run): another request can change it in between.`

const copied = (line: number): string =>
  `${String(line)}:26-${String(line)}:36 PutCommand: The item read from \`Products\` in line 7 is put back changed with no condition (run): what another request wrote in between is lost.`

describe('a value derived from what was read is set', () => {
  const ways: Record<string, string> = {
    'arithmetic in place': `${read}\n${set('Item.stock - amount')}`,
    'through a variable': `${read}\nconst stock = Item.stock - amount\n${set('stock')}`.replace(
      '\nconst',
      '; const',
    ),
    'through destructuring': `${read}; const { stock } = Item\n${set('stock - amount')}`,
    'through destructuring that renames': `${read}; const { stock: left = 0 } = Item ?? {}\n${set('left - amount')}`,
    'a default where it is missing': `${read}\n${set('(Item?.stock ?? 0) + amount')}`,
    'a default by ||': `${read}\n${set('(Item?.stock || 0) + amount')}`,
    'Number and Math': `${read}\n${set('Math.max(0, Number(Item.stock) - amount)')}`,
    'a choice': `${read}\n${set('amount > 5 ? Item.stock - 5 : Item.stock')}`,
    'a variable that is changed': `${read}; let stock = Item.stock; stock -= amount\n${set('stock')}`,
    'a template': `${read}\n${set('`${Item.stock}!`')}`,
    'parseInt of a number kept as text': `${read}\n${set('String(parseInt(Item.stock, 10) + amount)')}`,
  }
  it.each(Object.entries(ways))('%s', (_, body) => {
    expect(reports(run(body))).toEqual([derived(8)])
  })

  const lists: Record<string, string> = {
    'a longer list': '[...(Item.stock ?? []), amount]',
    concat: 'Item.stock.concat([amount])',
    filter: 'Item.stock.filter((each) => each !== amount)',
    map: 'Item.stock.map((each) => each + amount)',
    'a changed map': '{ ...Item.stock, [id]: amount }',
    reduce: 'Item.stock.reduce((sum, each) => sum + each, amount)',
  }
  it.each(Object.entries(lists))('list: %s', (_, value) => {
    expect(reports(run(`${read}\n${set(value)}`))).toEqual([derived(8)])
  })

  it('a list that is changed in place', () => {
    const body = `${read}; const stock = Item.stock; stock.push(amount)\n${set('stock')}`
    expect(reports(run(body))).toEqual([derived(8)])
  })

  it('through a function of the file', () => {
    const code = run(`${read}\n${set('less(Item, amount)')}`)
    expect(reports(`${code}function less(item, by) {\n  return item.stock - by\n}\n`)).toEqual([
      derived(8),
    ])
  })

  it('two attributes', () => {
    const body = `${read}\n${update('SET stock = :stock, sold = :sold', "':stock': Item.stock - amount, ':sold': Item.sold + amount")}`
    expect(reports(run(body))).toEqual([derived(8, '`stock` and `sold`')])
  })

  it('behind an alias', () => {
    const body = `${read}\n${update('SET #s = :s', "':s': Item.stock - amount", ", ExpressionAttributeNames: { '#s': 'stock' }")}`
    expect(reports(run(body))).toEqual([derived(8)])
  })

  it('put into a new item', () => {
    const code = run(
      `${read}\nawait documents.send(new PutCommand({ TableName, Item: { id, stock: Item.stock - amount } }))`,
    )
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "8:26-8:36 PutCommand: \`stock\` of \`Products\` is read in line 7, and a value derived from that is written back with no condition (run): of two requests at once, one is lost.",
      ]
    `)
  })

  it('written back by a batch', () => {
    const code = run(
      `${read}\nawait documents.send(new lib.BatchWriteCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: { id, stock: Item.stock - amount } } }] } }))`,
    )
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "8:26-8:47 lib.BatchWriteCommand: \`stock\` of \`Products\` is read in line 7, and a value derived from that is written back with no condition (run): of two requests at once, one is lost.",
      ]
    `)
  })

  it('written back in a transaction', () => {
    const code = run(program`
      ${read}
      await documents.send(
        new lib.TransactWriteCommand({
          TransactItems: [
            { Put: { TableName: 'Orders', Item: { id: body.orderId } } },
            {
              Update: {
                TableName,
                Key: { id },
                UpdateExpression: 'SET stock = :stock',
                ExpressionAttributeValues: { ':stock': Item.stock - amount },
              },
            },
          ],
        }),
      )
    `)
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "9:7-9:31 lib.TransactWriteCommand: \`stock\` of \`Products\` is read in line 7, and a value derived from that is written back with no condition (run): of two requests at once, one is lost.",
      ]
    `)
  })

  it('read by a transaction or a batch', () => {
    const code = run(program`
      const { Responses } = await documents.send(
        new lib.BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ id }] } } }),
      )
      for (const product of Responses[TableName]) {
        await documents.send(
          new PutCommand({ TableName, Item: { ...product, stock: product.stock - amount } }),
        )
      }
    `)
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "12:9-12:19 PutCommand: The item read from \`Products\` in line 8 is put back changed with no condition (run): what another request wrote in between is lost.",
      ]
    `)
  })

  it('items that were listed, each updated', () => {
    const code = run(program`
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'warehouse = :warehouse',
          ExpressionAttributeValues: { ':warehouse': id },
        }),
      )
      for (const { warehouse, sku, stock } of Items) {
        await documents.send(
          new UpdateCommand({
            TableName,
            Key: { warehouse, sku },
            UpdateExpression: 'SET stock = :stock',
            ExpressionAttributeValues: { ':stock': stock + amount },
          }),
        )
      }
    `)
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "16:9-16:22 UpdateCommand: \`stock\` of \`Products\` is read in line 8, and a value derived from that is written back with no condition (run): of two requests at once, one is lost.",
      ]
    `)
  })

  it('a running total kept in a sibling of the same collection', () => {
    const code = run(program`
      const { Item } = await documents.send(new GetCommand({ TableName, Key: { PK: id, SK: 'TOTAL' } }))
      await documents.send(
        new PutCommand({ TableName, Item: { PK: id, SK: 'COPY', total: Item.total + amount } }),
      )
    `)
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "9:7-9:17 PutCommand: \`total\` of \`Products\` is read in line 7, and a value derived from that is written back with no condition (run): of two requests at once, one is lost.",
      ]
    `)
  })

  it('a list that grows, kept in a sibling of the same collection', () => {
    const code = run(program`
      const { Item } = await documents.send(new GetCommand({ TableName, Key: { PK: id, SK: 'OLD' } }))
      const owners = Array.from(new Set([...(Item.owners ?? []), body.owner]))
      await documents.send(new PutCommand({ TableName, Item: { PK: id, SK: 'NEW', owners } }))
    `)
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "9:26-9:36 PutCommand: \`owners\` of \`Products\` is read in line 7, and a value derived from that is written back with no condition (run): of two requests at once, one is lost.",
      ]
    `)
  })

  it('nothing of the next version of an item that must not exist yet', () => {
    const code = run(program`
      const { Item } = await documents.send(new GetCommand({ TableName, Key: { PK: id, SK: 'LATEST' } }))
      const version = Item.version + 1
      await documents.send(
        new PutCommand({
          TableName,
          Item: { PK: id, SK: 'V#' + version, version, amount },
          ConditionExpression: 'attribute_not_exists(PK)',
        }),
      )
    `)
    expect(reports(code)).toEqual([])
  })

  it('nothing where another entry of the transaction would notice', () => {
    const code = run(program`
      const { Item } = await documents.send(new GetCommand({ TableName, Key: { PK: id, SK: 'MAIN' } }))
      const version = Item.version
      const next = { name: amount, version: version + 1 }
      await documents.send(
        new lib.TransactWriteCommand({
          TransactItems: [
            {
              Update: {
                TableName,
                Key: { PK: id, SK: 'MAIN' },
                UpdateExpression: 'SET version = :next',
                ConditionExpression: 'version = :version',
                ExpressionAttributeValues: { ':next': next.version, ':version': version },
              },
            },
            { Put: { TableName, Item: { PK: id, SK: 'LIST', ...next } } },
          ],
        }),
      )
    `)
    expect(reports(code)).toEqual([])
    const unguarded = code.replace("ConditionExpression: 'version = :version',", '')
    expect(reports(unguarded)).toMatchInlineSnapshot(`
      [
        "11:7-11:31 lib.TransactWriteCommand: \`version\` of \`Products\` is read in line 7, and a value derived from that is written back with no condition (run): of two requests at once, one is lost.",
      ]
    `)
  })

  it('nothing of a setting that is taken over into a sibling, as a number and with a default', () => {
    const code = run(program`
      const { Item } = await documents.send(new GetCommand({ TableName, Key: { PK: id, SK: 'SETTINGS' } }))
      const goal = Math.max(1, Math.round(Number(Item?.goal ?? 10)))
      await documents.send(new PutCommand({ TableName, Item: { PK: id, SK: 'TODAY', goal, amount } }))
    `)
    expect(reports(code)).toEqual([])
  })

  it('SDK v3, low level, with AttributeValues', () => {
    const code = program`
      import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'

      const client = new DynamoDBClient({})
      const TableName = 'Products'

      export async function take(id: string, amount: number) {
        const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))
        const stock = Number(Item?.stock?.N ?? '0')
        await client.send(
          new UpdateItemCommand({
            TableName,
            Key: { id: { S: id } },
            UpdateExpression: 'SET stock = :stock',
            ExpressionAttributeValues: { ':stock': { N: String(stock - amount) } },
          }),
        )
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "10:9-10:26 UpdateItemCommand: \`stock\` of \`Products\` is read in line 7, and a value derived from that is written back with no condition (take): of two requests at once, one is lost.",
      ]
    `)
  })

  it('SDK v3, low level, through unmarshall and marshall', () => {
    const code = program`
      import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
      import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'

      const client = new DynamoDBClient({})
      const TableName = 'Products'

      export async function take(id: string, amount: number) {
        const { Item } = await client.send(new GetItemCommand({ TableName, Key: marshall({ id }) }))
        const product = unmarshall(Item!)
        product.stock -= amount
        await client.send(new PutItemCommand({ TableName, Item: marshall(product) }))
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "11:25-11:39 PutItemCommand: The item read from \`Products\` in line 8 is put back changed with no condition (take): what another request wrote in between is lost.",
      ]
    `)
  })

  it('SDK v2, callbacks', () => {
    const code = program`
      const AWS = require('aws-sdk')

      const documents = new AWS.DynamoDB.DocumentClient()

      exports.take = (id, amount, done) => {
        documents.get({ TableName: 'Products', Key: { id } }, (error, data) => {
          if (error) return done(error)
          const params = {
            TableName: 'Products',
            Key: { id },
            UpdateExpression: 'SET stock = :stock',
            ExpressionAttributeValues: { ':stock': data.Item.stock - amount },
          }
          documents.update(params, done)
        })
      }
    `
    expect(reports(code, { filename: 'src/stock.js' })).toMatchInlineSnapshot(`
      [
        "14:15-14:21 update: \`stock\` of \`Products\` is read in line 6, and a value derived from that is written back with no condition (take): of two requests at once, one is lost.",
      ]
    `)
  })

  it('SDK v2, promises with then', () => {
    const code = program`
      const AWS = require('aws-sdk')

      const documents = new AWS.DynamoDB.DocumentClient()

      exports.take = (id, amount) =>
        documents
          .get({ TableName: 'Products', Key: { id } })
          .promise()
          .then(({ Item }) =>
            documents
              .put({ TableName: 'Products', Item: { ...Item, stock: Item.stock - amount } })
              .promise(),
          )
    `
    expect(reports(code, { filename: 'src/stock.js' })).toEqual([
      '11:10-11:13 put: The item read from `Products` in line 7 is put back changed with no condition (take): what another request wrote in between is lost.',
    ])
  })
})

describe('a changed copy is put back', () => {
  const put = (item: string): string =>
    `await documents.send(new PutCommand({ TableName, Item: ${item} }))`
  const ways: Record<string, string> = {
    'with one attribute of its own': `${read}\n${put('{ ...Item, title: body.title }')}`,
    'through a variable': `${read}; const next = { ...Item, updatedAt: Date.now() }\n${put('next')}`,
    'through Object.assign': `${read}; const next = Object.assign({}, Item, { title: body.title })\n${put('next')}`,
    'changed in place': `${read}; Item.title = body.title\n${put('Item')}`,
    'with an attribute left out': `${read}; const { draft, ...rest } = Item\n${put('rest')}`,
  }
  it.each(Object.entries(ways))('%s', (_, body) => {
    expect(reports(run(body))).toEqual([copied(8)])
  })

  const overwritten: Record<string, string> = {
    'with the request spread over it': `${read}\n${put('{ ...Item, ...body }')}`,
    'with the request assigned to it': `${read}; const next = Object.assign({}, Item, body)\n${put('next')}`,
    'changed in place, an attribute named at run time': `${read}; for (const [key, value] of Object.entries(body)) Item[key] = value\n${put('Item')}`,
    'created where it is missing': `${read}; const product = Item ?? { id, tags: [] }; product.tags.push(body.tag)\n${put('product')}`,
  }
  it.each(Object.entries(overwritten))('%s', (_, body) => {
    expect(reports(run(body))).toEqual([copied(8)])
  })

  it('the key is another: it is another item', () => {
    expect(reports(run(`${read}\n${put('{ ...Item, ...body, id: body.copy }')}`))).toEqual([])
  })
})

describe('a state that was tested decides', () => {
  const close = update(
    'SET #s = :closed',
    "':closed': 'closed'",
    ", ExpressionAttributeNames: { '#s': 'status' }",
  )
  const ways: Record<string, string> = {
    'thrown unless': `${read}; if (Item.status !== 'open') throw new Error('not open')\n${close}`,
    'returned unless': `${read}; if (Item.status !== 'open') return false\n${close}`,
    'an if around it': `${read}; if (Item.status === 'open')\n${close}`,
    'one of several': `${read}; if (!['open', 'paid'].includes(Item.status)) throw new Error()\n${close}`,
    'a switch': `${read}; switch (Item.status) { case 'open':\n${close} }`,
    'one half of a test': `${read}; if (!Item || Item.status !== 'open') throw new Error()\n${close}`,
  }
  it.each(Object.entries(ways))('%s', (_, body) => {
    expect(reports(run(body))).toEqual([tested(8)])
  })

  it('in a function that throws', () => {
    const code = run(`${read}; assertOpen(Item)\n${close}`)
    expect(
      reports(
        `${code}function assertOpen(item) {\n  if (item.status !== 'open') throw new Error()\n}\n`,
      ),
    ).toEqual([tested(8)])
  })

  it('stock that is enough, tested and then set to something else', () => {
    const body = `${read}; if (Item.stock < amount) throw new Error('sold out')\n${set('amount')}`
    expect(reports(run(body))).toEqual([tested(8, '`stock`')])
  })

  it('an item that is deleted', () => {
    const code = run(program`
      ${read}
      if (Item.status !== 'draft') throw new Error('published')
      await documents.send(new DeleteCommand({ TableName, Key: { id } }))
    `)
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "9:26-9:39 DeleteCommand: \`status\` of \`Products\`, read in line 7, decides about this write, but the write has no condition on it (run): another request can change it in between.",
      ]
    `)
  })

  it('an attribute that is removed', () => {
    const body = `${read}; if (Item.lockedBy !== body.user) throw new Error()\nawait documents.send(new UpdateCommand({ TableName, Key: { id }, UpdateExpression: 'REMOVE lockedBy' }))`
    expect(reports(run(body))).toEqual([tested(8, '`lockedBy`')])
  })
})

describe('conditions that guard nothing', () => {
  const weak: Record<string, string> = {
    'the item exists': "ConditionExpression: 'attribute_exists(id)'",
    'another attribute':
      "ConditionExpression: 'price > :zero', ExpressionAttributeValues: { ':stock': Item.stock - amount, ':zero': 0 }",
    'the attribute exists': "ConditionExpression: 'attribute_exists(stock)'",
    'a cap beside what was read':
      "ConditionExpression: 'stock <= :cap', ExpressionAttributeValues: { ':stock': Item.stock - amount, ':cap': 100 }",
  }
  it.each(Object.entries(weak))('%s', (_, condition) => {
    expect(reports(run(`${read}\n${set('Item.stock - amount', `, ${condition}`)}`))).toEqual([
      derived(8),
    ])
  })

  it('two, of which neither does', () => {
    const condition =
      ", ConditionExpression: body.force ? 'attribute_exists(id)' : 'price > :stock'"
    expect(reports(run(`${read}\n${set('Item.stock - amount', condition)}`))).toEqual([derived(8)])
  })
})

describe('conditions that notice a change', () => {
  const guarded: Record<string, string> = {
    'the value that was read':
      "ConditionExpression: 'stock = :old', ExpressionAttributeValues: { ':stock': Item.stock - amount, ':old': Item.stock }",
    'the value that was read, behind an alias':
      "ConditionExpression: '#s = :old', ExpressionAttributeNames: { '#s': 'stock' }, ExpressionAttributeValues: { ':stock': Item.stock - amount, ':old': Item.stock }",
    'the value or none':
      "ConditionExpression: 'attribute_not_exists(stock) OR stock = :old', ExpressionAttributeValues: { ':stock': Item.stock - amount, ':old': Item.stock }",
    'that it still has the type that this replaces':
      "ConditionExpression: 'attribute_type(stock, :s)', ExpressionAttributeValues: { ':stock': Number(Item.stock), ':s': 'S' }",
    'that there is no such item': "ConditionExpression: 'attribute_not_exists(id)'",
    'a bound that is the new value': "ConditionExpression: 'stock < :stock'",
    'when it was last changed':
      "ConditionExpression: 'updatedAt = :seen', ExpressionAttributeValues: { ':stock': Item.stock - amount, ':seen': Item.updatedAt }",
  }
  it.each(Object.entries(guarded))('%s', (_, condition) => {
    expect(reports(run(`${read}\n${set('Item.stock - amount', `, ${condition}`)}`))).toEqual([])
  })

  it('a version that the same write counts up', () => {
    const body = `${read}\n${update(
      'SET stock = :stock, revision = :next',
      "':stock': Item.stock - amount, ':next': Item.revision + 1, ':seen': Item.revision",
      ", ConditionExpression: 'revision = :seen'",
    )}`
    expect(reports(run(body))).toEqual([])
  })

  it('a version that DynamoDB counts up', () => {
    const body = `${read}\n${update(
      'SET stock = :stock ADD revision :one',
      "':stock': Item.stock - amount, ':one': 1, ':seen': body.revision",
      ", ConditionExpression: 'revision = :seen'",
    )}`
    expect(reports(run(body))).toEqual([])
  })

  it('a version beside a changed copy', () => {
    const body = `${read}\nawait documents.send(new PutCommand({ TableName, Item: { ...Item, ...body, version: Item.version + 1 }, ConditionExpression: 'version = :seen', ExpressionAttributeValues: { ':seen': Item.version } }))`
    expect(reports(run(body))).toEqual([])
  })

  it('the state that was tested', () => {
    const body = `${read}; if (Item.status !== 'open') throw new Error()\n${update(
      'SET #s = :closed',
      "':closed': 'closed', ':open': 'open'",
      ", ExpressionAttributeNames: { '#s': 'status' }, ConditionExpression: '#s = :open'",
    )}`
    expect(reports(run(body))).toEqual([])
  })

  it('the state that was tested, one of several', () => {
    const body = `${read}; if (Item.status === 'closed') throw new Error()\n${update(
      'SET #s = :closed',
      "':closed': 'closed', ':a': 'open', ':b': 'paid'",
      ", ExpressionAttributeNames: { '#s': 'status' }, ConditionExpression: '#s IN (:a, :b)'",
    )}`
    expect(reports(run(body))).toEqual([])
  })

  it('on one path of two, on purpose', () => {
    const condition =
      ", ConditionExpression: body.force ? 'attribute_exists(id)' : 'stock > :stock'"
    expect(reports(run(`${read}\n${set('Item.stock - amount', condition)}`))).toEqual([])
  })

  it('a condition that the code does not show', () => {
    const body = `${read}\n${set('Item.stock - amount', ', ConditionExpression: body.condition as string')}`
    expect(reports(run(body))).toEqual([])
  })

  it('a condition in a request that others fill in', () => {
    const body = `${read}\nawait documents.send(new UpdateCommand({ TableName, Key: { id }, UpdateExpression: 'SET stock = :stock', ExpressionAttributeValues: { ':stock': Item.stock - amount }, ...body }))`
    expect(reports(run(body))).toEqual([])
  })
})

describe('what DynamoDB computes, or what nothing read decides about', () => {
  const silent: Record<string, string> = {
    ADD: `${read}; if (!Item) throw new Error()\n${update('ADD stock :minus', "':minus': -amount")}`,
    'arithmetic in SET': `${read}; if (!Item) throw new Error()\n${update('SET stock = stock - :amount', "':amount': amount")}`,
    if_not_exists: `${read}; if (!Item) throw new Error()\n${update('SET stock = if_not_exists(stock, :zero) + :amount', "':amount': amount, ':zero': 0")}`,
    list_append: `${read}; if (!Item) throw new Error()\n${update('SET tags = list_append(tags, :tags)', "':tags': [body.tag]")}`,
    'an owner check, then attributes of the request': `${read}; if (Item.owner !== body.user) throw new Error()\n${update('SET title = :title', "':title': body.title")}`,
    'an existence check': `${read}; if (!Item) return null\n${update('SET title = :title', "':title': body.title")}`,
    'done once, and again is the same': `${read}; if (!Item.done)\n${update('SET done = :yes', "':yes': true")}`,
    'undone once, and again is the same': `${read}; if (Item.open)\n${update('SET #open = :no', "':no': false", ", ExpressionAttributeNames: { '#open': 'open' }")}`,
    'what has expired stays expired': `${read}; if (Item.expires > Date.now()) return\n${update('REMOVE expires SET title = :title', "':title': body.title")}`,
    'another table': `${read}\nawait documents.send(new PutCommand({ TableName: 'Archive', Item: { ...Item, archivedAt: amount } }))`,
    'another key': `${read}\nawait documents.send(new PutCommand({ TableName, Item: { ...Item, id: body.id } }))`,
    'an attribute merely carried over': `${read}\n${update('SET title = :title, previousTitle = :old', "':title': body.title, ':old': Item.title")}`,
    'read after the write': `${set('amount')}\n${read}\nreturn Item.stock + amount`,
    'read only': `${read}\nreturn Item.stock - amount`,
  }
  it.each(Object.entries(silent))('%s', (_, body) => {
    expect(reports(run(body))).toEqual([])
  })

  it('a script', () => {
    const code = run(`${read}\n${set('Item.stock - amount')}`)
    expect(reports(code, { filename: 'scripts/correct-stock.ts' })).toEqual([])
    expect(reports(code, { filename: 'src/stock.test.ts' })).toEqual([])
    expect(reports(code)).toEqual([derived(8)])
  })
})

describe('branches that exclude each other', () => {
  const arms: Record<string, string> = {
    'if and else': `if (body.get) {\n${read}\nreturn Item.stock\n} else {\n${set('amount')}\n}`,
    'routes that leave early': `let stock\nif (body.method === 'GET') {\n${read}\nstock = Item.stock\nreturn stock\n}\nif (body.method === 'PUT') {\n${set('stock')}\n}`,
    'a switch': `let stock\nswitch (body.method) {\ncase 'GET': {\n${read}\nstock = Item.stock - 1\nbreak\n}\ncase 'PUT': {\n${set('stock')}\nbreak\n}\n}`,
  }
  it.each(Object.entries(arms))('%s', (_, body) => {
    expect(reports(run(body))).toEqual([])
  })
})

describe('through functions', () => {
  it('a read, a change and a write in functions of their own', () => {
    const code = `${head}${program`
      async function load(id: string) {
        const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
        return Item
      }

      async function save(product: Record<string, unknown>) {
        await documents.send(new PutCommand({ TableName, Item: product }))
      }

      export async function take(id: string, amount: number) {
        const product = await load(id)
        product.stock -= amount
        await save(product)
      }
    `}`
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "18:9-18:13 save: The item read from \`Products\` in line 16 is put back changed with no condition (save ← take): what another request wrote in between is lost.",
      ]
    `)
  })

  it('wrappers that are given table, key and value', () => {
    const code = `${head}${program`
      const getItem = async (table: string, key: object) =>
        (await documents.send(new GetCommand({ TableName: table, Key: key }))).Item

      const setAttribute = (table: string, key: object, name: string, value: unknown) =>
        documents.send(
          new UpdateCommand({
            TableName: table,
            Key: key,
            UpdateExpression: 'SET #name = :value',
            ExpressionAttributeNames: { '#name': name },
            ExpressionAttributeValues: { ':value': value },
          }),
        )

      export async function take(id: string, amount: number) {
        const product = await getItem(TableName, { id })
        await setAttribute(TableName, { id }, 'stock', product.stock - amount)
        await setAttribute(TableName, { id }, 'seller', amount)
      }
    `}`
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "22:9-22:21 setAttribute: \`stock\` of \`Products\` is read in line 21, and a value derived from that is written back with no condition (setAttribute ← take): of two requests at once, one is lost.",
      ]
    `)
  })

  it('wrappers that hand what they send to another function', () => {
    const code = `${head}${program`
      async function withRetry<T>(work: () => Promise<T>) {
        return await work()
      }

      const getItem = (table: string, key: object) =>
        withRetry(() => documents.send(new GetCommand({ TableName: table, Key: key })))

      const setAttribute = (table: string, key: object, name: string, value: unknown) =>
        withRetry(() =>
          documents.send(
            new UpdateCommand({
              TableName: table,
              Key: key,
              UpdateExpression: 'SET #name = :value',
              ExpressionAttributeNames: { '#name': name },
              ExpressionAttributeValues: { ':value': value },
            }),
          ),
        )

      export async function take(id: string, amount: number) {
        const { Item: product } = await getItem(TableName, { id })
        await setAttribute(TableName, { id }, 'stock', product.stock - amount)
      }
    `}`
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "28:9-28:21 setAttribute: \`stock\` of \`Products\` is read in line 27, and a value derived from that is written back with no condition (withRetry ← setAttribute ← take): of two requests at once, one is lost.",
      ]
    `)
  })

  it('methods of a repository', () => {
    const code = `${head}${program`
      class Products {
        async find(id: string) {
          const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
          return Item
        }

        async setStatus(id: string, status: string) {
          await documents.send(
            new UpdateCommand({
              TableName,
              Key: { id },
              UpdateExpression: 'SET #status = :status',
              ExpressionAttributeNames: { '#status': 'status' },
              ExpressionAttributeValues: { ':status': status },
            }),
          )
        }

        async publish(id: string) {
          const product = await this.find(id)
          if (product.status !== 'draft') throw new Error('It is no draft.')
          await this.setStatus(id, 'published')
        }
      }
    `}`
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "27:16-27:25 setStatus: \`status\` of \`Products\`, read in line 25, decides about this write, but the write has no condition on it (Products.setStatus ← Products.publish): another request can change it in between.",
      ]
    `)
  })

  it('a wrapper that adds the condition', () => {
    const code = `${head}${program`
      const save = (item: Record<string, unknown>) =>
        documents.send(
          new PutCommand({
            TableName,
            Item: { ...item, version: item.version + 1 },
            ConditionExpression: 'version = :version',
            ExpressionAttributeValues: { ':version': item.version },
          }),
        )

      export async function take(id: string, amount: number) {
        const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
        await save({ ...Item, stock: Item.stock - amount })
      }
    `}`
    expect(reports(code)).toEqual([])
  })
})
