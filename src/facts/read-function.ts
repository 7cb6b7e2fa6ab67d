import type { TSESTree } from '@typescript-eslint/utils'
import type {
  ClassId,
  DecoratorFacts,
  FunctionId,
  FunctionKind,
  ParameterFacts,
  Range,
  ValueId,
} from './model.ts'
import { addValue, functionAt, rangeOf, undecorated } from './build.ts'
import type { Extraction } from './build.ts'
import { changesSince, newEnvironment, newFlow } from './flow.ts'
import { bindPattern } from './read-assignment.ts'
import { readBlock } from './read-statement.ts'
import { readPrimitives } from './read-primitive.ts'
import { namedType, readType, returnTypeName, typeName } from './read-type.ts'
import { declare, declareVars, namesIn, newScope } from './scope.ts'
import type { Scope } from './scope.ts'

export interface FunctionContext {
  readonly name?: string
  readonly nameAt?: Range
  readonly kind?: FunctionKind
  readonly class?: ClassId
  readonly static?: boolean
  readonly object?: ValueId
  /** Name of the type that its variable or field is annotated with. */
  readonly typeName?: string | null
  readonly typeArguments?: readonly string[]
  readonly returnTypeName?: string | null
  readonly makes?: ValueId | null
  readonly decorators?: readonly DecoratorFacts[]
}

type FunctionNode =
  TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression

/** Notes a function; its body is read once everything around it has been. */
export function readFunction(x: Extraction, node: FunctionNode, context: FunctionContext): ValueId {
  const at = rangeOf(node)
  const id = addFunction(x, at, {
    ...context,
    name: context.name ?? node.id?.name ?? '',
    nameAt: context.nameAt ?? (node.id ? rangeOf(node.id) : at),
    kind: context.kind ?? (node.type === 'ArrowFunctionExpression' ? 'arrow' : 'function'),
    returnTypeName: returnTypeName(node.returnType?.typeAnnotation),
    makes: madeType(x, node),
    async: node.async,
    generator: node.generator,
  })
  const scope = newScope(x.scope, at)
  if (node.type === 'FunctionExpression' && node.id) {
    const self = addValue(x, { kind: 'function', function: id }, at)
    scope.bindings.set(node.id.name, { kind: 'value', value: self })
  }
  x.pending.push({ id, scope, read: () => readBody(x, node) })
  return addValue(x, { kind: 'function', function: id }, at)
}

/** The type that a function says it returns, where that is an object literal with functions in it. */
function madeType(x: Extraction, { body, returnType }: FunctionNode): ValueId | null {
  const type = returnType?.typeAnnotation
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return null
  const last = body.type === 'BlockStatement' ? body.body.at(-1) : null
  const made = last?.type === 'ReturnStatement' ? last.argument : body
  return made?.type === 'ObjectExpression' && made.properties.some(mayBeFunction)
    ? namedType(x, type.typeName)
    : null
}

function mayBeFunction(property: TSESTree.ObjectLiteralElement): boolean {
  if (property.type !== 'Property') return false
  return (
    property.method ||
    property.shorthand ||
    property.value.type === 'ArrowFunctionExpression' ||
    property.value.type === 'FunctionExpression'
  )
}

export function addFunction(
  x: Extraction,
  at: Range,
  context: FunctionContext & {
    name: string
    nameAt: Range
    kind: FunctionKind
    async: boolean
    generator: boolean
  },
): FunctionId {
  x.functions.push({
    name: context.name,
    at,
    nameAt: context.nameAt,
    kind: context.kind,
    parent: x.functions.length === 0 ? null : x.function,
    class: context.class ?? null,
    static: context.static ?? false,
    object: context.object ?? null,
    async: context.async,
    generator: context.generator,
    parameters: [],
    typeName: context.typeName ?? null,
    typeArguments: context.typeArguments ?? [],
    returnTypeName: context.returnTypeName ?? null,
    makes: context.makes ?? null,
    decorators: context.decorators ?? [],
    directives: [],
    calls: [],
    returns: [],
    yields: [],
    throws: [],
  })
  return x.functions.length - 1
}

/** Reads the functions that were noted, and those noted in them, until none is left. */
export function readPending(x: Extraction): void {
  // The list grows while it is read.
  for (const next of x.pending) inFunction(x, next.id, next.scope, next.read)
}

/** Reads as the code of a function: fresh flow, its scope; keeps what its variables hold at its end. */
export function inFunction(
  x: Extraction,
  id: FunctionId,
  scope: Scope,
  read: (x: Extraction) => void,
): void {
  const { function: outer, scope: outerScope, flow, loops, tries, handlers, exits } = x
  x.function = id
  x.scope = scope
  x.flow = newFlow()
  x.loops = []
  x.tries = []
  x.handlers = []
  x.exits = []
  const { environment } = x.flow
  read(x)
  for (const [variable, value] of changesSince(environment, newEnvironment(null))) {
    const facts = x.variables[variable]
    if (facts?.function === id) facts.final = value
  }
  Object.assign(x, { function: outer, scope: outerScope, flow, loops, tries, handlers, exits })
}

function readBody(x: Extraction, node: FunctionNode): void {
  readParameters(x, node.params)
  const { body } = node
  if (body.type !== 'BlockStatement') {
    const value = x.valueOf(body)
    functionAt(x, x.function).returns.push({
      value,
      at: rangeOf(body),
      guards: x.flow.guards,
      loops: [],
    })
    return
  }
  for (const statement of body.body) {
    if (statement.type !== 'ExpressionStatement' || typeof statement.directive !== 'string') break
    functionAt(x, x.function).directives.push(statement.directive)
  }
  declareVars(x, x.scope, body)
  readBlock(x, body.body, x.scope)
}

function readParameters(x: Extraction, params: readonly TSESTree.Parameter[]): void {
  params.forEach((param, index) => {
    const at = undecorated(x, param)
    const rest = param.type === 'RestElement'
    for (const name of namesIn(param)) declare(x, x.scope, name, { constant: false })
    const value = addValue(x, { kind: 'parameter', function: x.function, index, rest }, at)
    const { name, annotation, fallback } = describe(param)
    functionAt(x, x.function).parameters.push({
      name,
      at,
      type: readType(x, annotation),
      typeName: typeName(annotation),
      primitives: readPrimitives(x, annotation),
      default: fallback === null ? null : x.valueOf(fallback),
      rest,
      decorators: readDecorators(x, 'decorators' in param ? param.decorators : []),
    } satisfies ParameterFacts)
    // The default is kept with the parameter, where a caller's argument is known to take its place.
    const pattern = param.type === 'TSParameterProperty' ? param.parameter : param
    const target =
      pattern.type === 'AssignmentPattern'
        ? pattern.left
        : pattern.type === 'RestElement'
          ? pattern.argument
          : pattern
    bindPattern(x, target, value)
    if (param.type === 'TSParameterProperty' && name !== null) {
      const owner = functionAt(x, x.function).class
      if (owner !== null)
        x.classes[owner]?.assigned.push({ key: name, static: false, value, function: x.function })
    }
  })
}

function describe(param: TSESTree.Parameter): {
  name: string | null
  annotation: TSESTree.TypeNode | null
  fallback: TSESTree.Expression | null
} {
  const inner = param.type === 'TSParameterProperty' ? param.parameter : param
  const target =
    inner.type === 'AssignmentPattern'
      ? inner.left
      : inner.type === 'RestElement'
        ? inner.argument
        : inner
  const annotated = 'typeAnnotation' in target ? target.typeAnnotation : undefined
  return {
    name: target.type === 'Identifier' ? target.name : null,
    annotation: annotated?.typeAnnotation ?? null,
    fallback: inner.type === 'AssignmentPattern' ? inner.right : null,
  }
}

export function readDecorators(
  x: Extraction,
  decorators: readonly TSESTree.Decorator[] | null | undefined,
): readonly DecoratorFacts[] {
  return (decorators ?? []).map(({ expression }) => {
    if (expression.type !== 'CallExpression') return { name: x.valueOf(expression), arguments: [] }
    return {
      name: x.valueOf(expression.callee),
      arguments: expression.arguments.map((a) =>
        x.valueOf(a.type === 'SpreadElement' ? a.argument : a),
      ),
    }
  })
}
