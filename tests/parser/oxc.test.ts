import { describe, expect, it } from 'vitest'
import { importRecords, parseModule } from '../../src/parser/oxc.ts'

function languageOf(text: string, filename: string): string {
  const parsed = parseModule(text, filename)
  return 'error' in parsed ? parsed.error.message : parsed.language
}

describe('parseModule', () => {
  it('reads each file in the language that its text is in', () => {
    expect(languageOf('let a: string', 'a.ts')).toBe('ts')
    expect(languageOf('<string>a', 'a.mts')).toBe('ts')
    expect(languageOf('<a>b</a>', 'a.tsx')).toBe('tsx')
    expect(languageOf('<a>b</a>', 'a.js')).toBe('jsx')
    expect(languageOf('let a: string = <a/>', 'a.js')).toBe('tsx')
    expect(languageOf('declare const a', 'a.d.ts')).toBe('dts')
    expect(languageOf('return 1', 'a.cjs')).toBe('jsx')
    expect(languageOf('await a; export {}', 'a.mjs')).toBe('jsx')
    expect(languageOf('a < b > (c)', 'a.js')).toBe('jsx')
    expect(languageOf('let a: string', 'README')).toBe('ts')
  })

  it('drops a byte-order mark and counts from after it', () => {
    const parsed = parseModule('\uFEFFa', 'a.ts')
    expect(parsed).toMatchObject({ text: 'a', program: { body: [{ start: 0, end: 1 }] } })
  })

  it('counts in UTF-16 units', () => {
    const parsed = parseModule('"𝒳"; b // é', 'a.ts')
    expect(parsed).toMatchObject({
      program: { body: [{ end: 5 }, { start: 6, range: [6, 7] }] },
      comments: [{ type: 'Line', value: ' é', start: 8 }],
    })
  })

  it('keeps a hashbang out of the comments', () => {
    const parsed = parseModule('#!/usr/bin/env node\na', 'a.js')
    expect(parsed).toMatchObject({ comments: [], program: { hashbang: { start: 0, end: 19 } } })
  })

  it('leaves parentheses out of the tree', () => {
    expect(parseModule('(a)', 'a.ts')).toMatchObject({
      program: { body: [{ expression: { type: 'Identifier', start: 1 } }] },
    })
  })

  it('says where a mistake stands', () => {
    expect(parseModule('let a\r\nlet b = ;\nfoo()', 'a.ts')).toStrictEqual({
      error: { kind: 'syntax', message: 'Unexpected token', line: 2, column: 9, offset: 15 },
    })
    expect(parseModule(`\nx = ${'('.repeat(500)}`, 'a.ts')).toStrictEqual({
      error: {
        kind: 'refused',
        message: 'the code is nested more than 400 levels deep',
        line: 2,
        column: 1,
        offset: 1,
      },
    })
    expect(parseModule(`x\n= a${' + a'.repeat(2000)}`, 'a.ts')).toMatchObject({
      error: { kind: 'refused', message: 'one expression is more than 1000 levels high', line: 2 },
    })
  })

  it('tells of mistakes that it got over', () => {
    expect(parseModule('return 1', 'a.ts')).toMatchObject({
      errors: [{ message: "A 'return' statement can only be used within a function body." }],
    })
  })

  it('never throws', () => {
    const texts = ['', '\0', '\uD800', '`', '/', '<', '#!', '\uFEFF', '\u2028', '/*', '${', '}{']
    for (const text of texts) {
      for (const name of ['', 'a.ts', 'a.tsx', 'a.js', 'a.d.ts']) {
        expect(() => parseModule(text, name), JSON.stringify(text)).not.toThrow()
      }
    }
  })
})

describe('importRecords', () => {
  it('gives what a file imports without its tree', () => {
    expect(importRecords('import { a as b } from "c"', 'a.ts')).toMatchObject({
      staticImports: [{ moduleRequest: { value: 'c' }, entries: [{ localName: { value: 'b' } }] }],
    })
    expect(importRecords('import a from "b"; <a>c</a>', 'a.js')?.staticImports).toHaveLength(1)
    expect(importRecords('('.repeat(500), 'a.ts')).toBeUndefined()
    expect(importRecords('let a = ;', 'a.ts')).toBeUndefined()
  })
})
