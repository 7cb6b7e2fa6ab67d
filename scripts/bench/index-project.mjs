// What is known of one project's files, found out in one process: `node --expose-gc index-project.mjs <JSON>`.
import { readFileSync } from 'node:fs'
import { Linter } from 'eslint'

const { directory, file, parser, plugin: path, what } = JSON.parse(process.argv[2])
const { default: plugin } = await import(path)
const own = await import(parser)
const text = readFileSync(file, 'utf8')
const cpu = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000

globalThis.gc?.()
const heap = process.memoryUsage().heapUsed
const [startedWall, startedCpu] = [performance.now(), cpu()]
if (what === 'fingerprint') plugin.project(directory)
else {
  const linter = new Linter({ cwd: directory, configType: 'flat' })
  const rules = { 'dynamodb/no-scan-in-handler': 'error' }
  const config = {
    files: ['**/*.ts'],
    languageOptions: { parser: own },
    plugins: { dynamodb: plugin },
    rules,
  }
  const messages = linter.verify(text, [config], file)
  if (messages.length === 0 || messages.some(({ fatal }) => fatal))
    throw new Error('The Scan was not found.')
}
const [wall, used] = [performance.now() - startedWall, cpu() - startedCpu]
globalThis.gc?.()
const kilobytes = (process.memoryUsage().heapUsed - heap) / 1024
process.stdout.write(JSON.stringify({ wall, cpu: used, kilobytes }))
