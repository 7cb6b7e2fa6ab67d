/**
 * `settings.dynamodb`: what a project tells the rules about its tables, and its checks.
 *
 * A wrong setting never stops the lint: the part that is wrong is left out, everything else counts,
 * and the problem is told once (see `create-rule.ts`).
 */

import {
  describe,
  isFields,
  member,
  quote,
  readBoolean,
  readEntries,
  readName,
  readNumber,
  readObject,
  type Fields,
  type Report,
} from './values.ts'
import {
  noProjectSettings,
  projectFields,
  readProject,
  withoutFingerprint,
  type ProjectInput,
  type ProjectSettings,
} from './project-settings.ts'

/** The type of a key attribute: text, number or binary. */
export type KeyType = 'S' | 'N' | 'B'

/** Which attributes an index holds: all, the keys alone, or the keys and the attributes listed. */
export type Projection = 'ALL' | 'KEYS_ONLY' | readonly string[]

/** A key attribute as a user may write it: its name, or its name and type. */
export type KeyInput = string | { readonly name: string; readonly type?: KeyType }

/** An index as a user may write it. */
export interface IndexInput {
  readonly partitionKey: KeyInput
  readonly sortKey?: KeyInput
  readonly projection?: Projection
}

/** A table as a user may write it. */
export interface TableInput {
  readonly partitionKey: KeyInput
  readonly sortKey?: KeyInput
  readonly indexes?: Readonly<Record<string, IndexInput>>
  /** How many items the table holds. */
  readonly items?: number
  /** Mean size of an item, in bytes. */
  readonly averageItemBytes?: number
  /** The table is small enough to be read whole. */
  readonly small?: boolean
  /** The table needs running numbers as keys (invoices). */
  readonly runningNumbers?: boolean
  /** Name of the attribute that holds the time to live, in epoch seconds. */
  readonly timeToLive?: string
}

/** What `settings.dynamodb` may hold. Exported for `satisfies` in a user's `eslint.config.ts`. */
export interface DynamodbSettings extends ProjectInput {
  readonly tables?: Readonly<Record<string, TableInput>>
  readonly prices?: Partial<Prices>
}

/** US dollars per million on-demand request units. */
export interface Prices {
  readonly readPerMillion: number
  readonly writePerMillion: number
}

/** A key attribute; its type is undefined where the settings do not give it. */
export interface KeyAttribute {
  readonly name: string
  readonly type: KeyType | undefined
}

/** An index with everything that the settings say of it. */
export interface IndexSettings {
  readonly name: string
  readonly partitionKey: KeyAttribute
  readonly sortKey: KeyAttribute | undefined
  readonly projection: Projection | undefined
}

/** A table with everything that the settings say of it. */
export interface TableSettings {
  readonly name: string
  readonly partitionKey: KeyAttribute
  readonly sortKey: KeyAttribute | undefined
  readonly indexes: ReadonlyMap<string, IndexSettings>
  readonly items: number | undefined
  readonly averageItemBytes: number | undefined
  readonly small: boolean
  readonly runningNumbers: boolean
  readonly timeToLive: string | undefined
}

/** The settings after their checks: complete, and only what is right. */
export interface Settings {
  readonly tables: ReadonlyMap<string, TableSettings>
  readonly prices: Prices
  readonly project: ProjectSettings
}

/** The valid part of the settings, and one sentence for each part that is not. */
export interface SettingsReading {
  readonly settings: Settings
  readonly problems: readonly string[]
}

/** On-demand, Standard class, us-east-1. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
export const defaultPrices: Prices = { readPerMillion: 0.125, writePerMillion: 0.625 }

const noSettings: SettingsReading = {
  settings: { tables: new Map(), prices: defaultPrices, project: noProjectSettings },
  problems: [],
}

/** An item holds at most 400 KB. …/developerguide/Constraints.html */
const largestItemBytes = 400 * 1024

const readings = new WeakMap<object, SettingsReading>()

/**
 * Reads and checks `settings.dynamodb`.
 *
 * @param value what stands under `settings.dynamodb`, of any shape; undefined where nothing does
 * @returns the valid part and the problems; never throws. The same object gives the same reading.
 */
export function readSettings(value: unknown): SettingsReading {
  if (value === undefined) return noSettings
  if (typeof value !== 'object' || value === null) return readWhole(value)
  const known = readings.get(value)
  if (known !== undefined) return known
  // Whoever makes ESLint anew for each text brings the same settings as another object.
  const written = textOf(value)
  const reading = written !== null && last?.written === written ? last.reading : readWhole(value)
  readings.set(value, reading)
  if (written !== null) last = { written, reading }
  return reading
}

let last: { readonly written: string; readonly reading: SettingsReading } | null = null

/** null for what is no plain data. */
function textOf(value: object): string | null {
  try {
    return JSON.stringify(value)
  } catch {
    return null
  }
}

function readWhole(value: unknown): SettingsReading {
  const problems: string[] = []
  const report: Report = (path, sentence) => problems.push(`${path} ${sentence}`)
  const path = 'settings.dynamodb'
  const fields = readObject(
    withoutFingerprint(value, path, report),
    path,
    ['tables', 'prices', ...projectFields],
    report,
    "{ tables: { Orders: { partitionKey: 'PK' } } }",
  )
  const tables = new Map<string, TableSettings>()
  for (const [name, table] of readEntries(fields.tables, `${path}.tables`, report)) {
    const read = readTable(name, table, member(`${path}.tables`, name), report)
    if (read !== undefined) tables.set(name, read)
  }
  return {
    settings: {
      tables,
      prices: readPrices(fields.prices, `${path}.prices`, report),
      project: readProject(fields, path, report),
    },
    problems,
  }
}

const tableFields = [
  'partitionKey',
  'sortKey',
  'indexes',
  'items',
  'averageItemBytes',
  'small',
  'runningNumbers',
  'timeToLive',
] as const

function readTable(
  name: string,
  value: unknown,
  path: string,
  report: Report,
): TableSettings | undefined {
  const fields = readObject(value, path, tableFields, report, "{ partitionKey: 'PK' }")
  const keys = readKeys(fields, path, report)
  if (keys === undefined) return undefined
  const indexes = new Map<string, IndexSettings>()
  for (const [index, definition] of readEntries(fields.indexes, `${path}.indexes`, report)) {
    const read = readIndex(index, definition, member(`${path}.indexes`, index), report)
    if (read !== undefined) indexes.set(index, read)
  }
  return {
    name,
    ...keys,
    indexes,
    items: readNumber(fields.items, `${path}.items`, report, {
      atLeast: 0,
      whole: true,
      what: 'the number of items, a whole number such as 50_000',
    }),
    averageItemBytes: readNumber(fields.averageItemBytes, `${path}.averageItemBytes`, report, {
      atLeast: 1,
      atMost: largestItemBytes,
      what: `the mean size of an item in bytes, from 1 to ${String(largestItemBytes)}`,
    }),
    small: readBoolean(fields.small, `${path}.small`, report),
    runningNumbers: readBoolean(fields.runningNumbers, `${path}.runningNumbers`, report),
    timeToLive: readName(fields.timeToLive, `${path}.timeToLive`, report),
  }
}

function readIndex(
  name: string,
  value: unknown,
  path: string,
  report: Report,
): IndexSettings | undefined {
  const example = "{ partitionKey: 'GSI1PK', sortKey: 'GSI1SK' }"
  const known = ['partitionKey', 'sortKey', 'projection']
  const fields = readObject(value, path, known, report, example)
  const keys = readKeys(fields, path, report)
  if (keys === undefined) return undefined
  const projection = readProjection(fields.projection, `${path}.projection`, report)
  return { name, ...keys, projection }
}

type Keys = Pick<TableSettings, 'partitionKey' | 'sortKey'>

function readKeys(fields: Fields, path: string, report: Report): Keys | undefined {
  const partitionKey = readKey(fields.partitionKey, `${path}.partitionKey`, report)
  const given = fields.sortKey
  const sortKey = given === undefined ? undefined : readKey(given, `${path}.sortKey`, report)
  // With a wrong sort key the table would look as if it had none, which is another table.
  if (partitionKey === undefined || (given !== undefined && sortKey === undefined)) return undefined
  if (sortKey?.name === partitionKey.name) {
    report(
      `${path}.sortKey`,
      `must be another attribute than the partition key ${quote(partitionKey.name)}.`,
    )
    return undefined
  }
  return { partitionKey, sortKey }
}

function readKey(value: unknown, path: string, report: Report): KeyAttribute | undefined {
  if (typeof value === 'string' && value !== '') return { name: value, type: undefined }
  if (!isFields(value)) {
    report(
      path,
      `must be an attribute name, or its name and type, for example 'PK' or { name: 'PK', type: 'S' }; it is ${describe(value)}.`,
    )
    return undefined
  }
  const fields = readObject(value, path, ['name', 'type'], report, "{ name: 'PK', type: 'S' }")
  const name = readName(fields.name ?? null, `${path}.name`, report)
  const type = fields.type
  if (type !== undefined && !isKeyType(type)) {
    report(`${path}.type`, `must be 'S', 'N' or 'B'; it is ${describe(type)}.`)
    return undefined
  }
  return name === undefined ? undefined : { name, type }
}

function readProjection(value: unknown, path: string, report: Report): Projection | undefined {
  if (value === undefined || value === 'ALL' || value === 'KEYS_ONLY') return value
  if (Array.isArray(value) && value.every((name): name is string => typeof name === 'string')) {
    return value
  }
  report(
    path,
    `must be 'ALL', 'KEYS_ONLY' or a list of attribute names such as ['status', 'total']; it is ${describe(value)}.`,
  )
  return undefined
}

function readPrices(value: unknown, path: string, report: Report): Prices {
  if (value === undefined) return defaultPrices
  const known = ['readPerMillion', 'writePerMillion'] as const
  const fields = readObject(value, path, known, report, '{ readPerMillion: 0.125 }')
  const price = (name: keyof Prices): number =>
    readNumber(fields[name], `${path}.${name}`, report, {
      atLeast: 0,
      what: 'US dollars per million request units, such as 0.125',
    }) ?? defaultPrices[name]
  return { readPerMillion: price('readPerMillion'), writePerMillion: price('writePerMillion') }
}

function isKeyType(value: unknown): value is KeyType {
  return value === 'S' || value === 'N' || value === 'B'
}
