import type { ClassMember, ValueId } from '../facts/model.ts'
import {
  elementOf,
  evaluate,
  evaluateUnlessRunning,
  partUnlessRunning,
  isPromise,
} from './evaluate.ts'
import { givenBy, resultOf } from './call.ts'
import { injectedBy, providedByName } from './containers.ts'
import { enter, frameOfSelf, freeFrame } from './frame.ts'
import { implementationOf, parentsOf } from './implementations.ts'
import { callOf, classOf, functionOf, valueOf } from './module.ts'
import type { Module } from './module.ts'
import { UNDEFINED, UNKNOWN, alternatives, choice } from './term.ts'
import type { ClassTerm, Frame, FunctionTerm, Term } from './term.ts'
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
function orPart(found: Term | null | undefined, of: Term, key: string): Term | null {
  return found === undefined ? part(of, key, null) : found
}

function part(of: Term, key: string, type: Term | null): Term {
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

/** The function or class that a CommonJS module exports as a whole; null where it exports anything else. */
export function calledExport(module: Module): Term | null {
  const whole = module.facts.exports['=']
  if (whole === undefined) return null
  const term = evaluateUnlessRunning({ frame: freeFrame(module, 0), value: whole })
  const isCalled =
    term !== null && alternatives(term).some(({ kind }) => kind === 'function' || kind === 'class')
  return isCalled ? term : null
}

/** What a module exports under a name, through its re-exports. */
export function exportOf(
  module: Module,
  name: string,
  seen: ReadonlySet<Module> = new Set(),
): Term | null {
  const { facts, project } = module
  const frame = freeFrame(module, 0)
  if (Object.hasOwn(facts.exports, name))
    return evaluateUnlessRunning({ frame, value: facts.exports[name] as number })
  const whole = facts.exports['=']
  if (whole !== undefined) {
    const term = evaluateUnlessRunning({ frame, value: whole })
    return term === null || name === 'default' ? term : memberOf(term, name)
  }
  if (seen.has(module)) return null
  const visited = new Set(seen).add(module)
  for (const { source, name: here, imported } of facts.reexports) {
    if (here !== null && here !== name) continue
    const target = project.resolve(module, source)
    const there = here === null ? name : imported
    if (target === null) {
      if (here !== null)
        return {
          kind: 'external',
          source,
          path: there === null || there === 'default' ? [] : [there],
        }
      continue
    }
    const found =
      there === null
        ? ({ kind: 'namespace', module: target } as const)
        : exportOf(target, there, visited)
    if (found !== null) return found
  }
  return name === 'default' ? { kind: 'namespace', module } : null
}

/** Undefined where no class has it. */
function staticMember(of: ClassTerm, key: string): Term | null | undefined {
  const facts = classOf(of.module, of.class)
  const member = facts.members.find((m) => m.static && m.name === key && m.kind !== 'setter')
  const assigned = facts.assigned
    .filter((a) => a.static && a.key === key)
    .map((a) => evaluateUnlessRunning({ frame: freeFrame(of.module, a.function), value: a.value }))
  const initial = member ? memberTerm(of, member, of, null) : null
  if (initial !== null || assigned.length > 0) return choice([initial, ...assigned])
  const parent = parentOf(of)
  return parent?.kind === 'class' ? staticMember(parent, key) : undefined
}

/** The class that a class extends; null where it extends none. */
function parentOf({ module, class: id, frame }: ClassTerm): Term | null {
  const facts = classOf(module, id)
  return facts.extends === null ? null : evaluateUnlessRunning({ frame, value: facts.extends })
}

/** The constructor that `new` of a class runs: its own, or the nearest that it inherits. */
export function constructorOf(of: ClassTerm): FunctionTerm | null {
  let owner: Term | null = of
  for (let depth = 0; owner?.kind === 'class' && depth < MOST_PARENTS; depth += 1) {
    const { construct } = classOf(owner.module, owner.class)
    if (construct !== null)
      return {
        kind: 'function',
        module: owner.module,
        function: construct,
        lexical: owner.frame,
        self: null,
      }
    owner = parentOf(owner)
  }
  return null
}

/** What `super.key` is: a member of the parent class, on behalf of the same `this`. */
export function superMember(self: Term, parent: Term | null, key: string): Term | null {
  if (parent?.kind === 'class') {
    if (self.kind === 'class') return orPart(staticMember(parent, key), self, key)
    if (self.kind === 'instance') return instanceMember(self, key, parent)
  }
  return memberOf(self, key)
}

/** How long a line of ancestors is followed. */
const MOST_PARENTS = 8

function instanceMember(
  of: Extract<Term, { kind: 'instance' }>,
  key: string,
  from: ClassTerm = of.class,
): Term | null {
  let owner: ClassTerm | null = from
  for (let depth = 0; owner && depth < MOST_PARENTS; depth += 1) {
    const found = ownMember(of, owner, key)
    if (found !== undefined) return found
    const parent: Term | null = parentOf(owner)
    if (parent !== null && parent.kind !== 'class') {
      // What a class of another package brings along is as good as an instance of that.
      return parent.kind === 'external'
        ? part({ kind: 'made', of: parent, arguments: null, ref: null }, key, null)
        : part(of, key, null)
    }
    owner = parent
  }
  return inheritedLater(of, key) ?? part(of, key, null)
}

/** A member that an abstract class leaves to the one class that extends or implements it. */
function inheritedLater(of: Extract<Term, { kind: 'instance' }>, key: string): Term | null {
  if (of.construct !== null || !classOf(of.class.module, of.class.class).abstract) return null
  const implementation = implementationOf(of.class)
  return implementation === null ? null : memberOf(implementation, key)
}

function ownMember(
  self: Extract<Term, { kind: 'instance' }>,
  owner: ClassTerm,
  key: string,
): Term | null | undefined {
  const facts = classOf(owner.module, owner.class)
  const member = facts.members.find((m) => !m.static && m.name === key && m.kind !== 'setter')
  if (member && member.kind !== 'field') return memberTerm(owner, member, self, key)
  const assigned = facts.assigned
    .filter((a) => !a.static && a.key === key)
    .map((a) =>
      evaluateUnlessRunning({ frame: assignmentFrame(self, owner, a.function), value: a.value }),
    )
  const initial =
    member?.value == null
      ? null
      : evaluateUnlessRunning({
          frame: initialiserFrame(self, owner, member.value),
          value: member.value,
        })
  const all = choice([initial, ...assigned])
  const type =
    member?.type == null ? null : evaluateUnlessRunning({ frame: owner.frame, value: member.type })
  if (all === null && assigned.length > 0 && type === null) return null
  if (all === null && member && member.decorators.length > 0 && isPromise(type)) {
    const injected = injectedBy(owner.frame, member.decorators)
    if (injected !== null) return injected
  }
  if (all === null) return member ? part(self, key, type) : undefined
  if (type !== null && (all.kind === 'unknown' || (all.kind === 'literal' && all.value == null)))
    return part(self, key, type)
  return all
}

/** The frame in which an assignment to `this.key` was made: the constructor's, if that is known, else any run of it. */
function assignmentFrame(
  self: Extract<Term, { kind: 'instance' }>,
  owner: ClassTerm,
  id: number,
): Frame {
  let frame = self.construct
  for (let depth = 0; frame && depth < MOST_PARENTS; depth += 1) {
    if (frame.module === owner.module && frame.function === id) return frame
    frame = superFrame(frame, self)
  }
  return freeFrame(owner.module, id)
}

/** The frame of the parent's constructor, as `super(…)` in a constructor runs it. */
function superFrame(frame: Frame, self: Term): Frame | null {
  const { module } = frame
  for (const call of functionOf(module, frame.function).calls) {
    const { callee } = callOf(module, call)
    if (valueOf(module, callee).kind !== 'super') continue
    const parent = evaluate({ frame, value: callee })
    const code = parent.kind === 'class' ? constructorOf(parent) : null
    return code === null ? null : enter(frame, call, { ...code, self }, givenBy(frame, call))
  }
  return null
}

/** The frame that a field's value is computed in: its initialiser's, for this object. */
function initialiserFrame(self: Term, owner: ClassTerm, value: number): Frame {
  const id = owner.module.facts.functions.findIndex(
    (f) =>
      f.kind === 'initialiser' &&
      f.class === owner.class &&
      f.returns.some((r) => r.value === value),
  )
  if (id < 0) return owner.frame
  return frameOfSelf(self, codeOf(owner, id, self))
}

function codeOf(owner: ClassTerm, id: number, self: Term): FunctionTerm {
  return { kind: 'function', module: owner.module, function: id, lexical: owner.frame, self }
}

function memberTerm(
  owner: ClassTerm,
  member: ClassMember,
  self: Term,
  key: string | null,
): Term | null {
  if (member.function !== null) {
    const method = codeOf(owner, member.function, self)
    if (member.kind === 'getter') return resultOf(frameOfSelf(self, method))
    return member.kind === 'setter' ? part(self, key ?? member.name, null) : method
  }
  if (member.value !== null)
    return evaluateUnlessRunning({
      frame: initialiserFrame(self, owner, member.value),
      value: member.value,
    })
  return member.type === null
    ? null
    : evaluateUnlessRunning({ frame: owner.frame, value: member.type })
}
