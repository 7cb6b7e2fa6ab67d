import type { TSESTree } from '@typescript-eslint/utils'
import type { ValueId } from './model.ts'
import { functionAt, literal, rangeOf } from './build.ts'
import type { Extraction } from './build.ts'
import { readClass } from './read-class.ts'
import { readFunction } from './read-function.ts'
import { readLoop } from './read-loop.ts'
import { blockScope, declareBlock } from './scope.ts'
import type { Scope } from './scope.ts'
import { leave, readIf, readLabeled, readSwitch, readTry } from './read-branch.ts'
import {
  noteDeclaration,
  readDefault,
  readEnum,
  readNamespace,
  readVariables,
  setVariable,
} from './read-declaration.ts'

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
