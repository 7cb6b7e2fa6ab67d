import type { ClientLibrary, ValueFormat } from '../clients/client-library.ts'
import { CLIENT_LIBRARIES } from '../clients/index.ts'
import type { CallId } from '../facts/model.ts'
import { givenBy } from '../project/call.ts'
import { evaluate } from '../project/evaluate.ts'
import { argumentTerm, externalName, UNDEFINED, alternatives, choice } from '../project/term.ts'
import { typeOf } from '../project/member.ts'
import { callOf, isBarren, keptBy } from '../project/module.ts'
import type { Argument, Frame, Ref, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import type { WrapperSettings } from '../settings/wrapper-settings.ts'
import { TABLE_METHODS, tableCallOf } from './table-calls.ts'
import type { TableCall } from './table-calls.ts'
import { requestTold, toldOf } from './told-wrapper.ts'
import type { OperationKind } from '../requests/operation-kind.ts'

/** One call of DynamoDB, as a client library spells it. */
export interface Spelling {
  readonly kind: OperationKind
  readonly values: ValueFormat
  /** null where only the shape of the request says what it is, and where the client is not an AWS SDK. */
  readonly library: ClientLibrary | null
  readonly form: 'command' | 'method' | 'paginator'
  readonly request: Term
  /** The command object that is sent, where there is one. */
  readonly command: Term | null
  /** The function that v2 calls back, where one is given. */
  readonly callback: Term | null
}

const spellingsIn = keptBy<Frame, Map<CallId, readonly Spelling[]>>()

/** What a call asks of DynamoDB; null where it asks nothing of it, or nobody can tell. */
export function spellingOf(frame: Frame, call: CallId): Spelling | null {
  return spellingsOf(frame, call)[0] ?? null
}

/** What a call may ask of DynamoDB, one of each kind of operation: `client.send(id ? new GetCommand(…) : new ScanCommand(…))`. */
export function spellingsOf(frame: Frame, call: CallId): readonly Spelling[] {
  const known = spellingsIn(frame.module.project)
  const calls = known.get(frame) ?? new Map<CallId, readonly Spelling[]>()
  known.set(frame, calls)
  const seen = calls.get(call)
  if (seen !== undefined) return seen
  calls.set(call, [])
  const spellings = recognise(frame, call)
  calls.set(call, spellings)
  return spellings
}

function recognise(frame: Frame, call: CallId): readonly Spelling[] {
  const facts = callOf(frame.module, call)
  if (facts.isNew || isBarren(frame.module, facts.callee)) return []
  const callee = frame.module.facts.values[facts.callee]
  if (callee?.kind === 'member' && TABLE_METHODS.has(callee.key)) {
    const ofTable = tableCallOf(frame, call)
    if (ofTable !== null) return [tableSpelling(ofTable, givenBy(frame, call))]
  }
  if (facts.arguments.length === 0) return []
  if (callee?.kind === 'member' && CLIENT_METHODS.has(callee.key)) {
    const receiver = evaluate({ frame, value: callee.of })
    const given = givenBy(frame, call)
    const asked = askedOf(receiver, callee.key, given)
    if (callee.key === 'send' || asked.length > 0) return asked
    const shaped = shapedCall({ frame, value: facts.callee }, callee.key, given)
    if (shaped) return [shaped]
  }
  const target = evaluate({ frame, value: facts.callee })
  const bound = boundMethod(target)
  if (bound !== null) return askedOf(bound.of, bound.key, givenBy(frame, call))
  const told = frame.module.project.wrappers.size > 0 ? toldOf(target, frame) : null
  if (told !== null) return [wrapperSpelling(told, frame, call)]
  const paged =
    target.kind === 'external' ? paginator(externalName(target), givenBy(frame, call)) : null
  return paged === null ? [] : [paged]
}

/** What a method of a client is asked for. */
function askedOf(receiver: Term, method: string, given: readonly Argument[]): readonly Spelling[] {
  if (method === 'send') return sentCommands(receiver, given)
  const called = calledMethod(receiver, method, given)
  return called === null ? [] : [called]
}

/** `client.send.bind(client)`, with nothing else bound. */
function boundMethod(target: Term): Extract<Term, { kind: 'part' }> | null {
  if (target.kind !== 'result' || target.arguments.length > 1) return null
  const { callee } = target
  if (callee.kind !== 'part' || callee.key !== 'bind' || callee.of.kind !== 'part') return null
  return CLIENT_METHODS.has(callee.of.key) ? callee.of : null
}

/** `client.send(new ScanCommand(…))`: the command says everything; the client need not be known. */
function sentCommands(receiver: Term, given: readonly Argument[]): readonly Spelling[] {
  const command = argumentTerm(given, 0)
  if (command === null || receiver.kind === 'literal') return []
  const kinds = new Map<OperationKind, Spelling>()
  for (const option of alternatives(command)) {
    const spelling = commandSpelling(option, functionAt(given, 1))
    const other = spelling && kinds.get(spelling.kind)
    if (spelling !== null) kinds.set(spelling.kind, other ? either(other, spelling) : spelling)
  }
  return [...kinds.values()]
}

/** One of two commands of a kind; the first where their libraries spell values differently. */
function either(a: Spelling, b: Spelling): Spelling {
  const [request, command] = [choice([a.request, b.request]), choice([a.command, b.command])]
  return a.values === b.values && request !== null ? { ...a, request, command } : a
}

function commandSpelling(command: Term, callback: Term | null): Spelling | null {
  if (command.kind !== 'made' || command.arguments === null) return null
  const name = externalName(command.of)
  for (const library of CLIENT_LIBRARIES) {
    const found = Object.hasOwn(library.commands, name) ? library.commands[name] : undefined
    if (!found) continue
    const request = argumentTerm(command.arguments, 0) ?? UNDEFINED
    return { ...found, library, form: 'command', request, command, callback }
  }
  return null
}

/** A function of a package of which the settings say what it does. */
function wrapperSpelling(told: WrapperSettings, frame: Frame, call: CallId): Spelling {
  return {
    kind: told.operation,
    values: 'document',
    library: null,
    form: 'method',
    request: requestTold(told, frame, call),
    command: null,
    callback: null,
  }
}

/** A method of the object that a client has for a table. */
function tableSpelling({ method, request }: TableCall, given: readonly Argument[]): Spelling {
  return {
    kind: method.kind,
    values: 'document',
    library: null,
    form: method.isPaged ? 'paginator' : 'method',
    request,
    command: null,
    callback: functionAt(given, 0) ?? functionAt(given, 1),
  }
}

function calledMethod(receiver: Term, method: string, given: readonly Argument[]): Spelling | null {
  for (const option of alternatives(receiver)) {
    const made = clientName(typeOf(option))
    if (made === null) continue
    for (const library of CLIENT_LIBRARIES) {
      for (const client of library.clients) {
        if (!client.made.includes(made) && !client.from.includes(made)) continue
        const kind = Object.hasOwn(client.methods, method) ? client.methods[method] : undefined
        if (!kind) continue
        const request = argumentTerm(given, 0) ?? UNDEFINED
        return {
          kind,
          values: client.values,
          library,
          form: 'method',
          request,
          command: null,
          callback: functionAt(given, 1),
        }
      }
    }
  }
  return null
}

/**
 * A method named as a client's, called on something unknown with a request that nothing else has: a TableName, and a member
 * that only a DynamoDB request carries (none for a Scan).
 */
function shapedCall(callee: Ref, method: string, given: readonly Argument[]): Spelling | null {
  const shape = SHAPES.get(method)
  const request = argumentTerm(given, 0)
  if (!shape || request === null || given.length > 2) return null
  const fields = viewOf(request)?.fields
  if (!fields || !isOfShape(shape.kind, fields)) return null
  if (alternatives(evaluate(callee)).some((term) => term.kind === 'function')) return null
  return {
    ...shape,
    library: null,
    form: 'method',
    request,
    command: null,
    callback: functionAt(given, 1),
  }
}

function isOfShape(kind: OperationKind, fields: ReadonlyMap<string, unknown>): boolean {
  if (kind === 'BatchGetItem' || kind === 'BatchWriteItem') return fields.has('RequestItems')
  if (!fields.has('TableName')) return false
  return kind === 'Scan' || REQUEST_MEMBERS.some((name) => fields.has(name))
}

/** No other method is one of a client. */
const CLIENT_METHODS: ReadonlySet<string> = new Set([
  'send',
  ...CLIENT_LIBRARIES.flatMap(({ clients }) =>
    clients.flatMap(({ methods }) => Object.keys(methods)),
  ),
])

const REQUEST_MEMBERS = [
  'Key',
  'Item',
  'KeyConditionExpression',
  'KeyConditions',
  'UpdateExpression',
  'AttributeUpdates',
]

const SHAPES: ReadonlyMap<string, { readonly kind: OperationKind; readonly values: ValueFormat }> =
  new Map(
    CLIENT_LIBRARIES.flatMap(({ clients }) =>
      clients.flatMap(({ methods, values }) =>
        Object.entries(methods).map(([name, kind]) => [name, { kind, values }] as const),
      ),
    )
      .filter(([, { kind }]) =>
        [
          'GetItem',
          'PutItem',
          'UpdateItem',
          'DeleteItem',
          'Query',
          'Scan',
          'BatchGetItem',
          'BatchWriteItem',
        ].includes(kind),
      )
      .reverse(),
  )

/** `package#Class` or `package#factory` of what a client was made by. */
export function clientName(term: Term): string | null {
  if (term.kind === 'made') return externalName(term.of)
  if (term.kind === 'result' && term.callee.kind === 'external') return externalName(term.callee)
  return null
}

function functionAt(given: readonly Argument[], index: number): Term | null {
  const term = argumentTerm(given, index)
  return term?.kind === 'function' ? term : null
}

function paginator(name: string, given: readonly Argument[]): Spelling | null {
  for (const library of CLIENT_LIBRARIES) {
    const found = Object.hasOwn(library.paginators, name) ? library.paginators[name] : undefined
    if (found) {
      const request = argumentTerm(given, 1) ?? UNDEFINED
      return { ...found, library, form: 'paginator', request, command: null, callback: null }
    }
  }
  return null
}
