import { identityOfName, isComputedName, isLeftOut, memberOf } from './given.ts'
import type { Given, MemberState, Path } from './given.ts'
import type { OperationKind } from './operation-kind.ts'

export interface Part {
  readonly given: Given
  readonly path: Path
}

/** One item that a request names, or several of one table for a batch that reads. */
export interface Entry {
  /** The identity of the table's name; null where it has none. */
  readonly table: string | null
  readonly path: Path
  readonly keys: readonly Part[]
  /** What is put. */
  readonly items: readonly Part[]
}

/** The items that a request names, as far as they can be told apart. */
export function entriesOf(kind: OperationKind, request: Given): readonly Entry[] {
  switch (kind) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [entryOf(request, [], kind)]
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return parts(memberOf(request, 'TransactItems'), ['TransactItems']).flatMap(transactionEntry)
    case 'BatchGetItem':
      return tablesOf(request).map(({ table, given, path }) => ({
        table,
        path,
        keys: parts(memberOf(given, 'Keys'), [...path, 'Keys']),
        items: [],
      }))
    case 'BatchWriteItem':
      return tablesOf(request).flatMap(({ table, given, path }) =>
        parts({ state: 'present', value: given }, path).flatMap((part) => writeEntry(table, part)),
      )
    default:
      return []
  }
}

function entryOf(given: Given, path: Path, action: string): Entry {
  const isPut = action.startsWith('Put')
  return {
    table: certainMember(given, 'TableName')?.identity?.() ?? null,
    path,
    keys: isPut ? [] : part(given, 'Key', path),
    items: isPut ? part(given, 'Item', path) : [],
  }
}

function part(given: Given, name: string, path: Path): readonly Part[] {
  const value = certainMember(given, name)
  return value === null ? [] : [{ given: value, path: [...path, name] }]
}

/** A member that is there, whether or not it is known what it is. */
function certainMember(given: Given, name: string): Given | null {
  const member = given.kind === 'object' ? given.members.get(name) : undefined
  const value = member?.isCertain === true ? member.value() : null
  return value === null || isLeftOut(value) ? null : value
}

function transactionEntry({ given, path }: Part): readonly Entry[] {
  return ['Get', 'ConditionCheck', 'Put', 'Update', 'Delete'].flatMap((action) => {
    const member = memberOf(given, action)
    return member.state === 'present' ? [entryOf(member.value, [...path, action], action)] : []
  })
}

function writeEntry(table: string, { given, path }: Part): readonly Entry[] {
  return ['PutRequest', 'DeleteRequest'].flatMap((action) => {
    const member = memberOf(given, action)
    if (member.state !== 'present') return []
    return [{ ...entryOf(member.value, [...path, action], action), table }]
  })
}

/** The tables of a batch. */
export function tablesOf(request: Given): readonly (Part & { readonly table: string })[] {
  const items = memberOf(request, 'RequestItems')
  if (items.state !== 'present' || items.value.kind !== 'object') return []
  return [...items.value.members]
    .filter(([, { isCertain }]) => isCertain)
    .map(([name, { value }]) => ({
      table: isComputedName(name) ? identityOfName(name) : JSON.stringify(name),
      given: value(),
      path: ['RequestItems', name],
    }))
}

/** The elements of a list that are surely there. */
function parts(member: MemberState, path: Path): readonly Part[] {
  if (member.state !== 'present' || member.value.kind !== 'list') return []
  return member.value.items.map((given, index) => ({ given, path: [...path, index] }))
}
