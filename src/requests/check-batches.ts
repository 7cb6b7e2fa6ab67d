import { entriesOf, tablesOf } from './entries.ts'
import type { Entry, Part } from './entries.ts'
import type { RequestFinding } from './finding.ts'
import { isComputedName, memberOf } from './given.ts'
import type { Given, GivenObject, Path } from './given.ts'
import { BATCH_SIZES } from './limits.ts'
import type { OperationKind } from './operation-kind.ts'

/** The key attributes of a table by the identity of its name; null where they are not known. */
export type KeysOfTable = (identity: string) => readonly string[] | null

/**
 * Batches that are too large, entries that ask for nothing or for two things, and items that one request names twice.
 *
 * @see transaction-apis.html
 */
export function checkBatches(
  kind: OperationKind,
  request: Given,
  keysOfTable: KeysOfTable,
): readonly RequestFinding[] {
  switch (kind) {
    case 'BatchGetItem':
      return [
        ...checkSize(kind, request, (given) => memberOf(given, 'Keys')),
        ...repeated(entriesOf(kind, request), keysOfTable, DUPLICATES),
      ]
    case 'BatchWriteItem':
      return [
        ...checkSize(kind, request, (value) => ({ state: 'present', value })),
        ...checkActions(writeRequests(request), ['PutRequest', 'DeleteRequest'], null),
        ...repeated(entriesOf(kind, request), keysOfTable, DUPLICATES),
      ]
    case 'TransactGetItems':
      return repeated(entriesOf(kind, request), keysOfTable, MULTIPLE)
    case 'TransactWriteItems':
      return [
        ...checkActions(
          listed(request, 'TransactItems'),
          ['ConditionCheck', 'Put', 'Update', 'Delete'],
          'TransactItems can only contain one of Check, Put, Update or Delete',
        ),
        ...repeated(entriesOf(kind, request), keysOfTable, MULTIPLE),
      ]
    default:
      return []
  }
}

const DUPLICATES = 'Provided list of item keys contains duplicates'
const MULTIPLE = 'Transaction request cannot include multiple operations on one item'

function checkSize(
  kind: keyof typeof BATCH_SIZES,
  request: Given,
  listOf: (table: Given) => ReturnType<typeof memberOf>,
): readonly RequestFinding[] {
  const sizes = tablesOf(request).map(({ given }) => {
    const list = listOf(given)
    return list.state === 'present' && list.value.kind === 'list' ? list.value.items.length : 0
  })
  const size = sizes.reduce((sum, length) => sum + length, 0)
  if (size <= BATCH_SIZES[kind]) return []
  const message = `Too many items requested for the ${kind} call`
  const path = ['RequestItems']
  return [{ code: 'batchSize', message, path, at: 'value', subject: String(size) }]
}

function listed(request: Given, name: string): readonly Part[] {
  const member = memberOf(request, name)
  if (member.state !== 'present' || member.value.kind !== 'list') return []
  return member.value.items.map((given, index) => ({ given, path: [name, index] }))
}

function writeRequests(request: Given): readonly Part[] {
  return tablesOf(request).flatMap(({ given, path }) =>
    given.kind === 'list'
      ? given.items.map((item, index) => ({ given: item, path: [...path, index] }))
      : [],
  )
}

/** Each entry of a list says one thing to do. */
function checkActions(
  entries: readonly Part[],
  actions: readonly string[],
  message: string | null,
): readonly RequestFinding[] {
  return entries.flatMap(({ given, path }): readonly RequestFinding[] => {
    if (given.kind !== 'object') return []
    const states = actions.map((action) => ({ action, ...memberOf(given, action) }))
    const present = states.filter(({ state }) => state === 'present')
    const isEmpty = states.every(({ state }) => state === 'absent')
    // What else stands in it is no member, and told as such.
    if (present.length <= 1 && !(isEmpty && given.members.size === 0)) return []
    const subject = present.map(({ action }) => action).join(' and ')
    return [{ code: 'entryAction', message, path, at: 'value', subject }]
  })
}

interface NamedItem {
  readonly table: string
  readonly path: Path
  readonly role: 'key' | 'item'
  readonly object: GivenObject | null
  readonly identity: string | null
}

/** Items that are named again by a later entry. */
function repeated(
  entries: readonly Entry[],
  keysOfTable: KeysOfTable,
  message: string,
): readonly RequestFinding[] {
  const items = entries.flatMap(namedItems)
  const keyNames = new Map<string, readonly string[] | null>()
  for (const { table, role, object } of items) {
    const known = keyNames.get(table) ?? keysOfTable(table)
    keyNames.set(table, known ?? (role === 'key' ? attributesOf(object) : null))
  }
  const seen = new Map<string, NamedItem>()
  return items.flatMap((item): readonly RequestFinding[] => {
    const names = keyNames.get(item.table) ?? null
    const spellings = [spelledWhole(item), spelledKey(item, names)].filter((s) => s !== null)
    const before = spellings.flatMap((spelling) => seen.get(spelling) ?? [])[0]
    for (const spelling of spellings) seen.set(spelling, seen.get(spelling) ?? item)
    if (before === undefined) return []
    const [subject, hint] = [spelledPath(item.path), spelledPath(before.path)]
    return [{ code: 'repeatedItem', message, path: item.path, at: 'value', subject, hint }]
  })
}

/** The same attributes with the same values, the key among them. */
function spelledWhole({ table, role, identity }: NamedItem): string | null {
  return identity === null ? null : `${table}\n${role}\n${identity}`
}

function spelledKey({ table, object }: NamedItem, names: readonly string[] | null): string | null {
  if (names === null || names.length === 0) return null
  const values = names.map((name) => attributeIdentity(object, name))
  return values.includes(null) ? null : `${table}\n${[...names, ...values].join('\n')}`
}

/** `TransactItems[1].Delete` */
function spelledPath([first = '', ...rest]: Path): string {
  const steps = rest.map((step) => {
    if (typeof step === 'string' && isComputedName(step)) return '[…]'
    return typeof step === 'string' && /^[A-Za-z]\w*$/.test(step) ? `.${step}` : `[${String(step)}]`
  })
  return `${String(first)}${steps.join('')}`
}

function namedItems({ table, path, keys, items }: Entry): readonly NamedItem[] {
  if (table === null) return []
  const named = (part: Part, role: 'key' | 'item'): NamedItem => {
    const object = part.given.kind === 'object' ? part.given : null
    return {
      table,
      // An entry that reads several items is no place for one of them.
      path: items.length + keys.length > 1 ? part.path : path,
      role,
      object,
      identity: part.given.identity?.() ?? null,
    }
  }
  return [...keys.map((part) => named(part, 'key')), ...items.map((part) => named(part, 'item'))]
}

function attributesOf(key: GivenObject | null): readonly string[] | null {
  if (key === null || key.isOpen) return null
  return [...key.members.values()].every(({ isCertain }) => isCertain)
    ? [...key.members.keys()].sort()
    : null
}

function attributeIdentity(object: GivenObject | null, name: string): string | null {
  const member = object?.members.get(name)
  return member?.isCertain === true ? (member.value().identity?.() ?? null) : null
}
