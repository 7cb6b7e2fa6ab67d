import type { Value } from '../facts/model.ts'
import { parameterTerm, thisTerm, variableTerm } from './bindings.ts'
import { evaluateCall } from './call.ts'
import { superMember } from './class-member.ts'
import { elementOf } from './elements.ts'
import { calledExport } from './exports.ts'
import { itemOf, memberOf } from './member.ts'
import { classOf, functionOf, keptBy, valueOf } from './module.ts'
import type { Module } from './module.ts'
import { isTooDeep, once, strictly } from './reentry.ts'
import { UNDEFINED, UNKNOWN, alternatives, choice } from './term.ts'
import type { Frame, Ref, Term } from './term.ts'

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

/** Anything of a type: what `new` of it would give, without arguments. */
function instanceOf(of: Term, ref: Ref): Term {
  if (of.kind === 'external') return { kind: 'made', of, arguments: null, ref }
  if (of.kind === 'class') return { kind: 'instance', class: of, construct: null }
  if (of.kind === 'shape') return of
  return { kind: 'unknown', from: [], ref }
}
