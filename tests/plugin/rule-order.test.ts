/** What a rule says must not depend on which rules ran before it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Linter } from 'eslint'
import { globSync } from 'tinyglobby'
import { expect, it } from 'vitest'
import plugin from '../../src/index.ts'
import * as parser from '../../src/parser/index.ts'
import { rules } from '../../src/plugin/rules.ts'
import { readHead } from '../support/carets.ts'
import { folderWith } from '../support/folder.ts'
import { program } from '../support/reports.ts'

type Files = Readonly<Record<string, string>>

const ids = Object.keys(rules)

interface Configured {
  readonly options?: Readonly<Record<string, readonly unknown[]>>
  readonly settings?: unknown
}

/** What some rules say of files that nobody has looked at before, in this order of rules. */
function said(
  files: Files,
  order: readonly string[],
  { options = {}, settings }: Configured = {},
): readonly string[] {
  const folder = folderWith({ 'package.json': '{ "workspaces": [] }', ...files })
  const linter = new Linter({ cwd: folder, configType: 'flat' })
  const config: Linter.Config = {
    files: ['**/*.{ts,js}'],
    languageOptions: { parser },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    plugins: { dynamodb: plugin },
    rules: Object.fromEntries(
      order.map((id) => [`dynamodb/${id}`, ['error', ...(options[id] ?? [])]]),
    ),
    ...(settings === undefined ? {} : { settings: { dynamodb: settings } }),
  }
  const messages = Object.entries(files).flatMap(([file, text]) =>
    linter
      .verify(text, [config], join(folder, file))
      .map(({ ruleId, line, message }) => `${file}:${String(line)} ${String(ruleId)} ${message}`),
  )
  return messages.sort()
}

const scenarioFolder = join(import.meta.dirname, '../scenarios')
const scenarios = globSync('*.{ts,js}', { cwd: scenarioFolder, ignore: ['*.test.ts'] }).sort()

it.each(scenarios)('the same of %s, forwards, backwards and alone', (name) => {
  const code = readFileSync(join(scenarioFolder, name), 'utf8')
  const { filename = `src/${name}`, ...configured } = readHead(code)
  const files = { [filename]: code }
  const forwards = said(files, ids, configured)
  expect(said(files, ids.toReversed(), configured)).toEqual(forwards)
  const speaking = ids.filter((id) => forwards.some((line) => line.includes(` dynamodb/${id} `)))
  expect(speaking.flatMap((id) => said(files, [id], configured)).sort()).toEqual(forwards)
})

const paging = {
  'layer.js': program`
    const { DynamoDBClient, QueryCommand } = require('@aws-sdk/client-dynamodb')
    const { unmarshall } = require('@aws-sdk/util-dynamodb')
    const client = new DynamoDBClient({})
    async function ask(query, isOnePage = false) {
      let found = []
      let page = []
      const command = new QueryCommand(query)
      do {
        if (page?.LastEvaluatedKey) command.input.ExclusiveStartKey = page.LastEvaluatedKey
        page = await client.send(command)
        found = found.concat(page.Items.map((item) => unmarshall(item)))
      } while (page?.LastEvaluatedKey && !isOnePage)
      return isOnePage ? { LastEvaluatedKey: page.LastEvaluatedKey, found } : found
    }
    const of = (pk) => ask({
      TableName: process.env.TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
    })
    module.exports = { of }
  `,
  'handler.js': program`
    const { of } = require('./layer')
    exports.handler = async (event) => {
      const parks = await of('park')
      let huts = []
      for (let i = 0; i < parks.length; i++) huts = huts.concat(await of('hut#' + parks[i].sk))
      return { statusCode: 200, body: JSON.stringify(huts.filter(({ sk }) => sk === event.pathParameters.hut)) }
    }
  `,
}

it('the same of a list that a helper fills page by page, whoever asks for it first', () => {
  const forwards = said(paging, ids)
  expect(forwards.some((line) => line.includes('dynamodb/no-n-plus-one'))).toBe(true)
  expect(ids.flatMap((id) => said(paging, [id])).sort()).toEqual(forwards)
  expect(said(paging, ids.toReversed())).toEqual(forwards)
  for (const id of ids)
    expect(
      said(paging, [id, 'no-n-plus-one']).filter(
        (line) => line.includes('one-by-one') || line.includes('no-n-plus-one'),
      ),
    ).toHaveLength(1)
})
