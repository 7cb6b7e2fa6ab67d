import { createHash } from 'node:crypto'
import { valueOf } from './module.ts'
import type { Ref, Term } from './term.ts'
import { evaluate } from './evaluate.ts'
import { externalName } from './term.ts'
import { viewOf } from './view.ts'

/** Functions whose every call gives another value. */
const NEVER_THE_SAME =
  /uuid|ulid|ksuid|cuid|nanoid|random|now$|generateid|createid|newid|^date$|timestamp/i

/** Deeper than this, a value is taken to be equal to itself alone. */
const MOST_DEPTH = 50

/** A longer spelling is kept as its digest. */
const LONGEST = 4_000

const spellings = new WeakMap<Term, string>()

/**
 * A text that two terms share only where they are the same value in one run of the code: the same literal, the same
 * parameter, the same pure computation of the same things.
 */
export function canonical(term: Term, depth = 0): string {
  // One term stands for everything that nothing is known of.
  if (term.kind === 'unknown' && term.ref === null) return unique()
  const known = spellings.get(term)
  if (known !== undefined) return known
  // Met again inside itself, it is no other value than itself.
  spellings.set(term, unique())
  const spelling = depth > MOST_DEPTH ? unique() : spell(term, depth + 1)
  const kept = spelling.length > LONGEST ? digestOf(spelling) : spelling
  spellings.set(term, kept)
  return kept
}

function digestOf(spelling: string): string {
  return `#${createHash('sha1').update(spelling).digest('base64')}`
}

let uniques = 0

function unique(): string {
  uniques += 1
  return `?${String(uniques)}`
}

function at(ref: Ref): string {
  return `${String(ref.frame.id)}:${String(ref.value)}`
}

function spell(term: Term, depth: number): string {
  switch (term.kind) {
    case 'literal':
      return term.value === undefined ? 'undefined' : JSON.stringify(term.value)
    case 'template':
      return `\`${term.parts.map((p) => (p.kind === 'text' ? p.text : `\${${canonical(evaluatePart(term.ref, p.value), depth)}}`)).join('')}\``
    case 'object': {
      const view = viewOf(term)
      if (view === null) return `{${at(term.ref)}}`
      const fields = [...view.fields.values()]
        .map((f) => `${f.certain ? '' : '?'}${f.key}:${canonical(f.term(), depth)}`)
        .sort()
      const spreads = view.spreads.map((s) => `...${canonical(s, depth)}`)
      return view.computed.length > 0 ? `{${at(term.ref)}}` : `{${[...fields, ...spreads].join()}}`
    }
    case 'array': {
      const node = valueOf(term.ref.frame.module, term.ref.value)
      if (node.kind !== 'array' || node.elements.length > 16) return `[${at(term.ref)}]`
      return `[${node.elements.map((e) => (e.spread ? '...' : '') + canonical(evaluatePart(term.ref, e.value), depth)).join()}]`
    }
    case 'sequence':
      return `sequence(${at(term.ref)})`
    case 'choice':
      return `${deciderOf(term, depth)}(${term.options.map((option) => canonical(option, depth)).join('|')})`
    case 'function':
      return `function(${term.module.facts.file}:${String(term.function)}:${String(term.lexical?.id ?? 0)})`
    case 'class':
      return `class(${term.module.facts.file}:${String(term.class)})`
    case 'instance':
      return `instance(${canonical(term.class, depth)})`
    case 'namespace':
      return `module(${term.module.facts.file})`
    case 'external':
      return externalName(term)
    case 'made':
      if (NEVER_THE_SAME.test(term.of.path.at(-1) ?? '') && term.arguments?.length === 0)
        return unique()
      return `new ${externalName(term.of)}(${(term.arguments ?? []).map((a) => canonical(a.term(), depth)).join()})`
    case 'result':
      return spellResult(term, depth)
    case 'parameter':
      return `parameter(${String(term.frame.id)}:${String(term.index)})`
    case 'part':
      return `${canonical(term.of, depth)}.${term.key}`
    case 'item':
      return `${canonical(term.of, depth)}[${canonical(term.key, depth)}]`
    case 'element':
      return `element(${canonical(term.of, depth)})`
    case 'shape':
      return `shape(${at(term.ref)})`
    case 'derived':
      return `${term.operator}(${term.from.map((from) => canonical(from, depth)).join()})`
    case 'joined':
      return `join(${canonical(term.of, depth)},${term.separator})`
    case 'unknown':
      return term.ref === null ? unique() : `?(${at(term.ref)})`
  }
}

/** What decides between the options, where the same condition may be asked at another place. */
function deciderOf({ ref }: Extract<Term, { kind: 'choice' }>, depth: number): string {
  if (!ref) return ''
  const { frame, value } = ref
  const node = valueOf(frame.module, value)
  const branch = node.kind === 'choice' ? frame.module.facts.branches[node.branch ?? -1] : undefined
  const condition = branch?.condition ?? null
  return branch?.kind === 'conditional' && condition !== null
    ? `${canonical(evaluatePart(ref, condition), depth)}?`
    : at(ref)
}

/** Calls of one function with the same arguments are taken to give the same, unless their very point is not to. */
function spellResult(term: Extract<Term, { kind: 'result' }>, depth: number): string {
  const name =
    term.callee.kind === 'external'
      ? (term.callee.path.at(-1) ?? term.callee.source)
      : term.callee.kind === 'part'
        ? term.callee.key
        : ''
  const isPlain =
    term.arguments.length > 0 && !NEVER_THE_SAME.test(name) && term.callee.kind !== 'function'
  if (!isPlain || term.callee.kind === 'unknown')
    return `result(${String(term.frame.id)}:${String(term.call)})`
  return `${canonical(term.callee, depth)}(${term.arguments.map((a) => canonical(a.term(), depth)).join()})`
}

function evaluatePart(ref: Ref, value: number): Term {
  return evaluate({ frame: ref.frame, value })
}
