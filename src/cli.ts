#!/usr/bin/env node
/** `npx eslint-plugin-dynamodb`: see docs/command-line.md. */
import type { CountOperations } from './cli/lint.ts'
import { run } from './cli/run.ts'
import plugin from './index.ts'
import * as parser from './parser/index.ts'
import { explainFile } from './plugin/explain.ts'
import { analysisOf } from './rule/on-operations.ts'
import { showTables } from './plugin/tables.ts'

const io = {
  cwd: process.cwd(),
  env: process.env,
  stdout: {
    write: (text: string) => void process.stdout.write(text),
    isTTY: process.stdout.isTTY,
  },
  stderr: {
    write: (text: string) => void process.stderr.write(text),
    isTTY: process.stderr.isTTY,
  },
  now: () => performance.now(),
}

// What reads the output may stop reading (`| head`).
process.stdout.on('error', () => process.exit())

const countOperations: CountOperations = (context) =>
  analysisOf(context)?.counts ?? { found: 0, understood: 0 }

void run(process.argv.slice(2), io, {
  plugin,
  parser,
  countOperations,
  explain: explainFile,
  tables: showTables,
}).then((code) => {
  process.exitCode = code
})
