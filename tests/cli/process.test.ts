import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { project } from './world.ts'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'src/cli.ts')
const loader = import.meta.resolve('tsx')

function start(
  cwd: string,
  ...argv: string[]
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', loader, program, ...argv],
    { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  )
  return { status, out: stdout, err: stderr }
}

const handler = `import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export const handler = async () => {
  const { Items } = await documents.send(new ScanCommand({ TableName: 'users' }))
  return { statusCode: 200, body: JSON.stringify(Items) }
}
`

describe('the program', () => {
  it('runs the rules without a configuration, and exits with 1 on findings', () => {
    const cwd = project({ 'src/list-users.ts': handler })
    const { status, out, err } = start(cwd, 'check', 'src')
    expect(err).toBe('')
    expect(out).toContain('src/list-users.ts:8:')
    expect(out).toContain('error  dynamodb/no-scan-in-handler')
    expect(out).toMatch(/\n1 operation found, 1 understood, 0 not\.\n$/)
    expect(status).toBe(1)
  })

  it('counts a call once that only its callers show to be of DynamoDB', () => {
    const store = `import { PutCommand } from '@aws-sdk/lib-dynamodb'
export class Store {
  constructor(client) { this.client = client }
  add(id) { return this.sent(new PutCommand({ TableName: 'notes', Item: { id } })) }
  keep(id) { return this.sent(new PutCommand({ TableName: 'kept', Item: { id } })) }
  sent(command) { return this.client.send(command) }
}
`
    const { out } = start(project({ 'src/store.js': store }), 'check', 'src')
    expect(out).toBe('No findings in 1 file.\n1 operation found, 1 understood, 0 not.\n')
  })

  it('exits with 0 where all is well', () => {
    const cwd = project({ 'a.js': 'module.exports = 1' })
    expect(start(cwd)).toStrictEqual({
      status: 0,
      out: 'No findings in 1 file.\nNo DynamoDB operations found.\n',
      err: '',
    })
  })

  it('exits with 2 where it cannot run', () => {
    const { status, out, err } = start(project({}))
    expect(status).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/^eslint-plugin-dynamodb: There is nothing to check: [^\n]+\n$/)
  })

  it('prints its version', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly version: string
    }
    expect(start(project({}), '--version').out).toBe(`${version}\n`)
  })

  it('survives hostile files', () => {
    const cwd = project({
      'deep.ts': '('.repeat(100_000),
      'long.js': `a${'.b'.repeat(100_000)}`,
      'zeros.ts': '\0'.repeat(1000),
      'good.ts': handler,
    })
    const { status, out } = start(cwd)
    expect(out).toContain('not checked  deep.ts:1:1: the code is nested more than 400 levels deep')
    expect(out).toContain('not checked  long.js:1:1: one expression chains more than 4000')
    expect(out).toContain('not checked  zeros.ts:1:')
    expect(out).toContain('good.ts:8:')
    expect(status).toBe(1)
  })
})
