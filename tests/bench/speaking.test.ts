import { join } from 'node:path'
import { expect, it } from 'vitest'

import { speakingFiles } from '../../scripts/bench/speaking.ts'
import * as parser from '../../src/parser/index.ts'
import { analysisOf } from '../../src/rule/on-operations.ts'
import { folderWith } from '../support/folder.ts'

it('takes files that ask something of DynamoDB, by whatever they call', async () => {
  const texts = {
    'db.ts': `import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
const client = DynamoDBDocument.from(null)
export const read = (table, id) => client.get({ TableName: table, Key: { id } })
`,
    'maps.ts': "import { read } from './db'\nexport const map = (id) => read('Maps', id)\n",
    'names.ts': "import './db'\nexport const name = 'DynamoDB'\n",
    'maps.test.ts': "import { read } from './db'\nread('Maps', '1')\n",
  }
  const directory = folderWith({ 'package.json': '{}', ...texts })
  const files = Object.entries(texts).map(([name, text]) => ({ path: join(directory, name), text }))
  const setting = { directory, parser }
  const namesOf = async (most: number): Promise<string[]> => {
    const found = await speakingFiles({ analysisOf }, setting, files, most)
    return found.map(({ path }) => path.slice(directory.length + 1))
  }
  expect(await namesOf(12)).toEqual(['maps.ts'])
  expect(await namesOf(0)).toEqual([])
})
