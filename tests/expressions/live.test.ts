import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { crashed, type Engine, type EngineAnswer } from '../engines/engines.ts'
import { createTable, engineNames, putItems, useEngines } from '../engines/running.ts'
import { requests, type GeneratedRequest } from './arbitraries.ts'
import { engineFaults, type EngineFault } from './engine-faults.ts'
import { check, schemaOf, type TableDefinition } from './requests.ts'

const tables = JSON.parse(
  readFileSync(new URL('../fixtures/conformance/tables.json', import.meta.url), 'utf8'),
) as Record<GeneratedRequest['table'], TableDefinition>

/** What an engine says of a request: that it is right, though the data may not fit; or wrong. */
type Verdict = 'takes' | 'refuses'

/** Refusals that come from the data and not from the expressions. */
const dataMisfit =
  /refers to an attribute that does not exist|document path provided|incorrect data type|Operands for [+-] must be|requires two list operands|Type mismatch for attribute to update/

function verdictOf(answer: EngineAnswer): Verdict {
  if (answer.ok || answer.error === 'ConditionalCheckFailedException') return 'takes'
  return dataMisfit.test(answer.message) ? 'takes' : 'refuses'
}

async function prepare(engine: Engine): Promise<void> {
  for (const [TableName, definition] of Object.entries(tables)) {
    await createTable(engine, { TableName, ...definition })
  }
  // Dynoxide reads a filter only when there is an item.
  const item = { pk: { S: 'x' }, sk: { S: 'x' }, gpk: { S: 'x' }, gsk: { N: '5' } }
  await putItems(engine, 'Orders', [item])
}

interface Answered {
  readonly generated: GeneratedRequest
  readonly answer: EngineAnswer
  readonly fault: EngineFault | undefined
  readonly agrees: boolean
}

/** Asks an engine about a request and compares what it says with what the checker says. */
async function ask(engine: Engine, generated: GeneratedRequest): Promise<Answered> {
  const { operation, table, request } = generated
  const findings = check(operation, request, schemaOf(tables[table]))
  const answer = await engine.call(operation, request)
  const agrees = (verdictOf(answer) === 'refuses') === findings.length > 0
  const faults = engineFaults.filter((fault) => fault.engine === engine.name)
  const text = JSON.stringify(request)
  const fault =
    verdictOf(answer) === 'takes'
      ? faults.find(({ takes }) => takes && findings.every((finding) => isTaken(faults, finding)))
      : faults.find(({ refuses }) => !answer.ok && refuses?.(answer, text))
  return { generated, answer, agrees, fault: agrees ? undefined : fault }
}

function isTaken(
  faults: readonly EngineFault[],
  finding: ReturnType<typeof check>[number],
): boolean {
  return faults.some(({ takes }) => takes?.(finding) ?? false)
}

const sample = fc.sample(requests, { seed: 1, numRuns: 500 })

describe('requests made at random, asked of an engine', () => {
  const engines = useEngines(prepare)
  const rows: Record<string, Record<string, string>> = {
    transactions: { dynalite: 'none', Dynoxide: 'not asked here' },
    PartiQL: { dynalite: 'none', Dynoxide: 'not asked here' },
    'keys of several attributes': { dynalite: 'none', Dynoxide: 'no queries' },
  }

  afterAll(() => {
    console.table(rows)
  })

  it.each(engineNames)(
    'are judged as %s judges them, but for its named faults',
    async (name) => {
      const engine = engines.named(name)
      if (engine === null) return
      const answered: Answered[] = []
      for (const generated of sample) answered.push(await ask(engine, generated))

      for (const { generated, agrees } of answered) {
        for (const member of Object.keys(generated.request).filter((key) =>
          key.endsWith('Expression'),
        )) {
          const counts = /^(\d+) of (\d+)/.exec(rows[member]?.[name] ?? '0 of 0')
          const same = Number(counts?.[1]) + (agrees ? 1 : 0)
          const all = Number(counts?.[2]) + 1
          rows[member] = { ...rows[member], [name]: `${String(same)} of ${String(all)} alike` }
        }
      }
      const unexplained = answered
        .filter(({ agrees, fault }) => !agrees && !fault)
        .map(({ generated, answer }) => ({
          ...generated,
          answer: answer.ok ? 'takes' : answer.message,
          findings: check(
            generated.operation,
            generated.request,
            schemaOf(tables[generated.table]),
          ).map(({ message }) => message),
        }))
      expect(unexplained).toEqual([])
      // If faults explained everything, nothing would be proved.
      expect(answered.filter(({ agrees }) => agrees).length).toBeGreaterThan(0.85 * sample.length)
    },
    28_000,
  )

  it('knows when an engine ended on a request', async () => {
    const engine = engines.named('dynalite')
    const answer = await engine?.call('Scan', {
      TableName: 'Orders',
      FilterExpression: ':s IN (a)',
      ExpressionAttributeValues: { ':s': { S: 'x' } },
    })
    expect(answer).toMatchObject({ ok: false, error: crashed })
  })
})
