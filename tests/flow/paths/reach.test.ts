/** From which entry points each function is reached. */
import { describe, expect, it } from 'vitest'
import { reachabilityOf } from '../../../src/flow/paths/reach.ts'
import type { EntryPoint, Trigger } from '../../../src/frameworks/framework.ts'
import { freeFrame } from '../../../src/project/frame.ts'
import { functionOf } from '../../../src/project/module.ts'
import type { Module } from '../../../src/project/module.ts'
import { functionNamed, moduleOf } from '../../support/facts.ts'

function entry(module: Module, name: string, trigger: Trigger): EntryPoint {
  const id = functionNamed(module.facts, name)
  return {
    handler: { kind: 'function', module, function: id, lexical: freeFrame(module, 0), self: null },
    trigger,
    label: name,
  } as EntryPoint
}

/** The way to a function, with what sets it off; null where nothing does. */
function reach(
  code: string,
  name: string,
  entries: Readonly<Record<string, Trigger>>,
): string | null {
  const module = moduleOf(code)
  const points = Object.entries(entries).map(([handler, trigger]) =>
    entry(module, handler, trigger),
  )
  const found = reachabilityOf(
    module,
    () => points,
    () => [],
  ).from(freeFrame(module, functionNamed(module.facts, name)))
  return (
    found &&
    `${found.entry.trigger}: ${found.path.map(({ function: id }) => functionOf(module, id).name).join(' → ')}`
  )
}

describe('the way', () => {
  it.each<[string, string, Readonly<Record<string, Trigger>>, string | null]>([
    ['function f() {}', 'f', { f: 'http' }, 'http: f'],
    [
      'function f() { g() } function g() { h() } function h() {}',
      'h',
      { f: 'http' },
      'http: f → g → h',
    ],
    [
      'function f() { g(); h() } function g() { h() } function h() {}',
      'h',
      { f: 'http' },
      'http: f → h',
    ],
    ['function f() {} function g() {}', 'g', { f: 'http' }, null],
    ['function f() { g() } function g() { g() }', 'g', { f: 'queue' }, 'queue: f → g'],
    [
      'function f() { g() } function g() {} function job() { g() }',
      'g',
      { job: 'schedule', f: 'http' },
      'http: f → g',
    ],
    [
      'function f() { h() } function h() { g() } function g() {} function job() { g() }',
      'g',
      { job: 'schedule', f: 'http' },
      'http: f → h → g',
    ],
    ['function g() {} function job() { g() }', 'g', { job: 'schedule' }, 'schedule: job → g'],
    [
      'function f() { run(g) } function run(x) { x() } function g() {}',
      'g',
      { f: 'http' },
      'http: f → g',
    ],
    ['function f() { list.map(g) } function g() {}', 'g', { f: 'http' }, 'http: f → g'],
    [
      'function f() { new R().m() } class R { m() { this.n() } n() {} }',
      'R.n',
      { f: 'http' },
      'http: f → R.m → R.n',
    ],
    [
      'class R { constructor() { this.m() } m() {} } function f() { new R() }',
      'R.m',
      { f: 'http' },
      'http: f → R.constructor → R.m',
    ],
  ])('%s', (code, name, entries, expected) => {
    expect(reach(code, name, entries)).toBe(expected)
  })

  it('begins with a request where a function is set off by that and by something else', () => {
    const module = moduleOf('function f() {}')
    const { from } = reachabilityOf(
      module,
      () => [entry(module, 'f', 'schedule'), entry(module, 'f', 'http')],
      () => [],
    )
    expect(from(freeFrame(module, functionNamed(module.facts, 'f')))?.entry.trigger).toBe('http')
  })

  it('does not go on for ever where functions call each other', () => {
    const code = 'function a() { b() } function b() { a(); c() } function c() { b() }'
    expect(reach(code, 'c', {})).toBeNull()
  })
})
