/** What a file brings in and what it gives out, as ESM and as CommonJS. */
import { describe, expect, it } from 'vitest'
import { factsOf, said, say } from '../support/facts.ts'

function exportsOf(text: string): Readonly<Record<string, string>> {
  const facts = factsOf(text)
  return Object.fromEntries(
    Object.entries(facts.exports).map(([name, value]) => [name, say(facts, value)]),
  )
}

describe('exports', () => {
  it.each([
    ['export const a = 1, { b } = c', { a: 'variable a', b: 'variable b' }],
    ['export function a() {}', { a: 'variable a' }],
    ['export class A {}', { A: 'variable A' }],
    ['export enum E { A }', { E: 'variable E' }],
    ['const a = 1; export { a, a as b }', { a: 'variable a', b: 'variable a' }],
    ["import { a } from 'm'; export { a as b }", { b: 'import(m).a' }],
    ["const a = 1; export { a as 'x-y' }", { 'x-y': 'variable a' }],
    ['export { a }', { a: 'a' }],
    ['export default 1', { default: '1' }],
    ['export default function () {}', { default: 'function1 default' }],
    ['export default function a() {}', { default: 'function1 a' }],
    ['export default () => 1', { default: 'function1 default' }],
    ['export default class {}', { default: 'class default' }],
    ['export default { a: 1 }', { default: '{ a: 1 }' }],
    ['export = 1', { '=': '1' }],
    ['export interface A { b: 1 }\nexport type B = 2', {}],
    ['module.exports = { a: 1 }', { '=': '{ a: 1 }' }],
    ['module.exports.a = 1; exports.b = 2', { a: '1', b: '2' }],
    ["module['exports'].a = 1", {}],
    ['exports.a = exports.b = 1', { a: '1', b: '1' }],
    ['exports = module.exports = () => 1', { '=': 'function1 exports' }],
    ['function f(exports, module) { exports.a = 1; module.exports = 2 }', {}],
  ])('%s', (text, expected) => {
    expect(exportsOf(text)).toEqual(expected)
  })

  it('of other files are noted as such', () => {
    const facts = factsOf(
      "export { a, b as c } from './x'; export * from './y'; export * as z from './z'; export { default } from './d'",
    )
    expect(facts.reexports).toEqual([
      { source: './x', name: 'a', imported: 'a' },
      { source: './x', name: 'c', imported: 'b' },
      { source: './y', name: null, imported: null },
      { source: './z', name: 'z', imported: null },
      { source: './d', name: 'default', imported: 'default' },
    ])
    expect(facts.imports.map((i) => i.source)).toEqual(['./x', './y', './z', './d'])
  })

  it('that the file uses itself are those', () => {
    expect(said('exports.a = 1; probe(exports.a); probe(module.exports.a)')).toEqual([
      'exports.a',
      'exports.a',
    ])
  })
})

describe('imports', () => {
  it.each([
    ["import a from 'm'; probe(a)", 'import(m).default'],
    ["import { a } from 'm'; probe(a)", 'import(m).a'],
    ["import { a as b } from 'm'; probe(b)", 'import(m).a'],
    ["import { 'a-b' as b } from 'm'; probe(b)", 'import(m).a-b'],
    ["import * as m from 'm'; probe(m.a)", 'import(m).*.a'],
    ["import a = require('m'); probe(a)", 'import(m).*'],
    ["const { a } = require('m'); probe(a)", 'import(m).*.a'],
    ["const { a } = await import('m'); probe(a)", 'import(m).*.a'],
    ["const m = require('m').default; probe(m)", 'import(m).*.default'],
    ['const m = require(`m`); probe(m)', 'import(m).*'],
    ["const n = 'm'; const m = require(n); probe(m)", 'import(m).*'],
    ["function f(require) { probe(require('m')) }", 'parameter1.0("m")'],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual([expected])
  })

  it('are listed with their names, places and kinds', () => {
    const text =
      "import type { A } from 'a'\nimport b, { c as d } from 'b'\nimport 'e'\nrequire('f')"
    const { imports } = factsOf(text)
    expect(
      imports.map((i) => [
        i.source,
        i.typeOnly,
        i.names?.map((n) => `${n.imported} as ${n.local}`) ?? null,
        text.slice(i.at.start, i.at.end),
      ]),
    ).toEqual([
      ['a', true, ['A as A'], "import type { A } from 'a'"],
      ['b', false, ['default as b', 'c as d'], "import b, { c as d } from 'b'"],
      ['e', false, [], "import 'e'"],
      ['f', false, null, "require('f')"],
    ])
  })
})

it('knows a script by its first line', () => {
  expect(factsOf('#!/usr/bin/env node\nf()').hashbang).toBe(true)
  expect(factsOf('f()').hashbang).toBe(false)
})

it('tells texts apart by their hash', () => {
  expect(factsOf('f()').text).toEqual({
    length: 3,
    hash: 'hd5vwHa7ZKvGCf69Q8FkaFn0JT0=',
    lines: [0],
  })
  expect(factsOf('g()').text.hash).not.toBe(factsOf('f()').text.hash)
})

it('knows where lines begin, whatever ends them', () => {
  expect(factsOf('f()\r\n\ng()\n').text.lines).toEqual([0, 5, 6, 10])
})

it('gives facts that can be written as JSON and read again', () => {
  const facts = factsOf(
    "import { a } from 'm'; export const f = async ({ b = 1 }) => { for (const x of b) await a(x) }",
  )
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts)
})
