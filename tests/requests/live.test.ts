import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { check } from '../../src/requests/check.ts'
import { givenFromJson } from '../../src/requests/given.ts'
import { createTable, engineNames, useEngines } from '../engines/running.ts'
import { cases } from './cases.ts'
import { indexes } from './orders.ts'

const { Orders } = JSON.parse(
  readFileSync(new URL('../fixtures/conformance/tables.json', import.meta.url), 'utf8'),
) as Record<string, object>

/** dynalite knows no transactions and no PartiQL. */
const speaks = (name: string, operation: string): boolean =>
  name !== 'dynalite' || !/Transact|Statement/.test(operation)

describe('requests are judged as an engine judges them', () => {
  const engines = useEngines((engine) => createTable(engine, { TableName: 'Orders', ...Orders }))

  it.each(engineNames)(
    '%s',
    async (name) => {
      const engine = engines.named(name)
      if (engine === null) return
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
