import type { CallId, Range, ValueId } from '../../facts/model.ts'
import { evaluate } from '../../project/evaluate.ts'
import { callOf, placeOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Place } from '../../project/term.ts'
import { requestOf, termOfMember } from '../../operations/request.ts'
import { writesOf } from '../../operations/writes.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import { usesIn, valuesOfParameter } from '../values/uses.ts'
import type { Use } from '../values/uses.ts'
import type { ImageRead } from './images.ts'
import { recordPart } from './records.ts'

/** An attribute of an image that is used as if it were the value itself. */
export interface PlainUse {
  /** null where the code computes which. */
  readonly attribute: string | null
  readonly at: Place
  /** It is held against the same of another image: two objects, which are never the same, whatever stands in them. */
  readonly isOfBoth: boolean
}

/** What is done with one image. */
export interface ImageUses {
  readonly plain: readonly PlainUse[]
  /** Some attribute is read by its type, as it should be, or nobody can tell: the image must stay what it is. */
  readonly isMarshalled: boolean
}

/** The types of attribute values. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
const TYPES = new Set(['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'BOOL', 'NULL', '$unknown'])

/** What any object has. */
const OF_OBJECTS = new Set(['constructor', 'hasOwnProperty', 'toJSON', 'valueOf', '__proto__'])

/** Functions of the language that make something of a text or a number. */
const READ_AS_VALUE = new Set([
  'String',
  'Number',
  'parseInt',
  'parseFloat',
  'Number.parseInt',
  'Number.parseFloat',
  'encodeURIComponent',
  'decodeURIComponent',
  'JSON.parse',
  'Date',
  'Date.parse',
  'BigInt',
  'URL',
])

interface Walk {
  readonly module: Module
  readonly frame: Frame
  readonly handler: Frame
  /** Keys, items and values that a document client is given. */
  readonly items: ReadonlySet<ValueId>
  readonly plain: PlainUse[]
  /** Attributes that are also read by their type: whoever does both knows what comes. */
  readonly typed: Set<string | null>
  readonly seen: Set<string>
}

type State =
  { readonly kind: 'image' } | { readonly kind: 'attribute'; readonly name: string | null }

/** What the file of a handler does with an image that it reads. */
export function usesOfImage({ value, frame, at }: ImageRead, handler: Frame): ImageUses {
  const { module } = at
  const walk: Walk = {
    module,
    frame,
    handler,
    items: documentItems(handler),
    plain: [],
    typed: new Set(),
    seen: new Set(),
  }
  follow(value, { kind: 'image' }, walk)
  const { plain, typed } = walk
  const isUnclear = typed.has(null)
  return {
    plain: plain.filter(
      ({ attribute, isOfBoth }) => isOfBoth || !(isUnclear || typed.has(attribute)),
    ),
    isMarshalled: typed.size > 0,
  }
}

/** The objects of a handler's file that its requests hold where a document client takes plain values. */
function documentItems(handler: Frame): ReadonlySet<ValueId> {
  const found = occurrencesIn(handler).flatMap(({ spelling }) => {
    if (spelling.values !== 'document') return []
    const request = requestOf(spelling.request)
    const own = [termOfMember(request, 'Key'), termOfMember(request, 'ExpressionAttributeValues')]
    return [...own, ...writesOf(spelling).map(({ item }) => item)]
  })
  return new Set(
    found.flatMap((term) =>
      term?.kind === 'object' && term.ref.frame.module === handler.module ? [term.ref.value] : [],
    ),
  )
}

function follow(id: ValueId, state: State, walk: Walk): void {
  const key = `${String(id)}:${state.kind}:${state.kind === 'attribute' ? String(state.name) : ''}`
  if (walk.seen.has(key)) return
  walk.seen.add(key)
  for (const use of usesIn(walk.module).get(id) ?? []) followUse(use, id, state, walk)
}

function followUse(use: Use, id: ValueId, state: State, walk: Walk): void {
  const { module } = walk
  switch (use.kind) {
    case 'value':
      followInto(use.id, id, state, walk)
      return
    case 'argument':
      followArgument(use.call, use.index, state, walk, id)
      return
    case 'condition': {
      const isCompared = module.facts.branches.some(
        ({ condition, kind, tests }) =>
          condition === id &&
          kind === 'switch' &&
          tests.flat().some((test) => isValue(module, test)),
      )
      if (isCompared) misused(state, placeOf(module, id), walk)
      return
    }
    case 'loop': {
      const isIterated = module.facts.loops.some(
        ({ over, kind }) => over === id && kind === 'for-of',
      )
      if (isIterated) misused(state, placeOf(module, id), walk)
      return
    }
    case 'callee':
    case 'return':
    case 'away':
  }
}

function misused(state: State, at: Range, { plain, module }: Walk, isOfBoth = false): void {
  if (state.kind === 'attribute')
    plain.push({
      attribute: state.name,
      at: { start: at.start, end: at.end, module },
      isOfBoth,
    })
}

function typed(state: State, walk: Walk): void {
  if (state.kind === 'attribute') walk.typed.add(state.name)
}

/** What becomes of a value that another is made of. */
function followInto(into: ValueId, id: ValueId, state: State, walk: Walk): void {
  const { module } = walk
  const node = valueOf(module, into)
  switch (node.kind) {
    case 'member':
      followMember(into, node.key, state, walk)
      return
    case 'item': {
      if (node.of !== id) return
      const key = valueOf(module, node.key)
      const name = key.kind === 'literal' && typeof key.value === 'string' ? key.value : null
      if (state.kind === 'image') follow(into, { kind: 'attribute', name }, walk)
      // `value[Object.keys(value)[0]]`: whoever unmarshals by hand.
      else typed(state, walk)
      return
    }
    case 'template':
      misused(state, placeOf(module, into), walk)
      return
    case 'binary':
      followBinary(into, node, id, state, walk)
      return
    case 'unary':
      if (node.operator === '-' || node.operator === '+')
        misused(state, placeOf(module, into), walk)
      else if (node.operator === 'typeof') typed(state, walk)
      return
    case 'logical':
      if (node.operator === '&&' ? node.right === id : isEmpty(node.right, module))
        follow(into, state, walk)
      return
    case 'choice':
      if (node.options.every((option) => option === id || isEmpty(option, module)))
        follow(into, state, walk)
      return
    case 'object':
      if (walk.items.has(into)) misused(state, placeOf(module, id), walk)
      return
    case 'variable': {
      const variable = module.facts.variables[node.variable]
      if (variable?.constant === true) follow(into, state, walk)
      return
    }
    default:
  }
}

function followMember(into: ValueId, key: string, state: State, walk: Walk): void {
  const isCalled = (usesIn(walk.module).get(into) ?? []).some(({ kind }) => kind === 'callee')
  if (state.kind === 'image') {
    if (!isCalled) follow(into, { kind: 'attribute', name: key }, walk)
    return
  }
  if (TYPES.has(key)) typed(state, walk)
  else if (!OF_OBJECTS.has(key)) misused(state, placeOf(walk.module, into), walk)
}

const COMPARED = new Set(['===', '==', '!==', '!='])
const COMPUTED = new Set(['+', '-', '*', '/', '%', '**', '<', '<=', '>', '>='])

function followBinary(
  into: ValueId,
  node: { readonly operator: string; readonly left: ValueId; readonly right: ValueId },
  id: ValueId,
  state: State,
  walk: Walk,
): void {
  const { module, frame, handler } = walk
  const other = node.left === id ? node.right : node.left
  if (COMPUTED.has(node.operator)) misused(state, placeOf(module, into), walk)
  if (!COMPARED.has(node.operator)) return
  const part = recordPart(evaluate({ frame, value: other }), handler)
  const isAttribute = part !== null && !part.isPlain && part.path.length === 5
  const isOfBoth = isAttribute && part.path[2] === 'dynamodb'
  if (isOfBoth || isValue(module, other)) misused(state, placeOf(module, into), walk, isOfBoth)
}

/** A text, a number, true or false. */
function isValue(module: Module, id: ValueId): boolean {
  const node = valueOf(module, id)
  return node.kind === 'template' || (node.kind === 'literal' && node.value != null)
}

/** What stands in for something that is not there. */
function isEmpty(id: ValueId, module: Module): boolean {
  const node = valueOf(module, id)
  return node.kind === 'literal' || (node.kind === 'object' && node.entries.length === 0)
}

function followArgument(call: CallId, index: number, state: State, walk: Walk, id: ValueId): void {
  const { module, frame } = walk
  const callee = evaluate({ frame, value: callOf(module, call).callee })
  const options = alternatives(callee)
  const isRead =
    state.kind === 'attribute' &&
    options.every(
      (option) =>
        option.kind === 'external' &&
        option.source === '' &&
        READ_AS_VALUE.has(option.path.join('.')),
    )
  if (isRead) misused(state, placeOf(module, id), walk)
  const [only, ...others] = options
  if (only?.kind !== 'function' || others.length > 0 || only.module !== module) return
  for (const value of valuesOfParameter(module, only.function, index)) follow(value, state, walk)
}
