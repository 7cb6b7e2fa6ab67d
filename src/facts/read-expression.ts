import type { TSESTree } from '@typescript-eslint/utils'
import type { Item, ObjectEntry, Range, TemplatePart, ValueId } from './model.ts'
import {
  addBranch,
  addCall,
  addValue,
  binary,
  literal,
  rangeOf,
  textParts,
  unknown,
  valueAt,
  withGuard,
} from './build.ts'
import type { Extraction } from './build.ts'
import { noteCallbackChanges } from './callback-changes.ts'
import { keyName, literalKey } from './key.ts'
import { assignTo, bindPattern, deleteTarget, memberValue, storeBack } from './read-assignment.ts'
import { changesSince, mergeArms, newEnvironment, newFlow } from './flow.ts'
import type { Arm } from './flow.ts'
import { readClass } from './read-class.ts'
import { readFunction } from './read-function.ts'
import { lookUp, readName } from './scope.ts'
import { thisFunction } from './this.ts'

/** The symbolic value of an expression; calls in it are noted in the order in which they happen. */
export function readExpression(x: Extraction, node: TSESTree.Node): ValueId {
  const at = rangeOf(node)
  switch (node.type) {
    case 'Literal':
      return readLiteral(x, node)
    case 'TemplateLiteral':
      return readTemplate(x, node)
    case 'Identifier':
      return readName(x, node)
    case 'ThisExpression':
      return addValue(x, { kind: 'this', function: thisFunction(x) }, at)
    case 'ObjectExpression':
      return readObject(x, node)
    case 'ArrayExpression':
      return addValue(x, { kind: 'array', elements: readItems(x, node.elements) }, at)
    case 'MemberExpression':
      return readMember(x, node)
    case 'CallExpression':
      return readCall(x, node)
    case 'NewExpression': {
      const callee = readExpression(x, node.callee)
      return addCall(x, {
        callee,
        arguments: readItems(x, node.arguments),
        isNew: true,
        at,
        calleeAt: rangeOf(node.callee),
      })
    }
    case 'ImportExpression':
      return readImport(x, node.source, at)
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return readFunction(x, node, {})
    case 'ClassExpression':
      return readClass(x, node, null)
    case 'AssignmentExpression':
      return readAssignment(x, node)
    case 'UpdateExpression': {
      const before = readExpression(x, node.argument)
      const after = addValue(
        x,
        {
          kind: 'binary',
          operator: node.operator === '++' ? '+' : '-',
          left: before,
          leftAt: rangeOf(node.argument),
          right: literal(x, 1, at),
          rightAt: null,
        },
        at,
      )
      storeBack(x, node.argument, before, after, at)
      return node.prefix ? after : before
    }
    case 'BinaryExpression': {
      const left = readExpression(x, node.left)
      const right = readExpression(x, node.right)
      const places = { left: rangeOf(node.left), right: rangeOf(node.right), whole: at }
      return binary(x, node.operator, left, right, places)
    }
    case 'LogicalExpression': {
      const left = readExpression(x, node.left)
      const branch = addBranch(x, { kind: 'logical', condition: left, at })
      // Arm 0: the left side holds. `a && b` goes on to b there, `a || b` and `a ?? b` where it does not.
      const [right, arm] = inArm(x, branch, node.operator === '&&' ? 0 : 1, () =>
        readExpression(x, node.right),
      )
      mergeArms(x, x.flow.environment, branch, [arm, { arm: 1 - arm.arm, changes: new Map() }], at)
      return addValue(x, { kind: 'logical', operator: node.operator, left, right }, at)
    }
    case 'ConditionalExpression': {
      const condition = readExpression(x, node.test)
      const branch = addBranch(x, { kind: 'conditional', condition, at })
      const [yes, first] = inArm(x, branch, 0, () => readExpression(x, node.consequent))
      const [no, second] = inArm(x, branch, 1, () => readExpression(x, node.alternate))
      mergeArms(x, x.flow.environment, branch, [first, second], at)
      return addValue(x, { kind: 'choice', branch, options: [yes, no], arms: [0, 1] }, at)
    }
    case 'UnaryExpression': {
      if (node.operator === 'delete') {
        deleteTarget(x, node.argument, at)
        return unknown(x, at)
      }
      const of = readExpression(x, node.argument)
      const value = valueAt(x, of)
      if (node.operator === '-' && value.kind === 'literal' && typeof value.value === 'number') {
        return literal(x, -value.value, at)
      }
      if (node.operator === 'void') return literal(x, undefined, at)
      return addValue(x, { kind: 'unary', operator: node.operator, of }, at)
    }
    case 'MetaProperty':
      return node.meta.name === 'import'
        ? addValue(x, { kind: 'global', name: 'import.meta' }, at)
        : unknown(x, at)
    case 'AwaitExpression':
      return readExpression(x, node.argument)
    case 'YieldExpression':
      return readYield(x, node)
    case 'SequenceExpression': {
      let last = literal(x, undefined, at)
      for (const expression of node.expressions) last = readExpression(x, expression)
      return last
    }
    case 'TaggedTemplateExpression': {
      const tag = readExpression(x, node.tag)
      const text = readTemplate(x, node.quasi)
      return addCall(x, {
        callee: tag,
        arguments: [{ value: text, at: rangeOf(node.quasi), spread: false }],
        isNew: false,
        at,
        calleeAt: rangeOf(node.tag),
      })
    }
    case 'ChainExpression': {
      const { guards } = x.flow
      const value = readExpression(x, node.expression)
      x.flow.guards = guards
      return value
    }
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return readExpression(x, node.expression)
    case 'JSXElement':
    case 'JSXFragment':
      return unknown(x, at, readJsx(x, node))
    default:
      // Left over by a parser that was told to keep them.
      if ((node.type as string) === 'ParenthesizedExpression') {
        return readExpression(
          x,
          (node as unknown as { expression: TSESTree.Expression }).expression,
        )
      }
      return unknown(x, at)
  }
}

function readLiteral(x: Extraction, node: TSESTree.Literal): ValueId {
  const at = rangeOf(node)
  if ('regex' in node) return unknown(x, at)
  const { value } = node
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return literal(x, value, at)
  }
  return unknown(x, at)
}

function readTemplate(x: Extraction, node: TSESTree.TemplateLiteral): ValueId {
  const parts: TemplatePart[] = []
  node.quasis.forEach((quasi, index) => {
    // Parsers disagree on whether a quasi's range takes in its delimiters; the expressions' ranges and the template's do not.
    const before =
      index === 0
        ? node.range[0] + 1
        : x.text.indexOf('}', (node.expressions[index - 1] as TSESTree.Expression).range[1]) + 1
    const cooked = quasi.value.cooked ?? quasi.value.raw
    if (cooked !== '') {
      parts.push({
        kind: 'text',
        text: cooked,
        at: { start: before, end: before + quasi.value.raw.length },
      })
    }
    const expression = node.expressions[index]
    if (expression) {
      const value = readExpression(x, expression)
      parts.push(...textParts(x, value, rangeOf(expression)))
    }
  })
  const at = rangeOf(node)
  const [only] = parts
  if (parts.length === 0) return literal(x, '', at)
  if (parts.length === 1 && only?.kind === 'text') return literal(x, only.text, at)
  return addValue(x, { kind: 'template', parts }, at)
}

function readItems(x: Extraction, nodes: readonly (TSESTree.Node | null)[]): readonly Item[] {
  return nodes.map((node) => {
    if (node === null)
      return {
        value: literal(x, undefined, { start: 0, end: 0 }),
        at: { start: 0, end: 0 },
        spread: false,
      }
    const spread = node.type === 'SpreadElement'
    return { value: readExpression(x, spread ? node.argument : node), at: rangeOf(node), spread }
  })
}

function readObject(x: Extraction, node: TSESTree.ObjectExpression): ValueId {
  const entries: ObjectEntry[] = []
  // Methods name the object as their `this`, so its id is taken before its entries are read.
  const id = addValue(x, { kind: 'object', entries }, rangeOf(node))
  for (const property of node.properties) {
    const at = rangeOf(property)
    if (property.type === 'SpreadElement') {
      entries.push({ kind: 'spread', value: readExpression(x, property.argument), at })
      continue
    }
    const keyAt = rangeOf(property.key)
    const valueAtRange = rangeOf(property.value)
    const computed = property.computed ? readExpression(x, property.key) : null
    const key = computed === null ? keyName(property.key) : literalKey(x, computed)
    const { value, kind } = property
    const isMethod = value.type === 'FunctionExpression' || value.type === 'ArrowFunctionExpression'
    const read = isMethod
      ? readFunction(x, value, {
          name: key ?? '',
          nameAt: keyAt,
          object: id,
          ...(kind === 'get' ? { kind: 'getter' } : kind === 'set' ? { kind: 'setter' } : {}),
        })
      : readExpression(x, value)
    // What a setter is given is not what is read back.
    if (kind === 'set') continue
    if (key !== null) {
      entries.push({
        kind: 'property',
        key,
        keyAt,
        value: read,
        valueAt: valueAtRange,
        at,
        shorthand: property.shorthand,
      })
    } else if (computed !== null) {
      entries.push({
        kind: 'computed',
        key: computed,
        keyAt,
        value: read,
        valueAt: valueAtRange,
        at,
      })
    }
  }
  return id
}

function readMember(x: Extraction, node: TSESTree.MemberExpression): ValueId {
  const { object } = node
  const of = object.type === 'Super' ? readSuper(x, object) : readExpression(x, object)
  if (node.optional) goOn(x, of, rangeOf(node))
  return memberValue(x, of, node)
}

function readSuper(x: Extraction, node: TSESTree.Super): ValueId {
  const self = thisFunction(x)
  const owner = x.functions[self]?.class ?? null
  return owner === null
    ? unknown(x, rangeOf(node))
    : addValue(x, { kind: 'super', class: owner, function: self }, rangeOf(node))
}

/** Behind `?.`, to the end of the chain, the code only runs where there is something in front of it. */
function goOn(x: Extraction, condition: ValueId, at: Range): void {
  const branch = addBranch(x, { kind: 'logical', condition, at })
  x.flow.guards = withGuard(x.flow.guards, { branch, arm: 0 })
}

function readCall(x: Extraction, node: TSESTree.CallExpression): ValueId {
  const at = rangeOf(node)
  const { callee } = node
  const [first] = node.arguments
  if (
    callee.type === 'Identifier' &&
    callee.name === 'require' &&
    first &&
    lookUp(x.scope, 'require') === null
  ) {
    return readImport(x, first, at)
  }
  if (callee.type === 'Super') {
    const calleeAt = rangeOf(callee)
    const parent = readSuper(x, callee)
    return addCall(x, {
      callee: parent,
      arguments: readItems(x, node.arguments),
      isNew: valueAt(x, parent).kind === 'super',
      at,
      calleeAt,
    })
  }
  let target = callee as TSESTree.Node
  while (
    target.type === 'TSNonNullExpression' ||
    target.type === 'TSInstantiationExpression' ||
    target.type === 'ChainExpression'
  ) {
    target = target.expression
  }
  const { guards } = x.flow
  const calleeValue = readExpression(x, target)
  // `(a?.b)(c)`: the chain ends at its bracket.
  if (callee.type === 'ChainExpression') x.flow.guards = guards
  if (node.optional) goOn(x, calleeValue, at)
  const items = readItems(x, node.arguments)
  const calleeAt = rangeOf(target.type === 'MemberExpression' ? target.property : target)
  const result = addCall(x, { callee: calleeValue, arguments: items, isNew: false, at, calleeAt })
  noteCallbackChanges(x, node)
  return noteMutation(x, node, { callee: target, read: calleeValue }, items) ?? result
}

/** Calls that change what a variable holds: `list.push(…)`, `Object.assign(target, …)`. */
function noteMutation(
  x: Extraction,
  node: TSESTree.CallExpression,
  { callee, read }: { callee: TSESTree.Node; read: ValueId },
  items: readonly Item[],
): ValueId | null {
  const method = valueAt(x, read)
  if (callee.type !== 'MemberExpression' || method.kind !== 'member') return null
  const at = rangeOf(node)
  const [first] = items
  if ((method.key === 'push' || method.key === 'unshift') && first) {
    const { of } = method
    const { object } = callee
    const isPlace = object.type !== 'CallExpression' && object.type !== 'ArrayExpression'
    if (isPlace) storeBack(x, object, of, addValue(x, { kind: 'append', of, items }, at), at)
    return null
  }
  const of = valueAt(x, method.of)
  if (method.key === 'assign' && of.kind === 'global' && of.name === 'Object') {
    const entries = items.map((item): ObjectEntry => ({
      kind: 'spread',
      value: item.value,
      at: item.at,
    }))
    const merged = addValue(x, { kind: 'object', entries }, at)
    const [target] = node.arguments
    if (target && first && !first.spread) storeBack(x, target, first.value, merged, at)
    return merged
  }
  return null
}

function readImport(x: Extraction, source: TSESTree.Node, at: Range): ValueId {
  const value = readExpression(x, source)
  const name = literalKey(x, value)
  if (name === null) return unknown(x, at, [value])
  x.imports.push({ source: name, at, typeOnly: false, names: null })
  return addValue(x, { kind: 'import', source: name, name: '*' }, at)
}

function readAssignment(x: Extraction, node: TSESTree.AssignmentExpression): ValueId {
  const at = rangeOf(node)
  const { left, right, operator } = node
  if (operator === '=') {
    const isFunction =
      right.type === 'FunctionExpression' || right.type === 'ArrowFunctionExpression'
    const value = isFunction
      ? readFunction(x, right, { name: targetName(left), nameAt: rangeOf(left) })
      : readExpression(x, right)
    if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern') bindPattern(x, left, value)
    else assignTo(x, left, value, rangeOf(right))
    return value
  }
  const before = readExpression(x, left)
  if (operator === '??=' || operator === '||=' || operator === '&&=') {
    const logical = operator === '??=' ? '??' : operator === '||=' ? '||' : '&&'
    const branch = addBranch(x, { kind: 'logical', condition: before, at })
    const [after, arm] = inArm(x, branch, logical === '&&' ? 0 : 1, () => readExpression(x, right))
    mergeArms(x, x.flow.environment, branch, [arm, { arm: 1 - arm.arm, changes: new Map() }], at)
    const value = addValue(
      x,
      { kind: 'logical', operator: logical, left: before, right: after },
      at,
    )
    storeBack(x, left, before, value, rangeOf(right))
    return value
  }
  const places = { left: rangeOf(left), right: rangeOf(right), whole: at }
  const value = binary(x, operator.slice(0, -1), before, readExpression(x, right), places)
  storeBack(x, left, before, value, rangeOf(right))
  return value
}

function targetName(left: TSESTree.Node): string {
  if (left.type === 'Identifier') return left.name
  if (left.type === 'MemberExpression' && !left.computed) return keyName(left.property) ?? ''
  return ''
}

function readYield(x: Extraction, node: TSESTree.YieldExpression): ValueId {
  const at = rangeOf(node)
  if (!node.argument) return unknown(x, at)
  const argument = readExpression(x, node.argument)
  const value = node.delegate ? addValue(x, { kind: 'element', of: argument }, at) : argument
  x.functions[x.function]?.yields.push({ value, at, guards: x.flow.guards, loops: x.loops })
  return unknown(x, at)
}

/** Reads what only happens in one arm of a branch; gives its value and what it assigned. */
function inArm(x: Extraction, branch: number, arm: number, read: () => ValueId): [ValueId, Arm] {
  const outer = x.flow
  x.flow = newFlow(withGuard(outer.guards, { branch, arm }), newEnvironment(outer.environment))
  const value = read()
  const changes = changesSince(x.flow.environment, outer.environment)
  x.flow = outer
  return [value, { arm, changes }]
}

function readJsx(
  x: Extraction,
  node: TSESTree.JSXElement | TSESTree.JSXFragment,
): readonly ValueId[] {
  const values: ValueId[] = []
  if (node.type === 'JSXElement') {
    for (const attribute of node.openingElement.attributes) {
      if (attribute.type === 'JSXSpreadAttribute')
        values.push(readExpression(x, attribute.argument))
      else if (attribute.value?.type === 'JSXExpressionContainer')
        values.push(readExpression(x, attribute.value.expression))
    }
  }
  for (const child of node.children) {
    if (child.type === 'JSXExpressionContainer' && child.expression.type !== 'JSXEmptyExpression')
      values.push(readExpression(x, child.expression))
    else if (child.type === 'JSXElement' || child.type === 'JSXFragment')
      values.push(...readJsx(x, child))
    else if (child.type === 'JSXSpreadChild') values.push(readExpression(x, child.expression))
  }
  return values
}
