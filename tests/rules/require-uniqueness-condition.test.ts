import { describe, expect, it } from 'vitest'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const reports = (code: string, request?: Reported) =>
  reportsOf('require-uniqueness-condition', code, request)

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import * as lib from '@aws-sdk/lib-dynamodb'
  const { GetCommand, PutCommand, UpdateCommand, DeleteCommand, QueryCommand, ScanCommand } = lib
  const documents = lib.DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Users'
`

/** A function that is given an id, an email and a body; its first line is line 7. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, email: string, body: Record<string, unknown>) {\n${body}\n}\n${rest}`

const get = 'const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))'
const query = `const { Items, Count } = await documents.send(new QueryCommand({ TableName, IndexName: 'byEmail', KeyConditionExpression: 'email = :email', ExpressionAttributeValues: { ':email': email } }))`
const scan = `const { Items = [] } = await documents.send(new ScanCommand({ TableName, FilterExpression: 'email = :email', ExpressionAttributeValues: { ':email': email } }))`

const put = (item = '{ id, email }', rest = ''): string =>
  `await documents.send(new PutCommand({ TableName, Item: ${item}${rest} }))`

const update = (rest = '', expression = 'SET title = :title'): string =>
  `await documents.send(new UpdateCommand({ TableName, Key: { id }, UpdateExpression: '${expression}', ExpressionAttributeValues: { ':title': body.title }${rest} }))`

const remove = `export async function remove(id: string) { await documents.send(new DeleteCommand({ TableName, Key: { id } })) }\n`

const created = (line: number, column = 26): string =>
  `${String(line)}:${String(column)}-${String(line)}:${String(column + 10)} PutCommand: This Put rests on the read in line 7 having found no such item in \`Users\`, but has no condition (run): two requests at once both find none, and the second overwrites the first.`

const claimed = (line: number, column = 26): string =>
  `${String(line)}:${String(column)}-${String(line)}:${String(column + 10)} PutCommand: \`email\` is looked up in index \`byEmail\` of \`Users\` in line 7 before this Put (run): two requests at once both find none, and both write. An index can never guarantee that a value is unique; a second item with the value as its key, put in the same transaction with a condition, can.`

const changed = (line: number, column = 26): string =>
  `${String(line)}:${String(column)}-${String(line)}:${String(column + 13)} UpdateCommand: This Update rests on the read in line 7 having found the item in \`Users\`, but has no condition (run): if it is deleted in between, the Update brings back a part of it, with what it sets and nothing else.`

describe('an item is created where a read by its key found none', () => {
  const ways: Record<string, string> = {
    'thrown where it is there': `${get}\nif (Item) throw new Error('There is one.')\n${put()}`,
    'answered where it is there': `${get}\nif (Item) return { statusCode: 409 }\n${put()}`,
    'compared with undefined': `${get}\nif (Item !== undefined) return null\n${put()}`,
    'compared with null': `${get}\nif (Item != null) return null\n${put()}`,
    'by its type': `${get}\nif (typeof Item !== 'undefined') return null\n${put()}`,
    'turned into a boolean': `${get}; const isThere = !!Item\nif (isThere) return null\n${put()}`,
    'turned into a boolean by a function': `${get}; const isThere = Boolean(Item)\nif (isThere === true) return null\n${put()}`,
    'held in a flag': `${get}; let isThere = false; if (Item) isThere = true\nif (isThere) return null\n${put()}`,
    'by how many attributes it has': `${get}\nif (Object.keys(Item ?? {}).length > 0) return null\n${put()}`,
  }
  it.each(Object.entries(ways))('%s', (_, body) => {
    expect(reports(run(body))).toEqual([created(9)])
  })

  const inPlace: Record<string, readonly [string, number]> = {
    'in a branch': [`${get}\nif (!Item) ${put()}`, 37],
    'in the other branch': [`${get}\nif (Item) { console.log('known') } else ${put()}`, 66],
    'behind an operator': [`${get}\nItem || (${put()})`, 35],
    'in a conditional': [`${get}\nreturn Item ? Item : ${put()}`, 47],
    'in a switch of its own': [`${get}\nif (!Item) switch (body.kind) { case 'a': ${put()} }`, 68],
  }
  it.each(Object.entries(inPlace))('%s', (_, [body, column]) => {
    expect(reports(run(body))).toEqual([created(8, column)])
  })

  const helpers: Record<string, string> = {
    'asked in a function': `if (await exists(id)) return null\n\n${put()}`,
    'refused in a function': `await assertFree(id)\n\n${put()}`,
    'refused in a function that another one calls': `await validate(id)\n\n${put()}`,
    'loaded by a function that throws': `try { await load(id); return null } catch {}\n\n${put()}`,
    'told in an object': `const { free } = await check(id); if (!free) return null\n\n${put()}`,
    'mapped by a function': `const user = await find(id); if (user) return null\n\n${put()}`,
  }
  const rest = program`
    async function fetch(id) {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
      return Item
    }
    const exists = async (id) => (await fetch(id)) !== undefined
    async function assertFree(id) {
      if (await fetch(id)) throw new Error('There is one.')
    }
    async function validate(id) {
      if (!id) throw new Error('No id.')
      await assertFree(id)
    }
    async function load(id) {
      const item = await fetch(id)
      if (!item) throw new Error('There is none.')
      return item
    }
    async function check(id) {
      if (!id) return { free: false }
      const item = await fetch(id)
      if (item) return { free: false, item }
      return { free: true }
    }
    async function find(id) {
      const item = await fetch(id)
      return item ? { id: item.id, email: item.email } : null
    }
  `
  it.each(Object.entries(helpers))('%s', (_, body) => {
    expect(reports(run(body, rest))).toEqual([created(9)])
  })

  it('asked for in a branch that is left early, and written after it', () => {
    const body = `if (body.checked) { ${get.replace('const', 'const')}; if (Item) return null }\n\n${put()}`
    expect(reports(run(body))).toEqual([created(9)])
  })

  it('left early for one reason or another, not by what was read', () => {
    const body = `if (body.checked) { ${get}; if (body.strict) { if (Item) return null } }\n\n${put()}`
    expect(reports(run(body))).toEqual([])
  })

  it('a lock that expires', () => {
    const body = `${get}\nif (Item) throw new Error('Locked.')\n${put('{ id, expires: Math.floor(Date.now() / 1000) + 3600 }')}`
    expect(reports(run(body))).toEqual([created(9)])
  })

  it('updated where it was not there', () => {
    expect(reports(run(`${get}\nif (!Item) ${update()}`))).toMatchInlineSnapshot(`
      [
        "8:37-8:50 UpdateCommand: This Update rests on the read in line 7 having found no such item in \`Users\`, but has no condition (run): two requests at once both find none, and the second overwrites the first.",
      ]
    `)
  })

  it('put in a transaction of which nothing has a condition', () => {
    const body = program`
      ${get}
      if (Item) throw new Error('There is one.')
      await documents.send(
        new lib.TransactWriteCommand({
          TransactItems: [
            { Put: { TableName, Item: { id, email } } },
            { Put: { TableName: 'Log', Item: { id: body.log } } },
          ],
        }),
      )
    `
    expect(reports(run(body))).toMatchInlineSnapshot(`
      [
        "10:7-10:31 lib.TransactWriteCommand: This Put rests on the read in line 7 having found no such item in \`Users\`, but has no condition (run): two requests at once both find none, and the second overwrites the first.",
      ]
    `)
  })

  it('put by a batch', () => {
    const body = `${get}\nif (Item) return null\nawait documents.send(new lib.BatchWriteCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: { id } } }] } }))`
    expect(reports(run(body))).toMatchInlineSnapshot(`
      [
        "9:26-9:47 lib.BatchWriteCommand: This Put rests on the read in line 7 having found no such item in \`Users\`, but has no condition (run): two requests at once both find none, and the second overwrites the first.",
      ]
    `)
  })

  it('asked for by a Query of its whole key', () => {
    const code = run(program`
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'PK = :pk AND SK = :sk',
          ExpressionAttributeValues: { ':pk': id, ':sk': email },
        }),
      )
      if (Items.length > 0) throw new Error('There is one.')
      await documents.send(new PutCommand({ TableName, Item: { PK: id, SK: email, title: body.title } }))
    `)
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "15:26-15:36 PutCommand: This Put rests on the read in line 8 having found no such item in \`Users\`, but has no condition (run): two requests at once both find none, and the second overwrites the first.",
      ]
    `)
  })

  it('SDK v3, low level', () => {
    const code = program`
      import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
      import { marshall } from '@aws-sdk/util-dynamodb'

      const client = new DynamoDBClient({})
      const TableName = process.env.USERS_TABLE

      export async function handler(event: { body: string }) {
        const user = JSON.parse(event.body)
        const found = await client.send(
          new GetItemCommand({ TableName, Key: { email: { S: user.email } } }),
        )
        if (found.Item) return { statusCode: 409 }
        await client.send(
          new PutItemCommand({ TableName, Item: { email: { S: user.email }, name: { S: user.name } } }),
        )
        return { statusCode: 201 }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "14:9-14:23 PutItemCommand: This Put rests on the read in line 10 having found no such item in \`USERS_TABLE\`, but has no condition (handler): two requests at once both find none, and the second overwrites the first.",
      ]
    `)
  })

  it('SDK v2, callbacks', () => {
    const code = program`
      const AWS = require('aws-sdk')

      const documents = new AWS.DynamoDB.DocumentClient()

      exports.create = (user, done) => {
        documents.get({ TableName: 'Users', Key: { email: user.email } }, (error, data) => {
          if (error) return done(error)
          if (data.Item) return done(new Error('There is one.'))
          documents.put({ TableName: 'Users', Item: { email: user.email, name: user.name } }, done)
        })
      }
    `
    expect(reports(code, { filename: 'src/users.js' })).toMatchInlineSnapshot(`
      [
        "9:15-9:18 put: This Put rests on the read in line 6 having found no such item in \`Users\`, but has no condition (create): two requests at once both find none, and the second overwrites the first.",
      ]
    `)
  })

  it('SDK v2, promises with then', () => {
    const code = program`
      const AWS = require('aws-sdk')

      const documents = new AWS.DynamoDB.DocumentClient()

      exports.create = (user) =>
        documents
          .get({ TableName: 'Users', Key: { email: user.email } })
          .promise()
          .then(({ Item }) => {
            if (Item) throw new Error('There is one.')
            return documents.put({ TableName: 'Users', Item: { email: user.email } }).promise()
          })
    `
    expect(reports(code, { filename: 'src/users.js' })).toMatchInlineSnapshot(`
      [
        "11:24-11:27 put: This Put rests on the read in line 7 having found no such item in \`Users\`, but has no condition (create): two requests at once both find none, and the second overwrites the first.",
      ]
    `)
  })

  it('methods of one class', () => {
    const code = program`
      import { DynamoDB } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'

      export class Players {
        private readonly documents = DynamoDBDocument.from(new DynamoDB({}))

        async get(round: string, name: string) {
          const { Item } = await this.documents.get({ TableName: 'Players', Key: { round, name } })
          return Item ?? null
        }

        async register(input: { round: string; name: string; pin: string }) {
          const name = input.name.trim()
          if ((await this.get(input.round, name)) !== null) throw new Error('Taken.')
          await this.documents.put({
            TableName: 'Players',
            Item: { round: input.round, name, pin: input.pin },
          })
        }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "15:26-15:29 put: This Put rests on the read in line 14 having found no such item in \`Players\`, but has no condition (Players.register): two requests at once both find none, and the second overwrites the first.",
      ]
    `)
  })

  it('a wrapper of the project is reported where it is filled in', () => {
    const code = run(
      program`
        const known = await getItem('Users', { id })
        if (known) throw new Error('There is one.')
        await putItem('Users', { id, email })
      `,
      program`
        async function withRetry(work) {
          return await work()
        }
        async function getItem(TableName, Key) {
          const { Item } = await withRetry(() => documents.send(new GetCommand({ TableName, Key })))
          return Item ? Item : null
        }
        async function putItem(TableName, Item) {
          await withRetry(() => documents.send(new PutCommand({ TableName, Item })))
        }
      `,
    )
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "9:7-9:14 putItem: This Put rests on the read in line 7 having found no such item in \`Users\`, but has no condition (withRetry ← putItem ← run): two requests at once both find none, and the second overwrites the first.",
      ]
    `)
  })
})

describe('something is written where nothing was found by an attribute', () => {
  const ways: Record<string, string> = {
    'how many there are': `${query}\nif (Items.length > 0) throw new Error('Taken.')\n${put()}`,
    'whether there are any': `${query}\nif (Items?.length) throw new Error('Taken.')\n${put()}`,
    'a list, and not an empty one': `${query}\nif (Items && Items.length !== 0) return null\n${put()}`,
    Count: `${query}\nif (Count && Count >= 1) return null\n${put()}`,
    'Count, turned round': `${query}\nif (0 < Count) return null\n${put()}`,
    'the first': `${query}\nif (Items?.[0]) return null\n${put()}`,
    'the first, by destructuring': `${query}; const [first] = Items ?? []\nif (first) return null\n${put()}`,
    'some of them': `${query}\nif (Items.some((item) => item.email === email)) return null\n${put()}`,
    'one of them': `${query}\nif (Items.find((item) => item.email.toLowerCase() === email.toLowerCase())) return null\n${put()}`,
    'a place in the list': `${query}\nif (Items.findIndex((item) => item.email === email) !== -1) return null\n${put()}`,
    'those that are picked': `${query}; const same = Items.filter((item) => item.email === email)\nif (same.length) return null\n${put()}`,
    'another one than this': `${query}; const other = Items?.[0]\nif (other && other.id !== id) return null\n${put()}`,
  }
  it.each(Object.entries(ways))('asks for %s', (_, body) => {
    expect(reports(run(body))).toEqual([claimed(9)])
  })

  it('through a repository', () => {
    const rest = program`
      async function findByEmail(email) {
        const { Items } = await documents.send(new QueryCommand({ TableName, IndexName: 'byEmail', KeyConditionExpression: 'email = :email', ExpressionAttributeValues: { ':email': email } }))
        return (Items ?? []).map((item) => ({ id: item.id, email: item.email }))
      }
    `
    const body = `const found = await findByEmail(email)\nif (found.length > 0) throw new Error('Taken.')\n${put()}`
    expect(reports(run(body, rest))).toEqual([claimed(9)])
  })

  it('through a wrapper that reads all pages', () => {
    const rest = program`
      async function all(request) {
        const items = []
        let ExclusiveStartKey
        do {
          const page = await documents.send(new QueryCommand({ ...request, ExclusiveStartKey }))
          items.push(...(page.Items ?? []))
          ExclusiveStartKey = page.LastEvaluatedKey
        } while (ExclusiveStartKey)
        return { Items: items, Count: items.length }
      }
      async function findByEmail(email) {
        const found = await all({ TableName, IndexName: 'byEmail', KeyConditionExpression: 'email = :email', ExpressionAttributeValues: { ':email': email } })
        return found.Items?.[0]
      }
    `
    const body = `const found = await findByEmail(email)\nif (found) throw new Error('Taken.')\n${put()}`
    expect(reports(run(body, rest))).toEqual([claimed(9)])
    const counted = rest.replace('Items?.[0]', 'Count > 0')
    expect(reports(run(body, counted))).toEqual([claimed(9)])
  })

  it('a partition of which the item is the only one', () => {
    const asked = `const { Items = [] } = await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'PK = :pk', ExpressionAttributeValues: { ':pk': \`USER#\${email}\` } }))\nif (Items.length > 0) return null\n`
    const item = (sort: string): string =>
      `${asked}${put(`{ PK: \`USER#\${email}\`, SK: ${sort} }`)}`
    const keys = remove.replace('{ id }', "{ PK: id, SK: 'PROFILE' }")
    expect(reports(run(item("'PROFILE'"), keys))).toEqual([created(9)])
    expect(reports(run(item('id'), keys))).toMatchInlineSnapshot(`
      [
        "9:26-9:36 PutCommand: \`PK\` is looked up in \`Users\` in line 7 before this Put (run): two requests at once both find none, and both write. No Query can guarantee that a value is unique; a second item with the value as its key, put in the same transaction with a condition, can.",
      ]
    `)
  })

  it('a Scan', () => {
    const body = `${scan}\nif (Items.length > 0) return null\n${put()}`
    expect(reports(run(body))).toMatchInlineSnapshot(`
      [
        "9:26-9:36 PutCommand: \`email\` is looked up in \`Users\` in line 7 before this Put (run): two requests at once both find none, and both write. No Scan can guarantee that a value is unique; a second item with the value as its key, put in the same transaction with a condition, can.",
      ]
    `)
  })

  it('a list of which the code picks one', () => {
    const body = program`
      const { Items = [] } = await documents.send(
        new QueryCommand({ TableName, KeyConditionExpression: 'team = :team', ExpressionAttributeValues: { ':team': body.team } }),
      )
      const taken = Items.find((member) => member.name === body.name)
      if (taken) throw new Error('Taken.')
      await documents.send(new PutCommand({ TableName, Item: { team: body.team, id, name: body.name } }))
    `
    expect(reports(run(body))).toMatchInlineSnapshot(`
      [
        "12:26-12:36 PutCommand: \`name\` and \`team\` are looked up in \`Users\` in line 8 before this Put (run): two requests at once both find none, and both write. No Query can guarantee that a value is unique; a second item with the value as its key, put in the same transaction with a condition, can.",
      ]
    `)
    const otherwise = body.replace('member.name === body.name', 'isRetired(member)')
    expect(reports(run(otherwise))).toEqual([])
    const anotherName = body.replace('name: body.name }', 'name: body.nick }')
    expect(reports(run(anotherName))).toEqual([])
  })

  it('an Update that sets what was looked for', () => {
    const body = `${query}\nif (Items.length > 0) return null\nawait documents.send(new UpdateCommand({ TableName, Key: { id }, UpdateExpression: 'SET email = :email', ExpressionAttributeValues: { ':email': email } }))`
    expect(reports(run(body))).toMatchInlineSnapshot(`
      [
        "9:26-9:39 UpdateCommand: \`email\` is looked up in index \`byEmail\` of \`Users\` in line 7 before this Update (run): two requests at once both find none, and both write. An index can never guarantee that a value is unique; a second item with the value as its key, put in the same transaction with a condition, can.",
      ]
    `)
  })

  const silent: Record<string, string> = {
    'the item has another value': `${query}\nif (Items.length > 0) return null\n${put('{ id, email: body.email }')}`,
    'the item is of another kind': `const { Items } = await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'PK = :pk AND begins_with(SK, :ban)', ExpressionAttributeValues: { ':pk': id, ':ban': 'BAN#' } }))\nif (Items.length > 0) return null\n${put('{ PK: id, SK: `POST#${email}` }')}`,
    'the item is of another kind, as a filter says': `const { Items } = await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'PK = :pk', FilterExpression: 'kind = :kind', ExpressionAttributeValues: { ':pk': id, ':kind': 'ban' } }))\nif (Items.length > 0) return null\n${put("{ PK: id, SK: email, kind: 'post' }")}`,
    'what is looked for is always the same': `const { Items } = await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'kind = :kind', ExpressionAttributeValues: { ':kind': 'post' } }))\nif (Items.length > 0) return null\n${put("{ id, kind: 'post' }")}`,
    'another table': `${query}\nif (Items.length > 0) return null\n${put().replace('TableName', "TableName: 'Log'")}`,
    'a number of them is allowed': `${query}\nif (Items.length >= 5) return null\n${put()}`,
    'something was found': `${query}\nif (Items.length === 0) return null\n${put()}`,
    'the write is made either way': `${query}\nif (Items.length === 0) console.log('new')\n${put()}`,
    'the response is asked for, not the items': `${query.replace('{ Items, Count }', 'found')}\nif (!found) return null\n${put()}`,
    'the next page is asked for': `${query.replace('Count', 'LastEvaluatedKey')}\nif (LastEvaluatedKey) return null\n${put()}`,
  }
  it.each(Object.entries(silent))('silent: %s', (_, body) => {
    expect(reports(run(body))).toEqual([])
  })
})

describe('an item is changed where it was found', () => {
  const ways: Record<string, string> = {
    'thrown where it is missing': `${get}\nif (!Item) throw new Error('There is none.')\n${update()}`,
    'answered where it is missing': `${get}\nif (Item === undefined) return { statusCode: 404 }\n${update()}`,
    'counted up': `${get}\nif (!Item) return null\n${update('', 'ADD visits :title')}`,
  }
  it.each(Object.entries(ways))('%s', (_, body) => {
    expect(reports(run(body))).toEqual([changed(9)])
  })

  it('in a branch', () => {
    expect(reports(run(`${get}\nif (Item) ${update()}`))).toEqual([changed(8, 36)])
  })

  it('loaded by a function that throws', () => {
    const rest = program`
      async function load(id) {
        const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
        if (!Item) throw new Error('There is none.')
        return Item
      }
    `
    expect(reports(run(`await load(id)\n${update()}`, rest))).toEqual([changed(8)])
    // The failure is caught: the update is made either way.
    expect(reports(run(`try { await load(id) } catch {}\n${update()}`, rest))).toEqual([])
  })

  it('missing, or of somebody else: where such items are deleted', () => {
    const body = `${get}\nif (!Item || Item.owner !== email) return null\n${update()}`
    expect(reports(run(body))).toEqual([])
    expect(reports(run(body, remove))).toEqual([changed(9)])
  })

  it('read for more than that: where such items are deleted', () => {
    const body = `${get}\nif (!Item) throw new Error('There is none.')\n${update()}; return Item.title`
    expect(reports(run(body))).toEqual([])
    expect(reports(run(body, remove))).toEqual([changed(9)])
    expect(reports(run(body, remove.replace('TableName', "TableName: 'Log'")))).toEqual([])
    expect(reports(run(body, remove.replace('{ id }', '{ id, at: 1 }')))).toEqual([])
  })

  it('deleted are items of another kind', () => {
    const key = "{ PK: `USER#${id}`, SK: 'PROFILE' }"
    const body = `const { Item } = await documents.send(new GetCommand({ TableName, Key: ${key} }))\nif (!Item) return null\n${update().replace('{ id }', key)}; return Item.title`
    const code = (sort: string): string =>
      run(body, remove.replace('{ id }', `{ PK: \`USER#\${id}\`, SK: ${sort} }`))
    expect(reports(code("'PROFILE'"))).toHaveLength(1)
    expect(reports(code('id'))).toEqual([])
    expect(reports(code("'SETTINGS'"))).toEqual([])
    expect(reports(code('`ORDER#${id}`'))).toEqual([])
  })

  const lists: Record<string, readonly [string, string]> = {
    'a list of texts': ['Item.tags.includes(email)', 'tags'],
    'a list of maps': ['Item.members.some((member) => member.email === email)', 'members'],
    'a list in a map': [
      'Item.team.members.find((member) => member.email === email)',
      'team.members',
    ],
    'a place in a list': ['Item.tags.findIndex((tag) => tag === email) >= 0', 'tags'],
  }
  it.each(Object.entries(lists))('%s is searched, and appended to', (_, [test, list]) => {
    const append = update('', `SET ${list} = list_append(${list}, :title)`)
    expect(reports(run(`${get}\nif (${test}) return null\n${append}`))).toEqual([
      `9:26-9:39 UpdateCommand: \`${list}\` of the item that was read from \`Users\` in line 7 is searched before this Update appends to it with no condition (run): two requests at once both find nothing, and both append.`,
    ])
    expect(reports(run(`${get}\nif (!(${test})) return null\n${append}`))).toEqual([])
    const other = update('', 'SET other = list_append(other, :title)')
    expect(reports(run(`${get}\nif (${test}) return null\n${other}`))).toEqual([])
    const condition = `, ConditionExpression: 'NOT contains(${list}, :title)'`
    const guarded = update(condition, `SET ${list} = list_append(${list}, :title)`)
    expect(reports(run(`${get}\nif (${test}) return null\n${guarded}`))).toEqual([])
  })

  const rejected: Record<string, string> = {
    'a part of a map is set': 'SET info.title = :title',
    'a value is computed from what is there': 'SET visits = visits + :title',
    'a list is made longer': 'SET titles = list_append(titles, :title)',
    'something is removed': 'REMOVE title',
  }
  it.each(Object.entries(rejected))('silent where a missing item stays missing: %s', (_, text) => {
    expect(reports(run(`${get}\nif (!Item) return null\n${update('', text)}`))).toEqual([])
  })

  it('silent where pieces that are put together set a part of a map', () => {
    const code = (piece: string): string =>
      run(
        `${get}; if (!Item) return null; const parts: string[] = []; if (body.title) parts.push('${piece} = :title')\n\n${update().replace("'SET title = :title'", "`SET ${parts.join(', ')}`")}`,
      )
    expect(reports(code('title'))).toEqual([changed(9)])
    expect(reports(code('info.title'))).toEqual([])
  })

  it('put whole', () => {
    const body = `${get}\nif (!Item) return null\n${put('{ id, title: body.title }')}`
    expect(reports(run(body))).toMatchInlineSnapshot(`
      [
        "9:26-9:36 PutCommand: This Put rests on the read in line 7 having found the item in \`Users\`, but has no condition (run): if it is deleted in between, the Put brings back the item.",
      ]
    `)
  })

  it('once for two updates in a row', () => {
    const body = `${get}\nif (!Item) return null\n${update()}\n${update()}`
    expect(reports(run(body))).toEqual([changed(9)])
  })

  it('created where it is missing: only that is reported', () => {
    const body = `${get}\nif (Item) ${update()}\nelse ${put()}`
    expect(reports(run(body))).toEqual([created(9, 31)])
  })
})

describe('silent', () => {
  const silent: Record<string, string> = {
    'a condition': `${get}\nif (Item) return null\n${put('{ id, email }', ", ConditionExpression: 'attribute_not_exists(id)'")}`,
    'a condition that is given': `${get}\nif (Item) return null\n${put('{ id, email }', ', ConditionExpression: body.condition')}`,
    'a condition on some ways': `${get}\nif (Item) return null\n${put('{ id, email }', ", ...(body.safe && { ConditionExpression: 'attribute_not_exists(id)' })")}`,
    'anything may be added to the request': `${get}\nif (Item) return null\n${put('{ id, email }', ', ...body')}`,
    'the conditions of old': `${get}\nif (Item) return null\n${put('{ id, email }', ', Expected: { id: { Exists: false } }')}`,
    'an update with a condition': `${get}\nif (!Item) return null\n${update(", ConditionExpression: 'attribute_exists(id)'")}`,
    'a condition beside it in the transaction': `${query}\nif (Items.length > 0) return null\nawait documents.send(new lib.TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { id, email } } }, { Put: { TableName: 'Emails', Item: { email }, ConditionExpression: 'attribute_not_exists(email)' } }] }))`,
    'a check in the transaction': `${get}\nif (Item) return null\nawait documents.send(new lib.TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { id } } }, { ConditionCheck: { TableName: 'Teams', Key: { id }, ConditionExpression: 'attribute_exists(id)' } }] }))`,
    'a transaction of which not all is known': `${get}\nif (Item) return null\nawait documents.send(new lib.TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { id } } }, body.more] }))`,
    'nothing was asked': `${get}\n${put()}`,
    'nothing was read': put(),
    'another item': `${get}\nif (Item) return null\n${put('{ id: email }')}`,
    'a part of another item: a parent': `${get}\nif (!Item) return null\n${put('{ id: email, parent: id }')}`,
    'another table': `${get}\nif (Item) return null\n${put().replace('TableName', "TableName: 'Log'")}`,
    'a table that is not known': `${get}\nif (Item) return null\n${put().replace('TableName', 'TableName: body.table')}`,
    'only somebody else is kept out': `${get}\nif (Item?.owner !== email) return null\n${update()}`,
    'a delete': `${get}\nif (!Item) return null\nawait documents.send(new DeleteCommand({ TableName, Key: { id } }))`,
    'only what is missing is set': `${get}\nif (!Item) ${update('', 'SET title = if_not_exists(title, :title)')}`,
    'branches that exclude each other': `if (body.kind === 'a') { ${get}; if (Item) return null; return 1 }\n${put()}`,
    'asked and written in a loop of tries': `let key = id\nfor (;;) { const { Item } = await documents.send(new GetCommand({ TableName, Key: { id: key } })); if (!Item) break; key = String(Math.random()) }\n${put('{ id: body.id }')}`,
    'a switch': `${get}\nif (Item) await documents.send(new DeleteCommand({ TableName, Key: { id } }))\nelse ${put()}`,
    'a cache': `${get}\nif (Item) return Item.value\n${put('{ id, value: email, expires: Math.floor(Date.now() / 1000) + 3600 }')}`,
    'expired, or not there': `${get}\nif (Item && Item.until > Date.now()) return Item.value\n${put()}`,
  }
  it.each(Object.entries(silent))('%s', (_, body) => {
    expect(reports(run(body))).toEqual([])
  })

  it('a value derived from what was read: that is for no-unconditional-read-modify-write', () => {
    for (const body of [
      `${get}\nif (!Item) return null\n${put('{ ...Item, title: body.title }')}`,
      `${get}\nif (!Item) return null\nawait documents.send(new UpdateCommand({ TableName, Key: { id }, UpdateExpression: 'SET visits = :visits', ExpressionAttributeValues: { ':visits': Item.visits + 1 } }))`,
      `${get}\nif (!Item || Item.title !== 'draft') return null\n${update()}`,
    ]) {
      expect(reports(run(body))).toEqual([])
      expect(reportsOf('no-unconditional-read-modify-write', run(body))).toHaveLength(1)
    }
  })

  it.each(['scripts/seed.ts', 'src/migrations/users.ts', 'src/users.test.ts'])('%s', (filename) => {
    expect(reports(run(`${get}\nif (Item) return null\n${put()}`), { filename })).toEqual([])
  })
})
