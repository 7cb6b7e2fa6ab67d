import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { OPERATION_KINDS } from '../src/requests/operation-kind.ts'
import type { Type } from '../src/requests/shape.ts'

const models = 'node_modules/@aws-sdk/client-dynamodb/dist-types/models'

/**
 * Makes `src/requests/model.ts` from the types of the installed `@aws-sdk/client-dynamodb`: the input of every operation
 * that the project knows, and all that such an input is made of.
 *
 * @param root directory of the project
 * @returns the text of the file, not yet formatted
 * @throws where the types have another form than is known here
 */
export function requestModel(root: string): string {
  const interfaces = declarationsIn(join(root, models, 'models_0.d.ts'), ts.isInterfaceDeclaration)
  const constants = declarationsIn(join(root, models, 'enums.d.ts'), ts.isVariableStatement)
  const structures = new Map<string, string>()
  const enumerations = new Map<string, string>()

  const describe = (type: Type): string => {
    if (typeof type === 'string') return `'${type}'`
    if ('listOf' in type) return `{ listOf: ${describe(type.listOf)} }`
    if ('mapOf' in type) return `{ mapOf: ${describe(type.mapOf)} }`
    if ('oneOf' in type) {
      enumerations.set(type.oneOf, enumerationText(type.oneOf))
      return `{ oneOf: '${type.oneOf}' }`
    }
    addStructure(type.structure)
    return `{ structure: '${type.structure}' }`
  }

  const addStructure = (name: string): void => {
    if (structures.has(name)) return
    structures.set(name, '')
    const declaration = interfaces.get(name)
    if (!declaration) throw new Error(`The model has no interface ${name}.`)
    const members = declaration.members.filter(ts.isPropertySignature).map((member) => {
      const kind = member.questionToken ? 'optional' : 'required'
      return `${member.name.getText()}: ${kind}(${describe(readType(member.type))}),`
    })
    structures.set(name, `${name}: {\n${members.join('\n')}\n},`)
  }

  const readType = (node: ts.TypeNode | undefined): Type => {
    if (!node) throw new Error('A member of the model has no type.')
    if (ts.isUnionTypeNode(node)) {
      const [type, ...others] = node.types.filter((t) => t.kind !== ts.SyntaxKind.UndefinedKeyword)
      if (others.length > 0) throw new Error(`Not one type: ${node.getText()}`)
      return readType(type)
    }
    if (ts.isArrayTypeNode(node)) return { listOf: readType(node.elementType) }
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword:
        return 'text'
      case ts.SyntaxKind.NumberKeyword:
        return 'number'
      case ts.SyntaxKind.BooleanKeyword:
        return 'boolean'
      default:
    }
    if (!ts.isTypeReferenceNode(node)) throw new Error(`Not known: ${node.getText()}`)
    const name = node.typeName.getText()
    if (name === 'Record') return { mapOf: readType(node.typeArguments?.[1]) }
    if (name === 'Uint8Array') return 'binary'
    if (name === 'AttributeValue') return 'attribute'
    return interfaces.has(name) ? { structure: name } : { oneOf: name }
  }

  const enumerationText = (name: string): string => {
    const statement = constants.get(name)
    const type = statement?.declarationList.declarations[0]?.type
    if (!type || !ts.isTypeLiteralNode(type)) throw new Error(`The model has no ${name}.`)
    const values = type.members.filter(ts.isPropertySignature).map((m) => m.type?.getText() ?? '')
    return `${name}: [${values.join(', ')}],`
  }

  for (const kind of OPERATION_KINDS) addStructure(`${kind}Input`)
  return [
    '// Written by `npm run update` from the types of `@aws-sdk/client-dynamodb`. Do not edit.',
    "import type { Structure } from './shape.ts'",
    "import { optional, required } from './shape.ts'",
    '',
    '/** The inputs of the operations, each named after its operation, and the structures within them. */',
    'export const structures: Readonly<Record<string, Structure>> = {',
    ...sorted(structures),
    '}',
    '',
    '/** The texts that a member with one of these types may have. */',
    'export const enumerations: Readonly<Record<string, readonly string[]>> = {',
    ...sorted(enumerations),
    '}',
  ].join('\n')
}

function sorted(texts: ReadonlyMap<string, string>): readonly string[] {
  return [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
}

/** The declarations of one kind in a file, by name. */
function declarationsIn<Node extends ts.InterfaceDeclaration | ts.VariableStatement>(
  file: string,
  isWanted: (node: ts.Node) => node is Node,
): ReadonlyMap<string, Node> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true)
  return new Map(
    source.statements.filter(isWanted).map((node) => {
      const name = ts.isInterfaceDeclaration(node)
        ? node.name
        : node.declarationList.declarations[0]?.name
      return [name?.getText() ?? '', node] as const
    }),
  )
}
