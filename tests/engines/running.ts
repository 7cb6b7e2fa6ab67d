import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { startDynalite, startDynoxide, type Engine } from './engines.ts'

export const engineNames = ['dynalite', 'Dynoxide'] as const
export type EngineName = (typeof engineNames)[number]

/** The engines of some tests: started before the first of them, stopped behind the last. */
export interface Engines {
  /** Those that have a build for this platform. */
  readonly all: () => readonly Engine[]
  /** Null where there is none for this platform; a word on the console says so. */
  readonly named: (name: EngineName) => Engine | null
}

/**
 * Starts both engines for the tests around the call.
 *
 * @param prepare makes the tables, in each engine, and in dynalite again when it ended on a request
 */
export function useEngines(prepare: (engine: Engine) => Promise<void>): Engines {
  const running: Engine[] = []

  beforeAll(async () => {
    const started = await Promise.all([startDynalite(prepare), startDynoxide(prepare)])
    for (const engine of started) {
      if (typeof engine === 'string') console.log(engine)
      else running.push(engine)
    }
  }, 20_000)

  afterAll(async () => {
    await Promise.all(running.map((engine) => engine.stop()))
  })

  return {
    all: () => running,
    named: (name) => {
      const engine = running.find((candidate) => candidate.name === name) ?? null
      if (engine === null && name === 'dynalite') throw new Error('dynalite is not running')
      return engine
    },
  }
}

/** A table as CreateTable takes it, without what it is billed by. */
export interface TableRequest {
  readonly TableName: string
  readonly [member: string]: unknown
}

/** Makes an on-demand table, and waits until it can be read. */
export async function createTable(engine: Engine, table: TableRequest): Promise<void> {
  const answer = await engine.call('CreateTable', { BillingMode: 'PAY_PER_REQUEST', ...table })
  if (!answer.ok) throw new Error(`${engine.name} makes no table: ${answer.message}`)
  // dynalite takes a moment to open a table.
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const read = await engine.call('Scan', { TableName: table.TableName })
    if (read.ok) return
    await wait(25)
  }
  throw new Error(`${engine.name} reads no table ${table.TableName}`)
}

/** Puts items, in the low-level format, into a table that is there. */
export async function putItems(
  engine: Engine,
  TableName: string,
  items: readonly object[],
): Promise<void> {
  for (const Item of items) {
    const answer = await engine.call('PutItem', { TableName, Item })
    if (!answer.ok) throw new Error(`${engine.name} takes no item: ${answer.message}`)
  }
}
