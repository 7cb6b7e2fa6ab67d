// One application linted in one process, from its start: `node lint-app.mjs <JSON>`. Plain JavaScript, so that nothing
// but what is measured is loaded.
import { readFileSync } from 'node:fs'
import { ESLint } from 'eslint'

const { directory, list, parser, plugin, rules, idle } = JSON.parse(process.argv[2])
const files = JSON.parse(readFileSync(list, 'utf8'))
const configs = {
  none: () => [],
  nothing: () => {
    const ids = Array.from({ length: idle }, (_, index) => `rule-${index}`)
    const rules = Object.fromEntries(ids.map((id) => [id, { create: () => ({}) }]))
    return [
      {
        plugins: { idle: { rules } },
        rules: Object.fromEntries(ids.map((id) => [`idle/${id}`, 2])),
      },
    ]
  },
  dynamodb: async () => [(await import(plugin)).default.configs.strict],
  'typescript-eslint': async () => (await import('typescript-eslint')).default.configs.recommended,
  'import-x no-cycle': async () => {
    const { flatConfigs, rules } = (await import('eslint-plugin-import-x')).default
    const { settings } = flatConfigs.typescript
    return [
      { plugins: { 'import-x': { rules } }, settings, rules: { 'import-x/no-cycle': 'error' } },
    ]
  },
  sonarjs: async () => [(await import('eslint-plugin-sonarjs')).configs.recommended],
}
const eslint = new ESLint({
  cwd: directory,
  overrideConfigFile: true,
  overrideConfig: [
    ...(await configs[rules]()),
    {
      files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'],
      languageOptions: { parser: await import(parser) },
      linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true },
    },
  ],
  ignore: false,
})
const results = await eslint.lintFiles(files)
const { user, system } = process.cpuUsage()
process.stdout.write(
  JSON.stringify({
    files: results.length,
    wall: performance.now(),
    cpu: (user + system) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
)
