import type { TSESTree } from '@typescript-eslint/utils'
import type {
  BranchFacts,
  BranchId,
  CallFacts,
  CallId,
  ClassFacts,
  FunctionFacts,
  FunctionId,
  Guard,
  ImportFacts,
  LoopFacts,
  LoopId,
  Primitive,
  Range,
  ReexportFacts,
  TemplatePart,
  TryFacts,
  TryId,
  Value,
  ValueId,
  VariableFacts,
  VariableId,
} from './model.ts'
import type { Flow } from './flow.ts'
import type { Scope, TypeBinding } from './scope.ts'

/** A function whose body is still to be read, with the scope it stands in. */
export interface PendingFunction {
  readonly id: FunctionId
  readonly scope: Scope
  readonly read: (x: Extraction) => void
}

/** What was assigned, and decided, where a `break` or `continue` leaves. */
export interface Departure {
  readonly changes: ReadonlyMap<VariableId, ValueId>
  readonly guards: readonly Guard[]
}

/** A loop, a switch or a block with a label being read: what `break` and `continue` leave behind. */
export interface Exits {
  readonly kind: 'loop' | 'switch' | 'block'
  readonly label: string | null
  readonly base: Flow['environment']
  readonly breaks: Departure[]
  readonly continues: Departure[]
}

/** The tables under construction and where the reader stands. One per file, thrown away afterwards. */
export interface Extraction {
  readonly text: string
  readonly values: Value[]
  readonly places: Range[]
  readonly functions: FunctionFacts[]
  readonly calls: CallFacts[]
  readonly branches: BranchFacts[]
  readonly loopFacts: LoopFacts[]
  readonly tryFacts: TryFacts[]
  readonly variables: VariableFacts[]
  readonly classes: ClassFacts[]
  readonly imports: ImportFacts[]
  readonly exports: Record<string, ValueId>
  readonly reexports: ReexportFacts[]
  readonly directives: string[]
  readonly pending: PendingFunction[]
  /** What variables held on ways that never reach the end of their function: functions made there saw it. */
  readonly abandoned: Map<VariableId, Set<ValueId>>
  /** Variables that are declared with nothing in them. */
  readonly unset: Set<VariableId>
  /** What declared types tell, by how deep inside another they stand. */
  readonly types: Map<TypeBinding, (ValueId | null)[]>
  function: FunctionId
  scope: Scope
  flow: Flow
  loops: readonly LoopId[]
  tries: readonly TryId[]
  handlers: readonly TryId[]
  exits: readonly Exits[]
  /** The label of the statement being read, for the loop that follows it. */
  label: string | null
  readonly valueOf: (node: TSESTree.Node) => ValueId
}

export function rangeOf(node: { range: readonly [number, number] }): Range {
  return { start: node.range[0], end: node.range[1] }
}

/** The range of a parameter or its name without its decorators, which some parsers count in. */
export function undecorated(x: Extraction, node: TSESTree.Node): Range {
  const at = rangeOf(node)
  const last = 'decorators' in node ? node.decorators.at(-1) : undefined
  if (!last || last.range[0] < at.start) return at
  const gap = /\S/.exec(x.text.slice(last.range[1], at.end))
  return { start: last.range[1] + (gap?.index ?? 0), end: at.end }
}

export function addValue(x: Extraction, value: Value, at: Range): ValueId {
  x.values.push(value)
  x.places.push(at)
  return x.values.length - 1
}

export function literal(x: Extraction, value: Primitive, at: Range): ValueId {
  return addValue(x, { kind: 'literal', value }, at)
}

export function unknown(x: Extraction, at: Range, from: readonly ValueId[] = []): ValueId {
  return addValue(x, { kind: 'unknown', from }, at)
}

export function valueAt(x: Extraction, id: ValueId): Value {
  // Ids are only ever made by addValue.
  return x.values[id] as Value
}

export function placeAt(x: Extraction, id: ValueId): Range {
  return x.places[id] as Range
}

/**
 * The pieces that a value adds to a text: literals as text, templates as their parts, anything else as a value.
 *
 * @param at where the value is put in; the quotes of a string that is written there are left out
 */
export function textParts(x: Extraction, id: ValueId, at: Range): readonly TemplatePart[] {
  const value = valueAt(x, id)
  if (value.kind === 'template') return value.parts
  if (value.kind === 'literal' && value.value !== undefined) {
    const place = placeAt(x, id)
    const isWrittenHere = place.start === at.start && place.end === at.end
    const inner = isWrittenHere && typeof value.value === 'string'
    return [
      {
        kind: 'text',
        text: String(value.value),
        at: inner ? { start: at.start + 1, end: at.end - 1 } : at,
      },
    ]
  }
  return [{ kind: 'value', value: id, at }]
}

function isText(x: Extraction, id: ValueId): boolean {
  const value = valueAt(x, id)
  return value.kind === 'template' || (value.kind === 'literal' && typeof value.value === 'string')
}

/** `left operator right`, a text where either side is one. */
export function binary(
  x: Extraction,
  operator: string,
  left: ValueId,
  right: ValueId,
  at: { readonly left: Range; readonly right: Range; readonly whole: Range },
): ValueId {
  if (operator === '+' && (isText(x, left) || isText(x, right))) {
    const parts = [...textParts(x, left, at.left), ...textParts(x, right, at.right)]
    if (parts.length <= 400) return addValue(x, { kind: 'template', parts }, at.whole)
  }
  const value = {
    kind: 'binary',
    operator,
    left,
    leftAt: at.left,
    right,
    rightAt: at.right,
  } as const
  return addValue(x, value, at.whole)
}

export function addBranch(
  x: Extraction,
  branch: {
    kind: BranchFacts['kind']
    condition: ValueId | null
    at: Range
    tests?: BranchFacts['tests']
  },
): BranchId {
  x.branches.push({
    kind: branch.kind,
    condition: branch.condition,
    tests: branch.tests ?? [],
    at: branch.at,
    function: x.function,
    exits: [],
  })
  return x.branches.length - 1
}

export function addCall(
  x: Extraction,
  call: Pick<CallFacts, 'callee' | 'arguments' | 'isNew' | 'at' | 'calleeAt'>,
): ValueId {
  const id: CallId = x.calls.length
  x.calls.push({
    ...call,
    function: x.function,
    guards: x.flow.guards,
    loops: x.loops,
    tries: x.tries,
    handlers: x.handlers,
    discarded: false,
  })
  functionAt(x, x.function).calls.push(id)
  return addValue(x, { kind: 'call', call: id }, call.at)
}

export function functionAt(x: Extraction, id: FunctionId): FunctionFacts {
  return x.functions[id] as FunctionFacts
}

/** How many guards a call keeps; code that nests deeper is generated. */
const MOST_GUARDS = 60

export function withGuard(guards: readonly Guard[], guard: Guard): readonly Guard[] {
  return guards.length >= MOST_GUARDS ? guards : [...guards, guard]
}
