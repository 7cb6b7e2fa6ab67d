/** What rules say of the tables of Architect's runtime, which fills in their names. */
import { expect, it } from 'vitest'
import { folderWith } from '../support/folder.ts'
import { lintFolder } from '../support/real-files.ts'

const ARC = `@app
depot
@tables
parcels
  parcelId *String
  day **String
`
const HANDLER = `import arc from '@architect/functions'
export async function handler(event) {
  const data = await arc.tables()
  const parcel = await data.parcels.get({ parcelId: event.pathParameters.id })
  await data.parcels.put({ ...parcel, weight: parcel.weight + 1 })
  const { Items } = await data.parcels.query({
    KeyConditionExpression: 'parcelId = :p',
    ExpressionAttributeValues: { ':p': parcel.parcelId },
    ProjectionExpression: '#day, #weight',
    ExpressionAttributeNames: { '#day': 'day' },
  })
  const all = await data.parcels.scan()
  return { statusCode: 200, body: JSON.stringify({ Items, all }) }
}
`

it('checks keys, expressions, races and Scans', () => {
  const folder = folderWith({ '.git/HEAD': '', 'app.arc': ARC, 'src/http/get.mjs': HANDLER })
  const rules = {
    'valid-key': [],
    'valid-placeholders': [],
    'no-scan-in-handler': [],
    'no-unconditional-read-modify-write': [],
  }
  expect(
    lintFolder({ folder, rules })
      .map(
        ({ line, column, rule, message }) =>
          `${String(line)}:${String(column)} ${rule} ${message.replace(/(?: runs on|\)?[:.] ).*/, '')}`,
      )
      .sort(),
  ).toEqual([
    '12:34 no-scan-in-handler Scan of `parcels`',
    '4:41 valid-key `day` is missing',
    '5:22 no-unconditional-read-modify-write The item read from `parcels` in line 4 is put back changed with no condition (handler',
    '9:34 valid-placeholders `#weight` is not defined',
  ])
})
