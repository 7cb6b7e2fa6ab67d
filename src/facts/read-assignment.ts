import type { TSESTree } from '@typescript-eslint/utils'
import type { Range, Value, ValueId } from './model.ts'
import { addValue, functionAt, rangeOf, undecorated, unknown, valueAt } from './build.ts'
import type { Extraction } from './build.ts'
import { assign } from './flow.ts'
import { keyName, literalKey } from './key.ts'
import { lookUp } from './scope.ts'
import { thisFunction } from './this.ts'

/** Gives a value to the names of a pattern; the names are declared already, or belong to an outer scope. */
export function bindPattern(x: Extraction, pattern: TSESTree.Node, value: ValueId): void {
  switch (pattern.type) {
    case 'ObjectPattern': {
      const taken: string[] = []
      for (const property of pattern.properties) {
        const at = rangeOf(property)
        if (property.type === 'RestElement') {
          bindPattern(
            x,
            property.argument,
            addValue(x, { kind: 'rest', of: value, omit: [...taken] }, at),
          )
          continue
        }
        const computed = property.computed ? x.valueOf(property.key) : null
        const key = computed === null ? keyName(property.key) : literalKey(x, computed)
        if (key !== null) taken.push(key)
        const part =
          key !== null
            ? addValue(x, { kind: 'member', of: value, key }, at)
            : computed === null
              ? unknown(x, at, [value])
              : addValue(x, { kind: 'item', of: value, key: computed }, at)
        bindPattern(x, property.value, part)
      }
      return
    }
    case 'ArrayPattern':
      pattern.elements.forEach((element, index) => {
        if (element === null) return
        const at = rangeOf(element)
        if (element.type === 'RestElement')
          bindPattern(x, element.argument, unknown(x, at, [value]))
        else
          bindPattern(
            x,
            element,
            addValue(x, { kind: 'member', of: value, key: String(index) }, at),
          )
      })
      return
    case 'AssignmentPattern': {
      const at = rangeOf(pattern)
      const right = x.valueOf(pattern.right)
      bindPattern(
        x,
        pattern.left,
        addValue(x, { kind: 'logical', operator: '??', left: value, right }, at),
      )
      return
    }
    case 'TSParameterProperty':
      bindPattern(x, pattern.parameter, value)
      return
    default:
      assignTo(x, pattern, value, rangeOf(pattern))
  }
}

/**
 * `target = value`, where the target is a name, or a property at any depth below one or below `this`.
 *
 * @param written where the new value is written
 */
export function assignTo(
  x: Extraction,
  target: TSESTree.Node,
  value: ValueId,
  written: Range,
): void {
  switch (target.type) {
    case 'Identifier':
      assignName(x, target, value)
      return
    case 'MemberExpression': {
      const { object } = target
      const isOwn = object.type === 'ThisExpression' || isExports(x, object)
      const read = isOwn ? null : memberValue(x, x.valueOf(object), target)
      storeMember(x, target, read, value, written)
      return
    }
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ChainExpression':
      assignTo(x, target.expression, value, written)
      return
    default:
  }
}

/** As `assignTo`, for a target that was read already: nothing in it is evaluated again. */
export function storeBack(
  x: Extraction,
  target: TSESTree.Node,
  read: ValueId,
  value: ValueId,
  written: Range,
): void {
  switch (target.type) {
    case 'Identifier':
      assignName(x, target, value)
      return
    case 'MemberExpression':
      storeMember(x, target, read, value, written)
      return
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ChainExpression':
      storeBack(x, target.expression, read, value, written)
      return
    default:
  }
}

/** `delete target`. */
export function deleteTarget(x: Extraction, target: TSESTree.Node, at: Range): void {
  if (target.type === 'ChainExpression') return deleteTarget(x, target.expression, at)
  if (target.type !== 'MemberExpression') {
    x.valueOf(target)
    return
  }
  const { guards } = x.flow
  const made = valueAt(x, x.valueOf(target))
  x.flow.guards = guards
  if (made.kind !== 'member' && made.kind !== 'item') return
  const key = made.kind === 'member' ? made.key : { computed: made.key }
  storeBack(x, target.object, made.of, addValue(x, { kind: 'delete', of: made.of, key }, at), at)
}

function assignName(x: Extraction, name: TSESTree.Identifier, value: ValueId): void {
  const binding = lookUp(x.scope, name.name)
  if (binding?.kind !== 'variable') return
  const facts = x.variables[binding.id]
  facts?.assigned.push(undecorated(x, name).start)
  if (binding.function === x.function) assign(x, binding.id, value)
  else facts?.foreign.push(value)
}

/** `read`: the member as it was read before; null for a member of `this` or of `exports`. */
function storeMember(
  x: Extraction,
  target: TSESTree.MemberExpression,
  read: ValueId | null,
  value: ValueId,
  written: Range,
): void {
  const { object } = target
  const name = target.computed ? null : keyName(target.property)
  if (object.type === 'ThisExpression') {
    noteField(x, name ?? '', value)
    return
  }
  if (noteExport(x, object, name, value) || read === null) return
  const made = valueAt(x, read)
  if (made.kind !== 'member' && made.kind !== 'item') return
  const base = solidValue(x, made.of)
  if (base) {
    if (base.kind === 'class')
      x.classes[base.class]?.assigned.push({
        key: name ?? '',
        static: true,
        value,
        function: x.function,
      })
    return
  }
  const set: Value = {
    kind: 'set',
    of: made.of,
    key: made.kind === 'member' ? made.key : { computed: made.key },
    keyAt: rangeOf(target.property),
    value,
    valueAt: written,
  }
  storeBack(x, object, made.of, addValue(x, set, written), written)
}

/** A function, class or import stays what it is, whatever is hung on it; null for any other value. */
function solidValue(x: Extraction, id: ValueId): Value | null {
  const value = valueAt(x, id)
  if (value.kind === 'variable') {
    const { final } = x.variables[value.variable] ?? { final: null }
    return final === null || valueAt(x, final).kind === 'variable' ? null : solidValue(x, final)
  }
  if (value.kind === 'member') {
    const of = valueAt(x, value.of)
    const held = of.kind === 'global' && of.name === 'exports' ? x.exports[value.key] : undefined
    return held === undefined ? null : solidValue(x, held)
  }
  return value.kind === 'function' || value.kind === 'class' || value.kind === 'import'
    ? value
    : null
}

/** The value of `of.key` or `of[key]`. */
export function memberValue(x: Extraction, of: ValueId, node: TSESTree.MemberExpression): ValueId {
  const at = rangeOf(node)
  if (isExports(x, node)) return addValue(x, { kind: 'global', name: 'exports' }, at)
  if (!node.computed)
    return addValue(x, { kind: 'member', of, key: keyName(node.property) ?? '' }, at)
  const key = x.valueOf(node.property)
  const name = literalKey(x, key)
  return addValue(
    x,
    name === null ? { kind: 'item', of, key } : { kind: 'member', of, key: name },
    at,
  )
}

function noteField(x: Extraction, key: string, value: ValueId): void {
  const self = thisFunction(x)
  const { class: owner, static: isStatic } = functionAt(x, self)
  if (owner !== null)
    x.classes[owner]?.assigned.push({ key, static: isStatic, value, function: x.function })
}

/** `module.exports = …`, `module.exports.name = …`, `exports.name = …`. */
function noteExport(
  x: Extraction,
  object: TSESTree.Node,
  name: string | null,
  value: ValueId,
): boolean {
  if (name === null) return false
  if (isExports(x, object)) {
    x.exports[name] = value
    return true
  }
  const isModule =
    object.type === 'Identifier' && object.name === 'module' && lookUp(x.scope, 'module') === null
  if (!isModule || name !== 'exports') return false
  x.exports['='] = value
  return true
}

/** `exports` or `module.exports`, where neither name is the file's own. */
function isExports(x: Extraction, node: TSESTree.Node): boolean {
  if (node.type === 'Identifier')
    return node.name === 'exports' && lookUp(x.scope, 'exports') === null
  return (
    node.type === 'MemberExpression' &&
    !node.computed &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    lookUp(x.scope, 'module') === null &&
    keyName(node.property) === 'exports'
  )
}
