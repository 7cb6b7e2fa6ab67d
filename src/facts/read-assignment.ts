import type { TSESTree } from '@typescript-eslint/types'
import type { Key, Range, ValueId } from './model.ts'
import { addValue, rangeOf, unknown } from './build.ts'
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

/** `target = value`, where the target is a name, or a property at any depth below one or below `this`. */
export function assignTo(x: Extraction, target: TSESTree.Node, value: ValueId, at: Range): void {
  switch (target.type) {
    case 'Identifier': {
      const binding = lookUp(x.scope, target.name)
      if (binding?.kind !== 'variable') return
      if (binding.function === x.function) assign(x, binding.id, value)
      else x.variables[binding.id]?.foreign.push(value)
      return
    }
    case 'MemberExpression':
      assignMember(x, target, value, at)
      return
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ChainExpression':
      assignTo(x, target.expression, value, at)
      return
    default:
  }
}

/** `delete target`. */
export function deleteTarget(x: Extraction, target: TSESTree.Node, at: Range): void {
  if (target.type === 'ChainExpression') return deleteTarget(x, target.expression, at)
  if (target.type !== 'MemberExpression') return
  const key = memberKey(x, target)
  assignTo(
    x,
    target.object,
    addValue(x, { kind: 'delete', of: x.valueOf(target.object), key }, at),
    at,
  )
}

function assignMember(
  x: Extraction,
  target: TSESTree.MemberExpression,
  value: ValueId,
  at: Range,
): void {
  const { object } = target
  const name = target.computed ? null : keyName(target.property)
  if (object.type === 'ThisExpression') {
    noteField(x, name ?? '', value)
    return
  }
  if (noteExport(x, object, name, value)) return
  const key = memberKey(x, target)
  const of = x.valueOf(object)
  const keyAt = rangeOf(target.property)
  assignTo(
    x,
    object,
    addValue(
      x,
      { kind: 'set', of, key, keyAt, value, valueAt: { start: keyAt.end, end: at.end } },
      at,
    ),
    at,
  )
}

function memberKey(x: Extraction, target: TSESTree.MemberExpression): Key {
  if (!target.computed) return keyName(target.property) ?? ''
  const computed = x.valueOf(target.property)
  return literalKey(x, computed) ?? { computed }
}

function noteField(x: Extraction, key: string, value: ValueId): void {
  const self = thisFunction(x)
  const owner = x.functions[self]?.class
  if (owner === null || owner === undefined) return
  x.classes[owner]?.assigned.push({ key, value, function: x.function })
}

/** `module.exports = …`, `module.exports.name = …`, `exports.name = …`. */
function noteExport(
  x: Extraction,
  object: TSESTree.Node,
  name: string | null,
  value: ValueId,
): boolean {
  if (name === null) return false
  if (object.type === 'Identifier' && lookUp(x.scope, object.name) === null) {
    if (object.name === 'exports') {
      x.exports[name] = value
      return true
    }
    if (object.name === 'module' && name === 'exports') {
      x.exports['='] = value
      return true
    }
    return false
  }
  const isModuleExports =
    object.type === 'MemberExpression' &&
    !object.computed &&
    object.object.type === 'Identifier' &&
    object.object.name === 'module' &&
    lookUp(x.scope, 'module') === null &&
    keyName(object.property) === 'exports'
  if (isModuleExports) x.exports[name] = value
  return isModuleExports
}
