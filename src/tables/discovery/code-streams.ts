import { lambdaPlacesIn } from '../../infrastructure/cdk.ts'
import { dataOf } from '../../infrastructure/code-data.ts'
import type { Data } from '../../infrastructure/data.ts'
import type { HandlerPlace } from '../../infrastructure/deployed.ts'
import { baseOf, sstPlacesIn } from '../../infrastructure/sst.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Argument, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import { constructOf } from './constructs/index.ts'
import type { AnyDefinition, StreamSource, Target } from './definition.ts'

/** A call of infrastructure in code, as one way through it makes it. */
interface Call {
  readonly module: Module
  readonly isNew: boolean
  readonly callee: Term
  readonly given: readonly Argument[]
}

/** A stream before it is known which table a value is. */
interface Source {
  readonly handlers: readonly HandlerPlace[]
  /** `itself`: what the call makes. */
  readonly table: Term | 'itself' | null
  readonly isFiltered: boolean
}

/**
 * The streams by which one call of infrastructure in code sets functions off: of the CDK and of SST.
 *
 * @param itself the table that the call makes; null where it makes none
 */
export function streamsOf(
  call: Call,
  itself: AnyDefinition | null,
  target: (term: Term) => Target,
  root: string,
): readonly StreamSource[] {
  const source = cdkSource(call, root) ?? sstSource(call, root)
  if (source === null) return []
  const { handlers, table, isFiltered } = source
  const found = table === null || table === 'itself' ? null : target(table)
  const told = found?.kind === 'definition' ? found.definition : null
  const definition = table === 'itself' ? itself : told
  return handlers.map((handler) => ({ table: definition, handler, isFiltered }))
}

/**
 * What several ways through the code say is said once. What one way through a call leaves open counts only where no other
 * way through it tells it.
 *
 * @param byCall the streams that each call tells of, whichever way it is come to
 */
export function distinctStreams(
  byCall: Iterable<readonly StreamSource[]>,
): readonly StreamSource[] {
  const seen = new Map<string, Set<AnyDefinition | null>>()
  const nameOf = ({ handler }: StreamSource): string => `${handler.file}#${handler.name}`
  return [...byCall].flatMap((streams) => {
    const known = new Set(streams.filter(({ table }) => table !== null).map(nameOf))
    return streams.filter((stream) => {
      const name = nameOf(stream)
      if (stream.table === null && known.has(name)) return false
      const tables = seen.get(name) ?? new Set()
      seen.set(name, tables)
      const isNew = !tables.has(stream.table)
      tables.add(stream.table)
      return isNew
    })
  })
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda_event_sources.DynamoEventSource.html */
function cdkSource({ module, isNew, callee, given }: Call, root: string): Source | null {
  if (isNew) {
    const isMapping = callee.kind === 'external' && callee.path.at(-1) === 'EventSourceMapping'
    const properties = isMapping ? fieldsOf(given[2]) : null
    const fn = properties?.get('target')
    return fn ? mapping(fn, properties, module, root) : null
  }
  if (callee.kind !== 'part') return null
  if (callee.key === 'addEventSourceMapping')
    return mapping(callee.of, fieldsOf(given[1]), module, root)
  if (callee.key !== 'addEventSource') return null
  const source = given[0]?.term()
  if (source?.kind !== 'made' || source.of.path.at(-1) !== 'DynamoEventSource') return null
  return {
    handlers: lambdaPlacesIn(callee.of, module, root),
    table: source.arguments?.[0]?.term() ?? null,
    isFiltered: mayFilter(source.arguments?.[1]),
  }
}

type Fields = ReadonlyMap<string, Term>

/** A mapping by the stream's ARN; null where that is none of a table's. */
function mapping(fn: Term, fields: Fields | null, module: Module, root: string): Source | null {
  const arn = fields?.get('eventSourceArn')
  if (arn === undefined) return null
  const options = alternatives(arn)
  const isStream = options.every((option) => option.kind === 'part' && STREAM_ARN.has(option.key))
  const [first] = options
  if (!isStream || first?.kind !== 'part' || options.length > 1) return null
  const isFiltered = fields?.has('filters') === true
  return { handlers: lambdaPlacesIn(fn, module, root), table: first.of, isFiltered }
}

const STREAM_ARN = new Set(['tableStreamArn', 'attrStreamArn'])

/** `consumers` of a table, `addConsumers(…)` and `subscribe(…)`. https://sst.dev/docs/component/aws/dynamo/#subscribe */
function sstSource({ module, isNew, callee, given }: Call, root: string): Source | null {
  const base = baseOf(module, root)
  if (isNew) {
    const construct = callee.kind === 'external' ? constructOf(callee) : null
    if (construct?.framework !== 'SST') return null
    const consumers = fieldsOf(given[construct.properties])?.get('consumers')
    return consumers ? consumersIn([dataOf(consumers)], 'itself', base) : null
  }
  if (callee.kind !== 'part') return null
  if (callee.key !== 'subscribe' && callee.key !== 'addConsumers') return null
  const { of } = callee
  if (of.kind !== 'made' || constructOf(of.of)?.framework !== 'SST') return null
  return consumersIn(
    given.map((argument) => dataOf(argument.term())),
    of,
    base,
  )
}

function consumersIn(data: readonly Data[], table: Term | 'itself', base: string): Source {
  return {
    handlers: data.flatMap((each) => sstPlacesIn(each, base)),
    table,
    isFiltered: JSON.stringify(data).includes('"filters":'),
  }
}

function fieldsOf(argument: Argument | undefined): Fields | null {
  const view = argument === undefined ? null : viewOf(argument.term())
  return view && new Map([...view.fields].map(([key, field]) => [key, field.term()]))
}

/** Whether properties name filters, or are not known whole. */
function mayFilter(argument: Argument | undefined): boolean {
  if (argument === undefined) return false
  const view = viewOf(argument.term())
  return view === null || view.fields.has('filters') || view.spreads.length > 0
}
