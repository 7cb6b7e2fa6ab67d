/** Values that are made of themselves, round after round. */
import { parse } from '@typescript-eslint/parser'
import { expect, it } from 'vitest'
import { extractFacts } from '../../src/facts/extract.ts'
import { elementOf } from '../../src/project/elements.ts'
import { exportOf } from '../../src/project/exports.ts'
import { memberOf } from '../../src/project/member.ts'
import { newModule, newProject } from '../../src/project/module.ts'
import { alternatives } from '../../src/project/term.ts'
import type { Term } from '../../src/project/term.ts'

function exported(text: string): Term {
  const program = parse(text, { range: true })
  const module = newModule(newProject(), extractFacts(program, { file: 'a.ts', text }))
  const term = exportOf(module, 'result')
  if (term === null) throw new Error('nothing is exported')
  return term
}

function literals(term: Term | null): readonly unknown[] {
  return (term === null ? [] : alternatives(term)).map((t) =>
    t.kind === 'literal' ? t.value : t.kind,
  )
}

it('gives the elements of a list that grows in a loop', () => {
  const list = exported(
    "let result = ['a']\nfor (const x of xs) result = [...result, 'b']\nexport { result }",
  )
  expect(literals(elementOf(list))).toEqual(['a', 'b'])
})

it('gives the elements of a list that is pushed to in a loop', () => {
  const list = exported("const result = []\nwhile (more()) result.push('b')\nexport { result }")
  expect(literals(elementOf(list))).toEqual(['b'])
})

it('gives the member of an object that is spread into itself in a loop', () => {
  const object = exported(
    'let result = { a: 1 }\nfor (const x of xs) result = { ...result, b: 2 }\nexport { result }',
  )
  expect(literals(memberOf(object, 'a'))).toEqual([1])
})

it('looks at each of many objects that are made of one another once', () => {
  const methods = Array.from(
    { length: 20 },
    (_, i) => `  m${String(i)}() { this.params = { ...this.params, k${String(i)}: ${String(i)} } }`,
  )
  const text = ['class Builder {', '  constructor() { this.params = { a: 1 } }', ...methods]
  const object = exported([...text, '}', 'export const result = new Builder().params'].join('\n'))
  expect(literals(memberOf(object, 'k7'))).toContain(7)
})
