// Texts that change in an application that was linted before, as an editor has them: `node type-app.mjs <JSON>`. Plain
// JavaScript, so that nothing but what is measured is loaded.
import { readFileSync } from 'node:fs'
import { ESLint } from 'eslint'

const { directory, list, parser, plugin, typed, keys } = JSON.parse(process.argv[2])
const files = JSON.parse(readFileSync(list, 'utf8'))
const { default: dynamodb } = await import(plugin)
const { default: tseslint } = await import('typescript-eslint')
const own = await import(parser)
const ways = {
  none: [],
  dynamodb: [dynamodb.configs.strict],
  'typescript-eslint': tseslint.configs.recommended,
}
const cpu = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000
const linters = Object.entries(ways).map(([name, config]) => [
  name,
  new ESLint({
    cwd: directory,
    overrideConfigFile: true,
    overrideConfig: [
      ...config,
      {
        files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'],
        languageOptions: { parser: own },
        linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true },
      },
    ],
    ignore: false,
  }),
])
for (const [name, eslint] of linters) if (name !== 'none') await eslint.lintFiles(files)
const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]))
for (const filePath of typed) {
  const text = readFileSync(filePath, 'utf8')
  for (let key = 1; key <= keys; key += 1) {
    for (const [name, eslint] of linters) {
      // A person takes longer between two keys, and the plugin looks at the disk after a pause.
      await new Promise((resolve) => setTimeout(resolve, 120))
      const started = cpu()
      await eslint.lintText(`${text}\nexport const typed${key} = ${key}\n`, { filePath })
      times[name].push(cpu() - started)
    }
  }
}
process.stdout.write(JSON.stringify(times))
