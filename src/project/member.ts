import type { ValueId } from '../facts/model.ts'
import { MOST_PARENTS, instanceMember, staticMember } from './class-member.ts'
import { providedByName } from './containers.ts'
import { evaluateUnlessRunning, partUnlessRunning } from './evaluate.ts'
import { elementOf } from './elements.ts'
import { exportOf } from './exports.ts'
import { implementationOf, parentsOf } from './implementations.ts'
import { functionOf, valueOf } from './module.ts'
import { UNDEFINED, UNKNOWN, choice } from './term.ts'
import type { Frame, Term } from './term.ts'
import { isClosed, viewOf } from './view.ts'

/** What `of.key` is; null where it is only being computed from itself. */
export function memberOf(of: Term, key: string): Term | null {
  switch (of.kind) {
    case 'choice':
      return choice(of.options.map((option) => memberOf(option, key)))
    case 'object':
      return partUnlessRunning(of, key, () => objectMember(of, key))
    case 'array':
      return arrayMember(of, key)
    case 'sequence':
      return (/^\d+$/.test(key) ? of.items?.[Number(key)]?.term() : null) ?? part(of, key, null)
    case 'external':
      return key === 'default' ? of : { ...of, path: [...of.path, key] }
    case 'namespace':
      return exportOf(of.module, key)
    case 'class':
      return orPart(staticMember(of, key), of, key)
    case 'instance':
      return instanceMember(of, key)
    case 'literal':
      return of.value === undefined || of.value === null ? null : part(of, key, null)
    case 'shape':
      return shapeMember(of, key) ?? UNKNOWN
    case 'parameter':
      return typedMember(of, key)
    case 'part':
      return handedOutByName(of, key) ?? typedMember(of, key)
    default:
      return part(of, key, null)
  }
}

/** A member that nothing is known of stands for itself; one that is only being computed adds nothing. */
export function orPart(found: Term | null | undefined, of: Term, key: string): Term | null {
  return found === undefined ? part(of, key, null) : found
}

export function part(of: Term, key: string, type: Term | null): Term {
  return { kind: 'part', of, key, type }
}

/** What an annotation says a member is: a method that is known can be called, anything else keeps its name and its type. */
function typedMember(of: Extract<Term, { kind: 'parameter' | 'part' }>, key: string): Term {
  const type = of.type ?? namedForConstructor(of)
  if (type === null) return givenByName(of, key) ?? part(of, key, null)
  const told =
    type.kind === 'shape'
      ? shapeMember(type, key)
      : type.kind === 'instance'
        ? memberOf(type, key)
        : null
  if (told === null || told.kind === 'unknown') return part(of, key, null)
  // A member that the class itself gives a value is that value, whichever instance it is.
  const isGiven = type.kind === 'instance' && (told.kind !== 'part' || told.of !== type)
  return told.kind === 'function' || isGiven ? told : part(of, key, told)
}

/** What a container gives a constructor that takes an object of everything it knows: awilix does. */
function givenByName(of: Extract<Term, { kind: 'parameter' | 'part' }>, key: string): Term | null {
  if (of.kind !== 'parameter') return null
  const { module } = of.frame
  const isFirst = of.index === 0 && functionOf(module, of.frame.function).kind === 'constructor'
  return isFirst ? providedByName(module.project, key) : null
}

/** As `givenByName`, for a parameter that is named as what it takes. */
function namedForConstructor(of: Extract<Term, { kind: 'parameter' | 'part' }>): Term | null {
  if (of.kind !== 'parameter') return null
  const { kind, parameters } = functionOf(of.frame.module, of.frame.function)
  const name = kind === 'constructor' ? (parameters[of.index]?.name ?? null) : null
  return name === null ? null : providedByName(of.frame.module.project, name)
}

/** What a term is known to be: itself, or what its annotation says. */
export function typeOf(term: Term): Term {
  return (term.kind === 'parameter' || term.kind === 'part') && term.type !== null
    ? term.type
    : term
}

/** `container.cradle.orders`. */
function handedOutByName(of: Extract<Term, { kind: 'part' }>, key: string): Term | null {
  if (of.key !== 'cradle' || of.of.kind !== 'result') return null
  return providedByName(of.of.frame.module.project, key)
}

function shapeMember(of: Extract<Term, { kind: 'shape' }>, key: string, depth = 0): Term | null {
  const { frame, value } = of.ref
  const node = valueOf(frame.module, value)
  if (node.kind !== 'shape' || depth > MOST_PARENTS) return null
  const member = Object.hasOwn(node.members, key) ? node.members[key] : undefined
  if (member !== undefined) return evaluateUnlessRunning({ frame, value: member })
  if (hasMethod(of, key, 0)) {
    const implementation = implementationOf(of)
    if (implementation !== null) return memberOf(implementation, key)
  }
  for (const parent of parentsOf(of)) {
    const found =
      parent.kind === 'shape'
        ? shapeMember(parent, key, depth + 1)
        : memberOf({ kind: 'instance', class: parent, construct: null }, key)
    if (found !== null && (found.kind !== 'part' || found.type !== null)) return found
  }
  return null
}

/** Whether an interface, or one that it extends, has a member that is called. */
function hasMethod(of: Extract<Term, { kind: 'shape' }>, key: string, depth: number): boolean {
  const node = valueOf(of.ref.frame.module, of.ref.value)
  if (node.kind !== 'shape' || depth > MOST_PARENTS) return false
  if (node.methods.includes(key)) return true
  return parentsOf(of).some(
    (parent) => parent.kind === 'shape' && hasMethod(parent, key, depth + 1),
  )
}

function objectMember(of: Extract<Term, { kind: 'object' }>, key: string): Term | null {
  const view = viewOf(of)
  if (view === null) return null
  const field = view.fields.get(key)
  if (field?.certain) return field.term()
  const elsewhere = view.spreads.map((spread) => memberOf(spread, key))
  if (view.computed.length > 0)
    elsewhere.push({ kind: 'unknown', from: view.computed.map((c) => c.term()), ref: null })
  if (!field && isClosed(view)) return UNDEFINED
  return choice([
    field ? field.term() : null,
    ...elsewhere,
    ...(field && elsewhere.length === 0 ? [UNDEFINED] : []),
  ])
}

function arrayMember(of: Extract<Term, { kind: 'array' }>, key: string): Term | null {
  const { frame, value } = of.ref
  const node = valueOf(frame.module, value)
  if (/^\d+$/.test(key) && node.kind === 'array') {
    const index = Number(key)
    if (node.elements.slice(0, index + 1).some((element) => element.spread)) return elementOf(of)
    const element = node.elements[index]
    return element ? evaluateUnlessRunning({ frame, value: element.value }) : UNDEFINED
  }
  if (key === '0' && node.kind === 'append' && node.items.every((item) => item.spread)) {
    const lists = [node.of, ...node.items.map((item) => item.value)]
    return partUnlessRunning(of, key, () => firstOf(lists, frame))
  }
  return part(of, key, null)
}

/** The first of lists that were put together, any of which may have been empty. */
function firstOf(lists: readonly ValueId[], frame: Frame): Term | null {
  return choice(
    lists.map((value) => {
      const list = evaluateUnlessRunning({ frame, value })
      return list === null ? null : memberOf(list, '0')
    }),
  )
}

/** What `of[key]` is. */
export function itemOf(of: Term, key: Term): Term | null {
  if (key.kind === 'choice') return choice(key.options.map((option) => itemOf(of, option)))
  if (key.kind === 'literal' && (typeof key.value === 'string' || typeof key.value === 'number'))
    return memberOf(of, String(key.value))
  if (of.kind === 'choice') return choice(of.options.map((option) => itemOf(option, key)))
  if (of.kind === 'object') {
    const view = viewOf(of)
    if (view && isClosed(view) && view.fields.size <= 40) {
      return choice([...view.fields.values()].map((field) => field.term())) ?? UNKNOWN
    }
  }
  if (of.kind === 'array' || of.kind === 'sequence') return elementOf(of)
  return { kind: 'item', of, key }
}
