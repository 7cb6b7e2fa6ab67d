import type { TSESTree } from '@typescript-eslint/utils'
import type { FunctionId, ImportedName, Range, ValueId, VariableId } from './model.ts'
import { addValue, rangeOf, undecorated } from './build.ts'
import type { Extraction } from './build.ts'
import { currentValue } from './flow.ts'

export type Binding =
  | { readonly kind: 'variable'; readonly id: VariableId; readonly function: FunctionId }
  | { readonly kind: 'value'; readonly value: ValueId; readonly imported?: ImportedName }

/** A type declared in the file, read when something is annotated with it. */
export type TypeBinding = TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration

export interface Scope {
  readonly outer: Scope | null
  readonly bindings: Map<string, Binding>
  readonly types: Map<string, TypeBinding>
  readonly at: Range
}

export function newScope(outer: Scope | null, at: Range): Scope {
  return { outer, bindings: new Map(), types: new Map(), at }
}

/** The scope that some statements open. */
export function blockScope(outer: Scope, statements: readonly TSESTree.Node[]): Scope {
  const [first] = statements
  const last = statements.at(-1)
  if (!first || !last) return newScope(outer, { start: outer.at.start, end: outer.at.start })
  return newScope(outer, { start: first.range[0], end: last.range[1] })
}

export function lookUp(scope: Scope | null, name: string): Binding | null {
  for (let s = scope; s !== null; s = s.outer) {
    const found = s.bindings.get(name)
    if (found) return found
  }
  return null
}

export function lookUpType(scope: Scope | null, name: string): TypeBinding | null {
  for (let s = scope; s !== null; s = s.outer) {
    const found = s.types.get(name)
    if (found) return found
  }
  return null
}

/** Makes a variable of the function being read, visible in `scope`. */
export function declare(
  x: Extraction,
  scope: Scope,
  name: TSESTree.Identifier,
  options: { constant: boolean; type?: ValueId | null },
): VariableId {
  const known = scope.bindings.get(name.name)
  if (known?.kind === 'variable' && known.function === x.function) return known.id
  x.variables.push({
    name: name.name,
    function: x.function,
    at: undecorated(x, name),
    constant: options.constant,
    type: options.type ?? null,
    final: null,
    foreign: [],
    reads: [],
    assigned: [],
    visible: scope.at,
    declaration: null,
  })
  const id = x.variables.length - 1
  scope.bindings.set(name.name, { kind: 'variable', id, function: x.function })
  return id
}

/** Declares what a block declares, before its first statement is read: functions and classes are used above their text. */
export function declareBlock(
  x: Extraction,
  scope: Scope,
  statements: readonly TSESTree.Node[],
): void {
  for (const statement of statements) declareStatement(x, scope, statement)
}

function declareStatement(x: Extraction, scope: Scope, statement: TSESTree.Node): void {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration': {
      const { declaration } = statement
      if (declaration) declareStatement(x, scope, declaration)
      return
    }
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      if (statement.id) declare(x, scope, statement.id, { constant: true })
      return
    case 'TSModuleDeclaration':
      if (statement.id.type === 'Identifier') declare(x, scope, statement.id, { constant: true })
      return
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      scope.types.set(statement.id.name, statement)
      return
    case 'VariableDeclaration':
      if (statement.kind !== 'var') {
        for (const { id } of statement.declarations) {
          for (const name of namesIn(id))
            declare(x, scope, name, { constant: statement.kind === 'const' })
        }
      }
      return
    default:
  }
}

/** Declares the `var`s of a function body, wherever in it they stand. */
export function declareVars(
  x: Extraction,
  scope: Scope,
  node: TSESTree.Node | null | undefined,
): void {
  if (!node) return
  switch (node.type) {
    case 'VariableDeclaration':
      if (node.kind === 'var') {
        for (const { id } of node.declarations) {
          for (const name of namesIn(id)) declare(x, scope, name, { constant: false })
        }
      }
      return
    case 'Program':
    case 'BlockStatement':
      for (const statement of node.body) declareVars(x, scope, statement)
      return
    case 'IfStatement':
      declareVars(x, scope, node.consequent)
      declareVars(x, scope, node.alternate)
      return
    case 'ForStatement':
      declareVars(x, scope, node.init)
      declareVars(x, scope, node.body)
      return
    case 'ForInStatement':
    case 'ForOfStatement':
      declareVars(x, scope, node.left)
      declareVars(x, scope, node.body)
      return
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      declareVars(x, scope, node.body)
      return
    case 'TryStatement':
      declareVars(x, scope, node.block)
      declareVars(x, scope, node.handler?.body)
      declareVars(x, scope, node.finalizer)
      return
    case 'WithStatement':
      declareVars(x, scope, node.body)
      return
    case 'SwitchStatement':
      for (const { consequent } of node.cases)
        for (const statement of consequent) declareVars(x, scope, statement)
      return
    case 'ExportNamedDeclaration':
      declareVars(x, scope, node.declaration)
      return
    default:
  }
}

/** The names that a pattern binds. */
export function namesIn(pattern: TSESTree.Node | null): readonly TSESTree.Identifier[] {
  if (!pattern) return []
  switch (pattern.type) {
    case 'Identifier':
      return [pattern]
    case 'ObjectPattern':
      return pattern.properties.flatMap((p) =>
        namesIn(p.type === 'RestElement' ? p.argument : p.value),
      )
    case 'ArrayPattern':
      return pattern.elements.flatMap((e) => namesIn(e))
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'RestElement':
      return namesIn(pattern.argument)
    case 'TSParameterProperty':
      return namesIn(pattern.parameter)
    default:
      return []
  }
}

/** What a name stands for where the reader is. */
export function readName(
  x: Extraction,
  node: TSESTree.Identifier | TSESTree.JSXIdentifier,
): ValueId {
  const at = rangeOf(node)
  if (node.name === 'undefined') return addValue(x, { kind: 'literal', value: undefined }, at)
  const binding = lookUp(x.scope, node.name)
  if (binding === null) return addValue(x, { kind: 'global', name: node.name }, at)
  if (binding.kind === 'value') {
    if (binding.imported) binding.imported.reads.push(at.start)
    return binding.value
  }
  const variable = x.variables[binding.id]
  if (variable) variable.reads.push(at.start)
  if (binding.function === x.function) {
    const value = currentValue(x, binding.id)
    if (value !== null) return value
  }
  return addValue(x, { kind: 'variable', variable: binding.id }, at)
}
