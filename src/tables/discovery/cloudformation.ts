import { dirname, join } from 'node:path'
import { at, entriesOf, listOf, mapOf, placeOfData, textOf } from '../../infrastructure/data.ts'
import type { Data } from '../../infrastructure/data.ts'
import type { HandlerPlace } from '../../infrastructure/deployed.ts'
import type { IndexSchema } from '../schema.ts'
import type { AnyDefinition, Binding, DefinitionPlace, Found, Target } from './definition.ts'
import { NOTHING_FOUND } from './definition.ts'
import {
  capacityOf,
  definitionOf,
  keySchemaOf,
  projectionOf,
  streamOf,
  tableKeysOf,
  typeFrom,
  typesOf,
} from './keys.ts'
import type { TypeOf } from './keys.ts'
import { hole, isWhole, onlyHole } from './names.ts'
import { streamsOfStack } from './stack-streams.ts'

/** Resources that are deployed together, and refer to each other by their logical names. */
export interface Stack {
  readonly file: string
  /** As its users write it; null: told by the kind of resource. */
  readonly framework: string | null
  readonly resources: readonly (readonly [string, Data])[]
  readonly parameters: Data | undefined
  readonly outputs: Data | undefined
  /** A value with the variables of a framework filled in; those that are not known are holes. */
  readonly fill: (data: Data | undefined) => Data
  /** The files of a function's code; null where they are not known. */
  readonly handlersOf: (id: string, resource: Data) => readonly string[] | null
  /** Where a function's code is; null where that is not known. */
  readonly placeOf: (id: string) => HandlerPlace | null
  /** Environment variables that are not written at the resources themselves. */
  readonly environments: readonly Environment[]
  /** Streams that set functions off and are not written at the resources themselves. */
  readonly events: readonly StreamEvent[]
}

/** A stream that a framework writes at a function in its own words. */
export interface StreamEvent {
  readonly handler: HandlerPlace
  readonly arn: Data
  readonly isFiltered: boolean
}

/** Environment variables, and the files of the functions that get them; null: all of the stack. */
export interface Environment {
  readonly variables: Data
  readonly handlers: readonly string[] | null
}

/** The tables that a stack defines, and the environment variables that it gives its functions. */
export function readStack(stack: Stack): Found {
  const definitions = new Map<string, AnyDefinition>()
  for (const [id, resource] of stack.resources) {
    const definition = tableOf(stack, id, stack.fill(resource))
    if (definition !== null) definitions.set(id, definition)
  }
  const target = (data: Data | undefined): Target => targetOf(data, stack, definitions)
  const outputs = new Map([...outputsOf(stack, target), ...givenToStacks(stack, target)])
  const bindings: Binding[] = []
  const bind = (variables: Data | undefined, handlers: Binding['handlers']): void => {
    for (const [variable, value] of entriesOf(stack.fill(variables))) {
      const place = placeOf(value) ?? placeOf(variables) ?? { file: stack.file, line: 1 }
      bindings.push({ variable, target: target(value), at: place, handlers })
    }
  }
  for (const { variables, handlers } of stack.environments) bind(variables, handlers)
  for (const [id, written] of stack.resources) {
    const resource = stack.fill(written)
    const type = textOf(at(resource, 'Type'))
    if (type === 'AWS::Serverless::Function' || type === 'AWS::Lambda::Function') {
      const environment = stack.fill(at(stack.fill(at(resource, 'Properties')), 'Environment'))
      bind(at(environment, 'Variables'), stack.handlersOf(id, resource))
    } else if (type === 'AWS::ECS::TaskDefinition') {
      for (const container of listOf(at(resource, 'Properties', 'ContainerDefinitions')) ?? [])
        for (const each of listOf(at(container, 'Environment')) ?? []) {
          const name = textOf(at(each, 'Name'))
          if (name !== null) bind({ [name]: at(each, 'Value') ?? null }, null)
        }
    }
  }
  const streams = streamsOfStack(stack, definitions)
  return { ...NOTHING_FOUND, definitions: [...definitions.values()], bindings, streams, outputs }
}

/** What a stack gives the parameters of the stacks in it. */
function givenToStacks(
  { file, resources, fill }: Stack,
  target: (data: Data | undefined) => Target,
): readonly (readonly [string, Target])[] {
  return resources.flatMap(([, written]) => {
    const resource = fill(written)
    const type = textOf(at(resource, 'Type'))
    if (type !== 'AWS::CloudFormation::Stack' && type !== 'AWS::Serverless::Application') return []
    const properties = fill(at(resource, 'Properties'))
    const location = textOf(at(properties, 'TemplateURL') ?? at(properties, 'Location'))
    const inner = location === null || /^\w+:/.test(location) ? '' : join(dirname(file), location)
    return entriesOf(fill(at(properties, 'Parameters'))).flatMap(([name, value]) => {
      const given = target(value)
      return given.kind === 'unknown' ? [] : [[parameterOf(inner, name), given] as const]
    })
  })
}

/** What a parameter of a template is called among the things that stacks give each other. */
function parameterOf(file: string, parameter: string): string {
  return `${file}?${parameter}`
}

function outputsOf(
  stack: Stack,
  target: (data: Data | undefined) => Target,
): ReadonlyMap<string, Target> {
  const { outputs, fill } = stack
  const found = new Map<string, Target>()
  for (const [id, written] of entriesOf(fill(outputs))) {
    const output = fill(written)
    const value = target(at(output, 'Value'))
    if (value.kind === 'unknown') continue
    found.set(id, value)
    const name = textIn(fill(at(output, 'Export', 'Name')) ?? null, stack, false)
    if (name !== null) found.set(name, value)
  }
  return found
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
function tableOf(stack: Stack, id: string, resource: Data): AnyDefinition | null {
  const type = textOf(at(resource, 'Type'))
  if (type === 'AWS::Serverless::SimpleTable') return simpleTable(stack, id, resource)
  if (type !== 'AWS::DynamoDB::Table' && type !== 'AWS::DynamoDB::GlobalTable') return null
  const properties = stack.fill(at(resource, 'Properties'))
  const property = (...path: readonly string[]): Data | undefined =>
    reached(properties, path, stack)
  const types = typesOf(
    (listOf(property('AttributeDefinitions')) ?? []).map((each) => plain(each, stack)),
    'AttributeName',
    'AttributeType',
  )
  const global = indexesOf(property('GlobalSecondaryIndexes'), types, stack)
  const local = indexesOf(property('LocalSecondaryIndexes'), types, stack)
  const hasStream = mapOf(property('StreamSpecification')) !== null
  return definitionOf({
    id,
    framework: stack.framework ?? 'CloudFormation',
    at: placeOf(resource) ?? { file: stack.file, line: 1 },
    names: namesOf(property('TableName'), stack),
    keys: tableKeysOf(keySchemaOf(plainList(property('KeySchema'), stack), types)),
    indexes: [...global.indexes, ...local.indexes],
    hasMoreIndexes: global.isOpen || local.isOpen,
    timeToLive:
      property('TimeToLiveSpecification', 'Enabled') === false
        ? null
        : textOf(property('TimeToLiveSpecification', 'AttributeName')),
    stream: hasStream ? streamOf(property('StreamSpecification', 'StreamViewType')) : 'none',
    capacity: capacityOf(property('BillingMode')),
  })
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html */
function simpleTable(stack: Stack, id: string, resource: Data): AnyDefinition {
  const properties = stack.fill(at(resource, 'Properties'))
  const key = at(properties, 'PrimaryKey')
  const name = key === undefined ? 'id' : textOf(plain(at(key, 'Name'), stack))
  const type = key === undefined ? 'S' : typeFrom(at(key, 'Type'))
  const isProvisioned = at(properties, 'ProvisionedThroughput') !== undefined
  return definitionOf({
    id,
    framework: stack.framework ?? 'AWS SAM',
    at: placeOf(resource) ?? { file: stack.file, line: 1 },
    names: namesOf(at(properties, 'TableName'), stack),
    keys: name === null ? null : { partitionKey: { name, type }, sortKey: null },
    indexes: [],
    hasMoreIndexes: false,
    timeToLive: null,
    stream: 'none',
    capacity: { mode: isProvisioned ? 'provisioned' : 'on-demand', isWritten: isProvisioned },
  })
}

function indexesOf(
  written: Data | undefined,
  types: TypeOf,
  stack: Stack,
): { readonly indexes: readonly (IndexSchema | null)[]; readonly isOpen: boolean } {
  if (written === undefined) return { indexes: [], isOpen: false }
  const list = listOf(written)
  if (list === null) return { indexes: [], isOpen: true }
  return {
    isOpen: false,
    indexes: list.map((each): IndexSchema | null => {
      const index = chosen(stack.fill(each), stack)
      const name = textOf(plain(at(index, 'IndexName'), stack))
      const keys = keySchemaOf(plainList(at(index, 'KeySchema'), stack), types)
      if (name === null || !isWhole(name) || keys === null) return null
      const projection = chosen(stack.fill(at(index, 'Projection')), stack)
      return {
        name,
        ...keys,
        projection: projectionOf(
          plain(at(projection, 'ProjectionType'), stack),
          plainList(at(projection, 'NonKeyAttributes'), stack),
        ),
      }
    }),
  }
}

/** What a path of keys leads to, with what a condition of the stack leaves; undefined where it leads nowhere. */
function reached(data: Data, path: readonly string[], stack: Stack): Data | undefined {
  let found: Data | undefined = data
  for (const key of path) {
    if (found === null) return null
    const next = at(found, key)
    found = next === undefined ? undefined : chosen(stack.fill(next), stack)
    if (found === undefined) return undefined
  }
  return found
}

/** What `Fn::If` leaves where there is something on one side only; null where there are two that differ. */
function chosen(data: Data, stack: Stack): Data | undefined {
  const options = listOf(at(data, 'Fn::If'))
  if (options === null) return at(data, 'Ref') === 'AWS::NoValue' ? undefined : data
  const [a, b] = options
    .slice(1)
    .map((option) => chosen(stack.fill(option), stack))
    .filter((option) => option !== undefined)
  return b === undefined || JSON.stringify(a) === JSON.stringify(b) ? a : null
}

/** A value, or a map of values, with the defaults of parameters. */
function plain(data: Data | undefined, stack: Stack): Data {
  const value = chosen(stack.fill(data), stack) ?? null
  const text = textIn(value, stack, true)
  if (text !== null && isWhole(text)) return text
  const map = mapOf(value)
  if (map === null) return value
  return Object.fromEntries(Object.entries(map).map(([key, each]) => [key, plain(each, stack)]))
}

function plainList(data: Data | undefined, stack: Stack): Data {
  return (listOf(data) ?? []).map((each) => plain(each, stack))
}

/** What a value may be as a text: with the defaults of parameters, and with holes in their place. */
function namesOf(data: Data | undefined, stack: Stack): readonly string[] {
  if (data === undefined) return []
  const filled = stack.fill(data)
  const options = listOf(at(filled, 'Fn::If'))?.slice(1) ?? [filled]
  const names = options.flatMap((option) =>
    [true, false].map((withDefaults) => textIn(stack.fill(option), stack, withDefaults)),
  )
  return [...new Set(names.filter((name) => name !== null && name !== ''))] as string[]
}

/** A text with holes for what is not known; null where it is none. */
function textIn(data: Data, stack: Stack, withDefaults: boolean, depth = 0): string | null {
  if (depth > 8) return null
  if (typeof data === 'string') return data
  if (typeof data === 'number') return String(data)
  const map = mapOf(data)
  if (map === null) return null
  const inner = (each: Data | undefined): string | null =>
    textIn(stack.fill(each), stack, withDefaults, depth + 1)
  const parameter = (name: string): string => {
    const standard = withDefaults ? textOf(at(stack.parameters, name, 'Default')) : null
    return standard !== null && standard !== '' ? standard : hole(name)
  }
  const [first, ...more] = Object.entries(map)
  if (first === undefined || more.length > 0) return null
  const [key, value] = first
  switch (key) {
    case 'Ref':
      return typeof value === 'string' ? parameter(value) : null
    case 'Fn::Sub': {
      const text = textOf(value) ?? textOf(listOf(value)?.[0])
      const given = mapOf(listOf(value)?.[1])
      return (
        text?.replace(/\$\{(!?[^}]*)\}/g, (whole: string, name: string) => {
          if (name.startsWith('!')) return whole
          const told = given && Object.hasOwn(given, name) ? inner(given[name]) : null
          return told ?? parameter(name)
        }) ?? null
      )
    }
    case 'Fn::Join': {
      const [separator, parts] = listOf(value) ?? []
      const texts = (listOf(parts) ?? []).map((part) => inner(part) ?? hole(JSON.stringify(part)))
      return texts.length === 0 ? null : texts.join(textOf(separator) ?? '')
    }
    case 'Fn::GetAtt':
    case 'Fn::FindInMap':
    case 'Fn::ImportValue':
    case 'Fn::Select':
      return hole(JSON.stringify(map))
    default:
      return null
  }
}

/** What a value that is given to a function stands for. */
function targetOf(
  data: Data | undefined,
  stack: Stack,
  definitions: ReadonlyMap<string, AnyDefinition>,
): Target {
  const filled = stack.fill(data)
  const imported = at(filled, 'Fn::ImportValue') ?? givenOut(filled)
  if (imported !== undefined) {
    const name = textIn(stack.fill(imported), stack, false)
    return name === null ? { kind: 'unknown' } : { kind: 'name', names: [exported(name)] }
  }
  const names = namesOf(filled, stack)
  for (const name of names) {
    const definition = definitions.get(onlyHole(name) ?? '')
    if (definition) return { kind: 'definition', definition }
  }
  // What the stack around this one gives a parameter, or one that has this in it by another way.
  const parameters = names
    .map((name) => onlyHole(name) ?? '')
    .filter((name) => at(stack.parameters, name) !== undefined)
    .flatMap((name) => [parameterOf(stack.file, name), parameterOf('', name)].map(exported))
  return names.length === 0
    ? { kind: 'unknown' }
    : { kind: 'name', names: [...names, ...parameters] }
}

/** `!GetAtt Nested.Outputs.OrdersTable` of a stack in a stack. */
function givenOut(data: Data): string | undefined {
  const written = at(data, 'Fn::GetAtt')
  const path =
    textOf(written)?.split('.') ?? (listOf(written) ?? []).flatMap((step) => textOf(step) ?? [])
  const steps = path.flatMap((step) => step.split('.'))
  return steps[1] === 'Outputs' ? steps[2] : undefined
}

/** What another stack gives out under a name, as a name of a table. */
function exported(name: string): string {
  return `output:${name}`
}

function placeOf(data: Data | undefined): DefinitionPlace | null {
  return placeOfData(data)
}
