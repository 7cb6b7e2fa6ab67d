import { textOf } from '../../infrastructure/data.ts'
import type { Data } from '../../infrastructure/data.ts'
import { CDK_IMPORT } from '../../infrastructure/cdk.ts'
import { givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, functionOf, keptBy, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Place, Term } from '../../project/term.ts'
import { certainData } from './code-values.ts'
import { constructOf } from './constructs/index.ts'
import type { CapacityMode } from './definition.ts'
import { property } from './keys.ts'
import { isWhole } from './names.ts'

/** A table that a file of the CDK's makes, as far as the file itself shows, whoever calls it. */
export interface MadeTable {
  /** The name of the class. */
  readonly at: Place
  /** The name of the class as the CDK has it: `Table`, `TableV2`, `CfnTable`. */
  readonly className: string
  /** The id of the construct; null where it is not known. */
  readonly id: string | null
  /** The properties that it is given. */
  readonly properties: Term | null
  readonly data: Data | undefined
  readonly capacity: CapacityMode | null
  /** The methods that the file calls of it, with what they are given first. */
  readonly calls: readonly MethodCall[]
}

export interface MethodCall {
  readonly method: string
  readonly data: Data | undefined
}

const madeIn = keptBy<Module, readonly MadeTable[]>()

/** The tables that the code of a file makes with the CDK. */
export function tablesMadeIn(module: Module): readonly MadeTable[] {
  if (!module.facts.imports.some(({ source }) => CDK_IMPORT.test(source))) return []
  const kept = madeIn(module.project)
  const known = kept.get(module)
  if (known) return known
  const made = find(module)
  kept.set(module, made)
  return made
}

function find(module: Module): readonly MadeTable[] {
  const tables = new Map<number, MadeTable & { readonly calls: MethodCall[] }>()
  const methods: { readonly of: Term; readonly call: MethodCall }[] = []
  module.facts.functions.forEach((_, id) => {
    const frame = freeFrame(module, id)
    for (const call of functionOf(module, id).calls) {
      const { callee: value, isNew, calleeAt } = callOf(module, call)
      const callee = evaluate({ frame, value })
      const given = givenBy(frame, call)
      if (!isNew) {
        const written = valueOf(module, value)
        if (written.kind !== 'member' || !ASKED.test(written.key)) continue
        const first = given[0]?.term()
        const data = first === undefined ? undefined : certainData(first)
        const of = evaluate({ frame, value: written.of })
        methods.push({ of, call: { method: written.key, data } })
        continue
      }
      const construct = callee.kind === 'external' ? constructOf(callee) : null
      if (callee.kind !== 'external' || construct?.framework !== 'AWS CDK') continue
      const properties = given[construct.properties]?.term() ?? null
      const data = properties === null ? undefined : certainData(properties)
      const name = given[construct.id]?.term()
      const id = name === undefined ? null : textOf(certainData(name))
      tables.set(call, {
        at: { ...calleeAt, module },
        className: callee.path.at(-1) ?? '',
        id: id !== null && isWhole(id) ? id : null,
        properties,
        data,
        capacity: construct.read(data).capacity,
        calls: [],
      })
    }
  })
  for (const { of, call } of methods) {
    const own = alternatives(of).flatMap((option) => {
      const node =
        option.kind === 'made' && option.ref?.frame.module === module
          ? valueOf(module, option.ref.value)
          : null
      return (node?.kind === 'call' ? tables.get(node.call) : undefined) ?? []
    })
    // What is called of something that is not known may be called of any of them.
    for (const table of own.length > 0 ? own : tables.values()) table.calls.push(call)
  }
  return [...tables.values()]
}

/** The methods of a table that rules ask for. */
const ASKED = /^(?:autoScale|metric|addGlobalSecondaryIndex$)/

/** Whether a table, or an index that is added to it, is given units of capacity; null where it may be. */
export function hasThroughput(data: Data | undefined): boolean | null {
  const held = THROUGHPUT.map((key) => property(data, key))
  if (held.some((each) => each !== undefined && each !== null)) return true
  return held.every((each) => each === undefined) ? false : null
}

const THROUGHPUT = ['readCapacity', 'writeCapacity', 'provisionedThroughput']
