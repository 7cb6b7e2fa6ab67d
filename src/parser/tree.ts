import { visitorKeys } from '@typescript-eslint/visitor-keys'
import type { Program } from './oxc.ts'
import type { Locator, SourceLocation } from './locations.ts'
import { skipTrivia } from './scan.ts'

/** A node of oxc's tree, as this walk needs it. */
export interface TreeNode {
  readonly type: string
  start: number
  readonly end: number
  range: [number, number]
  loc: SourceLocation
  [key: string]: unknown
}

/** What only the tree knows of the tokens, by the offset at which the token begins. */
export interface TokenMarks {
  /** Tokens whose kind and extent do not follow from the text alone. */
  readonly known: Map<number, { readonly end: number; readonly type: string }>
  /** `<` and `>` that stand alone, whatever follows them. */
  readonly single: Set<number>
}

/**
 * Words that are keywords wherever they are not a name. TypeScript's own (`type`, `as`, `async`)
 * count as identifiers.
 */
export const reservedWords = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends ' +
    'false finally for function if import in instanceof new null return super switch this throw ' +
    'true try typeof var void while with implements interface let package private protected ' +
    'public static yield'
  ).split(' '),
)

/** Properties that typescript-estree leaves undefined where oxc gives `null`. */
const absentWhenNull = new Set([
  'accessibility',
  'constraint',
  'default',
  'directive',
  'hashbang',
  'returnType',
  'superTypeArguments',
  'typeAnnotation',
  'typeArguments',
  'typeParameters',
])

/**
 * Turns oxc's tree into the one that ESLint expects, in place: each node gets its `loc`, and what
 * typescript-estree leaves out becomes undefined. The tree's height must be bounded.
 *
 * @returns what the tokenizer must know of the tree.
 */
export function completeTree(program: Program, text: string, locate: Locator): TokenMarks {
  const marks: TokenMarks = { known: new Map(), single: new Set() }

  function visit(node: TreeNode): void {
    if (node.type === 'AssignmentPattern') startAfterDecorators(node)
    node.loc = locate(node.start, node.end)
    for (const key of Object.keys(node)) {
      if (node[key] === null && isAbsent(node.type, key)) node[key] = undefined
    }
    mark(node, text, marks)
    for (const key of visitorKeys[node.type] ?? []) {
      const value = node[key]
      if (Array.isArray(value)) {
        for (const element of value as readonly unknown[]) if (isTreeNode(element)) visit(element)
      } else if (isTreeNode(value)) {
        visit(value)
      }
    }
    // `import` of `import.meta` is a keyword although the tree has an Identifier there.
    if (node.type === 'MetaProperty') marks.known.delete(node.start)
  }

  // Releases of oxc differ on whether a program begins at its first comment or its first statement.
  Object.assign(program, { start: 0, end: text.length, range: [0, text.length] })
  visit(program as unknown as TreeNode)
  return marks
}

function isAbsent(type: string, key: string): boolean {
  switch (key) {
    case 'readonly':
      return type === 'TSMappedType'
    case 'value':
      return type === 'RestElement'
    case 'initializer':
      return type === 'TSEnumMember'
    case 'body':
      return type === 'TSDeclareFunction'
    default:
      return absentWhenNull.has(key) && type !== 'TSImportType'
  }
}

/** A parameter with a default value begins after its decorators; oxc has it begin before them. */
function startAfterDecorators(node: TreeNode): void {
  const { decorators, left } = node
  if (!Array.isArray(decorators) || decorators.length === 0 || !isTreeNode(left)) return
  node.start = left.start
  node.range = [left.start, node.end]
}

function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'type' in value
}

function mark(node: TreeNode, text: string, marks: TokenMarks): void {
  const { start, end } = node
  switch (node.type) {
    case 'Identifier':
      if (reservedWords.has(text.slice(start, start + String(node.name).length))) {
        marks.known.set(start, { end: start + String(node.name).length, type: 'Identifier' })
      }
      return
    case 'Literal':
      if ('regex' in node) {
        marks.known.set(start, { end, type: 'RegularExpression' })
        // oxc sorts the flags.
        const written = text.slice(start, end)
        Object.assign(node.regex as object, {
          flags: written.slice(written.lastIndexOf('/') + 1),
        })
      }
      return
    case 'TemplateElement':
      marks.known.set(start, { end, type: 'Template' })
      return
    case 'JSXText':
      marks.known.set(start, { end, type: 'JSXText' })
      return
    case 'JSXIdentifier':
      marks.known.set(start, { end, type: 'JSXIdentifier' })
      return
    case 'JSXAttribute': {
      const value = node.value
      if (isTreeNode(value) && value.type === 'Literal') {
        marks.known.set(value.start, { end: value.end, type: 'JSXText' })
      }
      return
    }
    case 'TSTypeParameterInstantiation':
    case 'TSTypeParameterDeclaration':
    case 'JSXOpeningElement':
    case 'JSXClosingElement':
    case 'JSXOpeningFragment':
    case 'JSXClosingFragment':
      marks.single.add(start)
      marks.single.add(end - 1)
      return
    case 'TSTypeAssertion': {
      const type = node.typeAnnotation
      marks.single.add(start)
      if (isTreeNode(type)) marks.single.add(skipTrivia(text, type.end).end)
      return
    }
    default:
  }
}
