import type { TSESTree } from '@typescript-eslint/utils'
import type { ClassFacts, ClassId, ClassMember, Range, ValueId } from './model.ts'
import { addValue, rangeOf } from './build.ts'
import type { Extraction } from './build.ts'
import { keyName } from './key.ts'
import { addFunction, readDecorators, readFunction } from './read-function.ts'
import { readBlock } from './read-statement.ts'
import { namedType, readType, typeArgumentNames, typeName } from './read-type.ts'
import { declareVars, newScope } from './scope.ts'

/** Notes a class, its members and what its fields start with. */
export function readClass(
  x: Extraction,
  node: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
  nameHint: string | null,
): ValueId {
  const at = rangeOf(node)
  const name = node.id?.name ?? nameHint ?? ''
  const facts: ClassFacts = {
    name,
    at,
    extends: node.superClass ? x.valueOf(node.superClass) : null,
    // espree, which knows no types, leaves these out.
    implements: ('implements' in node ? node.implements : []).flatMap(
      ({ expression }) => namedType(x, expression) ?? [],
    ),
    abstract: 'abstract' in node && node.abstract,
    members: [],
    construct: null,
    decorators: readDecorators(x, node.decorators),
    assigned: [],
  }
  x.classes.push(facts)
  const id: ClassId = x.classes.length - 1
  const self = addValue(x, { kind: 'class', class: id }, at)
  const scope = newScope(x.scope, at)
  if (node.id) scope.bindings.set(node.id.name, { kind: 'value', value: self })
  const outer = x.scope
  x.scope = scope
  for (const member of node.body.body) readMember(x, facts, id, member)
  x.scope = outer
  return self
}

function readMember(
  x: Extraction,
  facts: ClassFacts,
  owner: ClassId,
  member: TSESTree.ClassElement,
): void {
  switch (member.type) {
    case 'MethodDefinition':
    case 'TSAbstractMethodDefinition':
      if (member.value.type === 'FunctionExpression')
        readMethod(x, facts, owner, member, member.value)
      return
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'TSAbstractPropertyDefinition':
      readField(x, facts, owner, member)
      return
    case 'StaticBlock': {
      const initialiser = initialiserOf(x, facts, owner, rangeOf(member), true)
      x.pending.push({
        id: initialiser,
        scope: newScope(x.scope, rangeOf(member)),
        read: () => {
          for (const statement of member.body) declareVars(x, x.scope, statement)
          readBlock(x, member.body, x.scope)
        },
      })
      return
    }
    default:
  }
}

function readMethod(
  x: Extraction,
  facts: ClassFacts,
  owner: ClassId,
  member: TSESTree.MethodDefinition | TSESTree.TSAbstractMethodDefinition,
  body: TSESTree.FunctionExpression,
): void {
  const name = keyName(member.key) ?? ''
  const isConstructor = member.kind === 'constructor'
  const value = readFunction(x, body, {
    name: facts.name === '' ? name : `${facts.name}.${name}`,
    nameAt: rangeOf(member.key),
    kind: isConstructor
      ? 'constructor'
      : member.kind === 'get'
        ? 'getter'
        : member.kind === 'set'
          ? 'setter'
          : 'method',
    class: owner,
    static: member.static,
    decorators: readDecorators(x, member.decorators),
  })
  const made = x.values[value]
  if (made?.kind !== 'function') return
  if (isConstructor) {
    facts.construct = made.function
    return
  }
  facts.members.push({
    name,
    static: member.static,
    kind: member.kind === 'get' ? 'getter' : member.kind === 'set' ? 'setter' : 'method',
    value: null,
    function: made.function,
    type: null,
    decorators: x.functions[made.function]?.decorators ?? [],
  })
}

function readField(
  x: Extraction,
  facts: ClassFacts,
  owner: ClassId,
  member:
    TSESTree.PropertyDefinition | TSESTree.AccessorProperty | TSESTree.TSAbstractPropertyDefinition,
): void {
  const name = keyName(member.key) ?? ''
  const annotation = member.typeAnnotation?.typeAnnotation
  const field = (value: ValueId | null): ClassMember => ({
    name,
    static: member.static,
    kind: 'field',
    value,
    function: null,
    type: readType(x, annotation),
    decorators: readDecorators(x, member.decorators),
  })
  const { value } = member
  if (!value) {
    facts.members.push(field(null))
    return
  }
  // A field's value is computed in the instance, not where the class stands.
  const initialiser = initialiserOf(x, facts, owner, rangeOf(member), member.static)
  const position = facts.members.push(field(null)) - 1
  x.pending.push({
    id: initialiser,
    scope: newScope(x.scope, rangeOf(value)),
    read: () => {
      const isFunction =
        value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression'
      const read = isFunction
        ? readFunction(x, value, {
            name: facts.name === '' ? name : `${facts.name}.${name}`,
            nameAt: rangeOf(member.key),
            class: owner,
            static: member.static,
            typeName: typeName(annotation),
            typeArguments: typeArgumentNames(annotation),
          })
        : x.valueOf(value)
      x.functions[initialiser]?.returns.push({
        value: read,
        at: rangeOf(value),
        guards: [],
        loops: [],
      })
      const noted = facts.members[position]
      if (noted) facts.members[position] = { ...noted, value: read }
    },
  })
}

function initialiserOf(
  x: Extraction,
  facts: ClassFacts,
  owner: ClassId,
  at: Range,
  isStatic: boolean,
): number {
  return addFunction(x, at, {
    name: facts.name,
    nameAt: at,
    kind: 'initialiser',
    class: owner,
    static: isStatic,
    async: false,
    generator: false,
  })
}
