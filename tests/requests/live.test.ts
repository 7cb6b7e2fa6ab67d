import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { check } from '../../src/requests/check.ts'
import { givenFromJson } from '../../src/requests/given.ts'
import { startDynalite, startDynoxide, type Engine } from '../engines/engines.ts'
import { cases } from './cases.ts'
import { indexes } from './orders.ts'

const { Orders } = JSON.parse(
  readFileSync(new URL('../fixtures/conformance/tables.json', import.meta.url), 'utf8'),
) as Record<string, object>

async function prepare(engine: Engine): Promise<void> {
  const table = { TableName: 'Orders', BillingMode: 'PAY_PER_REQUEST', ...Orders }
  const answer = await engine.call('CreateTable', table)
  if (!answer.ok) throw new Error(`${engine.name} makes no table: ${answer.message}`)
  // dynalite takes a moment to open a table.
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const read = await engine.call('Scan', { TableName: 'Orders' })
    if (read.ok) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`${engine.name} reads no table`)
}

/** dynalite knows no transactions and no PartiQL. */
const speaks = (name: string, operation: string): boolean =>
  name !== 'dynalite' || !/Transact|Statement/.test(operation)

describe('requests are judged as an engine judges them', () => {
  const running: Engine[] = []
  let absence = ''

  beforeAll(async () => {
    running.push(await startDynalite(prepare))
    const dynoxide = await startDynoxide(prepare)
    if (typeof dynoxide === 'string') absence = dynoxide
    else running.push(dynoxide)
  }, 20_000)

  afterAll(async () => {
    await Promise.all(running.map((engine) => engine.stop()))
    if (absence !== '') console.log(absence)
  })

  it.each(['dynalite', 'Dynoxide'] as const)(
    '%s',
    async (name) => {
      const engine = running.find((candidate) => candidate.name === name)
      if (!engine) {
        expect(absence).not.toBe('')
        return
      }
      const differences: object[] = []
      for (const { title, operation, request, differs } of cases) {
        if (!speaks(name, operation)) continue
        const answer = await engine.call(operation, request)
        const findings = check(operation, givenFromJson(request), {
          values: 'attribute-value',
          indexes,
        })
        const isSame = answer.ok === (findings.length === 0)
        if (isSame !== (differs?.[name] === undefined))
          differences.push({ title, findings, answer: answer.ok ? 'takes' : answer.message })
      }
      expect(differences).toEqual([])
    },
    20_000,
  )
})
