import { displayName, functionOf, lineAt, placeOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { ExternalTerm, Frame, Ref, Term } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'
import { sourceTextsOf } from './source-text.ts'

/** A value as far as it is known, for people to read. */
export interface Said {
  readonly state: 'known' | 'partly known' | 'unknown'
  /** As code would write it, `…` where a piece is not known. One of several where there are several. */
  readonly text: string
  /** What it is that is not known: `parameter id of getOrder`, `the result of a call of readConfig`. */
  readonly unknown: readonly string[]
}

/** Objects and lists are written out so far. */
const MOST_DEPTH = 3
const MOST_ENTRIES = 12
const MOST_OPTIONS = 4

/** A value in words. */
export function said(term: Term, depth = 0): Said {
  const options = alternatives(term)
  if (options.length > 1)
    return together(
      options.slice(0, MOST_OPTIONS).map((one) => saidOne(one, depth)),
      ' | ',
    )
  return saidOne(term, depth)
}

function saidOne(term: Term, depth: number): Said {
  switch (term.kind) {
    case 'literal': {
      const text = typeof term.value === 'string' ? `'${term.value}'` : String(term.value)
      return { state: 'known', text, unknown: [] }
    }
    case 'template':
    case 'joined':
      return saidText(term)
    case 'object':
      return saidObject(term, depth)
    case 'external':
      return isEnvironment(term)
        ? { state: 'known', text: term.path.join('.'), unknown: [] }
        : unknownOf(term)
    default:
      return unknownOf(term)
  }
}

/** A variable of the environment is as good as a name: its value is one and the same wherever it is read. */
function isEnvironment({ source, path: [root, env] }: ExternalTerm): boolean {
  return source === '' && root === 'process' && env === 'env'
}

function saidText(term: Term): Said {
  const texts = sourceTextsOf(term)
  if (texts === null || texts.length === 0) return unknownOf(term)
  const each = texts.slice(0, MOST_OPTIONS).map((pieces): Said => {
    const holes = pieces.filter(({ text }) => text === null)
    return {
      state: holes.length === 0 ? 'known' : 'partly known',
      text: `'${pieces.map(({ text }) => text ?? '${…}').join('')}'`,
      unknown: holes.flatMap((piece) => (piece.term ? [reasonOf(piece.term)] : [])),
    }
  })
  return together(each, ' | ')
}

function saidObject(term: Term, depth: number): Said {
  const view = viewOf(term)
  if (view === null) return unknownOf(term)
  if (depth >= MOST_DEPTH) return { state: 'partly known', text: '{ … }', unknown: [] }
  const fields = [...view.fields.values()].slice(0, MOST_ENTRIES)
  const values = fields.map((field) => said(field.term(), depth + 1))
  const more = [...view.spreads, ...view.computed.map(({ key }) => key)]
  const isWhole = isClosed(view) && fields.length === view.fields.size
  const written = fields.map(
    ({ key, certain }, index) => `${key}${certain ? '' : '?'}: ${values[index]?.text ?? '…'}`,
  )
  const inside = [...written, ...(isWhole ? [] : ['…'])].join(', ')
  const unknown = unique([...values.flatMap((value) => value.unknown), ...more.map(reasonOf)])
  const isKnown = isWhole && values.every(({ state }) => state === 'known')
  return {
    state: isKnown ? 'known' : 'partly known',
    text: inside === '' ? '{}' : `{ ${inside} }`,
    unknown,
  }
}

function together(all: readonly Said[], separator: string): Said {
  const texts = unique(all.map(({ text }) => text))
  const states = new Set(all.map(({ state }) => state))
  const state = states.size === 1 ? (all[0]?.state ?? 'unknown') : 'partly known'
  return {
    state,
    text: texts.join(separator),
    unknown: unique(all.flatMap(({ unknown }) => unknown)),
  }
}

function unknownOf(term: Term): Said {
  return { state: 'unknown', text: '…', unknown: [reasonOf(term)] }
}

/** What stands where a value is not known, in a few words. */
export function reasonOf(term: Term): string {
  switch (term.kind) {
    case 'parameter':
      return parameterOf(term.frame, term.index)
    case 'result':
      return `the result of ${calledOf(term.callee)}`
    case 'part':
      return `${term.key} of ${reasonOf(term.of)}`
    case 'element':
    case 'item':
      return `an element of ${reasonOf(term.of)}`
    case 'made':
      return `a new ${nameOf(term.of)}`
    case 'external':
      return nameOf(term)
    case 'choice':
      return listOf(term.options)
    case 'derived':
      return term.from.length === 0
        ? placed('what is computed', term.ref)
        : `what is computed from ${listOf(term.from)}`
    case 'unknown':
      return placed('what stands', term.ref)
    case 'literal':
      return String(term.value)
    case 'function':
      return 'a function'
    case 'class':
    case 'instance':
    case 'namespace':
    case 'shape':
      return 'an object that is not written out'
    case 'array':
    case 'sequence':
      return 'a list'
    case 'object':
      return 'an object'
    case 'template':
    case 'joined':
      return placed('the text that is put together', term.ref)
  }
}

function listOf(terms: readonly Term[]): string {
  return unique(terms.slice(0, MOST_OPTIONS).map(reasonOf)).join(' or ')
}

function placed(words: string, ref: Ref | null): string {
  if (ref === null) return 'something that the code does not tell'
  const { module } = ref.frame
  const line = lineAt(module, placeOf(module, ref.value).start)
  return `${words} in ${displayName(module)}:${String(line)}`
}

function calledOf(callee: Term): string {
  if (callee.kind === 'part') return `${callee.key}()`
  return callee.kind === 'external' ? `a call of ${nameOf(callee)}` : 'a call'
}

function nameOf(term: ExternalTerm): string {
  if (term.source === '') return term.path.join('.') || 'a global'
  return `${term.path.at(-1) ?? 'what is imported'} of ${term.source}`
}

function parameterOf(frame: Frame, index: number): string {
  const { name, parameters, nameAt } = functionOf(frame.module, frame.function)
  const shown = parameters[index]?.name ?? String(index + 1)
  if (name !== '') return `parameter ${shown} of ${name}`
  const line = String(lineAt(frame.module, nameAt.start))
  return `parameter ${shown} of the function in ${displayName(frame.module)}:${line}`
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
