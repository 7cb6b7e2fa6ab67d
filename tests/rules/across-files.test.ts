/** An application whose wrappers, client and constants stand in files of their own. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { folderWith } from '../support/folder.ts'
import { lintFolder, type ReportInFile } from '../support/real-files.ts'

const fixture = join(import.meta.dirname, '../fixtures/bookings')
let folder: string

// Below `tests/` everything is taken for a test.
beforeAll(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'bookings-')), 'src')
  cpSync(fixture, folder, { recursive: true })
})
afterAll(() => rmSync(join(folder, '..'), { recursive: true }))

function shown(reports: readonly ReportInFile[]): string[] {
  return reports.map(
    ({ file, line, column, endLine, endColumn, message }) =>
      `${file}:${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)} ${message}`,
  )
}

it('a Scan is reported where the wrapper is called, and not in the wrapper', () => {
  expect(shown(lintFolder({ folder, rules: { 'no-scan-in-handler': [] } }))).toMatchInlineSnapshot(`
    [
      "handlers/list-bookings.ts:9:13-9:20 Scan of \`Bookings\` runs on each call of the Lambda handler (scanAll (data/store.ts:4) ← handler): it reads the whole table and drops what \`guest = :guest\` does not match.",
      "handlers/list-bookings.ts:10:13-10:20 Scan of \`Bookings\` runs on each call of the Lambda handler (scanAll (data/store.ts:4) ← handler): it reads the whole table.",
      "handlers/list-bookings.ts:11:33-11:37 Scan of \`Rooms\` runs on each call of the Lambda handler (handler): it reads the whole table.",
    ]
  `)
})

it('the cost of the table comes with it', () => {
  const settings = {
    tables: { Bookings: { partitionKey: 'bookingId', items: 1_000_000, averageItemBytes: 500 } },
  }
  const reports = lintFolder({ folder, rules: { 'no-scan-in-handler': [] }, settings })
  expect(shown(reports).filter((text) => text.includes('read units'))).toMatchInlineSnapshot(`
    [
      "handlers/list-bookings.ts:9:13-9:20 Scan of \`Bookings\` runs on each call of the Lambda handler (scanAll (data/store.ts:4) ← handler): it reads the first 1 MB of 477 MB and drops what \`guest = :guest\` does not match; all of it would be 61,036 read units or $0.0076 a call, $7,629 for a million calls.",
      "handlers/list-bookings.ts:10:13-10:20 Scan of \`Bookings\` runs on each call of the Lambda handler (scanAll (data/store.ts:4) ← handler): it reads the first 1 MB of 477 MB; all of it would be 61,036 read units or $0.0076 a call, $7,629 for a million calls.",
    ]
  `)
})

it('a lost update is reported where both ends meet', () => {
  const rules = { 'no-unconditional-read-modify-write': [] }
  expect(shown(lintFolder({ folder, rules }))).toMatchInlineSnapshot(`
    [
      "services/rooms.ts:10:9-10:17 The item read from \`Rooms\` in line 7 is put back changed with no condition (putItem (data/store.ts:20) ← saveRoom (data/rooms.ts:6) ← rename): what another request wrote in between is lost.",
      "services/rooms.ts:16:9-16:17 \`state\` of \`Bookings\`, read in line 14, decides about this write, but the write has no condition on it (setField (data/store.ts:24) ← book): another request can change it in between.",
      "services/rooms.ts:21:9-21:17 \`guests\` of \`Bookings\` is read in line 20, and a value derived from that is written back with no condition (setField (data/store.ts:24) ← addGuest): of two requests at once, one is lost.",
    ]
  `)
})

it.each([
  ['a default export', 'let config = {}', 'export default config', "import config from './config'"],
  [
    'an object of CommonJS',
    'const config = {}',
    'module.exports = { config }',
    "const { config } = require('./config')",
  ],
])(
  'what a file exports empty and fills later is not empty: %s',
  (_, declared, exported, imported) => {
    const load = `${declared}
async function load(secrets) { Object.keys(secrets).forEach((key) => { config[key] = secrets[key] }) }
${exported}`
    const get = `import { DynamoDB, GetItemCommand } from '@aws-sdk/client-dynamodb'
${imported}
const client = new DynamoDB({})
export const get = (id) => client.send(new GetItemCommand({ TableName: config.TABLE, Key: { id: { S: id } } }))`
    const files = folderWith({ '.git/HEAD': '', 'config.js': load, 'get.js': get })
    expect(lintFolder({ folder: files, rules: { 'valid-request': [] } })).toEqual([])
  },
)

it('a mail is seen in a file that says nothing of DynamoDB', () => {
  const folder = folderWith({
    'src/mail.ts': `
      import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'
      const client = new SESClient({})
      export async function sendAll(addresses: string[], text: string) {
        await Promise.all(
          addresses.map((to) => client.send(new SendEmailCommand({ Destination: to, Text: text }))),
        )
      }`,
    'src/news.ts': `
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { paginateScan } from '@aws-sdk/lib-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'
      import { sendAll } from './mail'
      const client = new DynamoDBClient({})
      export async function handler(event: APIGatewayProxyEvent) {
        const addresses: string[] = []
        for await (const page of paginateScan({ client }, { TableName: 'Subscribers' }))
          addresses.push(...page.Items.map(({ address }) => address))
        await sendAll(addresses, event.body)
        return { statusCode: 204 }
      }`,
  })
  expect(lintFolder({ folder, rules: { 'no-scan-in-handler': [] } })).toEqual([])
})
