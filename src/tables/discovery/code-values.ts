import type { Data } from '../../infrastructure/data.ts'
import { evaluate } from '../../project/evaluate.ts'
import { valueOf } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { isClosed, viewOf } from '../../project/view.ts'
import { OPEN_KEY } from './keys.ts'
import { hole } from './names.ts'

/** How deep values of code are looked into, and how many there are, at most. */
const MOST_DEPTH = 10
const MOST_VALUES = 5000

/** The packages whose enumerations are told by their last name: `AttributeType.STRING`. */
const ENUMERATIONS = /dynamodb|aws-cdk|monocdk|^sst|serverless-stack|pulumi/

/**
 * A value of code as plain data, as far as that is certain: what is not known, or may be one of several, is null; a property
 * that is not there is left out; an object that may have further properties has one named `...`. A text with parts that are
 * not known has holes.
 */
export function certainData(term: Term): Data | undefined {
  return read(term, { values: MOST_VALUES }, 0)
}

interface Reading {
  values: number
}

function read(term: Term, reading: Reading, depth: number): Data | undefined {
  reading.values -= 1
  if (depth > MOST_DEPTH || reading.values < 0) return null
  switch (term.kind) {
    case 'literal':
      return term.value === null ? undefined : term.value
    case 'template':
    case 'derived':
      return textWithHoles(term)
    case 'object':
      return objectOf(term, reading, depth)
    case 'array':
      return listFrom(term, reading, depth)
    case 'external':
      return ENUMERATIONS.test(term.source) ? (term.path.at(-1) ?? null) : null
    case 'result': {
      const { callee } = term
      // `Billing.onDemand()`
      if (callee.kind !== 'external' || !ENUMERATIONS.test(callee.source)) return null
      const given = term.arguments.map((each) => read(each.term(), reading, depth + 1) ?? null)
      return { [callee.path.at(-1) ?? '']: given }
    }
    case 'choice': {
      const options = term.options.map((option) => read(option, reading, depth + 1))
      const [first] = options
      const same = options.every((option) => JSON.stringify(option) === JSON.stringify(first))
      return same ? first : null
    }
    default:
      return null
  }
}

function objectOf(term: Term, reading: Reading, depth: number): Data {
  const view = viewOf(term)
  if (view === null) return null
  const entries = [...view.fields.values()].flatMap(
    (field): readonly (readonly [string, Data])[] => {
      if (!field.certain) return [[field.key, null]]
      const data = read(field.term(), reading, depth + 1)
      return data === undefined ? [] : [[field.key, data]]
    },
  )
  if (!isClosed(view)) entries.push([OPEN_KEY, null])
  return Object.fromEntries(entries)
}

function listFrom(term: Extract<Term, { kind: 'array' }>, reading: Reading, depth: number): Data {
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  if (node.kind !== 'array') return null
  return node.elements.flatMap((item): readonly Data[] => {
    const element = read(evaluate({ frame, value: item.value }), reading, depth + 1)
    if (!item.spread) return [element ?? null]
    return Array.isArray(element) ? (element as readonly Data[]) : [null]
  })
}

/** What a piece of a text is known to be by other means; null where it is not. */
type PieceText = (piece: Term) => string | null

/** A text that code builds, with holes for the parts that are not known; null where it is no text. */
export function textWithHoles(term: Term, known: PieceText = () => null): string | null {
  const pieceOf = (piece: Term): string =>
    known(piece) ?? textWithHoles(piece, known) ?? hole(shortName(piece))
  switch (term.kind) {
    case 'literal':
      return typeof term.value === 'string' || typeof term.value === 'number'
        ? String(term.value)
        : null
    case 'template':
      return term.parts
        .map((part) =>
          part.kind === 'text'
            ? part.text
            : pieceOf(evaluate({ frame: term.ref.frame, value: part.value })),
        )
        .join('')
    case 'derived':
      return term.operator === '+' ? term.from.map(pieceOf).join('') : null
    default:
      return null
  }
}

/** What a hole is called: enough to tell two of one text apart. */
function shortName(term: Term): string {
  switch (term.kind) {
    case 'external':
      return term.path.join('.')
    case 'part':
      return term.key
    case 'parameter':
      return `parameter${String(term.index)}`
    case 'choice':
      return term.options.map(shortName).join('|')
    case 'literal':
      return String(term.value)
    default:
      return ''
  }
}
