/** `npm run update`: writes the generated files; a test expects this to change nothing. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from './generate.ts'
import { demoPicture } from './picture.ts'

const root = join(import.meta.dirname, '..')
const files = await generatedFiles(root)
files.set('docs/images/demo.svg', await demoPicture(root))
let changed = 0
for (const [path, text] of files) {
  const file = join(root, path)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  writeFileSync(file, text)
  console.log(`wrote ${path}`)
  changed += 1
}
console.log(changed === 0 ? 'Everything was up to date.' : `${changed} files written.`)
