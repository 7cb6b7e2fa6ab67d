import type { TSESTree } from '@typescript-eslint/utils'
import { visitorKeys } from '@typescript-eslint/visitor-keys'
import { addValue, rangeOf } from './build.ts'
import type { Extraction } from './build.ts'
import { assign, currentValue } from './flow.ts'
import { lookUp } from './scope.ts'

/** Methods that change the list they are called on. */
const ADDS = new Set(['push', 'unshift'])

/**
 * What the functions written in a call may have changed once it is done, as `forEach` has: a variable of the function being
 * read holds what it held, or what they make of it.
 */
export function noteCallbackChanges(
  x: Extraction,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): void {
  const names = new Set<string>()
  for (const argument of node.arguments)
    if (isFunction(argument)) for (const name of changedIn(argument)) names.add(name)
  for (const name of names) {
    const binding = lookUp(x.scope, name)
    if (binding?.kind !== 'variable' || binding.function !== x.function) continue
    const before = currentValue(x, binding.id)
    const at = rangeOf(node)
    const after = addValue(x, { kind: 'variable', variable: binding.id }, at)
    assign(
      x,
      binding.id,
      before === null
        ? after
        : addValue(x, { kind: 'choice', branch: null, options: [before, after], arms: [] }, at),
    )
  }
}

type FunctionNode = TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression

function isFunction(node: TSESTree.Node): node is FunctionNode {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression'
}

/** Functions stand in functions: each is gone through once. */
const known = new WeakMap<FunctionNode, ReadonlySet<string>>()

/** The names to which a function assigns something, or to whose list it adds something. */
function changedIn(node: FunctionNode): ReadonlySet<string> {
  const seen = known.get(node)
  if (seen) return seen
  const names = new Set<string>()
  collectChanged(node.body, names)
  known.set(node, names)
  return names
}

function collectChanged(node: TSESTree.Node, names: Set<string>): void {
  if (isFunction(node)) {
    for (const name of changedIn(node)) names.add(name)
    return
  }
  if (node.type === 'AssignmentExpression') addBase(node.left, names)
  else if (node.type === 'UpdateExpression') addBase(node.argument, names)
  else if (node.type === 'CallExpression' && addsTo(node.callee)) addBase(node.callee.object, names)
  for (const key of visitorKeys[node.type] ?? []) {
    const child = node[key as keyof TSESTree.Node] as unknown
    for (const each of Array.isArray(child) ? child : [child])
      if (isNode(each)) collectChanged(each, names)
  }
}

function addsTo(callee: TSESTree.Node): callee is TSESTree.MemberExpression {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    ADDS.has(callee.property.name)
  )
}

function addBase(target: TSESTree.Node, names: Set<string>): void {
  let base = target
  while (base.type === 'MemberExpression' || base.type === 'TSNonNullExpression')
    base = base.type === 'MemberExpression' ? base.object : base.expression
  if (base.type === 'Identifier') names.add(base.name)
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value
}
