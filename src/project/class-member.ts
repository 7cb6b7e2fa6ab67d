import type { ClassMember } from '../facts/model.ts'
import { givenBy, resultOf } from './call.ts'
import { injectedBy } from './containers.ts'
import { evaluate, evaluateUnlessRunning } from './evaluate.ts'
import { isOpenType } from './bindings.ts'
import { enter, frameOfSelf, freeFrame } from './frame.ts'
import { implementationOf } from './implementations.ts'
import { memberOf, orPart, part } from './member.ts'
import { callOf, classOf, functionOf, valueOf } from './module.ts'
import { choice } from './term.ts'
import type { ClassTerm, Frame, FunctionTerm, Term } from './term.ts'

/** Undefined where no class has it. */
export function staticMember(of: ClassTerm, key: string): Term | null | undefined {
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
export const MOST_PARENTS = 8

export function instanceMember(
  of: Extract<Term, { kind: 'instance' }>,
  key: string,
  from: ClassTerm = of.class,
): Term | null {
  let owner: ClassTerm | null = from
  for (let depth = 0; owner && depth < MOST_PARENTS; depth += 1) {
    const found = ownMember(of, owner, key)
    const parent: Term | null = parentOf(owner)
    if (found !== undefined) {
      if (parent === null || !isAddedTo(owner, key)) return found
      return choice([found, inheritedFrom(parent, of, key)])
    }
    if (parent !== null && parent.kind !== 'class') return inheritedFrom(parent, of, key)
    owner = parent
  }
  return inheritedLater(of, key) ?? part(of, key, null)
}

/** A member that an instance has from what its class extends. */
function inheritedFrom(
  parent: Term,
  of: Extract<Term, { kind: 'instance' }>,
  key: string,
): Term | null {
  if (parent.kind === 'class') return instanceMember(of, key, parent)
  // What a class of another package brings along is as good as an instance of that.
  return parent.kind === 'external'
    ? part({ kind: 'made', of: parent, arguments: null, ref: null }, key, null)
    : part(of, key, null)
}

/** Whether a class only adds to a member that it inherits: `this.changes.push(change)`. */
function isAddedTo({ module, class: id }: ClassTerm, key: string): boolean {
  const { members, assigned } = classOf(module, id)
  if (members.some((member) => !member.static && member.name === key)) return false
  return assigned.every(
    (each) => each.static || each.key !== key || valueOf(module, each.value).kind === 'append',
  )
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
  if (all === null && member && member.decorators.length > 0 && isOpenType(type)) {
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
