import { dirname, join } from 'node:path'
import { at, entriesOf, listOf, mapOf, textOf } from './data.ts'
import type { Data } from './data.ts'
import { ARGUMENTS, CALL, LABELS, REFERENCE, TEMPLATE } from './hcl.ts'
import type { Source } from './source.ts'

/** A resource, a call of a module, or another block of Terraform's, as it stands in a module. */
export interface TerraformBlock {
  /** `resource`, `data`, `module`, … */
  readonly kind: string
  /** The kind of a resource and its name; of other blocks, the name. */
  readonly labels: readonly string[]
  readonly body: Data
  /** The file that it stands in. */
  readonly file: string
}

/** What the files of one directory say, which Terraform takes as one. */
export interface TerraformModule {
  readonly directory: string
  readonly blocks: readonly TerraformBlock[]
}

/** Terraform's modules, by their directories. */
export type Terraform = ReadonlyMap<string, TerraformModule>

/** Where a value stands: its module, and one of several where a block is made for each entry of a map. */
export interface Scope {
  readonly terraform: Terraform
  readonly module: TerraformModule
  readonly each?: { readonly key: string; readonly value: Data }
}

/** The directory of the module that a reference is resolved in. */
const WITHIN = '$within'

/** How many references lead one to another, and how deep values nest, at most. */
const MOST_STEPS = 40

/** The modules that some files make up. */
export function terraformOf(files: readonly string[], source: Source): Terraform {
  const modules = new Map<string, TerraformBlock[]>()
  for (const file of files) {
    const directory = dirname(file)
    const blocks = modules.get(directory) ?? []
    modules.set(directory, blocks)
    for (const [kind, list] of entriesOf(source.data(file)))
      for (const body of listOf(list) ?? []) {
        const labels = (listOf(at(body, LABELS)) ?? []).flatMap((label) => textOf(label) ?? [])
        blocks.push({ kind, labels, body, file })
      }
  }
  return new Map(
    [...modules].map(([directory, blocks]) => [directory, { directory, blocks }] as const),
  )
}

/** The blocks of a kind, each with the scope that its values stand in. */
export function blocksOf(
  terraform: Terraform,
  kind: string,
  type?: string,
): readonly (readonly [TerraformBlock, Scope])[] {
  return [...terraform.values()].flatMap((module) =>
    module.blocks
      .filter((block) => block.kind === kind && (type === undefined || block.labels[0] === type))
      .flatMap((block) =>
        scopesOf(block, { terraform, module }).map((each) => [block, each] as const),
      ),
  )
}

/** A block with `for_each` is made for each entry, where these are known. */
function scopesOf(block: TerraformBlock, scope: Scope): readonly Scope[] {
  const written = at(block.body, 'for_each')
  if (written === undefined) return [scope]
  const entries = resolved(written, scope)
  const list = listOf(entries)?.flatMap((each) => textOf(each) ?? [])
  const found = list?.map((key) => [key, key] as const) ?? entriesOf(entries)
  const isWhole = found.length > 0 && found.every(([key]) => !/^[$.]/.test(key))
  return isWhole ? found.map(([key, value]) => ({ ...scope, each: { key, value } })) : [scope]
}

/**
 * A value with what it refers to filled in: variables, locals, outputs of other modules, what is known of `for_each`. What
 * else it refers to stays a reference, with the directory it stands in.
 */
export function resolved(data: Data | undefined, scope: Scope, steps = 0): Data {
  if (data === undefined || steps > MOST_STEPS) return null
  const list = listOf(data)
  if (list !== null) return list.map((each) => resolved(each, scope, steps + 1))
  const map = mapOf(data)
  if (map === null || Object.hasOwn(map, WITHIN)) return data
  const reference = listOf(at(map, REFERENCE))
  if (reference !== null) return referredTo(reference.map(String), scope, steps + 1)
  if (Object.hasOwn(map, TEMPLATE)) {
    const parts = (listOf(map[TEMPLATE]) ?? []).map((part) => resolved(part, scope, steps + 1))
    const isPlain = parts.every((part) => typeof part === 'string' || typeof part === 'number')
    return isPlain ? parts.join('') : { [TEMPLATE]: parts }
  }
  const called = textOf(at(map, CALL))
  if (called !== null) {
    const given = (listOf(map[ARGUMENTS]) ?? []).map((each) => resolved(each, scope, steps + 1))
    return resultOf(called, given)
  }
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, resolved(value, scope, steps + 1)]),
  )
}

/** https://developer.hashicorp.com/terraform/language/functions: those that change nothing of what they are given. */
function resultOf(called: string, given: readonly Data[]): Data {
  const [first = null] = given
  switch (called) {
    case 'merge':
      return Object.fromEntries(
        given.flatMap((each) => (isPlainMap(each) ? entriesOf(each) : [['...', null] as const])),
      )
    case 'concat':
      return given.every((each) => listOf(each) !== null)
        ? given.flatMap((each) => listOf(each) ?? [])
        : null
    case 'abspath':
    case 'jsonencode':
    case 'nonsensitive':
    case 'tolist':
    case 'tomap':
    case 'toset':
    case 'tostring':
      return first
    default:
      return null
  }
}

function isPlainMap(data: Data): boolean {
  const map = mapOf(data)
  return map !== null && ![REFERENCE, TEMPLATE, CALL].some((key) => Object.hasOwn(map, key))
}

function referredTo(path: readonly string[], scope: Scope, steps: number): Data {
  const [root = '', name = '', ...more] = path
  const open: Data = { [REFERENCE]: path, [WITHIN]: scope.module.directory }
  switch (root) {
    case 'var':
      return inside(variableOf(name, scope, steps), more) ?? open
    case 'local': {
      const written = scope.module.blocks
        .filter(({ kind }) => kind === 'locals')
        .map(({ body }) => at(body, name))
        .find((value) => value !== undefined)
      return inside(resolved(written, scope, steps), more) ?? open
    }
    case 'each':
      if (scope.each === undefined) return open
      return name === 'key' ? scope.each.key : (inside(scope.each.value, more) ?? null)
    case 'path':
      return name === 'module' || name === 'root' ? scope.module.directory : open
    case 'module': {
      const [output = '', ...rest] = more.filter((step) => !step.startsWith('['))
      return inside(outputOf(name, output, scope, steps), rest) ?? open
    }
    default:
      return open
  }
}

/** What steps lead to in a value; undefined where they lead to nothing that is known. */
function inside(data: Data, steps: readonly string[]): Data | undefined {
  let found: Data | undefined = data
  for (const step of steps) {
    const key = step.replace(/^\[/, '')
    found = listOf(found)?.[Number(key)] ?? (isPlainMap(found ?? null) ? at(found, key) : undefined)
  }
  return found ?? undefined
}

/** What all who call a module give it for a variable; else its default. */
function variableOf(name: string, { terraform, module }: Scope, steps: number): Data {
  const given = callersOf(terraform, module.directory).map(([{ body }, caller]) =>
    at(body, name) === undefined ? undefined : resolved(at(body, name), caller, steps),
  )
  const [first, ...others] = given
  if (first !== undefined)
    return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : null
  if (others.some((other) => other !== undefined)) return null
  const variable = module.blocks.find(
    ({ kind, labels }) => kind === 'variable' && labels[0] === name,
  )
  return at(variable?.body, 'default') ?? null
}

const callers = new WeakMap<Terraform, Map<string, [TerraformBlock, Scope][]>>()

function callersOf(
  terraform: Terraform,
  directory: string,
): readonly (readonly [TerraformBlock, Scope])[] {
  let known = callers.get(terraform)
  if (known === undefined) {
    known = new Map()
    callers.set(terraform, known)
    for (const module of terraform.values())
      for (const block of module.blocks) {
        const source = block.kind === 'module' ? sourceOfModule(block, module) : null
        if (source === null) continue
        const list = known.get(source) ?? []
        known.set(source, [...list, [block, { terraform, module }]])
      }
  }
  return known.get(directory) ?? []
}

/** The directory of a module that is called; null where it is none of the project's. */
function sourceOfModule({ body }: TerraformBlock, { directory }: TerraformModule): string | null {
  const source = textOf(at(body, 'source'))
  return source !== null && /^\.\.?(?:\/|$)/.test(source)
    ? join(directory, source.replace('//', '/')).replace(/[\\/]$/, '')
    : null
}

function outputOf(name: string, output: string, scope: Scope, steps: number): Data {
  const call = scope.module.blocks.find(
    ({ kind, labels }) => kind === 'module' && labels[0] === name,
  )
  const directory = call === undefined ? null : sourceOfModule(call, scope.module)
  const module = directory === null ? undefined : scope.terraform.get(directory)
  const block = module?.blocks.find(({ kind, labels }) => kind === 'output' && labels[0] === output)
  return module && block
    ? resolved(at(block.body, 'value'), { terraform: scope.terraform, module }, steps)
    : null
}

/** A reference that stays one: its steps, and the directory of its module. */
export interface Reference {
  readonly path: readonly string[]
  readonly within: string
}

/** The references in a value that is resolved. */
export function referencesIn(
  data: Data | undefined,
  found: Reference[] = [],
): readonly Reference[] {
  for (const each of listOf(data) ?? []) referencesIn(each, found)
  const map = mapOf(data)
  if (map === null) return found
  const path = listOf(at(map, REFERENCE))
  if (path !== null) found.push({ path: path.map(String), within: textOf(map[WITHIN]) ?? '' })
  else for (const value of Object.values(map)) referencesIn(value, found)
  return found
}

/** The reference that a value is; null where it is none. */
export function referenceOf(data: Data | undefined): Reference | null {
  return at(data, REFERENCE) === undefined ? null : (referencesIn(data)[0] ?? null)
}
