import type { TSESTree } from '@typescript-eslint/types'
import type { ObjectEntry, Range, ValueId } from './model.ts'
import {
  addBranch,
  addValue,
  functionAt,
  literal,
  placeAt,
  rangeOf,
  unknown,
  valueAt,
  withGuard,
} from './build.ts'
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
import { keyName } from './key.ts'
import { bindPattern } from './read-assignment.ts'
import { readClass } from './read-class.ts'
import { readFunction } from './read-function.ts'
import { readLoop } from './read-loop.ts'
import { readType, typeArgumentNames, typeName } from './read-type.ts'
import {
  blockScope,
  declare,
  declareBlock,
  declareVars,
  lookUp,
  namesIn,
  newScope,
} from './scope.ts'
import type { Scope } from './scope.ts'

/** Reads the statements of a block in the scope it opens. */
export function readBlock(
  x: Extraction,
  statements: readonly TSESTree.Node[],
  scope: Scope = blockScope(x.scope, statements),
): void {
  const outer = x.scope
  x.scope = scope
  declareBlock(x, scope, statements)
  for (const statement of statements) {
    if (statement.type === 'FunctionDeclaration') readFunctionDeclaration(x, statement)
  }
  for (const statement of statements) readStatement(x, statement)
  x.scope = outer
}

export function readStatement(x: Extraction, node: TSESTree.Node): void {
  const at = rangeOf(node)
  switch (node.type) {
    case 'ExpressionStatement':
      readDiscarded(x, node.expression)
      return
    case 'VariableDeclaration':
      readVariables(x, node)
      noteDeclaration(x, node)
      return
    case 'ClassDeclaration':
      if (node.id) setVariable(x, node.id, readClass(x, node, null))
      return
    case 'ReturnStatement': {
      const value = node.argument ? x.valueOf(node.argument) : literal(x, undefined, at)
      functionAt(x, x.function).returns.push({ value, at, guards: x.flow.guards, loops: x.loops })
      x.flow.reachable = false
      return
    }
    case 'ThrowStatement': {
      const value = x.valueOf(node.argument)
      functionAt(x, x.function).throws.push({ value, at, guards: x.flow.guards, loops: x.loops })
      x.flow.reachable = false
      return
    }
    case 'BlockStatement':
      readBlock(x, node.body)
      return
    case 'IfStatement':
      readIf(x, node)
      return
    case 'SwitchStatement':
      readSwitch(x, node)
      return
    case 'TryStatement':
      readTry(x, node)
      return
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      readLoop(x, node)
      return
    case 'LabeledStatement':
      readLabeled(x, node)
      return
    case 'BreakStatement':
    case 'ContinueStatement':
      leave(x, node)
      return
    case 'TSEnumDeclaration':
      readEnum(x, node)
      return
    case 'ExportDefaultDeclaration':
      readDefault(x, node.declaration)
      return
    case 'TSExportAssignment':
      x.exports['='] = x.valueOf(node.expression)
      return
    case 'TSModuleDeclaration':
      readNamespace(x, node)
      return
    default:
  }
}

export function readFunctionDeclaration(
  x: Extraction,
  node: TSESTree.FunctionDeclaration,
): ValueId | null {
  const value = readFunction(x, node, {})
  if (node.id) setVariable(x, node.id, value)
  return value
}

/** `export default …`. A function or class with a name is read where it is declared, too. */
function readDefault(x: Extraction, node: TSESTree.ExportDefaultDeclaration['declaration']): void {
  if (node.type === 'ClassDeclaration') {
    const value = readClass(x, node, 'default')
    if (node.id) setVariable(x, node.id, value)
    x.exports.default = value
    return
  }
  if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSDeclareFunction') return
  const isFunction =
    node.type === 'FunctionDeclaration' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionExpression'
  const value = isFunction
    ? readFunction(x, node, { name: node.id?.name ?? 'default' })
    : x.valueOf(node)
  if (node.type === 'FunctionDeclaration' && node.id) setVariable(x, node.id, value)
  x.exports.default = value
}

function setVariable(x: Extraction, name: TSESTree.Identifier, value: ValueId): void {
  const binding = lookUp(x.scope, name.name)
  if (binding?.kind === 'variable') assign(x, binding.id, value)
}

/** Reads an expression whose value nobody takes, and notes that on the calls that gave it. */
function readDiscarded(x: Extraction, expression: TSESTree.Node): void {
  const first = x.calls.length
  x.valueOf(expression)
  const made = x.calls.slice(first)
  for (const { range } of callsGiving(expression)) {
    const call = made.find(({ at }) => at.start === range[0] && at.end === range[1])
    if (call) call.discarded = true
  }
}

/** The calls that an expression's value comes from: `a()` and `b()` of `c ? await a() : d && b()`. */
function callsGiving(node: TSESTree.Node): readonly TSESTree.Node[] {
  switch (node.type) {
    case 'CallExpression':
    case 'NewExpression':
      return [node]
    case 'AwaitExpression':
    case 'UnaryExpression':
      return callsGiving(node.argument)
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return callsGiving(node.expression)
    case 'LogicalExpression':
      return callsGiving(node.right)
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap(callsGiving)
    case 'SequenceExpression':
      return node.expressions.flatMap(callsGiving)
    default:
      return []
  }
}

export function readVariables(x: Extraction, node: TSESTree.VariableDeclaration): void {
  for (const { id, init } of node.declarations) {
    const annotation = 'typeAnnotation' in id ? id.typeAnnotation?.typeAnnotation : undefined
    if (id.type === 'Identifier') noteType(x, id, readType(x, annotation))
    if (!init) continue
    const isFunction = init.type === 'ArrowFunctionExpression' || init.type === 'FunctionExpression'
    const value =
      id.type === 'Identifier' && isFunction
        ? readFunction(x, init, {
            name: id.name,
            nameAt: rangeOf(id),
            typeName: typeName(annotation),
            typeArguments: typeArgumentNames(annotation),
          })
        : id.type === 'Identifier' && init.type === 'ClassExpression'
          ? readClass(x, init, id.name)
          : x.valueOf(init)
    bindPattern(x, id, value)
  }
}

/** A declaration of one name or pattern can go as a whole, once nothing needs what it binds. */
function noteDeclaration(x: Extraction, node: TSESTree.VariableDeclaration): void {
  const [only, ...more] = node.declarations
  if (more.length > 0) return
  for (const name of namesIn(only.id)) {
    const binding = lookUp(x.scope, name.name)
    const facts = binding?.kind === 'variable' ? x.variables[binding.id] : undefined
    if (facts) facts.declaration = rangeOf(node)
  }
}

function noteType(x: Extraction, name: TSESTree.Identifier, type: ValueId | null): void {
  const binding = lookUp(x.scope, name.name)
  if (type === null || binding?.kind !== 'variable') return
  const facts = x.variables[binding.id]
  if (facts) x.variables[binding.id] = { ...facts, type }
}

/** Reads the code of one arm; gives what it leaves behind. */
export function readArm(
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
export function join(
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

function readIf(x: Extraction, node: TSESTree.IfStatement): void {
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
function readLabeled(x: Extraction, node: TSESTree.LabeledStatement): void {
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

function readSwitch(x: Extraction, node: TSESTree.SwitchStatement): void {
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

function readTry(x: Extraction, node: TSESTree.TryStatement): void {
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

function leave(x: Extraction, node: TSESTree.BreakStatement | TSESTree.ContinueStatement): void {
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

function readEnum(x: Extraction, node: TSESTree.TSEnumDeclaration): void {
  let next: number | null = 0
  const entries: ObjectEntry[] = []
  for (const member of node.body.members) {
    const at = rangeOf(member)
    const keyAt = rangeOf(member.id)
    const key = keyName(member.id)
    if (key === null) continue
    let value: ValueId
    if (member.initializer) {
      value = x.valueOf(member.initializer)
      const read = valueAt(x, value)
      next = read.kind === 'literal' && typeof read.value === 'number' ? read.value + 1 : null
    } else if (next !== null) {
      value = literal(x, next, at)
      next += 1
    } else value = unknown(x, at)
    entries.push({
      kind: 'property',
      key,
      keyAt,
      value,
      valueAt: placeAt(x, value),
      at,
      shorthand: false,
    })
  }
  setVariable(x, node.id, addValue(x, { kind: 'object', entries }, rangeOf(node)))
}

/** `namespace Orders { export function … }`: an object of what it exports. */
function readNamespace(x: Extraction, node: TSESTree.TSModuleDeclaration): void {
  const { body, id } = node
  if (body?.type !== 'TSModuleBlock') return
  const scope = newScope(x.scope, rangeOf(body))
  const statements = body.body.map((s) =>
    s.type === 'ExportNamedDeclaration' && s.declaration ? s.declaration : s,
  )
  for (const statement of statements) declareVars(x, scope, statement)
  readBlock(x, statements, scope)
  if (id.type !== 'Identifier') return
  const entries: ObjectEntry[] = []
  for (const [key, binding] of scope.bindings) {
    if (binding.kind !== 'variable') continue
    const at = x.variables[binding.id]?.at ?? rangeOf(node)
    const value = addValue(x, { kind: 'variable', variable: binding.id }, at)
    entries.push({ kind: 'property', key, keyAt: at, value, valueAt: at, at, shorthand: true })
  }
  setVariable(x, id, addValue(x, { kind: 'object', entries }, rangeOf(node)))
}
