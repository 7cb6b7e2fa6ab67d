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
import type { Exits, Extraction } from './build.ts'
import { assign, changesSince, mergeArms, newEnvironment, newFlow } from './flow.ts'
import type { Arm, Environment, Flow } from './flow.ts'
import { bindPattern } from './read-assignment.ts'
import { readClass } from './read-class.ts'
import { readFunction } from './read-function.ts'
import { readLoop } from './read-loop.ts'
import { readType, typeArgumentNames, typeName } from './read-type.ts'
import { declare, declareBlock, lookUp, namesIn, newScope } from './scope.ts'
import type { Scope } from './scope.ts'

/** Reads the statements of a block in the scope it opens. */
export function readBlock(
  x: Extraction,
  statements: readonly TSESTree.Node[],
  scope: Scope = newScope(x.scope),
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
      discard(x, x.valueOf(node.expression))
      return
    case 'VariableDeclaration':
      readVariables(x, node)
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
      x.label = node.label.name
      readStatement(x, node.body)
      x.label = null
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
    x.exports['default'] = value
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
  x.exports['default'] = value
}

function setVariable(x: Extraction, name: TSESTree.Identifier, value: ValueId): void {
  const binding = lookUp(x.scope, name.name)
  if (binding?.kind === 'variable') assign(x, binding.id, value)
}

/** A value that is thrown away: notes it on the call, through `await` and `void`. */
function discard(x: Extraction, id: ValueId): void {
  const value = valueAt(x, id)
  if (value.kind !== 'call') return
  const call = x.calls[value.call]
  if (call) call.discarded = true
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
  if (branch !== null)
    x.branches[branch]?.exits.push(
      ...flows.filter(({ flow }) => !flow.reachable).map(({ arm }) => arm),
    )
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

function readSwitch(x: Extraction, node: TSESTree.SwitchStatement): void {
  const at = rangeOf(node)
  const condition = x.valueOf(node.discriminant)
  const arms: { tests: ValueId[]; isDefault: boolean; body: readonly TSESTree.Statement[] }[] = []
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
  const branch = addBranch(x, {
    kind: 'switch',
    condition,
    at,
    tests: arms.map((arm) => arm.tests),
  })
  const outerScope = x.scope
  x.scope = newScope(outerScope)
  for (const { body } of arms) declareBlock(x, x.scope, body)
  const exits: Exits = {
    label: x.label,
    isLoop: false,
    base: x.flow.environment,
    breaks: [],
    continues: [],
  }
  const flows: { arm: number; flow: Flow }[] = []
  let fallen: Flow | null = null
  x.exits = [...x.exits, exits]
  arms.forEach(({ body }, arm) => {
    const before = exits.breaks.length
    const previous: Flow | null = fallen
    const flow = readArm(x, { branch, arm }, () => {
      if (previous)
        for (const [variable, value] of changesSince(previous.environment, exits.base))
          assign(x, variable, value)
      for (const statement of body) {
        if (statement.type === 'FunctionDeclaration') readFunctionDeclaration(x, statement)
        readStatement(x, statement)
      }
    })
    const broke = exits.breaks.length > before
    fallen = flow.reachable && !broke ? flow : null
    for (const changes of exits.breaks.slice(before))
      flows.push({ arm, flow: leftBehind(flow, exits.base, changes) })
    if (flow.reachable && arm === arms.length - 1) flows.push({ arm, flow })
    else if (!flow.reachable && !broke) flows.push({ arm, flow })
  })
  x.exits = x.exits.slice(0, -1)
  x.scope = outerScope
  if (!arms.some((arm) => arm.isDefault))
    flows.push({
      arm: arms.length,
      flow: newFlow(x.flow.guards, newEnvironment(x.flow.environment)),
    })
  join(x, branch, flows, at)
}

/** The flow that a `break` carried out of its block. */
function leftBehind(flow: Flow, base: Environment, changes: ReadonlyMap<number, ValueId>): Flow {
  const environment = newEnvironment(base)
  for (const [variable, value] of changes) environment.values.set(variable, value)
  return { environment, guards: flow.guards, reachable: true }
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
      const scope = newScope(x.scope)
      x.scope = scope
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
  const target = x.exits.findLast((e) =>
    label === undefined ? !isContinue || e.isLoop : e.label === label,
  )
  if (target && x.flow.reachable) {
    const changes = changesSince(x.flow.environment, target.base)
    ;(isContinue ? target.continues : target.breaks).push(changes)
  }
  x.flow.reachable = false
}

function readEnum(x: Extraction, node: TSESTree.TSEnumDeclaration): void {
  let next: number | null = 0
  const entries: ObjectEntry[] = []
  for (const member of node.body.members) {
    const at = rangeOf(member)
    const keyAt = rangeOf(member.id)
    const key =
      member.id.type === 'Identifier'
        ? member.id.name
        : member.id.type === 'Literal'
          ? String(member.id.value)
          : null
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
  const scope = newScope(x.scope)
  readBlock(
    x,
    body.body.map((s) =>
      s.type === 'ExportNamedDeclaration' && s.declaration ? s.declaration : s,
    ),
    scope,
  )
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
