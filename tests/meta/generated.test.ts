import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { generatedFiles } from '../../scripts/generate.ts'

const root = join(import.meta.dirname, '../..')

it('`npm run update` would change nothing', async () => {
  const stale = [...(await generatedFiles(root))]
    .filter(([path, text]) => {
      const file = join(root, path)
      return !existsSync(file) || readFileSync(file, 'utf8') !== text
    })
    .map(([path]) => path)
  expect(stale).toEqual([])
})
