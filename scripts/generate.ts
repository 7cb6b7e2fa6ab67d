/** The generated parts of the project: the rule list, the model of requests, the rules table, heads and feet of rule pages. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import type { DynamodbRule } from '../src/rule/create-rule.ts'
import { requestModel } from './request-model.ts'

const headEnd = '<!-- end of generated head -->'
const footStart = '<!-- start of generated foot -->'
const tableStart = '<!-- start of generated rules table -->'
const tableEnd = '<!-- end of generated rules table -->'

/**
 * Makes the text of every generated file, whole and formatted, from `rules/` and `package.json`.
 *
 * @param root directory of the project
 * @returns text by path relative to the root
 * @throws where a rule file does not export the rule that its name promises
 */
export async function generatedFiles(root: string): Promise<Map<string, string>> {
  const rules = await loadRules(root)
  const texts = new Map<string, string>()
  texts.set('src/plugin/rules.ts', ruleList([...rules.keys()]))
  texts.set('src/version.ts', versionFile(root))
  texts.set('src/requests/model.ts', requestModel(root))
  texts.set('README.md', withRulesTable(readFileSync(join(root, 'README.md'), 'utf8'), rules))
  for (const [id, rule] of rules) {
    const path = `docs/rules/${id}.md`
    const page = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : emptyPage
    texts.set(path, withHeadAndFoot(page, id, rule))
  }
  const formatted = new Map<string, string>()
  for (const [path, text] of texts) {
    const file = join(root, path)
    formatted.set(path, await format(text, { ...(await resolveConfig(file)), filepath: file }))
  }
  return formatted
}

/** The ids of the rules, by the files in `rules/`, in alphabetical order. */
export function ruleIds(root: string): string[] {
  return readdirSync(join(root, 'rules'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort()
}

async function loadRules(root: string): Promise<Map<string, DynamodbRule>> {
  const rules = new Map<string, DynamodbRule>()
  for (const id of ruleIds(root)) {
    const url = pathToFileURL(join(root, 'rules', `${id}.ts`)).href
    const { default: rule } = (await import(url)) as { default?: DynamodbRule }
    if (rule?.name !== id) {
      throw new Error(`rules/${id}.ts must export createRule({ name: '${id}', … }) by default.`)
    }
    rules.set(id, rule)
  }
  return rules
}

function ruleList(ids: readonly string[]): string {
  const binding = (id: string): string =>
    id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return [
    '// Written by `npm run update`. Do not edit.',
    "import type { DynamodbRule } from '../rule/create-rule.ts'",
    ...ids.map((id) => `import ${binding(id)} from '../../rules/${id}.ts'`),
    '',
    '/** Every rule by its id. */',
    'export const rules: Record<string, DynamodbRule> = {',
    ...ids.map((id) => `'${id}': ${binding(id)},`),
    '}',
  ].join('\n')
}

function versionFile(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  return [
    '// Written by `npm run update`. Do not edit.',
    '/** The version in package.json, as a constant: a JSON import would break `require`. */',
    `export const version = '${version}'`,
  ].join('\n')
}

function withRulesTable(readme: string, rules: ReadonlyMap<string, DynamodbRule>): string {
  const start = readme.indexOf(tableStart)
  const end = readme.indexOf(tableEnd)
  if (start === -1 || end < start) {
    throw new Error(`README.md must hold the lines ${tableStart} and ${tableEnd}.`)
  }
  const rows = [...rules].map(([id, { meta }]) => {
    const cells = [
      `[${id}](docs/rules/${id}.md)`,
      meta.docs.description.replace(/\.$/, ''),
      meta.docs.preset,
      offers(meta),
    ]
    return `| ${cells.join(' | ')} |`
  })
  const table = ['| Rule | What it finds | Preset | Offers |', '| --- | --- | --- | --- |', ...rows]
  return [readme.slice(0, start + tableStart.length), '', ...table, '', readme.slice(end)].join(
    '\n',
  )
}

function offers(meta: DynamodbRule['meta']): string {
  const kinds = [
    ...(meta.fixable === undefined ? [] : ['fix']),
    ...(meta.hasSuggestions === true ? ['suggestions'] : []),
  ]
  return kinds.join(', ')
}

const emptyPage = [headEnd, '', '## Incorrect', '', '## Correct', '', footStart].join('\n')

function withHeadAndFoot(page: string, id: string, { meta }: DynamodbRule): string {
  const presets = meta.docs.preset === 'strict' ? '`strict`' : '`recommended` and `strict`'
  const offered = offers(meta)
  const head = [
    `# ${id}`,
    '',
    meta.docs.description,
    '',
    `In ${presets} ([presets](../presets.md)).${offered === '' ? '' : ` Offers: ${offered}.`}`,
    '',
    headEnd,
  ]
  const foot = [
    footStart,
    '',
    '---',
    '',
    '[All rules](../../README.md#rules) · [Settings](../settings.md) · [Presets](../presets.md)',
  ]
  return [...head, bodyOf(page), ...foot].join('\n')
}

function bodyOf(page: string): string {
  const afterHead = page.includes(headEnd)
    ? page.slice(page.indexOf(headEnd) + headEnd.length)
    : page.replace(/^# .*\n/, '\n')
  const foot = afterHead.indexOf(footStart)
  return foot === -1 ? `${afterHead}\n` : afterHead.slice(0, foot)
}
