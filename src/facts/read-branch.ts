import type { TSESTree } from '@typescript-eslint/utils'
import type { Range, ValueId } from './model.ts'
import { addBranch, addValue, rangeOf, withGuard } from './build.ts'
import type { Departure, Exits, Extraction } from './build.ts'
import {
  abandon,
  assign,
  changesSince,
  currentValue,
  mergeArms,
  newEnvironment,
  newFlow,
} from './flow.ts'
import type { Arm, Environment, Flow } from './flow.ts'
import { bindPattern } from './read-assignment.ts'
import { readBlock, readFunctionDeclaration, readStatement } from './read-statement.ts'
import { declare, declareBlock, namesIn, newScope } from './scope.ts'

/** Reads the code of one arm; gives what it leaves behind. */
function readArm(
  x: Extraction,
  guard: { branch: number; arm: number } | null,
  read: () => void,
): Flow {
  const outer = x.flow
  const guards = guard === null ? outer.guards : withGuard(outer.guards, guard)
  x.flow = newFlow(guards, newEnvironment(outer.environment))
  read()
  const flow = x.flow
  x.flow = outer
  return flow
}

/** Brings the arms of a branch together behind it. An arm that never comes out leaves its guard's opposite standing. */
function join(
  x: Extraction,
  branch: number | null,
  flows: readonly { arm: number; flow: Flow }[],
  at: Range,
): void {
  const { environment } = x.flow
  const live = flows.filter(({ flow }) => flow.reachable)
  for (const { arm, flow } of flows) {
    if (flow.reachable) continue
    if (branch !== null) x.branches[branch]?.exits.push(arm)
    abandon(x, changesSince(flow.environment, environment))
  }
  if (live.length === 0) {
    x.flow.reachable = false
    return
  }
  const arms = live.map(({ arm, flow }): Arm => ({
    arm,
    changes: changesSince(flow.environment, environment),
  }))
  mergeArms(x, environment, branch, arms, at)
  const [only] = live
  if (live.length === 1 && only && flows.length > 1) x.flow.guards = only.flow.guards
}

export function readIf(x: Extraction, node: TSESTree.IfStatement): void {
  const at = rangeOf(node)
  const condition = x.valueOf(node.test)
  const branch = addBranch(x, { kind: 'if', condition, at })
  const yes = readArm(x, { branch, arm: 0 }, () => {
    readStatement(x, node.consequent)
  })
  const { alternate } = node
  const no = readArm(x, { branch, arm: 1 }, () => {
    if (alternate) readStatement(x, alternate)
  })
  join(
    x,
    branch,
    [
      { arm: 0, flow: yes },
      { arm: 1, flow: no },
    ],
    at,
  )
}

/** A label belongs to the loop or switch that follows it; a block with one is left by `break label`. */
export function readLabeled(x: Extraction, node: TSESTree.LabeledStatement): void {
  const { body, label } = node
  if (body.type !== 'BlockStatement' && body.type !== 'IfStatement') {
    x.label = label.name
    readStatement(x, body)
    x.label = null
    return
  }
  const exits = newExits(x, 'block', label.name)
  x.exits = [...x.exits, exits]
  const flow = readArm(x, null, () => {
    readStatement(x, body)
  })
  x.exits = x.exits.slice(0, -1)
  const left = exits.breaks.map((departure) => leftBehind(exits.base, departure))
  const flows = [flow, ...left].map((each, arm) => ({ arm, flow: each }))
  join(x, null, flows, rangeOf(node))
}

function newExits(x: Extraction, kind: Exits['kind'], label: string | null): Exits {
  return { kind, label, base: x.flow.environment, breaks: [], continues: [] }
}

interface SwitchArm {
  readonly tests: readonly ValueId[]
  readonly isDefault: boolean
  readonly body: readonly TSESTree.Statement[]
}

/** The cases of a switch, those without statements taken together with the one they fall into. */
function armsOf(x: Extraction, node: TSESTree.SwitchStatement): readonly SwitchArm[] {
  const arms: SwitchArm[] = []
  let tests: ValueId[] = []
  let isDefault = false
  for (const { test, consequent } of node.cases) {
    if (test) tests.push(x.valueOf(test))
    else isDefault = true
    if (consequent.length === 0) continue
    arms.push({ tests: isDefault ? [] : tests, isDefault, body: consequent })
    tests = []
    isDefault = false
  }
  return arms
}

export function readSwitch(x: Extraction, node: TSESTree.SwitchStatement): void {
  const at = rangeOf(node)
  const condition = x.valueOf(node.discriminant)
  const arms = armsOf(x, node)
  const tests = arms.map((arm) => arm.tests)
  const branch = addBranch(x, { kind: 'switch', condition, at, tests })
  const outerScope = x.scope
  x.scope = newScope(outerScope, at)
  for (const { body } of arms) declareBlock(x, x.scope, body)
  const exits = newExits(x, 'switch', x.label)
  x.label = null
  const flows: { arm: number; flow: Flow }[] = []
  let fallen: Flow | null = null
  x.exits = [...x.exits, exits]
  arms.forEach(({ body, isDefault }, arm) => {
    const before = exits.breaks.length
    const previous: Flow | null = fallen
    if (previous && !isDefault) {
      const earlier = tests[arm - 1] ?? []
      tests[arm] = earlier.length === 0 ? [] : [...earlier, ...(tests[arm] ?? [])]
    }
    const flow = readArm(x, { branch, arm }, () => {
      if (previous) assignMaybe(x, changesSince(previous.environment, exits.base), at)
      for (const statement of body) {
        if (statement.type === 'FunctionDeclaration') readFunctionDeclaration(x, statement)
      }
      for (const statement of body) readStatement(x, statement)
    })
    fallen = flow.reachable ? flow : null
    const departures = exits.breaks.slice(before)
    for (const departure of departures) flows.push({ arm, flow: leftBehind(exits.base, departure) })
    const isLast = arm === arms.length - 1
    if (flow.reachable ? isLast : departures.length === 0) flows.push({ arm, flow })
  })
  x.exits = x.exits.slice(0, -1)
  x.scope = outerScope
  if (!arms.some((arm) => arm.isDefault)) {
    const guards = withGuard(x.flow.guards, { branch, arm: arms.length })
    flows.push({ arm: arms.length, flow: newFlow(guards, newEnvironment(x.flow.environment)) })
  }
  join(x, branch, flows, at)
}

/** What may have been assigned before the code being read: each variable holds that, or what it held. */
function assignMaybe(x: Extraction, changes: ReadonlyMap<number, ValueId>, at: Range): void {
  for (const [variable, value] of changes) {
    const before = currentValue(x, variable)
    const isNew = before === null || before === value
    assign(
      x,
      variable,
      isNew
        ? value
        : addValue(x, { kind: 'choice', branch: null, options: [before, value], arms: [] }, at),
    )
  }
}

/** The flow that a `break` carried out of its block. */
function leftBehind(base: Environment, { changes, guards }: Departure): Flow {
  const environment = newEnvironment(base)
  for (const [variable, value] of changes) environment.values.set(variable, value)
  return { environment, guards, reachable: true }
}

export function readTry(x: Extraction, node: TSESTree.TryStatement): void {
  const at = rangeOf(node)
  const id =
    x.tryFacts.push({
      at,
      handlerAt: node.handler ? rangeOf(node.handler) : null,
      function: x.function,
    }) - 1
  const branch = addBranch(x, { kind: 'catch', condition: null, at })
  const { tries, handlers } = x
  x.tries = [...tries, id]
  const body = readArm(x, null, () => {
    readStatement(x, node.block)
  })
  x.tries = tries
  const flows = [{ arm: 0, flow: body }]
  const { handler } = node
  if (handler) {
    x.handlers = [...handlers, id]
    const flow = readArm(x, { branch, arm: 1 }, () => {
      const scope = newScope(x.scope, rangeOf(handler))
      x.scope = scope
      // Whatever the block assigned, it may have done so before it threw.
      assignMaybe(
        x,
        changesSince(body.environment, x.flow.environment.outer ?? body.environment),
        at,
      )
      if (handler.param) {
        for (const name of namesIn(handler.param)) declare(x, scope, name, { constant: false })
        bindPattern(
          x,
          handler.param,
          addValue(x, { kind: 'caught', try: id }, rangeOf(handler.param)),
        )
      }
      readBlock(x, handler.body.body)
      x.scope = scope.outer ?? scope
    })
    x.handlers = handlers
    flows.push({ arm: 1, flow })
  }
  join(x, branch, flows, at)
  if (node.finalizer) readBlock(x, node.finalizer.body)
}

export function leave(
  x: Extraction,
  node: TSESTree.BreakStatement | TSESTree.ContinueStatement,
): void {
  const label = node.label?.name
  const isContinue = node.type === 'ContinueStatement'
  const target = x.exits.findLast(({ kind, label: own }) =>
    label !== undefined ? own === label : kind === 'loop' || (kind === 'switch' && !isContinue),
  )
  if (target && x.flow.reachable) {
    const changes = changesSince(x.flow.environment, target.base)
    ;(isContinue ? target.continues : target.breaks).push({ changes, guards: x.flow.guards })
  }
  x.flow.reachable = false
}
