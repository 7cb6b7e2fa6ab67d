/**
 * Run in a process of its own, as `main` or `worker`. For every hostile shape it lints the largest
 * text that is let through, parses the largest one that the guard lets through, and hands in one
 * far larger. Writes the shape's name before it is tried, so that a crash names its shape.
 */
import { writeSync } from 'node:fs'
import { isMainThread, Worker } from 'node:worker_threads'
import { Linter } from 'eslint'
import * as parser from '../../src/parser/index.ts'
import { guard } from '../../src/parser/guard.ts'
import { parseModule } from '../../src/parser/oxc.ts'
import { hostileShapes, type HostileShape } from './hostile-shapes.ts'

const linter = new Linter({ configType: 'flat' })

if (isMainThread && process.argv[2] === 'worker') {
  const script = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
    .then((tsx) => { tsx.register(); return import(${JSON.stringify(import.meta.url)}) })`
  new Worker(script, { eval: true })
} else {
  for (const shape of hostileShapes) {
    writeSync(1, `${shape.name}: `)
    const lintable = lint(shape, largest(shape, parses))
    const accepted = outcome(shape, largest(shape, passes))
    writeSync(1, `${lintable}, ${accepted}, ${outcome(shape, 300_000)}\n`)
  }
}

/** The largest size of the shape that has the property, if small ones have and large ones have not. */
function largest(shape: HostileShape, has: (text: string, filename: string) => boolean): number {
  let low = 1
  let high = 100_000
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (has(shape.build(middle), shape.filename)) low = middle
    else high = middle
  }
  return low
}

function passes(text: string, filename: string): boolean {
  return guard(text, { jsx: filename.endsWith('x') }).ok
}

function parses(text: string, filename: string): boolean {
  return passes(text, filename) && !('error' in parseModule(text, filename))
}

function outcome(shape: HostileShape, size: number): string {
  const parsed = parseModule(shape.build(size), shape.filename)
  return 'error' in parsed ? parsed.error.kind : 'parsed'
}

function lint(shape: HostileShape, size: number): string {
  const config: Linter.Config = {
    files: ['**/*.{js,ts,tsx}'],
    languageOptions: { parser },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error', 'prefer-const': 'error' },
  }
  try {
    const messages = linter.verify(shape.build(size), config, shape.filename)
    const fatal = messages.find((message) => message.fatal)
    if (fatal !== undefined) return 'syntax'
    const missing = messages.find(({ ruleId }) => ruleId === null)
    return missing === undefined ? 'linted' : missing.message
  } catch (thrown) {
    return `threw ${String(thrown)}`
  }
}
