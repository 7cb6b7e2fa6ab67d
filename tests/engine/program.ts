import { createRequire } from 'node:module'
import ts from 'typescript'
import type { Wire } from './wire.ts'

const require = createRequire(import.meta.url)

/** What a program exports: functions that send requests. */
export type Program = Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>

/** Runs a source file as its own module whose clients, of either SDK, speak to an engine. */
export function run(code: string, { endpoint }: Wire): Program {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
  })
  if (code.includes('aws-sdk/clients')) {
    // SDK v2 does not read the endpoint from the environment.
    require('aws-sdk/clients/dynamodb')
    const { config } = require('aws-sdk/global') as { config: { update: (all: object) => void } }
    config.update({ region: 'us-east-1', dynamodb: { endpoint } })
  }
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  })
  const program = { exports: {} }
  // Our own fixture, which imports nothing but the SDKs.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const body = new Function('require', 'module', 'exports', outputText) as (
    ...given: unknown[]
  ) => void
  body(require, program, program.exports)
  return program.exports
}
