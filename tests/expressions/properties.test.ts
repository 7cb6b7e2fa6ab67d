import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkRequest,
  childrenOf,
  holeCharacter,
  parseExpression,
  print,
  textWithHoles,
  unknownPlaceholders,
  walk,
  type ExpressionKind,
  type ExpressionNode,
  type RequestFinding,
} from '../../src/expressions/index.ts'
import { condition, projection, requests, update } from './arbitraries.ts'
import { check, requestOf, schemaOf, type TableDefinition } from './requests.ts'

const tables = JSON.parse(
  readFileSync(new URL('../fixtures/conformance/tables.json', import.meta.url), 'utf8'),
) as Record<'Orders' | 'Users', TableDefinition>

const kinds: readonly ExpressionKind[] = [
  'KeyCondition',
  'Filter',
  'Condition',
  'Update',
  'Projection',
]

/** A node without its ranges. */
function shape(node: ExpressionNode): unknown {
  const plain = Object.entries(node).filter(([, value]) => typeof value !== 'object')
  return [Object.fromEntries(plain), childrenOf(node).map(shape)]
}

const withHole = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.nat(), fc.nat({ max: 12 }), fc.boolean())
    .map(([source, place, length, there]) => {
      const at = place % (source.length + 1)
      return there ? source.slice(0, at) + holeCharacter + source.slice(at + length) : source
    })

/** Text of any kind, much of it made of pieces of expressions. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...'a b #n :v ( ) [ ] , . = <> < <= AND OR NOT IN BETWEEN SET REMOVE ADD size 0 12 + -'.split(
            ' ',
          ),
          '"',
          "'",
          '_',
          holeCharacter,
        ),
        fc.string({ unit: 'grapheme', maxLength: 3 }),
      ),
      { maxLength: 40 },
    )
    .map((pieces) => pieces.join(' ')),
  withHole(condition),
  withHole(update),
)

describe('parse, print, parse', () => {
  it.each([
    ['Filter', condition],
    ['Update', update],
    ['Projection', projection],
  ] as const)('is the identity: %s', (kind, texts) => {
    fc.assert(
      fc.property(withHole(texts), (text) => {
        const first = parseExpression(kind, textWithHoles(text))
        fc.pre(first.errors.length === 0 && first.coveredTokens === first.tokens.length)
        const printed = print(first.tree)
        const second = parseExpression(kind, textWithHoles(printed))
        expect(second.errors).toEqual([])
        expect(shape(second.tree)).toEqual(shape(first.tree))
        expect(print(second.tree)).toBe(printed)
      }),
      { numRuns: 600, seed: 3 },
    )
  })
})

describe('any text at all', () => {
  it('is parsed without throwing, and every range lies in it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), anyText, (kind, text) => {
        const { tree, errors } = parseExpression(kind, textWithHoles(text))
        for (const { range } of errors) expectWithin(range, text)
        expect(errors.length).toBeLessThanOrEqual(1)
        walk(tree, {
          enter: (node, parent) => {
            expectWithin(node.range, text)
            if (!parent) return
            expect(node.range[0]).toBeGreaterThanOrEqual(parent.range[0])
            expect(node.range[1]).toBeLessThanOrEqual(parent.range[1])
          },
        })
      }),
      { numRuns: 1500, seed: 5 },
    )
  })

  it('is checked without throwing, and every finding and edit lies in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        anyText,
        fc.boolean(),
        fc.boolean(),
        (kind, text, open, defined) => {
          const member = `${kind}Expression` as const
          const findings = checkRequest({
            operation: kind === 'Update' ? 'UpdateItem' : 'Query',
            expressions: { [member]: textWithHoles(text) },
            open,
            ...(defined && { names: unknownPlaceholders, values: unknownPlaceholders }),
            table: schemaOf(tables.Orders),
          })
          for (const { place, edits } of findings) {
            if (place.in === 'expression') expectWithin(place.range, text)
            for (const { range } of edits ?? []) expectWithin(range, text)
          }
        },
      ),
      { numRuns: 1500, seed: 7 },
    )
  })
})

function expectWithin([start, end]: readonly [number, number], text: string): void {
  expect(start).toBeGreaterThanOrEqual(0)
  expect(end).toBeGreaterThanOrEqual(start)
  expect(end).toBeLessThanOrEqual(text.length)
}

describe('what is unknown', () => {
  it('never makes a right request wrong: a hole may hold what was there', () => {
    let right = 0
    fc.assert(
      fc.property(
        requests,
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 25 })), { minLength: 1, maxLength: 3 }),
        (generated, which, cuts) => {
          const schema = schemaOf(tables[generated.table])
          const known = requestOf(generated.operation, generated.request, schema)
          fc.pre(checkRequest(known).length === 0)
          right += 1
          const members = Object.entries(known.expressions).filter(([, text]) => text !== undefined)
          const [member, text] = members[which % members.length] ?? []
          if (member === undefined || typeof text !== 'string') return
          let holed = text
          for (const [at, length] of cuts) {
            const start = at % (holed.length + 1)
            holed = holed.slice(0, start) + holeCharacter + holed.slice(start + length)
          }
          const expressions = { ...known.expressions, [member]: textWithHoles(holed) }
          expect(checkRequest({ ...known, expressions }), holed).toEqual([])
        },
      ),
      { numRuns: 3000, seed: 11 },
    )
    expect(right).toBeGreaterThan(1000)
  })

  it('leaves of the findings only those that do not depend on it', () => {
    fc.assert(
      fc.property(requests, ({ operation, request, table }) => {
        const schema = schemaOf(tables[table])
        const known = requestOf(operation, request, schema)
        const findings = messages(checkRequest(known))
        const unknown = [
          { ...known, table: undefined },
          { ...known, names: unknownPlaceholders },
          { ...known, values: unknownPlaceholders },
          { ...known, open: true },
        ]
        for (const less of unknown) {
          for (const message of messages(checkRequest(less))) {
            // Without a schema the count of attributes in this one is the highest possible.
            if (!message.startsWith('The number of query conditions')) {
              expect(findings).toContain(message)
            }
          }
        }
      }),
      { numRuns: 1500, seed: 13 },
    )
  })
})

function messages(findings: readonly RequestFinding[]): string[] {
  return findings.map(({ message }) => message)
}

describe('the steps of the parser', () => {
  const nasty: readonly (readonly [ExpressionKind, (size: number) => string])[] = [
    ['Filter', (size) => '('.repeat(size)],
    ['Filter', (size) => `${'('.repeat(size)}a = :a${')'.repeat(size)}`],
    ['Filter', (size) => `${'NOT '.repeat(size)}a = :a`],
    ['Filter', (size) => 'a = :a AND '.repeat(size)],
    ['Filter', (size) => `${'(a = :a) OR '.repeat(size)}b = :b`],
    ['Filter', (size) => `a IN (${':a, '.repeat(size)}:b)`],
    ['Filter', (size) => `f(${'f('.repeat(size)}a`],
    ['Filter', (size) => `${holeCharacter} `.repeat(size)],
    ['Filter', (size) => `(a ${holeCharacter} `.repeat(size)],
    ['Update', (size) => `SET ${'a = ('.repeat(size)}`],
    ['Update', (size) => `SET a = ${'('.repeat(size)}b + :n`],
    ['Update', (size) => 'SET a = :a '.repeat(size)],
    ['Projection', (size) => `a${'.b'.repeat(size)}`],
    ['Projection', (size) => 'a, '.repeat(size)],
    ['Projection', (size) => `"'`.repeat(size)],
  ]

  it.each(nasty)('%s %s: grow in proportion to the tokens', (kind, build) => {
    for (const size of [10, 100, 1000, 10_000]) {
      const { steps, tokens } = parseExpression(kind, textWithHoles(build(size)))
      expect(steps).toBeLessThanOrEqual(12 * tokens.length)
    }
  })
})

it('the generator makes right and wrong requests', () => {
  const verdicts = fc
    .sample(requests, { seed: 1, numRuns: 500 })
    .map(
      ({ operation, request, table }) => check(operation, request, schemaOf(tables[table])).length,
    )
  expect(verdicts.filter((findings) => findings === 0).length).toBeGreaterThan(150)
  expect(verdicts.filter((findings) => findings > 0).length).toBeGreaterThan(150)
})
