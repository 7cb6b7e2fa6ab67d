import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ExpressionOperation } from '../../src/expressions/index.ts'
import { classOf } from './message-classes.ts'
import { check, schemaOf, type LowLevelRequest, type TableDefinition } from './requests.ts'

interface Case {
  readonly id: string
  readonly kind: string
  readonly operation: ExpressionOperation
  readonly table: string
  readonly request: LowLevelRequest
  readonly verdict: 'accept' | 'reject'
  readonly messages?: readonly string[]
}

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/conformance/${name}`, import.meta.url), 'utf8')

const tables = JSON.parse(fixture('tables.json')) as Record<string, TableDefinition>
const cases = fixture('expressions.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case)

/** Cases in which the engines are at fault, with the fault. */
const wrongVerdicts: Readonly<Record<string, string>> = {}

/** Cases whose messages agree in class for different and wrong reasons. */
const wrongMessages: Readonly<Record<string, string>> = {
  x04755:
    'dynalite stumbles over NOT NOT, which the grammar allows, and Dynoxide takes the reserved word size for a call',
}

const findingsOf = ({ operation, request, table }: Case): ReturnType<typeof check> => {
  const definition = tables[table]
  if (!definition) throw new Error(`tables.json has no table ${table}`)
  return check(operation, request, schemaOf(definition))
}

describe('requests that independent engines have judged', () => {
  it('are all there', () => {
    expect(cases).toHaveLength(1998)
    expect(Object.keys(wrongVerdicts).length).toBeLessThanOrEqual(10)
  })

  it('get the verdict of the engines', () => {
    const differences = cases
      .filter(({ id }) => !(id in wrongVerdicts))
      .map((conformanceCase) => ({
        id: conformanceCase.id,
        engines: conformanceCase.verdict,
        findings: findingsOf(conformanceCase).map(({ message }) => message),
      }))
      .filter(({ engines, findings }) => (engines === 'reject') !== findings.length > 0)
    expect(differences).toEqual([])
  })

  it('are refused for the reason that the engines agree on', () => {
    const differences = cases
      .filter(({ id, verdict }) => verdict === 'reject' && !(id in wrongMessages))
      .map((conformanceCase) => {
        const engines = new Set((conformanceCase.messages ?? []).map(classOf))
        const own = new Set(findingsOf(conformanceCase).map(({ message }) => classOf(message)))
        return { id: conformanceCase.id, engines: [...engines], own: [...own] }
      })
      .filter(({ engines, own }) => {
        const [agreed] = engines
        return engines.length === 1 && agreed !== undefined && !own.includes(agreed)
      })
    expect(differences).toEqual([])
  })

  it('are refused in the words of the engines where they have one wording', () => {
    const differences = cases
      .filter(
        ({ id, verdict, messages }) => verdict === 'reject' && messages && !(id in wrongMessages),
      )
      .flatMap((conformanceCase) => {
        const wordings = new Set(
          (conformanceCase.messages ?? []).map((message) =>
            message.replace(/^1 validation error detected: /, ''),
          ),
        )
        const [wording] = wordings
        if (wordings.size !== 1 || wording === undefined) return []
        const own = findingsOf(conformanceCase).map(({ message }) => message)
        // The engines leave the end of this message out.
        const found = own.some((message) => message.replace(/, typeSet: \w+$/, '') === wording)
        return found ? [] : [{ id: conformanceCase.id, wording, own }]
      })
    expect(differences).toEqual([])
  })
})

it('every reserved word is refused bare and taken behind a placeholder', () => {
  const words = fixture('reserved-words.txt')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(words).toHaveLength(573)
  for (const word of [...words, 'remove']) {
    const bare = check('GetItem', { ProjectionExpression: `a, ${word.toLowerCase()}` })
    expect(bare).toMatchObject([{ code: 'reservedWord', subject: word.toLowerCase() }])
    expect(
      check('GetItem', { ProjectionExpression: '#w', ExpressionAttributeNames: { '#w': word } }),
    ).toEqual([])
  }
})
