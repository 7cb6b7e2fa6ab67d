import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const rule = 'no-unpadded-sort-key'
const reports = (code: string, request?: Reported) => reportsOf(rule, code, request)

const settings = {
  tables: {
    Games: {
      partitionKey: 'PK',
      sortKey: 'SK',
      indexes: { byScore: { partitionKey: 'game', sortKey: 'rank' } },
    },
  },
}

const head = program`
  import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const client = new DynamoDBClient({})
  const documents = DynamoDBDocumentClient.from(client)
`

/** A Query of the index by its order. */
const best = `
export const best = (game: string) => documents.send(new QueryCommand({ TableName: 'Games', IndexName: 'byScore', KeyConditionExpression: 'game = :g', ExpressionAttributeValues: { ':g': game }, ScanIndexForward: false }))
`

/** A function whose first line is line 6. */
const run = (body: string, reader = best): string =>
  `${head}export async function run(id: string, game: string, score: number, given: any) {\n${body}\n}\n${reader}`

const put = (rank: string): string =>
  `await documents.send(new PutCommand({ TableName: 'Games', Item: { PK: id, SK: 'GAME', game, rank: ${rank} } }))`

const known = (body: string, reader?: string): string[] => reports(run(body, reader), { settings })

describe('what counts', () => {
  const wrong: readonly string[] = [
    '`SCORE#${score}`',
    '`SCORE#${score}#${id}`',
    '`SCORE#${Number(given.score)}`',
    '`SCORE#${score + 1}`',
    '`SCORE#${score * 2}`',
    '`SCORE#${Math.round(given)}`',
    '`SCORE#${given.moves.length}`',
    '`SCORE#${String(score)}`',
    '`${score}`',
    'String(score)',
    'score.toString()',
  ]
  it.each(wrong)('%s', (rank) => {
    const [report, ...more] = known(put(rank))
    expect(more).toEqual([])
    expect(report).toContain(
      'Sort key `rank` of index `byScore` of `Games` holds a number as it is',
    )
  })

  const right: readonly string[] = [
    '`SCORE#${String(score).padStart(8, "0")}`',
    '`SCORE#${score.toString().padStart(8, "0")}`',
    '`SCORE#${pad(score)}`',
    '`SCORE#${given}`',
    '`SCORE#${given.score}`',
    '`SCORE#${id}#${score}`',
    '`AT#${Date.now()}`',
    '`AT#${new Date().getTime()}`',
    '`AT#${Math.floor(Date.now() / 1000)}`',
    '`AT#${Number.MAX_SAFE_INTEGER - Date.now()}`',
    '`AT#${9999999999999 - given.createdAt}`',
    '`AT#${new Date().toISOString()}`',
    '`SCORE#${score.toString(36)}`',
    '`SHARD#${score % 10}`',
    '`SHARD#${Math.floor(Math.random() * 10)}`',
    "'SCORE#5'",
    'score',
    'crypto.randomUUID()',
    "'v' + 1",
    'given + 1',
    '(`0000000${score}`).slice(-8)',
  ]
  it.each(right)('%s does not', (rank) => {
    expect(known(put(rank))).toEqual([])
  })

  it('numbers that are times by their names do not', () => {
    for (const name of ['createdAt', 'timestamp', 'epoch', 'year', 'ts']) {
      const code = run(put(`\`AT#\${${name}}\``)).replace('score: number', `${name}: number`)
      expect(reports(code, { settings }), name).toEqual([])
    }
  })

  it('a sum of two things of which one may be a text does not', () => {
    expect(known(put('`SCORE#${given + score}`'))).toEqual([])
  })

  it('an attribute that some update counts', () => {
    const body = program`
      const { Item: item } = await documents.send(new GetCommand({ TableName: 'Games', Key: { PK: id, SK: 'GAME' } }))
      await documents.send(new UpdateCommand({ TableName: 'Games', Key: { PK: id, SK: 'GAME' }, UpdateExpression: 'SET #r = :r', ExpressionAttributeNames: { '#r': 'rank' }, ExpressionAttributeValues: { ':r': \`SCORE#\${item.points}\` } }))
    `
      .replaceAll('\\`', '`')
      .replaceAll('\\$', '$')
    const count = `export const count = (id: string) => documents.send(new UpdateCommand({ TableName: 'Games', Key: { PK: id, SK: 'GAME' }, UpdateExpression: 'ADD points :one', ExpressionAttributeValues: { ':one': 1 } }))`
    expect(known(body)).toEqual([])
    expect(known(body, best + count)).toHaveLength(1)
    expect(known(body, best + count.replace('points', 'likes'))).toEqual([])
  })

  it('a number key of a low-level client does not', () => {
    const low = (rank: string): string =>
      `await client.send(new PutItemCommand({ TableName: 'Games', Item: { PK: { S: id }, SK: { S: 'GAME' }, game: { S: game }, rank: ${rank} } }))`
    expect(known(low('{ N: String(score) }'))).toEqual([])
    expect(known(low('{ S: String(score) }'))).toHaveLength(1)
  })

  it('the key that an update names does not', () => {
    const key =
      "await documents.send(new UpdateCommand({ TableName: 'Games', Key: { PK: id, SK: `ROUND#${score}` }, UpdateExpression: 'SET done = :t', ExpressionAttributeValues: { ':t': true } }))"
    const range =
      "export const rounds = (id: string) => documents.send(new QueryCommand({ TableName: 'Games', KeyConditionExpression: 'PK = :p', ExpressionAttributeValues: { ':p': id }, ScanIndexForward: false }))"
    expect(known(key, range)).toEqual([])
  })
})

describe('how it is read', () => {
  const query = (more: string): string =>
    `export const read = (game: string, from: string) => documents.send(new QueryCommand({ TableName: 'Games', IndexName: 'byScore', ${more} }))`
  const asked = (condition: string, values: string, more = ''): string =>
    query(
      `KeyConditionExpression: '${condition}', ExpressionAttributeValues: { ':g': game, ${values} }${more}`,
    )
  const body = put('`SCORE#${score}`')

  it('counts as a range', () => {
    expect(known(body, asked('game = :g AND rank > :f', "':f': from"))).toHaveLength(1)
    const named = ", ExpressionAttributeNames: { '#r': 'rank' }"
    expect(
      known(
        body,
        asked('game = :g AND #r BETWEEN :f AND :t', "':f': 'SCORE#1', ':t': 'SCORE#5'", named),
      ),
    ).toHaveLength(1)
  })

  it('does not count without an order', () => {
    expect(known(body, '')).toEqual([])
    expect(known(body, asked('game = :g', ''))).toEqual([])
    expect(known(body, asked('game = :g', '', ', Limit: 10'))).toEqual([])
    expect(known(body, asked('game = :g AND rank = :f', "':f': from"))).toEqual([])
    expect(known(body, asked('game = :g AND begins_with(rank, :f)', "':f': 'SCORE#'"))).toEqual([])
  })

  it('counts as a beginning with an order, if it is the same beginning', () => {
    const begins = (prefix: string): string =>
      asked('game = :g AND begins_with(rank, :f)', `':f': '${prefix}'`, ', ScanIndexForward: false')
    expect(known(body, begins('SCORE#'))).toHaveLength(1)
    expect(known(body, begins('PLAYER#'))).toEqual([])
  })

  it('counts for the index that is read', () => {
    expect(known(body, best.replace("IndexName: 'byScore', ", ''))).toEqual([])
    expect(known(body, best.replace("'Games'", "'Players'"))).toEqual([])
  })

  it('counts for partitions of the same kind', () => {
    const kind = (text: string): string => body.replace('game,', `game: \`${text}#\${game}\`,`)
    const reader = best.replace("':g': game", "':g': `GAME#${game}`")
    expect(known(kind('GAME'), reader)).toHaveLength(1)
    expect(known(kind('PLAYER'), reader)).toEqual([])
    expect(known(kind('GAME'))).toEqual([])
  })
})

it('says where it is read, and what the number is', () => {
  expect(known(put('`SCORE#${score}`'))).toEqual([
    '6:99-6:115 `SCORE#${score}`: Sort key `rank` of index `byScore` of `Games` holds a number as it is (`SCORE#${score}`) (run): as text, 10 comes before 9, and the Query in line 9 goes by that order.',
  ])
})

describe('suggestion', () => {
  const one = (rank: string): readonly string[] => {
    const code = run(put(rank))
    return mended(rule, code, { settings }).flatMap((each) => newLines(code, each))
  }

  const ways: readonly (readonly [rank: string, becomes: string])[] = [
    ['`SCORE#${score}`', "`SCORE#${String(score).padStart(10, '0')}`"],
    ['`SCORE#${score + 1}#${id}`', "`SCORE#${String(score + 1).padStart(10, '0')}#${id}`"],
    ['`SCORE#${String(score)}`', "`SCORE#${String(score).padStart(10, '0')}`"],
    ['String(score)', "String(score).padStart(10, '0')"],
    ['score.toString()', "score.toString().padStart(10, '0')"],
  ]
  it.each(ways)('%s', (rank, becomes) => {
    expect(one(rank)).toEqual([put(becomes)])
  })
})
