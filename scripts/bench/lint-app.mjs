// One application linted in one process, from its start: `node lint-app.mjs <JSON>`. Plain JavaScript, so that nothing
// but what is measured is loaded.
import { readFileSync } from 'node:fs'
import { ESLint } from 'eslint'

const { directory, list, parser, plugin, rules } = JSON.parse(process.argv[2])
const files = JSON.parse(readFileSync(list, 'utf8'))
const eslint = new ESLint({
  cwd: directory,
  overrideConfigFile: true,
  overrideConfig: [
    ...(rules === 'typescript-eslint'
      ? (await import('typescript-eslint')).default.configs.recommended
      : []),
    ...(rules === 'dynamodb' ? [(await import(plugin)).default.configs.strict] : []),
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
