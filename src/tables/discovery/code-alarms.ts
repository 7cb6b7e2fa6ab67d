import { CDK_IMPORT } from '../../infrastructure/cdk.ts'
import { evaluate } from '../../project/evaluate.ts'
import { callOf, lineAt, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Argument, Frame, Place, Term } from '../../project/term.ts'
import type { DefinitionPlace, Watch } from './definition.ts'

/** A call of infrastructure in code, as one way through it makes it. */
interface Call {
  readonly frame: Frame
  readonly call: number
  readonly given: readonly Argument[]
}

/** What a table gives an alarm to watch. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_dynamodb.Table.html */
const METRIC = /^metric(?:Throttled|Consumed(?:Read|Write)Capacity)/

/** What the generic `metric('…')` is asked for. */
const METRIC_NAME = /Throttl|Capacity/

/** Packages whose constructs watch what they are told to, or all there is. */
const WATCHERS =
  /^(?:@[\w-]+\/)?[\w-]*(?:watchful|monitoring|monitors?|alarms?|observability|slic-watch|powertools-cdk)[\w-]*(?:\/|$)/i

/** The namespace of the metrics of DynamoDB. */
const NAMESPACE = 'AWS/DynamoDB'

/**
 * What watches the throttling or the capacity of tables in infrastructure in code.
 *
 * @param tablesAt where the tables are made that a term is, as a way through the code has it
 */
export function watchesOf(
  calls: readonly Call[],
  modules: Iterable<Module>,
  tablesAt: (term: Term, frame: Frame) => readonly Place[],
): readonly Watch[] {
  const byCall = new Map<string, { readonly file: string; readonly tables: Set<string> }>()
  const places = new Map<string, DefinitionPlace>()
  for (const { frame, call, given } of calls) {
    const { module } = frame
    const written = valueOf(module, callOf(module, call).callee)
    if (written.kind !== 'member') continue
    const { key } = written
    if (!METRIC.test(key) && !(key === 'metric' && METRIC_NAME.test(nameOf(given)))) continue
    const { file } = module.facts
    const known = byCall.get(`${file}:${String(call)}`) ?? { file, tables: new Set<string>() }
    byCall.set(`${file}:${String(call)}`, known)
    const of = evaluate({ frame, value: written.of })
    for (const { module: home, start } of tablesAt(of, frame)) {
      const place = { file: home.facts.file, line: lineAt(home, start) }
      const name = `${place.file}:${String(place.line)}`
      places.set(name, place)
      known.tables.add(name)
    }
  }
  const told = [...byCall.values()].flatMap(({ file, tables }): readonly Watch[] =>
    tables.size === 0
      ? [{ table: null, file }]
      : [...tables].map((name) => ({ table: places.get(name) ?? null, file })),
  )
  const whole = [...modules]
    .filter(watchesAll)
    .map(({ facts: { file } }) => ({ table: null, file }))
  return [...told, ...whole]
}

function nameOf(given: readonly Argument[]): string {
  const first = given[0]?.term()
  return first?.kind === 'literal' && typeof first.value === 'string' ? first.value : ''
}

/** A file that names the metrics of DynamoDB, or leaves the watching to a package. */
function watchesAll({ facts }: Module): boolean {
  return (
    facts.imports.some(({ source }) => WATCHERS.test(source)) ||
    facts.values.some((value) => value.kind === 'literal' && value.value === NAMESPACE)
  )
}

/** Whether a file of the CDK's begins an app: `new App()`, `new cdk.App()`. */
export function makesApp(module: Module): boolean {
  const { facts } = module
  if (!facts.imports.some(({ source }) => CDK_IMPORT.test(source))) return false
  return facts.calls.some(({ isNew, callee }) => {
    const made = isNew ? valueOf(module, callee) : null
    return (
      (made?.kind === 'import' && made.name === 'App') ||
      (made?.kind === 'member' && made.key === 'App')
    )
  })
}
