import { at, entriesOf, listOf, mapOf, placeOfData, textOf } from '../../infrastructure/data.ts'
import type { Data } from '../../infrastructure/data.ts'
import { REFERENCE, TEMPLATE } from '../../infrastructure/hcl.ts'
import { blocksOf, referenceOf, resolved } from '../../infrastructure/terraform.ts'
import type { Reference, Scope, Terraform, TerraformBlock } from '../../infrastructure/terraform.ts'
import {
  functionsIn,
  handlerOf,
  handlersByFunction,
} from '../../infrastructure/terraform-functions.ts'
import type {
  AnyDefinition,
  Binding,
  DefinitionPlace,
  Found,
  StreamSource,
  Target,
} from './definition.ts'
import { NOTHING_FOUND } from './definition.ts'
import { definitionOf } from './keys.ts'
import { hole, isWhole } from './names.ts'
import { TERRAFORM_MODULE_WORDS, TERRAFORM_WORDS, providerTable } from './provider.ts'

const FRAMEWORK = 'Terraform'

/** Definitions by what refers to them: directory, kind, name and the entry they are made for. */
type Definitions = ReadonlyMap<string, AnyDefinition>

/** The tables that Terraform's files define, and the variables that they give to functions. */
export function tablesOfTerraform(terraform: Terraform): Found {
  const definitions = new Map<string, AnyDefinition>()
  for (const [block, scope] of blocksOf(terraform, 'resource', 'aws_dynamodb_table'))
    definitions.set(keyOf(block, scope), tableOf(block, scope))
  for (const [block, scope] of blocksOf(terraform, 'module'))
    if (isTableModule(block)) definitions.set(keyOf(block, scope), tableOf(block, scope))
  const bindings = ['resource', 'module'].flatMap((kind) =>
    blocksOf(terraform, kind).flatMap(([block, scope]) => bindingsOf(block, scope, definitions)),
  )
  const streams = streamsOf(terraform, definitions)
  return { ...NOTHING_FOUND, definitions: [...definitions.values()], bindings, streams }
}

/** https://registry.terraform.io/modules/terraform-aws-modules/dynamodb-table/aws/latest */
function isTableModule({ body }: TerraformBlock): boolean {
  return /terraform-aws-(?:modules\/)?dynamodb-table/.test(textOf(at(body, 'source')) ?? '')
}

function keyOf({ kind, labels }: TerraformBlock, { module, each }: Scope): string {
  const path = [...(kind === 'resource' ? [] : [kind]), ...labels]
  return [module.directory, ...path, ...(each ? [`[${each.key}`] : [])].join(' ')
}

function tableOf(block: TerraformBlock, scope: Scope): AnyDefinition {
  const isModule = block.kind === 'module'
  const properties = withHoles(resolved(block.body, scope))
  const name = textOf(at(properties, 'name'))
  const read = providerTable(properties, isModule ? TERRAFORM_MODULE_WORDS : TERRAFORM_WORDS)
  const isOnDemand = isModule && at(properties, 'billing_mode') === undefined
  return definitionOf({
    ...read,
    id: [block.labels.at(-1), ...(scope.each ? [scope.each.key] : [])].join('.'),
    framework: FRAMEWORK,
    at: placeOf(block),
    names: name === null ? [] : [name],
    capacity: isOnDemand ? { mode: 'on-demand', isWritten: false } : read.capacity,
  })
}

function placeOf({ body, file }: TerraformBlock): DefinitionPlace {
  return placeOfData(body) ?? { file, line: 1 }
}

/** Values with texts in place of what refers to something that is not known. */
function withHoles(data: Data): Data {
  const list = listOf(data)
  if (list !== null) return list.map(withHoles)
  const map = mapOf(data)
  if (map === null) return data
  if (Object.hasOwn(map, REFERENCE)) return hole(shown(map[REFERENCE]))
  if (Object.hasOwn(map, TEMPLATE))
    return (listOf(map[TEMPLATE]) ?? []).map((part) => textIn(withHoles(part))).join('')
  return Object.fromEntries(Object.entries(map).map(([key, each]) => [key, withHoles(each)]))
}

function textIn(data: Data): string {
  return typeof data === 'string' || typeof data === 'number' ? String(data) : hole('')
}

function shown(path: Data | undefined): string {
  return (listOf(path) ?? []).map(String).join('.')
}

const VARIABLE = /^[A-Z][A-Z0-9_]*$/

/** How deep in what a function or a module is given its environment is looked for. */
const MOST_DEPTH = 5

/** Whatever is called as an environment variable is, wherever the modules that make functions want it. */
function bindingsOf(
  block: TerraformBlock,
  scope: Scope,
  definitions: Definitions,
): readonly Binding[] {
  const handler = handlerOf(block, scope)
  const handlers = handler === null ? null : [handler.file]
  const found: Binding[] = []
  const bind = (variable: string, value: Data | undefined): void => {
    const target = targetOf(value, scope.terraform, definitions)
    found.push({ variable, target, at: placeOf(block), handlers })
  }
  const look = (data: Data, depth: number): void => {
    if (depth > MOST_DEPTH || at(data, REFERENCE) !== undefined) return
    for (const each of listOf(data) ?? []) look(each, depth + 1)
    // What a container is given: `{ name = "ORDERS", value = … }`.
    const name = textOf(at(data, 'name') ?? at(data, 'Name'))
    if (name !== null && VARIABLE.test(name)) bind(name, at(data, 'value') ?? at(data, 'Value'))
    for (const [key, value] of entriesOf(data))
      if (VARIABLE.test(key)) bind(key, value)
      else look(value, depth + 1)
  }
  look(resolved(block.body, scope), 0)
  return found.filter(({ target }) => target.kind !== 'unknown' || handlers !== null)
}

const NAMES = new Set(['name', 'id', 'arn', 'dynamodb_table_id', 'dynamodb_table_arn'])

function targetOf(data: Data | undefined, terraform: Terraform, definitions: Definitions): Target {
  const reference = referenceOf(data)
  if (reference !== null) {
    const definition = definitionAt(reference, definitions)
    if (definition !== null) return { kind: 'definition', definition }
    const name = nameOfData(reference, terraform)
    return name === null ? { kind: 'unknown' } : { kind: 'name', names: [name] }
  }
  const text = textOf(withHoles(data ?? null))
  return text === null || text === '' ? { kind: 'unknown' } : { kind: 'name', names: [text] }
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_event_source_mapping */
function streamsOf(terraform: Terraform, definitions: Definitions): readonly StreamSource[] {
  const mappings = blocksOf(terraform, 'resource', 'aws_lambda_event_source_mapping')
  if (mappings.length === 0) return []
  const handlers = handlersByFunction(terraform)
  return mappings.flatMap(([{ body }, scope]) => {
    const arn = resolved(at(body, 'event_source_arn') ?? null, scope)
    const reference = referenceOf(arn)
    if (
      reference === null ? textOf(arn) !== null : !(reference.path.at(-1) ?? '').includes('stream')
    )
      return []
    const table = reference === null ? null : definitionAt(reference, definitions, STREAMS)
    const isFiltered = at(body, 'filter_criteria') !== undefined
    return functionsIn(resolved(at(body, 'function_name') ?? null, scope)).flatMap((name) => {
      const handler = handlers.get(name)
      return handler === undefined ? [] : [{ table, handler, isFiltered }]
    })
  })
}

/** What of a table is its stream. */
const STREAMS = new Set(['stream_arn', 'dynamodb_table_stream_arn'])

function definitionAt(
  { path, within }: Reference,
  definitions: Definitions,
  attributes = NAMES,
): AnyDefinition | null {
  const isTable = path[0] === 'aws_dynamodb_table' || path[0] === 'module'
  if (!isTable || !attributes.has(path.at(-1) ?? '')) return null
  const steps = path.slice(0, -1)
  const [kind = '', name = ''] = steps
  const one = definitions.get([within, ...steps].join(' '))
  return one ?? definitions.get([within, kind, name].join(' ')) ?? null
}

/** `data "aws_dynamodb_table" "orders" { name = "orders" }` */
function nameOfData({ path, within }: Reference, terraform: Terraform): string | null {
  const [data, type, name] = path
  const module = terraform.get(within)
  if (module === undefined || data !== 'data' || type !== 'aws_dynamodb_table') return null
  const block = module.blocks.find(
    ({ kind, labels }) => kind === data && labels[0] === type && labels[1] === name,
  )
  const text = textOf(withHoles(resolved(at(block?.body, 'name'), { terraform, module })))
  return text !== null && isWhole(text) ? text : null
}
