/** Imports run one way: see "The house" in docs/architecture.md. */
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, posix } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** The rooms from the ground up; a file belongs to the longest path that it begins with. */
const floors: readonly (readonly string[])[] = [
  ['src/expressions/', 'src/requests/', 'src/settings/', 'src/version.ts'],
  ['src/clients/'],
  ['src/facts/', 'src/parser/'],
  ['src/project/', 'src/tables/'],
  // A framework says which linked values are handlers, so it stands on the project.
  ['src/frameworks/'],
  // What infrastructure files deploy is an entry point like those that the code shows.
  ['src/infrastructure/'],
  // What code shows of a table's keys is read from operations.
  [
    'src/operations/',
    'src/flow/',
    // What infrastructure defines, linked to what code names.
    'src/tables/discovery/',
    'src/tables/create-table.ts',
    'src/tables/inferred.ts',
    'src/tables/kinds.ts',
    'src/tables/time-to-live.ts',
  ],
  ['src/suggestions/'],
  ['src/rule/'],
  ['rules/'],
  ['src/plugin/', 'src/formatters/'],
  ['src/index.ts', 'src/cli'],
]

/** The parts of `src/flow/` from the ground up. */
const flow = ['paths', 'values', 'guards', 'loops', 'reads', 'writes', 'effects', 'streams']

/** Rooms that are usable alone: no package, no other room. */
const alone = ['src/expressions/']

interface Import {
  readonly from: string
  readonly to: string
}

const files = globSync(['src/**/*.ts', 'rules/**/*.ts'], { cwd: root }).sort()
const imports: readonly Import[] = files.flatMap((from) =>
  [...importsOf(readFileSync(join(root, from), 'utf8'))].map((target) => ({
    from,
    to: target.startsWith('.') ? posix.join(posix.dirname(from), target) : target,
  })),
)
const local = imports.filter(({ to }) => roomOf(to) !== undefined)

function importsOf(source: string): Set<string> {
  const statement = /^(?:import|export)\s(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
  const call = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g
  const code = source.replace(/\/\*[^]*?\*\//g, '')
  return new Set(
    [...code.matchAll(statement), ...code.matchAll(call)].map(([, target = '']) => target),
  )
}

function roomOf(path: string): string | undefined {
  return floors
    .flat()
    .filter((room) => path.startsWith(room))
    .sort((left, right) => right.length - left.length)[0]
}

function floorOf(path: string): number {
  const room = roomOf(path)
  return floors.findIndex((rooms) => room !== undefined && rooms.includes(room))
}

it('knows the room of every file', () => {
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([])
})

it('finds imports of every shape', () => {
  const source = [
    "import a, { b } from './a.ts'",
    "import type {\n  C,\n} from './c.ts'",
    "import './d.ts'",
    "export * from './e.ts'",
    "export { f } from './f.ts'",
    "type G = import('./g.ts').G",
    "/* import h from './h.ts' */",
  ].join('\n')
  expect([...importsOf(source)].sort()).toEqual(
    ['a', 'c', 'd', 'e', 'f', 'g'].map((name) => `./${name}.ts`),
  )
})

it('imports from no floor above', () => {
  const upward = local
    .filter(({ from, to }) => floorOf(to) > floorOf(from))
    .map(({ from, to }) => `${from} imports ${to}`)
  expect(upward).toEqual([])
})

it('imports from no part of the flow above', () => {
  const partOf = (file: string): number =>
    flow.findIndex((part) => file.startsWith(`src/flow/${part}/`))
  const astray = files.filter((file) => file.startsWith('src/flow/') && partOf(file) < 0)
  const upward = local
    .filter(({ from, to }) => partOf(from) >= 0 && partOf(to) > partOf(from))
    .map(({ from, to }) => `${from} imports ${to}`)
  expect([...astray, ...upward]).toEqual([])
})

it('imports nothing from outside src/ and rules/', () => {
  const outside = imports
    .filter(({ to }) => to.startsWith('..') || /^(tests|scripts|docs)\//.test(to))
    .map(({ from, to }) => `${from} imports ${to}`)
  expect(outside).toEqual([])
})

it('has no round of imports through two rooms', () => {
  const below = new Map<string, string[]>()
  for (const { from, to } of local) {
    if (!importsTypesOnly(from, to)) below.set(from, [...(below.get(from) ?? []), to])
  }
  const reached = new Map([...below.keys()].map((file) => [file, reach(file, below)]))
  const rounds = [...reached].flatMap(([file, others]) =>
    [...others]
      .filter((other) => reached.get(other)?.has(file) === true && roomOf(other) !== roomOf(file))
      .map((other) => `${file} and ${other} import each other`),
  )
  expect(rounds).toEqual([])
})

function reach(
  file: string,
  below: ReadonlyMap<string, readonly string[]>,
  seen = new Set<string>(),
): Set<string> {
  for (const next of below.get(file) ?? []) {
    if (!seen.has(next)) reach(next, below, seen.add(next))
  }
  return seen
}

it.each(alone)('%s stands alone', (room) => {
  const others = imports
    .filter(({ from, to }) => from.startsWith(room) && !to.startsWith(room))
    .map(({ from, to }) => `${from} imports ${to}`)
  expect(others).toEqual([])
})

it('imports only what an installed package finds', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const there = [...Object.keys(manifest.dependencies), 'eslint', ...builtinModules]
  const packageOf = (to: string): string =>
    to
      .replace(/^node:/, '')
      .split('/')
      .slice(0, to.startsWith('@') ? 2 : 1)
      .join('/')
  const typesOnly = ['@typescript-eslint/utils']
  const missing = imports
    .filter(({ to }) => roomOf(to) === undefined && !there.includes(packageOf(to)))
    .filter(({ from, to }) => !(typesOnly.includes(to) && importsTypesOnly(from, to)))
    .map(({ from, to }) => `${from} imports ${to}`)
  expect(missing).toEqual([])
})

function importsTypesOnly(from: string, to: string): boolean {
  const name = to.split('/').at(-1) ?? to
  return readFileSync(join(root, from), 'utf8')
    .split(/^(?=import|export)/m)
    .filter((statement) => new RegExp(`^[^']*'([^'\n]*/)?${name}'`).test(statement))
    .every((statement) => /^(import|export) type\s/.test(statement))
}
