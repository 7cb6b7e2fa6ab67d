import type { TSESTree } from '@typescript-eslint/utils'
import type { ObjectEntry, ValueId } from './model.ts'
import { addValue, literal, placeAt, rangeOf, unknown, valueAt } from './build.ts'
import type { Extraction } from './build.ts'
import { assign } from './flow.ts'
import { keyName } from './key.ts'
import { bindPattern } from './read-assignment.ts'
import { readClass } from './read-class.ts'
import { readFunction } from './read-function.ts'
import { readBlock } from './read-statement.ts'
import { readType, typeArgumentNames, typeName } from './read-type.ts'
import { declareVars, lookUp, namesIn, newScope } from './scope.ts'

export function readVariables(x: Extraction, node: TSESTree.VariableDeclaration): void {
  for (const { id, init } of node.declarations) {
    const annotation = 'typeAnnotation' in id ? id.typeAnnotation?.typeAnnotation : undefined
    if (id.type === 'Identifier') noteType(x, id, readType(x, annotation))
    if (!init) {
      if (node.kind === 'let' && id.type === 'Identifier') noteUnset(x, id)
      continue
    }
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
export function noteDeclaration(x: Extraction, node: TSESTree.VariableDeclaration): void {
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

function noteUnset(x: Extraction, name: TSESTree.Identifier): void {
  const binding = lookUp(x.scope, name.name)
  if (binding?.kind === 'variable') x.unset.add(binding.id)
}

/** `export default …`. A function or class with a name is read where it is declared, too. */
export function readDefault(
  x: Extraction,
  node: TSESTree.ExportDefaultDeclaration['declaration'],
): void {
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

export function setVariable(x: Extraction, name: TSESTree.Identifier, value: ValueId): void {
  const binding = lookUp(x.scope, name.name)
  if (binding?.kind === 'variable') assign(x, binding.id, value)
}

export function readEnum(x: Extraction, node: TSESTree.TSEnumDeclaration): void {
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
export function readNamespace(x: Extraction, node: TSESTree.TSModuleDeclaration): void {
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
