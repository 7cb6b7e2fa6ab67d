/** The three parsers whose trees are read give the same facts. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@typescript-eslint/parser'
import type { TSESTree } from '@typescript-eslint/utils'
import { Linter } from 'eslint'
import type { AST } from 'eslint'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { extractFacts } from '../../src/facts/extract.ts'
import type { ModuleFacts } from '../../src/facts/model.ts'
import { parseModule, withoutByteOrderMark } from '../../src/parser/oxc.ts'

const root = join(import.meta.dirname, '../..')

const files = globSync(
  [
    'tests/scenarios/**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts}',
    'tests/fixtures/**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts}',
    'docs/examples/**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts}',
    'src/**/*.ts',
  ],
  { cwd: root, ignore: ['**/node_modules/**', '**/dist/**'] },
).sort()

function fromTypescript(text: string, file: string): ModuleFacts {
  const program = parse(text, {
    range: true,
    sourceType: 'module',
    ecmaFeatures: { jsx: /\.([cm]?js|[jt]sx)$/.test(file) },
  }) as TSESTree.Program
  return extractFacts(program, { file, text })
}

function fromOxc(text: string, file: string): ModuleFacts {
  const parsed = parseModule(text, file)
  if ('error' in parsed) throw new Error(parsed.error.message)
  return extractFacts(parsed.program as unknown as TSESTree.Program, { file, text })
}

/** The tree that ESLint makes when no parser is set. */
function fromEspree(text: string, file: string): ModuleFacts {
  let program: AST.Program | undefined
  const linter = new Linter()
  const messages = linter.verify(
    text,
    {
      files: ['**/*.{js,mjs,cjs,jsx}'],
      languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
      plugins: {
        look: {
          rules: {
            look: {
              create: () => ({
                Program: (node: AST.Program) => {
                  program = node
                },
              }),
            },
          },
        },
      },
      rules: { 'look/look': 'error' },
    },
    file,
  )
  if (!program) throw new Error(messages.map(({ message }) => message).join())
  return extractFacts(program as unknown as TSESTree.Program, { file, text })
}

const asJson = (facts: ModuleFacts): unknown => JSON.parse(JSON.stringify(facts))

it('has files to compare', () => {
  expect(files.length).toBeGreaterThan(100)
})

function textOf(file: string): string {
  return withoutByteOrderMark(readFileSync(join(root, file), 'utf8'))
}

it.each(files)('gives the same facts from oxc as from typescript-estree: %s', (file) => {
  const text = textOf(file)
  expect(asJson(fromOxc(text, file))).toEqual(asJson(fromTypescript(text, file)))
})

it.each(files.filter((file) => /\.[cm]?jsx?$/.test(file)))(
  'gives the same facts from espree: %s',
  (file) => {
    const text = textOf(file)
    expect(asJson(fromEspree(text, file))).toEqual(asJson(fromTypescript(text, file)))
  },
)

/** Syntax on which the trees are known to differ, in ways the facts must not show. */
const BOTH = [
  'class A { #a = 1; static b; static { this.b = 2 } get c() { return this.#a } set c(v) {} }',
  'class A extends B { constructor() { super(1) } m() { return super.m?.() } }',
  'const { a = 1, ...b } = c, [d, , e = 2, ...f] = g',
  'f`a${b}c`; `a\\n${`b${c}`}d`; f`\\unicode`',
  'a?.b?.[c]?.(d); (a?.b)(c); delete a?.b; new (a?.b)()',
  'for await (const a of b) { label: for (;;) { continue label } }',
  'switch (a) { case 1: default: b(); case 2: }',
  'try { a() } catch { b() } finally { c() }',
  'export * as a from "b"; export { c as "d-e" } from "f"; export default class {}',
  'import a, { b as c } from "d" with { type: "json" }; import * as e from "f"',
  'import("a"); import.meta.env.B; require("c")',
  'const o = { a, "b": 1, [c]: 2, 3: 4, async *d() {}, get e() { return 1 }, set e(f) {}, ...g, __proto__: h }',
  'a ||= b; a &&= c; a ??= d; a **= 2; a = b = c; [a, b] = [b, a]; ({ a, b: c.d } = e)',
  '1n; /a/g; "\\u{1F600}"; -1; +a; void 0; typeof b; (1, 2)',
  'function j() { return new.target } const f = async function* g() { yield* h(); return await i }',
  'var a = 1; { var a = 2; function c() {} }',
  '<A b={c} {...d} e="f">{g}<>{h}</>{/* i */}</A>',
  '({}).a; (() => ({}))(); (function () {})()',
  '',
]

const TYPESCRIPT = [
  'enum A { B, C = "d", "E-f" = 1 } const enum G { H }',
  'namespace A.B { export const c = 1 } declare module "d" { const e: number } declare global { var f: 1 }',
  'abstract class A<T> extends B<T> implements C, D { abstract a: string; declare b: E; constructor(private readonly c: F, public d = 1) { super() } abstract e(): void; f?: G; accessor g = 1; [key: string]: unknown }',
  'function a(this: B, c: D, e?: F): asserts c is G; function a(this: B, c: D, e?: F) {}',
  '@A @B(c) class D { @E() f = 1; @G() h(@I() j, @K(l) m?: N) {} }',
  'const a = b as C; const d = <E>f; g!.h!; i satisfies J; k<L>(m); new N<O>()',
  'import type A from "b"; import { type C, D } from "e"; import F = require("g"); import H = I.J; export type { K } from "l"; export = M',
  'type A = B | null; interface C extends D { readonly e: F<G>; h(): I } let j: Readonly<C> | undefined',
  'let a: { b: C; d?: { e: F } }, g: H.I.J, k: keyof L, m: readonly N[], [o]: P = q',
  'using a = b(); for (const c of <D>e) {}',
]

describe('syntax', () => {
  it.each(BOTH)('%s', (text) => {
    const file = text.startsWith('<') ? 'a.jsx' : 'a.js'
    const expected = asJson(fromTypescript(text, file))
    expect(asJson(fromOxc(text, file))).toEqual(expected)
    expect(asJson(fromEspree(text, file))).toEqual(expected)
  })

  it.each(TYPESCRIPT)('%s', (text) => {
    expect(asJson(fromOxc(text, 'a.ts'))).toEqual(asJson(fromTypescript(text, 'a.ts')))
  })
})
