/** What each call of a function leads to. */
import { describe, expect, it } from 'vitest'
import { functionsGiven, stepsOf } from '../../../src/flow/paths/steps.ts'
import { freeFrame } from '../../../src/project/frame.ts'
import { callOf, functionOf } from '../../../src/project/module.ts'
import { functionNamed, moduleOf } from '../../support/facts.ts'

/** `callee → functions it leads to`, for each call of a function. */
function steps(text: string, name = ''): readonly string[] {
  const module = moduleOf(text)
  const id = name === '' ? 0 : functionNamed(module.facts, name)
  return stepsOf(freeFrame(module, id)).map(({ frame, call, spellings, callees }) => {
    const { calleeAt } = callOf(frame.module, call)
    const to = callees.map((f) => functionOf(f.module, f.function).name || 'arrow')
    const called = text.slice(calleeAt.start, calleeAt.end)
    return `${called}${spellings.map(({ kind }) => ` (${kind})`).join('')}${to.length === 0 ? '' : ` → ${to.join(', ')}`}`
  })
}

describe('calls', () => {
  it.each<[string, readonly string[]]>([
    ['function f() {} f(); g()', ['f → f', 'g']],
    ['const f = () => 1, g = () => f(); g()', ['g → g']],
    ['function f() {} function g() {} (c ? f : g)()', ['c ? f : g → f, g']],
    ['const o = { f() {}, g() {} }; o.f(); o[k]()', ['f → f', 'k → f, g']],
    [
      'class A { constructor() {} m() {} } const a = new A(); a.m()',
      ['A → A.constructor', 'm → A.m'],
    ],
    ['const make = () => () => 1; make()()', ['make → make', 'make() → arrow']],
    ['function f() { f() } f()', ['f → f']],
    ['list.forEach((x) => 1); list.map(function g() {})', ['forEach → arrow', 'map → g']],
    ['get().then((r) => 1, (e) => 2)', ['get', 'then → arrow, arrow']],
    [
      'app.get("/", (req) => 1); on({ handler: (e) => 1, more: { f() {} } })',
      ['get → arrow', 'on → handler, f'],
    ],
    [
      "import { ScanCommand } from '@aws-sdk/lib-dynamodb'; client.send(new ScanCommand({}))",
      ['ScanCommand', 'send (Scan)'],
    ],
  ])('%s', (text, expected) => {
    expect(steps(text)).toEqual(expected)
  })

  it('lead nowhere where nothing is known of what is called', () => {
    expect(steps('function f(g) { g(); g.h(); this.x() }', 'f')).toEqual(['g', 'h', 'x'])
  })

  it('are followed no more when the budget is used up', () => {
    const module = moduleOf('function f() {} f()')
    module.project.budget.steps = 0
    expect(stepsOf(freeFrame(module, 0)).map(({ callees }) => callees)).toEqual([[]])
  })

  it('are worked out once', () => {
    const module = moduleOf('function f() {} f()')
    expect(stepsOf(freeFrame(module, 0))[0]).toBe(stepsOf(freeFrame(module, 0))[0])
  })
})

describe('functions in an argument', () => {
  it.each<[string, readonly string[]]>([
    ['function f() {} probe(f)', ['f']],
    ['function f() {} probe({ f, g: () => 1 })', ['f', 'g']],
    ['function f() {} function g() {} probe(c ? f : g)', ['f', 'g']],
    ['probe({ a: { b: { c: { d() {} } } } })', []],
    ['probe({ a: { b: () => 1 } })', ['b']],
    ['probe(f)', []],
  ])('%s', (text, expected) => {
    const module = moduleOf(text)
    const call = module.facts.calls.length - 1
    const found = functionsGiven(freeFrame(module, 0), call)
    expect(found.map((f) => functionOf(f.module, f.function).name)).toEqual(expected)
  })
})
