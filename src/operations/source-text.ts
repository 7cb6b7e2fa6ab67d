import type { Range, TemplatePart } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { placeOf, valueOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Frame, Place, Term } from '../project/term.ts'
import { isSettled, isSharedRead } from './settled.ts'

/** A piece of a text that the code puts together. */
export interface Piece {
  /** As it reads at run time; null where that is not known. */
  readonly text: string | null
  /** Where it is written: a literal with its quotes, or the piece between the holes of a template. Null for no one place. */
  readonly at: Place | null
  /** What stands there where the text is not known; null where nothing is known of that, either. */
  readonly term?: Term | null
}

export type SourceText = readonly Piece[]

/** Above this many possible texts, an expression is taken for unknown. */
const MOST_TEXTS = 16

/** As many, where lists are taken apart. */
const MOST_WIDER_TEXTS = 120

const MOST_DEPTH = 6

const HOLE: Piece = { text: null, at: null }

/**
 * The texts a term may be, in pieces; null where nothing at all is known of it. Code that builds an expression in
 * branches gives one text for each way through.
 */
export function sourceTextsOf(term: Term): readonly SourceText[] | null {
  return textsWithin(term, { most: MOST_TEXTS, takesApart: false })
}

/**
 * As `sourceTextsOf`; a list with more combinations of elements than can be told one by one is taken apart: for each
 * element there are the texts that have it first, last, alone or among others, with holes for the others.
 */
export function widerTextsOf(term: Term): readonly SourceText[] | null {
  return textsWithin(term, { most: MOST_WIDER_TEXTS, takesApart: true })
}

interface Limits {
  readonly most: number
  readonly takesApart: boolean
}

function textsWithin(term: Term, limits: Limits): readonly SourceText[] | null {
  const texts: SourceText[] = []
  for (const option of alternatives(term)) {
    const found = piecesOf(option, 0, limits)
    if (found === null) return null
    texts.push(...found)
    if (texts.length > limits.most) return null
  }
  return texts
}

function piecesOf(term: Term, depth: number, limits: Limits): readonly SourceText[] | null {
  if (term.kind === 'literal') return literalPieces(term, depth, limits)
  if (term.kind === 'joined') return joinedPieces(term, depth, limits)
  return term.kind === 'template' && isSettled(term) ? templatePieces(term, depth, limits) : null
}

function literalPieces(
  term: Extract<Term, { kind: 'literal' }>,
  depth: number,
  limits: Limits,
): readonly SourceText[] | null {
  const { value, ref } = term
  if (typeof value !== 'string' || !isSettled(term)) return null
  if (ref === null) return [[{ text: value, at: null }]]
  const { module } = ref.frame
  const node = valueOf(module, ref.value)
  if (node.kind === 'template') {
    const whole = templatePieces({ kind: 'template', parts: node.parts, ref }, depth, limits)
    const [only, ...others] = whole ?? []
    if (!only || others.length > 0) return [[{ text: value, at: null }]]
    // What is known of it may be changed by someone else; then there is a hole.
    const isSame = only.every((piece) => piece.text !== null)
      ? only.map((piece) => piece.text).join('') === value
      : true
    return [isSame ? only : [{ text: value, at: null }]]
  }
  const at = node.kind === 'literal' ? { ...placeOf(module, ref.value), module } : null
  return [[{ text: value, at }]]
}

function templatePieces(
  term: Extract<Term, { kind: 'template' }>,
  depth: number,
  limits: Limits,
): readonly SourceText[] | null {
  const { frame } = term.ref
  const { module } = frame
  let all: readonly SourceText[] = [[]]
  for (const part of term.parts) {
    const at = { ...part.at, module }
    const options: readonly SourceText[] = isSharedRead(module, at.start)
      ? [[{ ...HOLE, at }]]
      : part.kind === 'text'
        ? [[{ text: part.text, at: writtenAt(module, part) }]]
        : insertedPieces(evaluate({ frame, value: part.value }), at, depth, limits)
    const next = all.flatMap((before) => options.map((more) => [...before, ...more]))
    if (next.length > limits.most) return [writtenPieces(term)]
    all = next
  }
  return all
}

function insertedPieces(
  term: Term,
  at: Place | null,
  depth: number,
  limits: Limits,
): readonly SourceText[] {
  if (depth > MOST_DEPTH) return [[{ text: null, at, term }]]
  return alternatives(term).flatMap((option) => {
    if (option.kind === 'literal' && (typeof option.value === 'number' || option.value === ''))
      return [[{ text: String(option.value), at: null }]]
    return piecesOf(option, depth + 1, limits) ?? [[{ text: null, at, term: option }]]
  })
}

/** `parts.join(', ')` of a list that is built here: one text for each list it may be. */
function joinedPieces(
  term: Extract<Term, { kind: 'joined' }>,
  depth: number,
  limits: Limits,
): readonly SourceText[] | null {
  if (depth > MOST_DEPTH || !isSettled(term.of)) return null
  const told = combinations(term, depth, limits)
  return told === null && limits.takesApart ? takenApart(term, depth, limits) : told
}

function combinations(
  term: Extract<Term, { kind: 'joined' }>,
  depth: number,
  limits: Limits,
): readonly SourceText[] | null {
  const lists = listsOf(term.of, depth)
  if (lists === null) return null
  const texts: SourceText[] = []
  for (const list of lists) {
    let all: readonly SourceText[] = [[]]
    for (const [index, element] of list.entries()) {
      const before = index === 0 ? [] : [{ text: term.separator, at: null }]
      const options = insertedPieces(element.term, element.at, depth + 1, limits)
      all = all.flatMap((pieces) => options.map((more) => [...pieces, ...before, ...more]))
      if (all.length > MOST_TEXTS) return null
    }
    texts.push(...all)
    if (texts.length > MOST_TEXTS) return null
  }
  return texts
}

function takenApart(
  term: Extract<Term, { kind: 'joined' }>,
  depth: number,
  limits: Limits,
): readonly SourceText[] {
  const { of, separator } = term
  const others: SourceText = [HOLE]
  const between: Piece = { text: separator, at: null }
  const known = elementsIn(of)
    .flatMap((element) => piecesOf(element, depth + 1, limits) ?? [])
    .filter((text) => text.some((piece) => piece.text !== null && piece.at !== null))
  const texts = known.flatMap((text) => [
    text,
    [...others, between, ...text],
    [...text, between, ...others],
    [...others, between, ...text, between, ...others],
  ])
  const whole: SourceText = [{ ...HOLE, term }]
  return texts.length > limits.most ? [whole] : [whole, ...texts]
}

/** Everything plain to see that may be an element of a list. */
function elementsIn(list: Term): readonly Term[] {
  const elements: Term[] = []
  const seen = new Set<string>()
  const open: Term[] = [list]
  for (let term = open.pop(); term !== undefined; term = open.pop()) {
    if (term.kind === 'choice') open.push(...term.options)
    if (term.kind === 'sequence') elements.push(...alternatives(term.element()))
    if (term.kind !== 'array') continue
    const { frame, value } = term.ref
    const key = `${String(frame.id)}:${String(value)}`
    const node = valueOf(frame.module, value)
    if (seen.has(key) || (node.kind !== 'array' && node.kind !== 'append')) continue
    seen.add(key)
    if (node.kind === 'append') open.push(evaluate({ frame, value: node.of }))
    for (const item of node.kind === 'append' ? node.items : node.elements) {
      const element = evaluate({ frame, value: item.value })
      if (item.spread) open.push(element)
      else elements.push(...alternatives(element))
    }
  }
  return elements
}

interface Element {
  readonly term: Term
  readonly at: Place
}

type List = readonly Element[]

/** The lists that a term may be, element by element; null where that is not known: one that grows in a loop. */
function listsOf(term: Term, depth: number): readonly List[] | null {
  const lists: List[] = []
  for (const option of alternatives(term)) {
    const found = listsOfOne(option, depth)
    if (found === null) return null
    lists.push(...found)
    if (lists.length > MOST_TEXTS) return null
  }
  return lists
}

/** A list that is added to more often than this is taken for one that grows in a loop. */
const MOST_CHANGES = 40

function listsOfOne(term: Term, depth: number): readonly List[] | null {
  if (term.kind !== 'array' || depth > MOST_CHANGES) return null
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  if (node.kind !== 'array' && node.kind !== 'append') return null
  let lists: readonly List[] | null =
    node.kind === 'append' ? listsOf(evaluate({ frame, value: node.of }), depth + 1) : [[]]
  for (const item of node.kind === 'append' ? node.items : node.elements) {
    const element = elementAt(frame, item)
    const added: readonly List[] | null = item.spread
      ? listsOf(element.term, depth + 1)
      : [[element]]
    if (lists === null || added === null) return null
    lists = lists.flatMap((list) => added.map((more) => [...list, ...more]))
    if (lists.length > MOST_TEXTS) return null
  }
  return lists
}

function elementAt(frame: Frame, item: { readonly value: number; readonly at: Range }): Element {
  return { term: evaluate({ frame, value: item.value }), at: { ...item.at, module: frame.module } }
}

/** The text with a hole for every piece that is not written in place. */
function writtenPieces({ parts, ref }: Extract<Term, { kind: 'template' }>): SourceText {
  const { frame } = ref
  const { module } = frame
  return parts.map((part) => {
    const at = { ...part.at, module }
    if (isSharedRead(module, at.start)) return { ...HOLE, at }
    return part.kind === 'text'
      ? { text: part.text, at: writtenAt(module, part) }
      : { text: null, at, term: evaluate({ frame, value: part.value }) }
  })
}

/** A text that is put in by a variable's name stands where the variable was given it, if that is plain to see. */
function writtenAt(module: Module, { text, at }: Extract<TemplatePart, { kind: 'text' }>): Place {
  const { variables, values } = module.facts
  const variable = variables.find(
    (v) => v.reads.includes(at.start) || v.assigned.includes(at.start),
  )
  const declaration = variable?.declaration
  if (!declaration) return { ...at, module }
  const given = values.flatMap((value, id) => {
    if (value.kind !== 'literal' || value.value !== text) return []
    const place = placeOf(module, id)
    return declaration.start <= place.start && place.end <= declaration.end ? [place] : []
  })
  const [only = at, ...others] = given
  return { ...(others.length > 0 ? at : only), module }
}
