import type { Value } from '../facts/model.ts'
import { evaluateCall } from './call.ts'
import { injectedBy } from './containers.ts'
import { frameOf, freeFrame } from './frame.ts'
import { calledExport, itemOf, memberOf, superMember } from './member.ts'
import { classOf, functionOf, keptBy, valueOf } from './module.ts'
import type { Module } from './module.ts'
import { isTooDeep, once, strictly } from './reentry.ts'
import { UNDEFINED, UNKNOWN, alternatives, choice } from './term.ts'
import type { Argument, ExternalTerm, Frame, Ref, Term } from './term.ts'

/** What a value is. Symbols are followed to what they stand for, through the frames that bind them. */
export function evaluate(ref: Ref): Term {
  return evaluateStrictly(ref) ?? UNKNOWN
}

/** As `evaluate`; null where the code would fail before it came to have a value. */
export function evaluateStrictly(ref: Ref): Term | null {
  const { frame, value } = ref
  const known = frame.memo.get(value)
  if (known !== undefined) return known
  return strictly(frame.module.project.rounds, () => evaluateUnlessRunning(ref))
}

/** As `evaluateStrictly`; null also where the value is only being computed from itself, so that it adds nothing to a choice. */
export function evaluateUnlessRunning(ref: Ref): Term | null {
  const { frame, value } = ref
  const known = frame.memo.get(value)
  if (known !== undefined) return known
  const node = valueOf(frame.module, value)
  const { budget, rounds } = frame.module.project
  if (LEAVES.has(node.kind) && budget.steps > 0 && !isTooDeep(rounds)) {
    budget.steps -= 1
    const term = compute(ref, node)
    frame.memo.set(value, term)
    return term
  }
  return once(
    rounds,
    frame.memo,
    value,
    WAYS,
    () => {
      if (budget.steps <= 0) return UNKNOWN
      budget.steps -= 1
      return compute(ref, node)
    },
    () => ({
      rank: node.kind === 'loop' ? 0 : node.kind === 'variable' ? 1 : 2,
      file: frame.module.facts.file,
      value,
      depth: frame.depth,
    }),
  )
}

/** Values whose term is made without looking at any other, so that none of them can come back to itself. */
const LEAVES: ReadonlySet<Value['kind']> = new Set<Value['kind']>([
  'literal',
  'object',
  'set',
  'delete',
  'rest',
  'array',
  'append',
  'global',
  'function',
  'class',
  'shape',
  'caught',
])

/** What a part of a term is, worked out once; as `evaluateUnlessRunning`. */
export function partUnlessRunning(
  of: Extract<Term, { ref: Ref }>,
  part: string,
  compute: () => Term | null,
): Term | null {
  const { project } = of.ref.frame.module
  const { budget, rounds } = project
  const parts = partsIn(project)
  const entries = parts.get(of) ?? new Map<string, Term | null>()
  parts.set(of, entries)
  return once(rounds, entries, part, WAYS, () => {
    if (budget.steps <= 0) return UNKNOWN
    budget.steps -= 1
    return compute()
  })
}

const partsIn = keptBy<Term, Map<string, Term | null>>()

const WAYS = {
  again: null,
  againStrictly: UNKNOWN,
  widen: (term: Term | null): Term | null => choice([term, UNKNOWN]),
} as const

function compute(ref: Ref, value: Value): Term | null {
  const { frame } = ref
  const at = (id: number): Ref => ({ frame, value: id })
  switch (value.kind) {
    case 'literal':
      return { kind: 'literal', value: value.value, ref }
    case 'template':
      return computeTemplate(ref, value)
    case 'object':
    case 'set':
    case 'delete':
      return { kind: 'object', ref }
    case 'rest':
    case 'array':
    case 'append':
      return { kind: value.kind === 'rest' ? 'object' : 'array', ref }
    case 'choice':
      return decidedBy(
        ref,
        choice(optionsTaken(ref, value).map((option) => evaluateUnlessRunning(at(option)))),
      )
    case 'loop':
      return decidedBy(
        ref,
        choice(
          [value.initial, value.next].map((id) =>
            id === null ? null : evaluateUnlessRunning(at(id)),
          ),
        ),
      )
    case 'parameter':
      return parameterTerm(frame, value.function, value.index, value.rest, ref)
    case 'this':
      return thisTerm(frame, value.function)
    case 'import':
      return importTerm(frame.module, value.source, value.name)
    case 'super':
      return parentOf(frame, value.class)
    case 'global':
      // What a CommonJS file has exported, it may use itself.
      return value.name === 'exports' && Object.keys(frame.module.facts.exports).length > 0
        ? { kind: 'namespace', module: frame.module }
        : { kind: 'external', source: '', path: [value.name] }
    case 'variable':
      return variableTerm(frame, value.variable)
    case 'member': {
      const whole = valueOf(frame.module, value.of)
      if (whole.kind === 'super')
        return superMember(thisTerm(frame, whole.function), parentOf(frame, whole.class), value.key)
      // Beside a function that is exported as a whole there may be exports with names.
      if (whole.kind === 'import' && whole.name === '*')
        return importTerm(frame.module, whole.source, value.key)
      const of = evaluateStrictly(at(value.of))
      if (of === null) return null
      // `options?.limit` of options that were not given.
      if (of.kind === 'literal' && of.value == null) return UNDEFINED
      const member = memberOf(of, value.key)
      // What another file gives away may be filled in by any file that imports it.
      return member === UNDEFINED && whole.kind === 'import' ? UNKNOWN : member
    }
    case 'item': {
      const of = evaluateStrictly(at(value.of))
      return of === null ? null : itemOf(of, evaluate(at(value.key)))
    }
    case 'element': {
      const of = evaluateStrictly(at(value.of))
      return of === null ? null : elementOf(of)
    }
    case 'call':
      return evaluateCall(frame, value.call, ref)
    case 'function': {
      const facts = functionOf(frame.module, value.function)
      const self =
        facts.object === null ? null : ({ kind: 'object', ref: at(facts.object) } as const)
      return {
        kind: 'function',
        module: frame.module,
        function: value.function,
        lexical: frame,
        self,
      }
    }
    case 'class':
      return { kind: 'class', module: frame.module, class: value.class, frame }
    case 'binary':
      return computeBinary(ref, value.operator, evaluate(at(value.left)), evaluate(at(value.right)))
    case 'logical':
      return computeLogical(value.operator, evaluateUnlessRunning(at(value.left)), () =>
        evaluateUnlessRunning(at(value.right)),
      )
    case 'unary':
      return { kind: 'derived', operator: value.operator, from: [evaluate(at(value.of))], ref }
    case 'instance': {
      const of = evaluateUnlessRunning(at(value.of))
      return of === null ? null : instanceOf(of, ref)
    }
    case 'shape':
      return { kind: 'shape', ref }
    case 'caught':
      return { kind: 'unknown', from: [], ref }
    case 'unknown':
      return { kind: 'unknown', from: value.from.map((id) => evaluate(at(id))), ref }
  }
}

/** What the arms of a branch leave, without those that are never taken: a flag that a caller did not give decides. */
function optionsTaken(
  { frame }: Ref,
  { branch, options, arms }: Extract<Value, { kind: 'choice' }>,
): readonly number[] {
  const facts = branch === null ? undefined : frame.module.facts.branches[branch]
  if (facts?.condition == null || (facts.kind !== 'if' && facts.kind !== 'conditional'))
    return options
  const condition = evaluateUnlessRunning({ frame, value: facts.condition })
  if (condition === null) return options
  const [truth, ...others] = new Set(alternatives(condition).map((term) => truthOf(term)))
  if (truth === undefined || others.length > 0) return options
  const taken = options.filter((_, index) => arms[index] === (truth ? 0 : 1))
  return taken.length === 0 ? options : taken
}

/** Two choices between the same are told apart by who decides. */
function decidedBy(ref: Ref, term: Term | null): Term | null {
  return term?.kind === 'choice' ? { ...term, ref } : term
}

/** A text whose every piece turns out to be known is a literal. */
function computeTemplate(ref: Ref, value: Extract<Value, { kind: 'template' }>): Term {
  let text = ''
  for (const part of value.parts) {
    if (part.kind === 'text') {
      text += part.text
      continue
    }
    const term = evaluate({ frame: ref.frame, value: part.value })
    if (term.kind !== 'literal' || term.value === undefined)
      return { kind: 'template', parts: value.parts, ref }
    text += String(term.value)
  }
  return { kind: 'literal', value: text, ref }
}

function computeBinary(ref: Ref, operator: string, left: Term, right: Term): Term {
  if (left.kind === 'literal' && right.kind === 'literal') {
    const [a, b] = [left.value, right.value]
    if (typeof a === 'number' && typeof b === 'number') {
      if (operator === '+') return { kind: 'literal', value: a + b, ref }
      if (operator === '-') return { kind: 'literal', value: a - b, ref }
      if (operator === '*') return { kind: 'literal', value: a * b, ref }
    }
    if (operator === '+' && typeof a === 'string' && typeof b === 'string')
      return { kind: 'literal', value: a + b, ref }
  }
  return { kind: 'derived', operator, from: [left, right], ref }
}

function computeLogical(
  operator: '&&' | '||' | '??',
  left: Term | null,
  right: () => Term | null,
): Term | null {
  if (left === null) return right()
  const options: (Term | null)[] = []
  for (const term of alternatives(left)) {
    const truth = truthOf(term, operator === '??')
    if (operator === '&&') {
      options.push(
        truth === true
          ? right()
          : truth === false
            ? term
            : choice([{ kind: 'literal', value: false, ref: null }, right()]),
      )
    } else if (truth === true) options.push(term)
    else options.push(truth === false ? right() : choice([term, right()]))
  }
  return choice(options)
}

/** Whether a value is truthy (or, for `??`, not nullish); undefined where that is not known. */
function truthOf(term: Term, nullishOnly = false): boolean | undefined {
  if (term.kind === 'literal') {
    return nullishOnly ? term.value !== null && term.value !== undefined : Boolean(term.value)
  }
  const solid = [
    'object',
    'array',
    'function',
    'class',
    'instance',
    'made',
    'namespace',
    'sequence',
  ]
  return solid.includes(term.kind) ? true : undefined
}

function parameterTerm(frame: Frame, id: number, index: number, rest: boolean, ref: Ref): Term {
  const own = frameOf(frame, frame.module, id) ?? freeFrame(frame.module, id)
  const facts = functionOf(own.module, id).parameters[index]
  const fallback = facts?.default ?? null
  if (own.arguments !== null) {
    if (rest) return restTerm(own.arguments.slice(index), ref)
    if (own.arguments.slice(0, index + 1).some((a) => a.spread)) {
      return { kind: 'unknown', from: own.arguments.map((a) => a.term()), ref }
    }
    const given = own.arguments[index]?.term() ?? UNDEFINED
    const nothing = given.kind === 'literal' && given.value === undefined
    return nothing && fallback !== null
      ? evaluate({ frame: own, value: fallback })
      : typed(given, facts?.type ?? null, own)
  }
  const type = facts?.type ?? null
  const annotated = type === null ? null : evaluateUnlessRunning({ frame: own, value: type })
  const isInjected = facts !== undefined && facts.decorators.length > 0 && isPromise(annotated)
  const told = (isInjected ? injectedBy(own, facts.decorators) : null) ?? annotated
  if (fallback !== null) {
    // Nobody here says what is given: the default is one of the values it may have.
    const free: Term = { kind: 'parameter', frame: own, index, type: told }
    return choice([free, evaluateUnlessRunning({ frame: own, value: fallback })]) ?? free
  }
  return { kind: 'parameter', frame: own, index, type: told }
}

/** Whether a type leaves open what is given: none, an interface, an abstract class. */
export function isPromise(type: Term | null): boolean {
  if (type === null || type.kind === 'shape' || type.kind === 'unknown') return true
  return type.kind === 'instance' && classOf(type.class.module, type.class.class).abstract
}

/** What a rest parameter holds; its places are told apart where nothing was spread into the call. */
function restTerm(given: readonly Argument[], ref: Ref): Term {
  return {
    kind: 'sequence',
    element: () => choice(given.map((a) => (a.spread ? elementOf(a.term()) : a.term()))) ?? UNKNOWN,
    over: null,
    items: given.some((a) => a.spread) ? null : given,
    ref,
  }
}

/** A value that nothing is known of takes what its annotation says. */
function typed(term: Term, type: number | null, frame: Frame): Term {
  if (type === null || (term.kind !== 'part' && term.kind !== 'unknown' && term.kind !== 'result'))
    return term
  const told = evaluateUnlessRunning({ frame, value: type })
  if (told === null || told.kind === 'unknown') return term
  if (term.kind === 'part' && term.type === null) return { ...term, type: told }
  return term.kind === 'unknown' && term.from.length === 0 ? told : term
}

const anySelf = keptBy<Frame, Term>()

function thisTerm(frame: Frame, id: number): Term {
  const own = frameOf(frame, frame.module, id) ?? freeFrame(frame.module, id)
  if (own.self !== null) return own.self
  const selves = anySelf(own.module.project)
  const known = selves.get(own)
  if (known) return known
  const self = selfOf(own, id)
  selves.set(own, self)
  return self
}

/** `this` of a run of which only the function is known. */
function selfOf(own: Frame, id: number): Term {
  const facts = functionOf(own.module, id)
  const outer = own.lexical ?? freeFrame(own.module, 0)
  if (facts.class !== null) {
    const owner = { kind: 'class', module: own.module, class: facts.class, frame: outer } as const
    return facts.static ? owner : { kind: 'instance', class: owner, construct: null }
  }
  if (facts.object !== null) return { kind: 'object', ref: { frame: outer, value: facts.object } }
  return UNKNOWN
}

/** The class that a class of the frame's module extends; null where it extends none. */
function parentOf(frame: Frame, id: number): Term | null {
  const facts = classOf(frame.module, id)
  return facts.extends === null ? null : evaluateStrictly({ frame, value: facts.extends })
}

function importTerm(module: Module, source: string, name: string): Term | null {
  const target = module.project.resolve(module, source)
  if (target === null)
    return { kind: 'external', source, path: name === '*' || name === 'default' ? [] : [name] }
  if (name === '*') return calledExport(target) ?? { kind: 'namespace', module: target }
  return memberOf({ kind: 'namespace', module: target }, name)
}

function variableTerm(frame: Frame, id: number): Term | null {
  const facts = frame.module.facts.variables[id]
  if (!facts) return UNKNOWN
  const own =
    frameOf(frame, frame.module, facts.function) ?? freeFrame(frame.module, facts.function)
  const held = [facts.final, ...facts.foreign]
  const terms = held.map((value) =>
    value === null ? null : evaluateUnlessRunning({ frame: own, value }),
  )
  const all = choice(terms)
  if (facts.type === null) return all
  if (all === null || (all.kind !== 'choice' && isVague(all)))
    return evaluateUnlessRunning({ frame: own, value: facts.type }) ?? all
  return all
}

function isVague(term: Term): boolean {
  return (
    term.kind === 'unknown' ||
    (term.kind === 'literal' && (term.value === undefined || term.value === null))
  )
}

/** One of the values that iterating a term gives. */
export function elementOf(of: Term): Term {
  return knownElement(of) ?? { kind: 'element', of }
}

/** As `elementOf`; null where there is none, or none but those that are being computed. */
function knownElement(of: Term): Term | null {
  return choice(
    alternatives(of).map((term): Term | null => {
      if (term.kind === 'sequence') return term.element()
      if (term.kind === 'array') return partUnlessRunning(term, '[]', () => elementsOf(term))
      return { kind: 'element', of: term }
    }),
  )
}

function elementsOf(array: Extract<Term, { kind: 'array' }>): Term | null {
  const { frame, value } = array.ref
  const node = valueOf(frame.module, value)
  const items = node.kind === 'array' ? node.elements : node.kind === 'append' ? node.items : []
  const options = items.slice(0, 16).map((item) => {
    const term = evaluateUnlessRunning({ frame, value: item.value })
    return term !== null && item.spread ? knownElement(term) : term
  })
  if (node.kind === 'append') {
    const before = evaluateUnlessRunning({ frame, value: node.of })
    options.push(before === null ? null : knownElement(before))
  }
  return choice(options)
}

/** Anything of a type: what `new` of it would give, without arguments. */
function instanceOf(of: Term, ref: Ref): Term {
  if (of.kind === 'external') return { kind: 'made', of, arguments: null, ref }
  if (of.kind === 'class') return { kind: 'instance', class: of, construct: null }
  if (of.kind === 'shape') return of
  return { kind: 'unknown', from: [], ref }
}

export function argumentTerm(given: readonly Argument[], index: number): Term | null {
  const before = given.slice(0, index + 1)
  if (before.some((argument) => argument.spread)) return null
  return given[index]?.term() ?? null
}

/** `package#path` of something external, with `default` and `*` left out: the one spelling that tables of names use. */
export function externalName(term: ExternalTerm): string {
  return `${term.source}#${term.path.join('.')}`
}
