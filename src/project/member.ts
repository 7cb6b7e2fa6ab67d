import type { ClassMember } from '../facts/model.ts'
import { elementOf, evaluate, evaluateUnlessRunning, partUnlessRunning } from './evaluate.ts'
import { freeFrame } from './frame.ts'
import { classOf, functionOf, valueOf } from './module.ts'
import type { Module } from './module.ts'
import { UNDEFINED, UNKNOWN, choice } from './term.ts'
import type { ClassTerm, Frame, Term } from './term.ts'
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
    case 'external':
      return key === 'default' ? of : { ...of, path: [...of.path, key] }
    case 'namespace':
      return exportOf(of.module, key)
    case 'class':
      return staticMember(of, key) ?? part(of, key, null)
    case 'instance':
      return instanceMember(of, key)
    case 'literal':
      return of.value === undefined || of.value === null ? null : part(of, key, null)
    case 'shape':
      return shapeMember(of, key) ?? UNKNOWN
    case 'parameter':
    case 'part':
      return typedMember(of, key)
    default:
      return part(of, key, null)
  }
}

function part(of: Term, key: string, type: Term | null): Term {
  return { kind: 'part', of, key, type }
}

/** What an annotation says a member is: a method that is known can be called, anything else keeps its name and its type. */
function typedMember(of: Extract<Term, { kind: 'parameter' | 'part' }>, key: string): Term {
  const { type } = of
  if (type === null) return part(of, key, null)
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

/** What a term is known to be: itself, or what its annotation says. */
export function typeOf(term: Term): Term {
  return (term.kind === 'parameter' || term.kind === 'part') && term.type !== null
    ? term.type
    : term
}

function shapeMember(of: Extract<Term, { kind: 'shape' }>, key: string): Term | null {
  const { frame, value } = of.ref
  const node = valueOf(frame.module, value)
  const member =
    node.kind === 'shape' && Object.hasOwn(node.members, key) ? node.members[key] : undefined
  return member === undefined ? null : evaluateUnlessRunning({ frame, value: member })
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
  return part(of, key, null)
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

function staticMember(of: ClassTerm, key: string): Term | null {
  const facts = classOf(of.module, of.class)
  const member = facts.members.find((m) => m.static && m.name === key)
  if (member) return memberTerm(of, member, of, null)
  const parent =
    facts.extends === null ? null : evaluateUnlessRunning({ frame: of.frame, value: facts.extends })
  return parent?.kind === 'class' ? staticMember(parent, key) : null
}

function instanceMember(of: Extract<Term, { kind: 'instance' }>, key: string): Term | null {
  let owner: ClassTerm | null = of.class
  for (let depth = 0; owner && depth < 8; depth += 1) {
    const found = ownMember(of, owner, key)
    if (found !== null) return found
    const facts = classOf(owner.module, owner.class)
    const parent: Term | null =
      facts.extends === null
        ? null
        : evaluateUnlessRunning({ frame: owner.frame, value: facts.extends })
    if (parent !== null && parent.kind !== 'class') {
      // What a class of another package brings along is as good as an instance of that.
      return parent.kind === 'external'
        ? part({ kind: 'made', of: parent, arguments: null, ref: null }, key, null)
        : part(of, key, null)
    }
    owner = parent
  }
  return part(of, key, null)
}

function ownMember(
  self: Extract<Term, { kind: 'instance' }>,
  owner: ClassTerm,
  key: string,
): Term | null {
  const facts = classOf(owner.module, owner.class)
  const member = facts.members.find((m) => !m.static && m.name === key)
  if (member && member.kind !== 'field') return memberTerm(owner, member, self, key)
  const assigned = facts.assigned
    .filter((a) => a.key === key)
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
  if (all === null) return member ? part(self, key, type) : null
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
  const { construct } = self
  if (construct && construct.module === owner.module && construct.function === id) return construct
  return freeFrame(owner.module, id)
}

function initialiserFrame(
  self: Extract<Term, { kind: 'instance' }>,
  owner: ClassTerm,
  value: number,
): Frame {
  const initialiser = owner.module.facts.functions.findIndex(
    (f) =>
      f.kind === 'initialiser' &&
      f.class === owner.class &&
      f.returns.some((r) => r.value === value),
  )
  const free = initialiser < 0 ? owner.frame : freeFrame(owner.module, initialiser)
  if (initialiser < 0) return free
  return {
    ...free,
    self,
    lexical: self.construct?.lexical ?? owner.frame,
    memo: new Map(),
    callees: new Map(),
  }
}

function memberTerm(
  owner: ClassTerm,
  member: ClassMember,
  self: Term,
  key: string | null,
): Term | null {
  if (member.function !== null) {
    const method: Term = {
      kind: 'function',
      module: owner.module,
      function: member.function,
      lexical: owner.frame,
      self,
    }
    if (member.kind !== 'getter') return method
    const [result] = functionOf(owner.module, member.function).returns
    return result
      ? evaluate({ frame: freeFrame(owner.module, member.function), value: result.value })
      : part(self, key ?? member.name, null)
  }
  if (member.value !== null) {
    const initialiser =
      self.kind === 'instance' ? initialiserFrame(self, owner, member.value) : owner.frame
    return evaluateUnlessRunning({ frame: initialiser, value: member.value })
  }
  return member.type === null
    ? null
    : evaluateUnlessRunning({ frame: owner.frame, value: member.type })
}
