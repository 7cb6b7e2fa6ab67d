/** Suggestions proven: a program is run on real engines as it is, and as each suggestion makes it. */
import { afterAll, beforeAll } from 'vitest'
import type { Engine } from '../engines/engines.ts'
import {
  createTable,
  putItems,
  useEngines,
  type EngineName,
  type TableRequest,
} from '../engines/running.ts'
import { applied, type Fixture } from '../suggestions/applied.ts'
import { run, type Program } from './program.ts'
import { startWire, type Exchange, type Wire } from './wire.ts'

type KeyType = 'S' | 'N' | 'B'
export type Key = string | { readonly name: string; readonly type: KeyType }

interface Keys {
  readonly partitionKey: Key
  readonly sortKey?: Key
}

/** A table as the settings describe it. */
export interface TableSettings extends Keys {
  readonly indexes?: Readonly<
    Record<string, Keys & { readonly projection?: 'ALL' | 'KEYS_ONLY' | readonly string[] }>
  >
}

export type Tables = Readonly<Record<string, TableSettings>>

/** Items in the low-level format, by table. */
export type Items = Readonly<Record<string, readonly object[]>>

const named = (key: Key): { name: string; type: KeyType } =>
  typeof key === 'string' ? { name: key, type: 'S' } : key

const keySchema = ({ partitionKey, sortKey }: Keys): object[] => [
  { AttributeName: named(partitionKey).name, KeyType: 'HASH' },
  ...(sortKey === undefined ? [] : [{ AttributeName: named(sortKey).name, KeyType: 'RANGE' }]),
]

/** The CreateTable request for a table of the settings. */
function requestFor(name: string, table: TableSettings): TableRequest {
  const indexes = Object.entries(table.indexes ?? {})
  const keys = [table, ...indexes.map(([, index]) => index)].flatMap((one) => [
    named(one.partitionKey),
    ...(one.sortKey === undefined ? [] : [named(one.sortKey)]),
  ])
  const types = new Map(keys.map((key) => [key.name, key.type]))
  return {
    TableName: name,
    KeySchema: keySchema(table),
    AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map(([IndexName, { projection = 'ALL', ...index }]) => ({
        IndexName,
        KeySchema: keySchema(index),
        Projection:
          typeof projection === 'string'
            ? { ProjectionType: projection }
            : { ProjectionType: 'INCLUDE', NonKeyAttributes: projection },
      })),
    }),
  }
}

/** Both engines, each behind a wire, with the same tables in each. */
export interface Wires {
  /** Null where the platform has no such engine, which is said on the console. */
  readonly named: (name: EngineName) => Wire | null
}

/**
 * Starts the engines behind their wires, with tables and items in each, for the tests around the call.
 *
 * @param tables the tables, made once
 */
export function useWires(tables: Tables): Wires {
  const engines = useEngines(async (engine) => {
    for (const [name, table] of Object.entries(tables))
      await createTable(engine, requestFor(name, table))
  })
  const wires: Wire[] = []

  beforeAll(async () => {
    wires.push(...(await Promise.all(engines.all().map(startWire))))
  })

  afterAll(async () => {
    await Promise.all(wires.map((wire) => wire.stop()))
  })

  return {
    named: (name) =>
      engines.named(name) && (wires.find(({ engine }) => engine.name === name) ?? null),
  }
}

/** Takes all items out of some tables and puts others in. */
export async function fill(engine: Engine, tables: Tables, items: Items): Promise<void> {
  for (const [TableName, table] of Object.entries(tables)) {
    for (const item of await itemsIn(engine, TableName)) {
      const names = [table.partitionKey, table.sortKey ?? []].flat().map((key) => named(key).name)
      const Key = Object.fromEntries(names.map((name) => [name, item[name]]))
      await engine.call('DeleteItem', { TableName, Key })
    }
    await putItems(engine, TableName, items[TableName] ?? [])
  }
}

/** All items of a table, in the low-level format. */
export async function itemsIn(
  engine: Engine,
  TableName: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const answer = await engine.call('Scan', { TableName, ConsistentRead: true })
  if (!answer.ok) throw new Error(answer.message)
  return answer.body.Items as Record<string, unknown>[]
}

/** What one run of a program gave, and what was said for it. */
export interface Run {
  readonly result: unknown
  /** The name of the error that it ended with; null where it ended well. */
  readonly error: string | null
  readonly said: readonly Exchange[]
}

/** Runs a program from its text. */
export async function outcomeOf(
  wire: Wire,
  code: string,
  call: (program: Program) => Promise<unknown> | undefined,
): Promise<Run> {
  const program = run(code, wire)
  wire.take()
  try {
    const result = await call(program)
    return { result, error: null, said: wire.take() }
  } catch (error) {
    return { result: null, error: nameOfError(error), said: wire.take() }
  }
}

/** What either SDK calls an error of the service. */
export function nameOfError(error: unknown): string {
  const { name, code } = error as { readonly name: string; readonly code?: string }
  return code ?? name
}

/** A fixture's text, and what each of its suggestions makes of it. */
export interface Versions {
  readonly before: string
  readonly after: readonly { readonly title: string; readonly code: string }[]
}

const known = new Map<string, Versions>()

/** The versions of a fixture, worked out once for all engines; fails where none is suggested, or one is still reported. */
export function versionsOf(fixture: Fixture): Versions {
  const id = JSON.stringify([fixture.rule, fixture.code])
  const seen = known.get(id)
  if (seen) return seen
  const after = applied(fixture).map(({ title, output, left }) => {
    if (left.length > 0) throw new Error(`still reported after "${title}": ${left.join('; ')}`)
    return { title, code: output }
  })
  if (after.length === 0) throw new Error('nothing is suggested')
  const versions = { before: fixture.code, after }
  known.set(id, versions)
  return versions
}
