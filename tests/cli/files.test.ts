import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { displayPath, findFiles } from '../../src/cli/files.ts'
import { isIgnored, readIgnoreFile } from '../../src/project/gitignore.ts'
import { project } from './world.ts'

function found(cwd: string, ...paths: string[]): string[] {
  return findFiles(paths, cwd).files.map((file) => displayPath(file, cwd))
}

describe('findFiles', () => {
  it('takes sources and leaves out what is generated', () => {
    const cwd = project({
      'a.ts': '',
      'b/c.tsx': '',
      'b/d.mjs': '',
      'b/e.cts': '',
      'b/f.json': '',
      'b/g.d.ts': '',
      'b/h.d.mts': '',
      'b/i.min.js': '',
      '.storybook/j.ts': '',
      'node_modules/k.js': '',
      'b/dist/l.js': '',
      'build/m.js': '',
      '.next/n.js': '',
      'cdk.out/o.js': '',
      'coverage/p.js': '',
    })
    expect(found(cwd)).toStrictEqual(['.storybook/j.ts', 'a.ts', 'b/c.tsx', 'b/d.mjs', 'b/e.cts'])
    expect(found(cwd, 'b', 'a.ts', './b/c.tsx')).toStrictEqual([
      'a.ts',
      'b/c.tsx',
      'b/d.mjs',
      'b/e.cts',
    ])
    expect(found(cwd, '**/*.{tsx,js}')).toStrictEqual(['b/c.tsx'])
  })

  it('takes a file that is named, whatever it is', () => {
    const cwd = project({ '.gitignore': '*', 'dist/a.js': '', 'b.d.ts': '' })
    expect(found(cwd, 'dist/a.js', 'b.d.ts')).toStrictEqual(['b.d.ts', 'dist/a.js'])
  })

  it('honours .gitignore from the root of the repository to the innermost directory', () => {
    const cwd = project({
      '.git/HEAD': '',
      '.git/info/exclude': 'private.ts\n',
      '.gitignore': 'generated/\n*.gen.ts\n!kept.gen.ts\n',
      'generated/a.ts': '',
      'src/generated/b.ts': '',
      'src/c.gen.ts': '',
      'src/kept.gen.ts': '',
      'src/private.ts': '',
      'src/d.ts': '',
      'src/.gitignore': '/d.ts\n!c.gen.ts\n',
      'src/e/d.ts': '',
    })
    const expected = ['src/c.gen.ts', 'src/e/d.ts', 'src/kept.gen.ts']
    expect(found(cwd)).toStrictEqual(expected)
    expect(found(cwd, 'src')).toStrictEqual(expected)
    expect(found(cwd, 'src/**/*.ts')).toStrictEqual(expected)
    expect(found(join(cwd, 'src'), '.')).toStrictEqual(expected.map((path) => path.slice(4)))
  })

  it('follows links to files and not to directories', () => {
    const cwd = project({ 'a/b.ts': '', 'c/d.ts': '' })
    symlinkSync(join(cwd, 'a/b.ts'), join(cwd, 'c/link.ts'))
    symlinkSync(cwd, join(cwd, 'c/loop'))
    symlinkSync(join(cwd, 'gone.ts'), join(cwd, 'c/broken.ts'))
    expect(found(cwd, 'c')).toStrictEqual(['c/d.ts', 'c/link.ts'])
  })
})

describe('gitignore', () => {
  const cases: [pattern: string, path: string, ignored: boolean][] = [
    ['a', 'a', true],
    ['a', 'b/a', true],
    ['a', 'ab', false],
    ['/a', 'b/a', false],
    ['b/a', 'b/a', true],
    ['b/a', 'c/b/a', false],
    ['*.ts', 'b/a.ts', true],
    ['a/*.ts', 'a/b/c.ts', false],
    ['a/**', 'a/b/c.ts', true],
    ['a/**', 'a', false],
    ['**/a', 'b/c/a', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/c/d/b', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['[ab].ts', 'b.ts', true],
    ['[!ab].ts', 'b.ts', false],
    ['[a-c]', 'b', true],
    ['\\#a', '#a', true],
    ['#a', '#a', false],
    ['\\!a', '!a', true],
    ['a\\ ', 'a ', true],
    ['a  ', 'a', true],
    ['a.b', 'axb', false],
    ['(a|b)+', '(a|b)+', true],
    ['[', '[', true],
    ['a/', 'a', false],
  ]

  it.each(cases)('%s and the file %s: %s', (pattern, path, ignored) => {
    const file = readIgnoreFile(pattern, '/project')
    expect(isIgnored([file], `/project/${path}`, false)).toBe(ignored)
  })

  it('takes a pattern with a slash at its end for directories only', () => {
    expect(isIgnored([readIgnoreFile('a/', '/project')], '/project/a', true)).toBe(true)
  })
})
