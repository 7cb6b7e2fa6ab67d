import type { Value, ValueId } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { functionOf, placeOf, valueOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Ref, Term } from '../project/term.ts'

/**
 * Whether a text, list or object is what the code shows of it: nothing changes it behind the back of the function that
 * uses it. A callback may (`keys.forEach((key) => parts.push(key))`), another name for it, or a function it is given to.
 */
export function isSettled(term: Term): boolean {
  const refs = alternatives(term).flatMap((option) => refOf(option) ?? [])
  const modules = new Set(refs.map(({ frame }) => frame.module))
  return [...modules].every((module) => {
    const used = refs.filter(({ frame }) => frame.module === module).map(({ value }) => value)
    const chain = chainOf(module, used)
    const { shared, changes, elsewhere } = sharingIn(module)
    return [...chain].every(
      (id) =>
        !shared.has(id) &&
        (changes.get(id) ?? []).every(
          (change) => chain.has(change) || elsewhere.get(id)?.has(change) === true,
        ),
    )
  })
}

function refOf(term: Term): Ref | null {
  switch (term.kind) {
    case 'literal':
    case 'template':
    case 'object':
    case 'array':
      return term.ref
    default:
      return null
  }
}

/** Whether what stands at an offset reads a variable that other functions give values to. */
export function isSharedRead(module: Module, offset: number): boolean {
  return sharingIn(module).reads.has(offset)
}

interface Sharing {
  /** Values that something else may change, or replace. */
  readonly shared: ReadonlySet<ValueId>
  /** For each object and list, what comes of changing it. */
  readonly changes: ReadonlyMap<ValueId, readonly ValueId[]>
  /** For each object and list, the changes that only happen to it on another branch. */
  readonly elsewhere: ReadonlyMap<ValueId, ReadonlySet<ValueId>>
  /** For each parameter that is changed, its function and index. */
  readonly changedParameters: ReadonlySet<string>
  readonly reads: ReadonlySet<number>
}

const known = new WeakMap<Module, Sharing>()

function sharingIn(module: Module): Sharing {
  const seen = known.get(module)
  if (seen) return seen
  const { values, variables } = module.facts
  const shared = new Set<ValueId>()
  const reads = new Set<number>()
  for (const { foreign, final, reads: own } of variables) {
    if (foreign.length === 0) continue
    for (const offset of own) reads.add(offset)
    for (const id of chainOf(module, final === null ? [] : [final])) shared.add(id)
  }
  const changes = new Map<ValueId, ValueId[]>()
  const changedParameters = new Set<string>()
  values.forEach((value, change) => {
    if (value.kind !== 'set' && value.kind !== 'append' && value.kind !== 'delete') return
    for (const id of chainOf(module, [value.of])) {
      const changed = valueOf(module, id)
      if (isMade(changed)) changes.set(id, [...(changes.get(id) ?? []), change])
      if (changed.kind === 'parameter')
        changedParameters.add(parameterKey(changed.function, changed.index))
    }
  })
  const sharing = { shared, changes, elsewhere: changesElsewhere(module), changedParameters, reads }
  known.set(module, sharing)
  for (const id of handedOut(module)) shared.add(id)
  return sharing
}

/** Where two branches meet, what one of them changed is not changed on the other. */
function changesElsewhere(module: Module): ReadonlyMap<ValueId, ReadonlySet<ValueId>> {
  const found = new Map<ValueId, Set<ValueId>>()
  for (const value of module.facts.values) {
    if (value.kind !== 'choice') continue
    const chains = value.options.map((option) => chainOf(module, [option]))
    for (const chain of chains) {
      for (const id of chain) {
        if (!isMade(valueOf(module, id))) continue
        const others = chains.flatMap((other) => [...other].filter((change) => !chain.has(change)))
        const known = found.get(id) ?? new Set()
        for (const change of others) known.add(change)
        found.set(id, known)
      }
    }
  }
  return found
}

function isMade(value: Value): boolean {
  return value.kind === 'object' || value.kind === 'array'
}

function parameterKey(id: number, index: number): string {
  return `${String(id)}:${String(index)}`
}

/** A value and all that it is made from by changes, on every branch. */
export function chainOf(module: Module, from: readonly ValueId[]): ReadonlySet<ValueId> {
  const chain = new Set<ValueId>()
  const open = [...from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (chain.has(id)) continue
    chain.add(id)
    open.push(...before(module, valueOf(module, id)))
  }
  return chain
}

function before({ facts }: Module, value: Value): readonly ValueId[] {
  switch (value.kind) {
    case 'set':
    case 'append':
    case 'delete':
      return [value.of]
    case 'choice':
      return value.options
    case 'loop':
      return value.next === null ? [value.initial] : [value.initial, value.next]
    case 'logical':
      return [value.left, value.right]
    case 'variable': {
      const { final = null, foreign = [] } = facts.variables[value.variable] ?? {}
      return final === null ? foreign : [final, ...foreign]
    }
    default:
      return []
  }
}

/** Calls that leave what they are given as it is. */
const LEAVES_ALONE =
  /^(?:send|promise|then|query|scan|get|put|update|delete|(?:batch|transact)\w*|\w*Items?|paginate\w*|log|info|warn|error|debug|trace|stringify|keys|values|entries|assign|freeze|seal|marshall|unmarshall|join|push|concat|includes|indexOf|map|flatMap|filter|some|every|forEach|find|findIndex|slice|reduce|structuredClone|cloneDeep|isEmpty|isArray|Boolean|String|has|expect|resolve|all)$/

/** Methods that change a list in a way that nothing here follows. */
const CHANGES = new Set([
  'unshift',
  'splice',
  'pop',
  'shift',
  'reverse',
  'sort',
  'fill',
  'copyWithin',
])

/** Objects and lists held by a name that are given to calls that may change them. */
function handedOut(module: Module): readonly ValueId[] {
  const made = (from: ValueId): readonly ValueId[] =>
    [...chainOf(module, [from])].filter((id) => isMade(valueOf(module, id)))
  return module.facts.calls.flatMap((call): readonly ValueId[] => {
    const callee = valueOf(module, call.callee)
    const changed = callee.kind === 'member' && CHANGES.has(callee.key) ? made(callee.of) : []
    if (call.isNew || LEAVES_ALONE.test(calledName(callee))) return changed
    const handed = call.arguments.flatMap((given, index) => {
      const held = made(given.value).filter((id) => {
        const { start, end } = placeOf(module, id)
        return start !== given.at.start || end !== given.at.end
      })
      return held.length > 0 && mayChange(module, call.callee, call.function, index) ? held : []
    })
    return [...changed, ...handed]
  })
}

function calledName(callee: Value): string {
  switch (callee.kind) {
    case 'member':
      return callee.key
    case 'import':
    case 'global':
      return callee.name
    default:
      return ''
  }
}

/** Whether a function may change what it is given; one that is not known may. */
function mayChange(module: Module, callee: ValueId, caller: number, index: number): boolean {
  const target = evaluate({ frame: freeFrame(module, caller), value: callee })
  return alternatives(target).some((option) => {
    if (option.kind !== 'function') return true
    const { module: own, function: id } = option
    if (functionOf(own, id).parameters.length <= index) return false
    return sharingIn(own).changedParameters.has(parameterKey(id, index))
  })
}
