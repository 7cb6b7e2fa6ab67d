import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { guard, lineAt, maxSourceLength } from '../../src/parser/guard.ts'
import { maxDepth } from '../../src/parser/nesting.ts'
import { hostileShapes } from './hostile-shapes.ts'

const root = join(import.meta.dirname, '../..')

function reasonOf(text: string, jsx = false): string | undefined {
  const result = guard(text, { jsx })
  return result.ok ? undefined : `${String(result.line)}: ${result.reason}`
}

describe('guard', () => {
  it('says why and where', () => {
    const deep = `the code is nested more than ${String(maxDepth)} levels deep`
    expect(reasonOf('('.repeat(maxDepth))).toBeUndefined()
    expect(reasonOf('('.repeat(maxDepth + 1))).toBe(`1: ${deep}`)
    expect(reasonOf(`a\n\nb = ${'['.repeat(maxDepth + 1)}`)).toBe(`3: ${deep}`)
    expect(reasonOf(`a${'.b'.repeat(10_000)}`)).toBe(
      '1: one expression chains more than 4000 operators or calls',
    )
    expect(reasonOf(' '.repeat(maxSourceLength + 1))).toBe(
      '1: the file is larger than 2 million characters',
    )
    expect(reasonOf('a<({b='.repeat(20))).toBe(
      '1: parentheses after `<` are nested more than 12 levels deep',
    )
    expect(reasonOf('\\'.repeat(200))).toBe(
      '1: there are more than 100 backslashes outside of strings',
    )
  })

  it('counts nothing inside strings, templates, comments, regular expressions and JSX text', () => {
    const many = '([{<'.repeat(maxDepth)
    expect(reasonOf(`'${many}'; "${many}"; \`${many}\` // ${many}\n/* ${many} */`)).toBeUndefined()
    expect(reasonOf(`x = /[${many}]/; if (a) /[${many}]/.test(b)`)).toBeUndefined()
    expect(reasonOf(`x = <a>${'(['.repeat(maxDepth)} don't</a>`, true)).toBeUndefined()
  })

  it('gets on with every text that it is given, cut off anywhere', () => {
    const text = '<a b={`${c}`} \\ d="e" / f:g-h>{/* i */}j</a>; k<l>(m) \\u0061 /n/g ? "o" : \'p\''
    for (let start = 0; start < text.length; start += 1) {
      for (let end = start; end <= text.length; end += 1) {
        expect(reasonOf(text.slice(start, end), true)).toBeUndefined()
        expect(reasonOf(text.slice(start, end))).toBeUndefined()
      }
    }
  })

  it('reads what never ends as code', () => {
    const many = '('.repeat(maxDepth + 1)
    for (const opening of ["'", '"', '`', '/*', '/']) {
      expect(reasonOf(`x = ${opening}${many}`), opening).toMatch(/^1: the code is nested/)
    }
  })

  it('lets long files through that are not deep', () => {
    const lines = [
      'a = b',
      'a.b = c => d',
      'if (a) b(); else c()',
      'foo()',
      'const { a = 1 } = b ? c : d',
      'let a: Map<string, Set<number>> = b',
      'type A = { a: B; c?: () => void }',
      'for (let i = 0; i < n; i += 1) if (i < 3) continue',
      'export const a = async (b) => -b',
      'label: while (true) break label',
      'x = !a',
      '"use strict"',
      'x = y / 2 / 3',
    ]
    for (const line of lines) {
      for (const separator of ['\n', ';', ';\n']) {
        expect(reasonOf((line + separator).repeat(5000)), line).toBeUndefined()
      }
    }
    const elements = ['a = 1', 'b => c', '{ a: b }', 'a ? b : c', '-1', 'x.y', '...z', 'f(x => y)']
    for (const element of elements) {
      expect(reasonOf(`f([${`${element}, `.repeat(5000)}])`), element).toBeUndefined()
    }
    const members = ['a: string', 'b?: number', 'c(): void', '[D]: E', '"f": () => void', 'g = 1']
    for (const member of members) {
      expect(reasonOf(`interface A {\n${`${member}\n`.repeat(300)}}`), member).toBeUndefined()
    }
    const tags = ['<a/>', '<a b="<"/>', '<a>{b}</a>', '<a.b c={d}>e</a.b>', '<></>', "don't "]
    for (const tag of tags) {
      expect(reasonOf(`x = <a>${`${tag}\n`.repeat(5000)}</a>`, true), tag).toBeUndefined()
    }
    expect(reasonOf(`type A = ${"| 'a' ".repeat(3500)}`)).toBeUndefined()
    expect(reasonOf(`${'if (a) {} else '.repeat(300)} {}`)).toBeUndefined()
  })

  it('lets real files through', () => {
    const files = globSync(
      [
        'zod/src/**/*.ts',
        'eslint/lib/**/*.js',
        'typescript/lib/lib.es*.d.ts',
        'vitest/dist/**/*.js',
      ],
      { cwd: join(root, 'node_modules'), absolute: true },
    )
    expect(files.length).toBeGreaterThan(500)
    for (const file of files) {
      expect(reasonOf(readFileSync(file, 'utf8'), file.endsWith('js')), file).toBeUndefined()
    }
  })

  it.each(['main', 'worker'])(
    'keeps the process alive on the %s thread',
    (thread) => {
      const child = spawnSync(
        process.execPath,
        ['--import', 'tsx', join(import.meta.dirname, 'hostile-child.ts'), thread],
        { encoding: 'utf8', cwd: root },
      )
      const lines = child.stdout.trimEnd().split('\n')
      expect(child.signal, `the process died at ${lines.at(-1) ?? ''}`).toBeNull()
      expect(child.stderr).toBe('')
      expect(lines).toHaveLength(hostileShapes.length)
      for (const line of lines) {
        expect(line).toMatch(/^.+: (linted|syntax), (parsed|refused|syntax), refused$/)
      }
    },
    120_000,
  )
})

describe('lineAt', () => {
  it('counts every kind of line break once', () => {
    expect(lineAt('a\r\nb\rc\nd\u2028e', 9)).toBe(5)
    expect(lineAt('a\r\nb', 2)).toBe(1)
    expect(lineAt('a\r\nb', 3)).toBe(2)
    expect(lineAt('', 0)).toBe(1)
  })
})
