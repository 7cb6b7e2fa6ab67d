import { hash } from 'node:crypto'
import type { TSESTree } from '@typescript-eslint/utils'
import type { ModuleFacts, ValueId, VariableId } from './model.ts'
import { addValue, placeAt, rangeOf, valueAt } from './build.ts'
import type { Extraction } from './build.ts'
import { newFlow } from './flow.ts'
import { readExpression } from './read-expression.ts'
import { addFunction, inFunction, readPending } from './read-function.ts'
import { readBlock } from './read-statement.ts'
import { readDeclared } from './read-type.ts'
import { declareVars, lookUp, lookUpType, namesIn, newScope } from './scope.ts'
import type { Scope, TypeBinding } from './scope.ts'

/**
 * What a file says, read once from its syntax tree. Works on the trees of typescript-estree, espree and oxc alike: it asks
 * for node types and `range`, never for parents, tokens or `loc`.
 *
 * @param program the tree
 * @param source the file's name, and its text as the tree's ranges count it (no byte-order mark)
 * @throws RangeError where the code nests deeper than the stack; the caller takes such a file for unreadable
 */
export function extractFacts(
  program: TSESTree.Program,
  source: { readonly file: string; readonly text: string },
): ModuleFacts {
  const x: Extraction = {
    text: source.text,
    values: [],
    places: [],
    functions: [],
    calls: [],
    branches: [],
    loopFacts: [],
    tryFacts: [],
    variables: [],
    classes: [],
    imports: [],
    exports: {},
    reexports: [],
    directives: [],
    pending: [],
    abandoned: new Map(),
    unset: new Set(),
    types: new Map(),
    function: 0,
    scope: newScope(null, { start: 0, end: source.text.length }),
    flow: newFlow(),
    loops: [],
    tries: [],
    handlers: [],
    exits: [],
    label: null,
    valueOf: (node) => readExpression(x, node),
  }
  const at = { start: 0, end: source.text.length }
  const id = addFunction(x, at, {
    name: '',
    nameAt: { start: 0, end: 0 },
    kind: 'module',
    async: true,
    generator: false,
  })
  inFunction(x, id, x.scope, () => {
    readProgram(x, program)
  })
  readPending(x)
  takeAbandoned(x)
  exportLaterChanges(x)
  return {
    file: source.file,
    text: {
      length: source.text.length,
      hash: hashOf(source.text),
      lines: lineStarts(source.text),
    },
    values: x.values,
    places: x.places,
    functions: x.functions,
    calls: x.calls,
    branches: x.branches,
    loops: x.loopFacts,
    tries: x.tryFacts,
    variables: x.variables,
    classes: x.classes,
    imports: x.imports,
    exports: x.exports,
    reexports: x.reexports,
    directives: x.directives,
    hashbang: source.text.startsWith('#!'),
  }
}

/** A text by a name of its own: equal for equal texts. */
export function hashOf(text: string): string {
  return hash('sha1', text, 'base64')
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** What a variable holds for other functions is its last value, or one that it had where the code left early. */
function takeAbandoned(x: Extraction): void {
  for (const [variable, held] of x.abandoned) {
    const facts = x.variables[variable]
    if (!facts) continue
    const [first, ...more] = new Set(facts.final === null ? held : [facts.final, ...held])
    if (first === undefined) continue
    facts.final =
      more.length === 0
        ? first
        : addValue(
            x,
            { kind: 'choice', branch: null, options: [first, ...more], arms: [] },
            facts.at,
          )
  }
}

/** What a file gives away is what its functions make of it later: `export default config`, `module.exports = { config }`. */
function exportLaterChanges(x: Extraction): void {
  const changed = new Map<ValueId, VariableId>()
  x.variables.forEach((facts, id) => {
    if (facts.final !== null && facts.foreign.length > 0) changed.set(facts.final, id)
  })
  if (changed.size === 0) return
  const laterOf = (id: ValueId): ValueId => {
    const variable = changed.get(id)
    return variable === undefined ? id : addValue(x, { kind: 'variable', variable }, placeAt(x, id))
  }
  for (const [name, id] of Object.entries(x.exports)) {
    x.exports[name] = laterOf(id)
    const value = valueAt(x, id)
    if (value.kind !== 'object') continue
    const entries = value.entries.map((entry) => ({ ...entry, value: laterOf(entry.value) }))
    x.values[id] = { ...value, entries }
  }
}

function readProgram(x: Extraction, program: TSESTree.Program): void {
  const { scope } = x
  for (const statement of program.body) {
    if (statement.type === 'ExpressionStatement' && typeof statement.directive === 'string')
      x.directives.push(statement.directive)
    readImports(x, scope, statement)
  }
  declareVars(x, scope, program)
  const statements = program.body.map((s) =>
    s.type === 'ExportNamedDeclaration' && s.declaration ? s.declaration : s,
  )
  readBlock(x, statements, scope)
  for (const statement of program.body) readExports(x, statement)
}

function readImports(x: Extraction, scope: Scope, node: TSESTree.Node): void {
  if (
    node.type === 'TSImportEqualsDeclaration' &&
    node.moduleReference.type === 'TSExternalModuleReference'
  ) {
    const { expression } = node.moduleReference
    const source = expression.value
    const value = addValue(x, { kind: 'import', source, name: '*' }, rangeOf(node))
    scope.bindings.set(node.id.name, { kind: 'value', value })
    x.imports.push({ source, at: rangeOf(node), typeOnly: node.importKind === 'type', names: null })
    return
  }
  if (node.type !== 'ImportDeclaration') return
  const source = node.source.value
  const names = node.specifiers.map((specifier) => {
    const imported =
      specifier.type === 'ImportNamespaceSpecifier'
        ? '*'
        : specifier.type === 'ImportDefaultSpecifier'
          ? 'default'
          : moduleName(specifier.imported)
    const at = rangeOf(specifier)
    const value = addValue(x, { kind: 'import', source, name: imported }, at)
    const name = { imported, local: specifier.local.name, at, reads: [] }
    scope.bindings.set(specifier.local.name, { kind: 'value', value, imported: name })
    return name
  })
  x.imports.push({ source, at: rangeOf(node), typeOnly: node.importKind === 'type', names })
}

function readExports(x: Extraction, node: TSESTree.Node): void {
  switch (node.type) {
    case 'ExportNamedDeclaration': {
      const source = node.source?.value
      for (const { local, exported } of node.specifiers) {
        const name = moduleName(exported)
        if (source !== undefined) x.reexports.push({ source, name, imported: moduleName(local) })
        else if (local.type === 'Identifier') exportName(x, name, local)
      }
      if (source !== undefined)
        x.imports.push({
          source,
          at: rangeOf(node),
          typeOnly: node.exportKind === 'type',
          names: [],
        })
      const { declaration } = node
      if (!declaration) return
      if (isType(declaration)) {
        exportType(x, declaration.id.name, declaration)
        return
      }
      const ids =
        declaration.type === 'VariableDeclaration'
          ? declaration.declarations.flatMap(({ id }) => namesIn(id))
          : 'id' in declaration && declaration.id?.type === 'Identifier'
            ? [declaration.id]
            : []
      for (const id of ids) x.exports[id.name] = nameValue(x, id)
      return
    }
    case 'ExportDefaultDeclaration':
      if (node.declaration.type === 'TSInterfaceDeclaration')
        exportType(x, 'default', node.declaration)
      return
    case 'ExportAllDeclaration':
      x.imports.push({
        source: node.source.value,
        at: rangeOf(node),
        typeOnly: node.exportKind === 'type',
        names: [],
      })
      x.reexports.push({
        source: node.source.value,
        name: node.exported ? moduleName(node.exported) : null,
        imported: null,
      })
      return
    default:
  }
}

function exportName(x: Extraction, name: string, local: TSESTree.Identifier): void {
  const declared = lookUp(x.scope, local.name) === null ? lookUpType(x.scope, local.name) : null
  if (declared === null) x.exports[name] = nameValue(x, local)
  else exportType(x, name, declared)
}

/** A type stands beside the values; a value of the same name is what the name stands for. */
function exportType(x: Extraction, name: string, declared: TypeBinding): void {
  const value = Object.hasOwn(x.exports, name) ? null : readDeclared(x, declared)
  if (value !== null) x.exports[name] = value
}

/** It is gone when the code runs. */
function isType(declaration: TSESTree.Node): declaration is TypeBinding {
  return (
    declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSTypeAliasDeclaration'
  )
}

function nameValue(x: Extraction, node: TSESTree.Identifier): ValueId {
  const binding = lookUp(x.scope, node.name)
  if (binding?.kind === 'value') return binding.value
  const at = rangeOf(node)
  if (binding === null) return addValue(x, { kind: 'global', name: node.name }, at)
  return addValue(x, { kind: 'variable', variable: binding.id }, at)
}

function moduleName(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value
}
