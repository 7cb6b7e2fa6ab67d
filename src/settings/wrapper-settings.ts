/** The part of `settings.dynamodb` that says what functions of packages do, which no analysis can see. */
import { OPERATION_KINDS } from '../requests/operation-kind.ts'
import type { OperationKind } from '../requests/operation-kind.ts'
import { describe, isFields, member, readEntries, readObject, type Report } from './values.ts'

/** A value of a request as a user may write it: `'$0'` and `'$1.filter'` are what the call is given, anything else is itself. */
export type RequestValueInput = string | number | boolean

/** A wrapper as a user may describe it. */
export interface WrapperInput {
  readonly operation: OperationKind
  /** The request: an argument as a whole, or its members one by one; the first argument where nothing is said. */
  readonly request?: string | Readonly<Record<string, RequestValueInput>>
}

/** An argument of a call, or something in it. */
export interface GivenAt {
  readonly argument: number
  readonly path: readonly string[]
}

export type RequestValue = GivenAt | { readonly literal: RequestValueInput }

/** What calling a function of a package asks of DynamoDB. */
export interface WrapperSettings {
  readonly operation: OperationKind
  readonly request: GivenAt | ReadonlyMap<string, RequestValue>
}

/** By `package#path`, as imports name it: `@acme/db#Store.scan`. */
export type Wrappers = ReadonlyMap<string, WrapperSettings>

/** The packages that wrappers come from. */
export function packagesOf(wrappers: Wrappers): ReadonlySet<string> {
  return new Set([...wrappers.keys()].map((name) => name.replace(/#.*/, '')))
}

export function readWrappers(value: unknown, path: string, report: Report): Wrappers {
  const wrappers = new Map<string, WrapperSettings>()
  for (const [name, told] of readEntries(value, path, report)) {
    const read = readWrapper(name, told, member(path, name), report)
    if (read !== null) wrappers.set(name, read)
  }
  return wrappers
}

const EXAMPLE = "{ operation: 'GetItem', request: { TableName: 'Orders', Key: '$0' } }"

function readWrapper(
  name: string,
  value: unknown,
  path: string,
  report: Report,
): WrapperSettings | null {
  if (!/^[^#\s.][^#\s]*#[\w$]+(\.[\w$]+)*$/.test(name)) {
    report(
      path,
      "must be named by a package and what it exports, such as '@acme/db#getItem' or '@acme/db#Store.scan'.",
    )
    return null
  }
  const { operation, request } = readObject(value, path, ['operation', 'request'], report, EXAMPLE)
  if (!isOperation(operation)) {
    report(
      `${path}.operation`,
      `must be one of ${OPERATION_KINDS.join(', ')}; it is ${describe(operation)}.`,
    )
    return null
  }
  const read = readRequest(request, `${path}.request`, report)
  return read === null ? null : { operation, request: read }
}

function isOperation(value: unknown): value is OperationKind {
  return OPERATION_KINDS.some((kind) => kind === value)
}

function readRequest(
  value: unknown,
  path: string,
  report: Report,
): WrapperSettings['request'] | null {
  if (value === undefined) return { argument: 0, path: [] }
  const whole = typeof value === 'string' ? givenAt(value) : null
  if (whole !== null) return whole
  if (!isFields(value)) {
    report(
      path,
      `must be an argument such as '$0', or the members of the request, such as { TableName: 'Orders', Key: '$0' }; it is ${describe(value)}.`,
    )
    return null
  }
  const members = new Map<string, RequestValue>()
  for (const [name, told] of Object.entries(value)) {
    if (typeof told !== 'string' && typeof told !== 'number' && typeof told !== 'boolean') {
      report(
        member(path, name),
        `must be an argument such as '$0' or '$1.filter', or a text, number or boolean; it is ${describe(told)}.`,
      )
      return null
    }
    members.set(name, (typeof told === 'string' ? givenAt(told) : null) ?? { literal: told })
  }
  return members
}

/** `$1.filter`: in the second argument, what stands under `filter`. */
function givenAt(text: string): GivenAt | null {
  const [, argument, path = ''] = /^\$(\d)((?:\.[\w$]+)*)$/.exec(text) ?? []
  return argument === undefined
    ? null
    : { argument: Number(argument), path: path.split('.').slice(1) }
}
