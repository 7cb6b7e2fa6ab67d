import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { globSync } from 'tinyglobby'
import { expect, it } from 'vitest'
import { readSettings } from '../../src/settings/settings.ts'
import { readFences } from '../support/fences.ts'

const root = join(import.meta.dirname, '../..')
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).sort()

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Anchors as GitHub makes them of headings. */
function anchors(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

it.each(pages)('%s links to pages and headings that are there', (path) => {
  const links = [...read(path).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = '']) => link)
  const broken = links.filter((link) => {
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : join(dirname(path), file)
    if (!existsSync(join(root, target))) return true
    return anchor !== undefined && !anchors(read(target)).includes(anchor)
  })
  expect(broken).toEqual([])
})

it.each(pages)('%s holds nothing of an unfinished merge', (path) => {
  expect(read(path)).not.toMatch(/<{7} |> > > > > > >|>{7} |={7}$/m)
})

it('the settings page shows every setting, and its example is right', () => {
  const page = read('docs/settings.md')
  const example = readFences(page).find(({ words }) => words.includes('settings'))
  const value: unknown = runInNewContext(`({${example?.code ?? ''}})`)
  const { settings, problems } = readSettings(value)
  expect(problems).toEqual([])
  const tables = [...settings.tables.values()]
  const fields = tables.flatMap((table) =>
    Object.entries(table).flatMap(([name, set]) => (set === undefined ? [] : [name])),
  )
  for (const name of new Set(fields)) {
    if (name === 'name') continue
    expect(page).toMatch(new RegExp(`\`tables\\.<name>\\.${name}[.<>\\w]*\``))
  }
  const [orders] = tables
  expect(Object.values(orders ?? {})).not.toContain(undefined)
  expect(tables.some(({ small }) => small)).toBe(true)
  expect(tables.some(({ runningNumbers }) => runningNumbers)).toBe(true)
})
