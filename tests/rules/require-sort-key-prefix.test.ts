import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const rule = 'require-sort-key-prefix'
const reports = (code: string, request?: Reported) => reportsOf(rule, code, request)

const settings = {
  tables: {
    Shop: {
      partitionKey: 'PK',
      sortKey: 'SK',
      indexes: { GSI1: { partitionKey: 'GSI1PK', sortKey: 'GSI1SK' } },
    },
  },
}

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Shop'
`

/** A function whose first line is line 6. */
const run = (body: string): string => `${head}export async function run(id: string) {\n${body}\n}\n`

const query = (condition: string, values: string, rest = ''): string =>
  `await documents.send(new QueryCommand({ TableName, KeyConditionExpression: '${condition}', ExpressionAttributeValues: { ':pk': \`USER#\${id}\`${values === '' ? '' : `, ${values}`} }${rest} }))`

const put = (item: string): string =>
  `await documents.send(new PutCommand({ TableName, Item: { PK: \`USER#\${id}\`, ${item} } }))`

const profile =
  'await documents.send(new GetCommand({ TableName, Key: { PK: id, SK: "PROFILE" } }))'
const order = put('SK: `ORDER#${id}`')

/** What is said of the only report, without its place. */
const said = (body: string, request?: Reported): string | undefined => {
  const found = reports(run(body), request)
  expect(found.length).toBeLessThanOrEqual(1)
  return found[0]?.split(/': |ies: /).at(-1)
}

describe('= against a bare prefix', () => {
  it('is told at the key condition', () => {
    expect(reports(run(query('PK = :pk AND SK = :sk', "':sk': 'REVIEW#'")))).toEqual([
      "6:76-6:99 'PK = :pk AND SK = :sk': `SK = :sk` compares the sort key of `Shop` with the prefix `REVIEW#` (run): no item has just this key, so nothing is found.",
    ])
  })

  it.each(["':sk': 'REVIEW|'", "':sk': 'REVIEW:'", "':sk': 'a/b/'", "':sk': `ORDER#${id}#`"])(
    '%s',
    (value) => {
      expect(said(query('PK = :pk AND SK = :sk', value))).toContain('compares the sort key')
    },
  )

  const silent: Record<string, string> = {
    'a whole key': query('PK = :pk AND SK = :sk', "':sk': 'PROFILE'"),
    'a key with something after the prefix': query('PK = :pk AND SK = :sk', "':sk': `ORDER#${id}`"),
    'a prefix that an item has as its key': `${put("SK: 'META#'")}\n${query('PK = :pk AND SK = :sk', "':sk': 'META#'")}`,
    'a prefix that a whole key names': `await documents.send(new GetCommand({ TableName, Key: { PK: id, SK: 'META#' } }))\n${query('PK = :pk AND SK = :sk', "':sk': 'META#'")}`,
    begins_with: query('PK = :pk AND begins_with(SK, :sk)', "':sk': 'REVIEW#'"),
    'the partition key': query('PK = :all', "':all': 'USER#'"),
    'a time': query('PK = :pk AND SK = :sk', "':sk': '10:'"),
  }
  it.each(Object.entries(silent))('says nothing of %s', (_, body) => {
    expect(reports(run(body), { settings })).toEqual([])
  })
})

describe('a range with an open end', () => {
  const open = (operator: string, value = "':sk': `ORDER#${id}`"): string =>
    query(`PK = :pk AND SK ${operator} :sk`, value)

  it('is told at the key condition', () => {
    expect(reports(run(`${profile}\n${open('>')}`))).toEqual([
      "7:76-7:99 'PK = :pk AND SK > :sk': `SK > :sk` has no bound where `ORDER#` ends (run): the range runs on into every other kind of item in the partition.",
    ])
  })

  it.each(['>', '>=', '<', '<='])('%s', (operator) => {
    expect(said(`${profile}\n${order}\n${open(operator)}`)).toContain(
      `\`SK ${operator} :sk\` has no`,
    )
  })

  it('the operands the other way round', () => {
    const body = query('PK = :pk AND :sk <= SK', "':sk': 'ORDER#2024'")
    expect(said(`${profile}\n${body}`)).toContain('`:sk <= SK` has no bound')
  })

  it('where nothing of the sort key is seen', () => {
    expect(said(open('>'))).toContain('has no bound where `ORDER#` ends')
  })

  const silent: Record<string, string> = {
    BETWEEN: `${profile}\n${query('PK = :pk AND SK BETWEEN :sk AND :end', "':sk': 'ORDER#1', ':end': 'ORDER#2'")}`,
    'a sort key that holds one kind': `${order}\n${open('>')}`,
    'a bare date': `${profile}\n${open('>', "':sk': '2024-02-01T10:00'")}`,
    'a value of the request': `${profile}\n${open('>', "':sk': id")}`,
    'an index of which nothing is seen': query(
      'GSI1PK = :pk AND GSI1SK > :sk',
      "':sk': `ORDER#${id}`",
      ", IndexName: 'GSI1'",
    ),
  }
  it.each(Object.entries(silent))('says nothing of %s', (_, body) => {
    expect(reports(run(body), { settings })).toEqual([])
  })
})

describe('a partition read for one kind of item', () => {
  const all = `const { Items = [] } = ${query('PK = :pk', '')}`
  const picked = (test: string): string => `${all}\nreturn Items.filter(${test})`

  it('is told at the key condition', () => {
    expect(reports(run(picked("(item) => item.SK.startsWith('ORDER#')")))).toEqual([
      "6:99-6:109 'PK = :pk': This Query of `Shop` reads the whole partition, and the code keeps only `SK` beginning with `ORDER#` (run): the key condition can ask for these alone.",
    ])
  })

  const ways: Record<string, string> = {
    destructured: picked("({ SK }) => SK.startsWith('ORDER#')"),
    'with more to the test': picked("(item) => item.SK?.startsWith('ORDER#') && item.total > 5"),
    'as a function': picked("function (item) { return String(item.SK).startsWith('ORDER#') }"),
    'twice the same kind': `${all}\nconst big = Items.filter((i) => i.SK.startsWith('ORDER#') && i.total > 5)\nreturn [big, Items.some((i) => i.SK.startsWith('ORDER#'))]`,
    'after a test for emptiness': `${all}\nif (!Items || Items.length === 0) return []\nreturn Items.filter((i) => i.SK.startsWith('ORDER#')).map((i) => i.total)`,
    'and logged': `${all}\nconsole.log(Items)\nreturn Items.filter((i) => i.SK.startsWith('ORDER#'))`,
    'through the response': `const page = ${query('PK = :pk', '')}\nreturn (page.Items ?? []).filter((i) => i.SK.startsWith('ORDER#'))`,
    'over all pages': `let items: any[] = []\nlet start\ndo {\nconst page = ${query('PK = :pk', '', ', ExclusiveStartKey: start')}\nitems.push(...(page.Items ?? []))\nstart = page.LastEvaluatedKey\n} while (start)\nreturn items.filter((i) => i.SK.startsWith('ORDER#'))`,
  }
  it.each(Object.entries(ways))('%s', (_, body) => {
    expect(said(body)).toContain('keeps only `SK` beginning with `ORDER#`')
  })

  it('a kind that has one item', () => {
    const body = `${all}\nreturn Items.find((item) => item.SK === 'PROFILE')`
    expect(said(body)).toContain('keeps only `SK` = `PROFILE`')
  })

  it('by an attribute that goes with the sort key', () => {
    const stored = put("SK: `ORDER#${id}`, type: 'Order'")
    const other = put("SK: 'PROFILE', type: 'User'")
    expect(said(`${stored}\n${other}\n${picked("(i) => i.type === 'Order'")}`)).toContain(
      'keeps only `SK` beginning with `ORDER#`',
    )
  })

  it('in the filter', () => {
    const body = query(
      'PK = :pk',
      "':type': 'Note'",
      ", FilterExpression: '#t = :type', ExpressionAttributeNames: { '#t': 'type' }",
    )
    const stored = put("SK: `NOTE#${id}`, type: 'Note'")
    expect(reports(run(`${stored}\n${body}`))).toEqual([
      "7:76-7:86 'PK = :pk': This Query of `Shop` reads the whole partition, and the filter `#t = :type` keeps only `SK` beginning with `NOTE#` (run): the key condition can ask for these alone.",
    ])
  })

  it('leaves a filter by a known sort key, which is rejected, to no-filter-for-key', () => {
    const body = query('PK = :pk', "':key': 'META'", ", FilterExpression: 'SK = :key'")
    const stored = put("SK: 'META'")
    expect(reports(run(`${stored}\n${body}`))).toHaveLength(1)
    expect(reports(run(`${stored}\n${body}`), { settings })).toEqual([])
  })

  const filtered = query('PK = :pk', "':type': 'Note'", ", FilterExpression: 'kind = :type'")
  const silent: Record<string, string> = {
    'every kind used': `${all}\nreturn { profile: Items.find((i) => i.SK === 'PROFILE'), orders: Items.filter((i) => i.SK.startsWith('ORDER#')) }`,
    'items that are given away': `${all}\nconst orders = Items.filter((i) => i.SK.startsWith('ORDER#'))\nreturn { orders, all: Items }`,
    'items that are counted': `${all}\nconst orders = Items.filter((i) => i.SK.startsWith('ORDER#'))\nreturn orders.length / Items.length`,
    'items that are gone through': `${all}\nfor (const item of Items) console.log(item)\nreturn Items.filter((i) => i.SK.startsWith('ORDER#'))`,
    'a Count': `const { Items = [], Count } = ${query('PK = :pk', '')}\nconsole.log(Count)\nreturn [Items.filter((i) => i.SK.startsWith('ORDER#')), Count]`,
    'all but one kind': picked("(item) => !item.SK.startsWith('ORDER#')"),
    'one kind or another': picked("(i) => i.SK.startsWith('ORDER#') || i.SK.startsWith('NOTE#')"),
    'another attribute': picked("(item) => item.name.startsWith('ORDER#')"),
    'a text without a kind': picked("(item) => item.SK.startsWith('2024-01')"),
    'a type that nothing links with the sort key': picked("(item) => item.type === 'Order'"),
    'a type, where the partition is seen to hold one kind': `${put("SK: `ORDER#${id}`, type: 'Order'")}\n${picked("(i) => i.type === 'Order'")}`,
    'a type, where the other kind lies in other partitions': `${put("SK: `ORDER#${id}`, type: 'Order'")}\n${put("SK: 'PROFILE', type: 'User'").replace('USER#', 'ACCOUNT#')}\n${picked("(i) => i.type === 'Order'")}`,
    'a filter of an index that is seen to hold one kind': `${put("GSI1PK: 'STATUS#new', GSI1SK: `ORDER#${id}`, kind: 'Note'")}\n${filtered.replaceAll('PK =', 'GSI1PK =').replace('TableName', "TableName, IndexName: 'GSI1'")}`,
    'a type that two kinds have': `${put("SK: `ORDER#${id}`, type: 'Order'")}\n${put("SK: `LINE#${id}`, type: 'Order'")}\n${picked("(i) => i.type === 'Order'")}`,
    'a kind that two types have': `${put("SK: `DOC#${id}`, kind: 'Note'")}\n${put("SK: `DOC#${id}`, kind: 'Order'")}\n${filtered}`,
    'a filter that nothing links': filtered,
    'a condition on the sort key': `const { Items = [] } = ${query('PK = :pk AND begins_with(SK, :o)', "':o': 'ORDER#'")}\nreturn Items.filter((i) => i.SK.startsWith('ORDER#'))`,
    'a sort key of another index': `const { Items = [] } = ${query('GSI1PK = :pk', '', ", IndexName: 'GSI1'")}\nreturn Items.filter((i) => i.SK.startsWith('ORDER#'))`,
  }
  it.each(Object.entries(silent))('says nothing of %s', (_, body) => {
    expect(reports(run(body), { settings })).toEqual([])
  })

  it('at the caller that keeps one kind, where a wrapper reads all', () => {
    const code = `${head}${program`
      async function collection(id: string) {
        const page = await documents.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'PK = :pk',
            ExpressionAttributeValues: { ':pk': id },
          }),
        )
        return { items: page.Items ?? [], next: page.LastEvaluatedKey }
      }
      export async function orders(id: string) {
        const { items } = await collection(id)
        return items.filter((item) => item.SK.startsWith('ORDER#'))
      }
      export const everything = async (id: string) => (await collection(id)).items
    `}`
    expect(reports(code)).toEqual([
      '16:27-16:37 collection: This Query of `Shop` reads the whole partition, and the code keeps only `SK` beginning with `ORDER#` (collection ← orders): the key condition can ask for these alone.',
    ])
  })
})

describe('suggestion', () => {
  const offered = (body: string) => {
    const code = run(body)
    return mended(rule, code).map((one) => ({ title: one.title, lines: newLines(code, one) }))
  }

  it('begins_with for =', () => {
    expect(offered(query('PK = :pk AND SK = :sk', "':sk': 'REVIEW#'"))).toEqual([
      {
        title:
          'Use `begins_with(SK, :sk)`: finds the items that begin so, where nothing was found.',
        lines: [query('PK = :pk AND begins_with(SK, :sk)', "':sk': 'REVIEW#'")],
      },
    ])
  })

  it('BETWEEN for a range', () => {
    const title = (condition: string, more = ''): string =>
      `Use \`${condition}\`: other kinds of item are no longer read${more}.`
    const values = "':sk': `ORDER#${id}`"
    expect(offered(query('PK = :pk AND SK > :sk', values))).toEqual([
      {
        title: title('SK BETWEEN :sk AND :skEnd', '; an item that is equal to :sk is read too'),
        lines: [
          query('PK = :pk AND SK BETWEEN :sk AND :skEnd', `${values}, ':skEnd': 'ORDER#\\uffff'`),
        ],
      },
    ])
    expect(offered(query('PK = :pk AND SK <= :sk', values))).toEqual([
      {
        title: title('SK BETWEEN :skStart AND :sk'),
        lines: [
          query('PK = :pk AND SK BETWEEN :skStart AND :sk', `${values}, ':skStart': 'ORDER#'`),
        ],
      },
    ])
  })

  it('the prefix in the key condition', () => {
    const body = `const { Items = [] } = ${query('PK = :pk', '')}\nreturn Items.filter((item) => item.SK.startsWith('ORDER#'))`
    expect(offered(body)).toEqual([
      {
        title:
          'Add `begins_with(SK, :prefix)` with `ORDER#` to the key condition: only these items are read.',
        lines: [
          `const { Items = [] } = ${query('PK = :pk AND begins_with(SK, :prefix)', "':prefix': 'ORDER#'")}`,
        ],
      },
    ])
  })

  it('takes the place of the filter, and of what only the filter used', () => {
    const stored = put("SK: `NOTE#${id}`, type: 'Note'")
    const names = ", ExpressionAttributeNames: { '#t': 'type' }"
    const alone = query('PK = :pk', "':type': 'Note'", `, FilterExpression: '#t = :type'${names}`)
    const [first] = offered(`${stored}\n${alone}`)
    expect(first?.lines).toEqual([
      query('PK = :pk AND begins_with(SK, :prefix)', "':prefix': 'NOTE#'"),
    ])
    const more = query(
      'PK = :pk',
      "':type': 'Note', ':min': 3",
      ", FilterExpression: 'stars > :min AND kind = :type'",
    )
    const [second] = offered(`${stored.replace('type:', 'kind:')}\n${more}`)
    expect(second?.lines).toEqual([
      query(
        'PK = :pk AND begins_with(SK, :prefix)',
        "':prefix': 'NOTE#', ':min': 3",
        ", FilterExpression: 'stars > :min'",
      ),
    ])
  })

  it('leaves a request on lines of its own well formed', () => {
    const code = `${head}${program`
      export async function notes(id: string) {
        await documents.send(new PutCommand({ TableName, Item: { PK: id, SK: \`NOTE#\${id}\`, kind: 'Note' } }))
        return documents.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'PK = :pk',
            FilterExpression: 'kind = :note',
            ExpressionAttributeValues: { ':pk': id, ':note': 'Note' },
          }),
        )
      }
    `}`.replaceAll('\\', '')
    const [only] = mended(rule, code)
    expect(only?.code).toBe(
      code
        .replace("'PK = :pk'", "'PK = :pk AND begins_with(SK, :prefix)'")
        .replace("      FilterExpression: 'kind = :note',\n", '')
        .replace("':note': 'Note'", "':prefix': 'NOTE#'"),
    )
  })

  const withheld: Record<string, string> = {
    'the expression is a variable': `const condition = 'PK = :pk AND SK = :sk'\n${query('X', "':sk': 'REVIEW#'").replace("'X'", 'condition')}`,
    'the values are a variable': `const values = { ':pk': id, ':sk': 'REVIEW#' }\nawait documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'PK = :pk AND SK > :sk', ExpressionAttributeValues: values }))`,
    'the placeholder is taken': query('PK = :pk AND SK > :sk', "':sk': 'ORDER#1', ':skEnd': 1"),
  }
  it.each(Object.entries(withheld))('withheld: %s', (_, body) => {
    expect(offered(body)).toEqual([])
  })
})
