import { CLIENT_LIBRARIES } from '../clients/index.ts'
import { evaluate } from '../project/evaluate.ts'
import { argumentTerm, alternatives } from '../project/term.ts'
import { givenBy } from '../project/call.ts'
import { freeFrame } from '../project/frame.ts'
import { callOf, valueOf } from '../project/module.ts'
import type { ExternalTerm, Frame, Place, Term } from '../project/term.ts'
import type { CallId } from '../facts/model.ts'
import type { Analysis } from './analysis.ts'
import { clientName } from './recognise.ts'

/** A call of a DynamoDB client that only another client understands. */
export type ForeignCall =
  | {
      readonly kind: 'command'
      readonly name: string
      /** The package that the command comes from. */
      readonly source: string
      readonly at: Place
    }
  | {
      readonly kind: 'method'
      readonly name: string
      readonly client: string
      /** It has no methods for operations at all: they are sent as commands. */
      readonly sendsOnly: boolean
      readonly at: Place
    }

/** Commands of other services, and methods of other clients, that a file hands to a client of DynamoDB. */
export function foreignCallsIn({ module }: Analysis): readonly ForeignCall[] {
  return module.facts.calls.flatMap(({ function: id, callee: calleeId }, call) => {
    const callee = valueOf(module, calleeId)
    if (callee.kind !== 'member') return []
    const isSend = callee.key === 'send'
    if (!isSend && !METHODS.has(callee.key)) return []
    const frame = freeFrame(module, id)
    const client = onlyClient(evaluate({ frame, value: callee.of }))
    if (client === null) return []
    return isSend
      ? foreignCommand(frame, call, client)
      : foreignMethod(frame, call, callee.key, client)
  })
}

interface KnownClient {
  /** `package#Class` or `package#factory` of what it is made by. */
  readonly made: string
  readonly version: 'v2' | 'v3'
  readonly methods: ReadonlySet<string>
}

const CLIENTS: readonly KnownClient[] = CLIENT_LIBRARIES.flatMap(({ clients, version }) =>
  clients.flatMap(({ made, from, methods }) =>
    [...made, ...from].map((name) => ({
      made: name,
      version,
      methods: new Set(Object.keys(methods)),
    })),
  ),
)

const METHODS: ReadonlySet<string> = new Set(CLIENTS.flatMap(({ methods }) => [...methods]))

/** The client that a term is for certain: one that is made here, not one that only an annotation names. */
function onlyClient(term: Term): KnownClient | null {
  const known = alternatives(term).map((option) => {
    if (option.kind === 'made' && option.arguments === null) return null
    const name = clientName(option)
    return CLIENTS.find(({ made }) => made === name) ?? null
  })
  const [first, ...others] = known
  return first && others.every((other) => other === first) ? first : null
}

function foreignCommand(
  frame: Frame,
  call: CallId,
  { version }: KnownClient,
): readonly ForeignCall[] {
  const command = argumentTerm(givenBy(frame, call), 0)
  if (version !== 'v3' || command === null) return []
  const sources = alternatives(command).map((option) =>
    option.kind === 'made' && option.arguments !== null ? commandOfOthers(option.of) : null,
  )
  const [first] = sources
  if (!first || sources.includes(null)) return []
  return [{ kind: 'command', ...first, at: placeOfCommand(frame, call, command) }]
}

/** A command of another client of the same SDK. */
function commandOfOthers({
  source,
  path,
}: ExternalTerm): { readonly name: string; readonly source: string } | null {
  const name = path.at(-1) ?? ''
  const isOther =
    source.startsWith('@aws-sdk/client-') &&
    source !== '@aws-sdk/client-dynamodb' &&
    name.endsWith('Command')
  return isOther ? { name, source } : null
}

/** The name of the class where it is made in the call's own function; else what the call is given. */
function placeOfCommand(frame: Frame, call: CallId, command: Term): Place {
  const { module } = frame
  const { arguments: given, calleeAt } = callOf(module, call)
  const ref = command.kind === 'made' ? command.ref : null
  const node = ref?.frame === frame ? valueOf(module, ref.value) : null
  const at = node?.kind === 'call' ? callOf(module, node.call).calleeAt : given[0]?.at
  return { ...(at ?? calleeAt), module }
}

function foreignMethod(
  frame: Frame,
  call: CallId,
  name: string,
  { methods, made }: KnownClient,
): readonly ForeignCall[] {
  if (methods.has(name)) return []
  const { module } = frame
  const at = { ...callOf(module, call).calleeAt, module }
  return [{ kind: 'method', name, client: classOf(made), sendsOnly: methods.size === 0, at }]
}

/** `DocumentClient` of `aws-sdk#DynamoDB.DocumentClient`, `DynamoDBDocumentClient` of what its `from` gives. */
function classOf(made: string): string {
  const path = made.slice(made.indexOf('#') + 1).replace(/\.from$/, '')
  return path === '' ? 'DynamoDB' : (path.split('.').at(-1) ?? path)
}
