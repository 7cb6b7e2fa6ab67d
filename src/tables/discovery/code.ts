import { lambdaPlaces } from '../../infrastructure/cdk.ts'
import { at as reach, textOf } from '../../infrastructure/data.ts'
import type { Data } from '../../infrastructure/data.ts'
import { handlerAt } from '../../infrastructure/deployed.ts'
import { baseOf } from '../../infrastructure/sst.ts'
import { givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { callOf, functionOf, lineAt, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Argument, Frame, Place, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import type { IndexSchema } from '../schema.ts'
import { watchesOf } from './code-alarms.ts'
import { distinctStreams, streamsOf } from './code-streams.ts'
import { certainData, textWithHoles } from './code-values.ts'
import { computedEntries } from './computed.ts'
import { cdkIndex } from './constructs/cdk.ts'
import type { ReadConstruct, TableConstruct } from './constructs/construct.ts'
import { constructOf } from './constructs/index.ts'
import type {
  AnyDefinition,
  Binding,
  DefinitionPlace,
  Found,
  StreamSource,
  Target,
} from './definition.ts'
import { NOTHING_FOUND, isRead } from './definition.ts'
import { definitionOf } from './keys.ts'

/** A table as one way through the code makes it. */
interface Made {
  readonly frame: Frame
  readonly call: number
  readonly construct: TableConstruct
  readonly id: string | null
  readonly names: readonly string[]
  readonly read: ReadConstruct
  readonly added: (IndexSchema | null)[]
}

/** A call, as one way through the code makes it. */
interface Call {
  readonly frame: Frame
  readonly call: number
  readonly isNew: boolean
  readonly callee: Term
  readonly given: readonly Argument[]
}

/** The tables that the CDK, SST or Pulumi make in some files of code, and the variables that they give to functions. */
export function tablesOfCode(frames: Iterable<Frame>, root: string): Found {
  const calls = [...frames].flatMap(callsIn)
  const all = calls.flatMap((call) => madeBy(call) ?? [])
  for (const call of calls) addIndex(call, all)
  const definitions = definitionsOf(all)
  const target = (term: Term): Target => targetOf(term, all, definitions)
  const bindings = told(calls.flatMap((call) => bindingsOf(call, target, root)))
  const own = ({ frame, call }: Call): AnyDefinition | null => {
    const made = all.find((one) => one.frame === frame && one.call === call)
    return (made && definitions.get(made)) ?? null
  }
  const streams = streamsIn(calls, own, target, root)
  const modules = new Set(calls.map(({ frame }) => frame.module))
  const watches = watchesOf(calls, modules, (term, frame) =>
    tablesIn(term, all, frame).map(placeOfMade),
  )
  return {
    ...NOTHING_FOUND,
    definitions: [...new Set(definitions.values())],
    bindings,
    streams,
    watches,
  }
}

function streamsIn(
  calls: readonly Call[],
  own: (call: Call) => AnyDefinition | null,
  target: (term: Term) => Target,
  root: string,
): readonly StreamSource[] {
  const byCall = new Map<string, StreamSource[]>()
  for (const call of calls) {
    const { module } = call.frame
    const streams = streamsOf({ ...call, module }, own(call), target, root)
    if (streams.length === 0) continue
    const key = `${module.facts.file}:${String(call.call)}`
    byCall.set(key, [...(byCall.get(key) ?? []), ...streams])
  }
  return distinctStreams(byCall.values())
}

/** What one way through a line of code leaves open counts only where no other tells it. */
function told(bindings: readonly Binding[]): readonly Binding[] {
  const place = ({ variable, at: { file, line } }: Binding): string =>
    `${file}:${String(line)}:${variable}`
  const known = new Set(bindings.filter(({ target }) => target.kind !== 'unknown').map(place))
  return bindings.filter((each) => each.target.kind !== 'unknown' || !known.has(place(each)))
}

function callsIn(frame: Frame): readonly Call[] {
  const { module } = frame
  return functionOf(module, frame.function).calls.map((call): Call => {
    const { callee: value, isNew } = callOf(module, call)
    const named = evaluate({ frame, value })
    const written = valueOf(module, value)
    // A method of a construct's base class: what it is called on says how the construct was made.
    const callee =
      named.kind === 'part' && written.kind === 'member'
        ? { ...named, of: evaluate({ frame, value: written.of }) }
        : named
    return {
      frame,
      call,
      isNew: isNew || written.kind === 'super',
      callee,
      given: givenBy(frame, call),
    }
  })
}

function madeBy({ frame, call, isNew, callee, given }: Call): Made | null {
  const construct = isNew && callee.kind === 'external' ? constructOf(callee) : null
  if (construct === null) return null
  const term = given[construct.properties]?.term()
  const properties = term === undefined ? undefined : certainData(term)
  const id = given[construct.id]?.term()
  const name = construct.nameKey === '' ? undefined : textOf(reach(properties, construct.nameKey))
  return {
    frame,
    call,
    construct,
    id: id === undefined ? null : textWithHoles(id),
    names: name == null ? [] : [name],
    read: construct.read(properties),
    added: [],
  }
}

/** `table.addGlobalSecondaryIndex({ … })` */
function addIndex({ frame, callee, given }: Call, all: readonly Made[]): void {
  if (callee.kind !== 'part') return
  const isLocal = callee.key === 'addLocalSecondaryIndex'
  if (!isLocal && callee.key !== 'addGlobalSecondaryIndex') return
  const data = given[0] === undefined ? undefined : certainData(given[0].term())
  const tables = tablesIn(callee.of, all, frame)
  for (const made of tables) {
    const { keys } = made.read
    const partition = isLocal ? (keys?.partitionKey ?? null) : null
    made.added.push(isLocal && partition === null ? null : cdkIndex(data, partition))
  }
  if (tables.length > 0) return
  // Any table of the file may have got it.
  for (const made of all) if (made.frame.module === frame.module) made.added.push(null)
}

/**
 * The tables that a term is.
 *
 * @param within the way through the code that it is met in: what that makes itself is meant first
 */
function tablesIn(term: Term, all: readonly Made[], within: Frame | null = null): readonly Made[] {
  return alternatives(term).flatMap((option) => {
    const place = callThatMade(option)
    if (place === null) return []
    const here = all.filter(
      ({ frame, call }) => frame.module === place.frame.module && call === place.call,
    )
    const own = here.filter(({ frame }) => leadsTo(frame, within))
    const exact = here.filter(({ frame }) => frame === place.frame)
    return own.length > 0 ? own : exact.length > 0 ? exact : here
  })
}

function leadsTo(frame: Frame, within: Frame | null): boolean {
  for (let at = within; at !== null; at = at.caller?.frame ?? null) if (at === frame) return true
  return false
}

function callThatMade(term: Term): { readonly frame: Frame; readonly call: number } | null {
  if (term.kind === 'made' && term.ref !== null) {
    const node = valueOf(term.ref.frame.module, term.ref.value)
    return node.kind === 'call' ? { frame: term.ref.frame, call: node.call } : null
  }
  // A class that extends a table: the call of its parent's constructor makes it.
  const frame = term.kind === 'instance' ? term.construct : null
  if (frame === null) return null
  const call = functionOf(frame.module, frame.function).calls.find(
    (id) => valueOf(frame.module, callOf(frame.module, id).callee).kind === 'super',
  )
  return call === undefined ? null : { frame, call }
}

/**
 * What each way makes, as one table where two ways make the same. Where it is known who makes it, what is made for nobody in
 * particular is no table of its own.
 */
function definitionsOf(all: readonly Made[]): ReadonlyMap<Made, AnyDefinition> {
  const byCall = new Map<string, Made[]>()
  for (const made of all) {
    const key = functionKey(made.frame, `call ${String(made.call)}`)
    const known = byCall.get(key)
    if (known) known.push(made)
    else byCall.set(key, [made])
  }
  const entered = new Set(
    all.flatMap(({ frame }) => callersOf(frame).map((each) => functionKey(each))),
  )
  const definitions = new Map<Made, AnyDefinition>()
  for (const ways of byCall.values()) {
    const told = ways.map((made) => [made, definitionFrom(made)] as const)
    const whole = told.filter(([{ frame }]) => !entered.has(functionKey(outermost(frame))))
    const read = (whole.length > 0 ? whole : told).filter(([, each]) => isRead(each))
    const distinct = new Map<string, AnyDefinition>()
    for (const [, definition] of read.length > 0 ? read : told)
      distinct.set(JSON.stringify(definition), definition)
    const [only, ...others] = distinct.values()
    for (const [made, definition] of told) {
      const same = distinct.get(JSON.stringify(definition))
      const one = same ?? (others.length === 0 ? only : undefined)
      if (one !== undefined) definitions.set(made, one)
    }
  }
  return definitions
}

/** The frames that lead to a frame and were themselves entered, with it. */
function callersOf(frame: Frame): readonly Frame[] {
  const frames: Frame[] = []
  for (let at = frame; at.caller !== null; at = at.caller.frame) frames.push(at)
  return frames
}

function outermost(frame: Frame): Frame {
  let at = frame
  while (at.caller !== null) at = at.caller.frame
  return at
}

function functionKey({ module, function: id }: Frame, more = ''): string {
  return `${module.facts.file}:${String(id)}:${more}`
}

function definitionFrom({ frame, call, construct, id, names, read, added }: Made): AnyDefinition {
  return definitionOf({
    id: id ?? '',
    framework: construct.framework,
    at: lineOf(placeOfMade({ frame, call })),
    names,
    ...read,
    indexes: [...read.indexes, ...added],
  })
}

function placeOfMade({ frame, call }: Pick<Made, 'frame' | 'call'>): Place {
  return { ...callOf(frame.module, call).at, module: frame.module }
}

function lineOf({ module, start }: Place): DefinitionPlace {
  return { file: module.facts.file, line: lineAt(module, start) }
}

/** What of a table is its name: `table.tableName` of the CDK, `table.name` of SST and Pulumi. */
const NAMES = new Set(['tableName', 'name', 'ref', 'id', 'tableArn', 'arn'])

function targetOf(
  term: Term,
  all: readonly Made[],
  definitions: ReadonlyMap<Made, AnyDefinition>,
): Target {
  const options = alternatives(term).filter(
    (option) => option.kind !== 'literal' || (option.value !== undefined && option.value !== ''),
  )
  const targets = options.map((option): Target => {
    const text = textWithHoles(option)
    if (text !== null) return { kind: 'name', names: [text] }
    const of = option.kind === 'part' && NAMES.has(option.key) ? option.of : option
    const imported = importedName(of)
    if (imported !== null) return { kind: 'name', names: [imported] }
    const made = new Set(tablesIn(of, all).flatMap((each) => definitions.get(each) ?? []))
    const [definition, ...others] = made
    return definition && others.length === 0
      ? { kind: 'definition', definition }
      : { kind: 'unknown' }
  })
  const [first, ...others] = targets
  return first && others.length === 0 ? first : { kind: 'unknown' }
}

/** `Table.fromTableName(this, 'Orders', 'orders')` */
function importedName(term: Term): string | null {
  if (term.kind !== 'result' || term.callee.kind !== 'external') return null
  if (term.callee.path.at(-1) !== 'fromTableName') return null
  const name = term.arguments[2]?.term()
  return name === undefined ? null : textWithHoles(name)
}

const ENVIRONMENTS = new Set(['environment', 'environmentVariables'])

/** How deep in what a construct is given environments are looked for. */
const MOST_DEPTH = 3

function bindingsOf(
  { frame, call, isNew, callee, given }: Call,
  target: (term: Term) => Target,
  root: string,
): readonly Binding[] {
  const { module } = frame
  if (callee.kind === 'part' && callee.key === 'addEnvironment') {
    const [name, value] = given.map((argument) => argument.term())
    if (name?.kind !== 'literal' || typeof name.value !== 'string' || value === undefined) return []
    const handlers = handlersOf(callee.of, module, root)
    const at = lineOf({ ...callOf(module, call).at, module })
    return [{ variable: name.value, target: target(value), at, handlers }]
  }
  const isConstruct = isNew || callee.kind === 'part' || callee.kind === 'function'
  if (!isConstruct) return []
  const own = isNew ? handlersOfCall(callee, given, module, root) : null
  return given.flatMap((argument) =>
    argument.spread
      ? []
      : environmentsIn(argument.term(), 0).flatMap((environment) =>
          variablesOf(environment, target, own),
        ),
  )
}

function environmentsIn(term: Term, depth: number): readonly Term[] {
  if (depth > MOST_DEPTH || !alternatives(term).some(({ kind }) => kind === 'object')) return []
  return [...(viewOf(term)?.fields.values() ?? [])].flatMap((field) =>
    ENVIRONMENTS.has(field.key) ? [field.term()] : environmentsIn(field.term(), depth + 1),
  )
}

function variablesOf(
  environment: Term,
  target: (term: Term) => Target,
  handlers: readonly string[] | null,
): readonly Binding[] {
  const view = viewOf(environment)
  const fields = [...(view?.fields.values() ?? [])]
  const computed = [environment, ...(view?.spreads ?? [])].flatMap(computedEntries)
  const written = fields.flatMap((field): readonly Binding[] => {
    const held = field.term()
    // Pulumi: `environment: { variables: { … } }`
    if (field.key === 'variables' && viewOf(held) !== null)
      return variablesOf(held, target, handlers)
    return [{ variable: field.key, target: target(held), at: lineOf(field.keyAt), handlers }]
  })
  return [
    ...written,
    ...computed.map(({ variable, value, at }): Binding => {
      return { variable, target: target(value), at: lineOf(at), handlers }
    }),
  ]
}

function handlersOf(term: Term, module: Module, root: string): readonly string[] | null {
  const made = alternatives(term).filter((option) => option.kind === 'made')
  const files = made.flatMap(
    ({ of, arguments: given, ref }) =>
      handlersOfCall(of, given ?? [], ref?.frame.module ?? module, root) ?? [],
  )
  return files.length === 0 ? null : files
}

function handlersOfCall(
  callee: Term,
  given: readonly Argument[],
  module: Module,
  root: string,
): readonly string[] | null {
  if (callee.kind !== 'external') return null
  const places = lambdaPlaces(callee, given, module, root)
  if (places !== null) return places.length === 0 ? null : places.map(({ file }) => file)
  const properties: Data | undefined = given
    .map((argument) => certainData(argument.term()))
    .find((data) => reach(data, 'handler') !== undefined)
  const handler = textOf(reach(properties, 'handler'))
  const place = handler === null ? null : handlerAt(handler, baseOf(module, root))
  return place === null ? null : [place.file]
}
