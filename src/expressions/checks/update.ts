import { invalid, type Edit, type ExpressionFinding } from '../findings.ts'
import type {
  AddAction,
  DeleteAction,
  Path,
  UpdateAction,
  UpdateExpression,
  UpdateKeyword,
  UpdateSection,
} from '../nodes.ts'
import { print } from '../print.ts'
import { assignments } from '../queries.ts'
import type { AttributeType } from '../values.ts'
import { walk } from '../walk.ts'
import { holdsHole, isBeforeHoles, touchesHole, typeOf, type CheckedExpression } from './context.ts'
import { checkTypes } from './operands.ts'
import { checkOverlap } from './overlap.ts'

/**
 * Clauses used twice, paths that clash and operands of the wrong type, in an update.
 *
 * @see Expressions.UpdateExpressions.html
 */
export function checkUpdate(
  expression: CheckedExpression,
  update: UpdateExpression,
): ExpressionFinding[] {
  const targets = certainTargets(expression, update).map(({ path }) => path)
  return [
    ...checkSections(expression, update),
    ...checkOverlap(expression, targets),
    ...checkUpdateTypes(expression, update),
  ]
}

/**
 * The actions of which it is certain that they are that: `path =` is one wherever it stands, what
 * merely looks like a path may be part of something else behind a hole.
 */
export function certainTargets(
  expression: CheckedExpression,
  update: UpdateExpression,
): readonly (UpdateAction & { readonly path: Path })[] {
  return assignments(update).flatMap((action) => {
    if (action.type === 'Hole' || action.path.type === 'Hole') return []
    const { path } = action
    const isCertain = action.type === 'SetAction' || isBeforeHoles(expression, action.range)
    return isCertain ? [{ ...action, path }] : []
  })
}

function checkSections(
  expression: CheckedExpression,
  update: UpdateExpression,
): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  const first = new Map<UpdateKeyword, UpdateSection>()
  for (const [index, section] of update.sections.entries()) {
    if (section.type === 'Hole') continue
    const earlier = first.get(section.keyword)
    if (!earlier) {
      first.set(section.keyword, section)
      continue
    }
    const edits = joinSections(expression, earlier, section, update.sections[index - 1] === earlier)
    findings.push({
      code: 'repeatedSection',
      message: invalid(
        'Update',
        `The "${section.keyword}" section can only be used once in an update expression;`,
      ),
      range: section.keywordRange,
      subject: section.keyword,
      ...(edits && { edits }),
    })
  }
  return findings
}

/** Adds the actions of a later clause to an earlier one with the same keyword. */
function joinSections(
  expression: CheckedExpression,
  earlier: UpdateSection,
  later: UpdateSection,
  adjacent: boolean,
): Edit[] | undefined {
  if (earlier.actions.length === 0 || later.actions.length === 0) return undefined
  if (touchesHole(expression, earlier.range) || holdsHole(expression, later.range)) return undefined
  if (adjacent) {
    return [{ range: [earlier.range[1], later.keywordRange[1]], text: ',' }]
  }
  const start = expression.parsed.text.slice(0, later.range[0]).trimEnd().length
  return [
    {
      range: [earlier.range[1], earlier.range[1]],
      text: `, ${later.actions.map(print).join(', ')}`,
    },
    { range: [start, later.range[1]], text: '' },
  ]
}

function checkUpdateTypes(
  expression: CheckedExpression,
  update: UpdateExpression,
): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  walk(update, {
    Arithmetic: (node) => {
      if (holdsHole(expression, node.range)) return
      const operands = [node.left, node.right]
      findings.push(...checkTypes(expression, node.operator, operands, numbers))
    },
    FunctionCall: (call) => {
      if (call.name !== 'list_append' || holdsHole(expression, call.range)) return
      findings.push(...checkTypes(expression, 'list_append', call.arguments, lists))
    },
    AddAction: (action) => findings.push(...checkActionType(expression, action, 'ADD')),
    DeleteAction: (action) => findings.push(...checkActionType(expression, action, 'DELETE')),
  })
  return findings
}

const numbers: ReadonlySet<string> = new Set<AttributeType>(['N'])
const lists: ReadonlySet<string> = new Set<AttributeType>(['L'])

const longNames: ReadonlyMap<AttributeType, string> = new Map<AttributeType, string>([
  ['S', 'STRING'],
  ['N', 'NUMBER'],
  ['B', 'BINARY'],
  ['NULL', 'NULL'],
  ['BOOL', 'BOOLEAN'],
  ['L', 'LIST'],
  ['M', 'MAP'],
])

function checkActionType(
  expression: CheckedExpression,
  action: AddAction | DeleteAction,
  keyword: 'ADD' | 'DELETE',
): ExpressionFinding[] {
  if (!isBeforeHoles(expression, action.range)) return []
  const type = typeOf(action.value, expression.values)
  const name = type && longNames.get(type)
  if (!name || (type === 'N' && keyword === 'ADD')) return []
  return [
    {
      code: 'operandType',
      message: invalid(
        'Update',
        `Incorrect operand type for operator or function; operator: ${keyword}, operand type: ${name}, typeSet: ALLOWED_FOR_${keyword}_OPERAND`,
      ),
      range: action.value.range,
      subject: keyword,
    },
  ]
}
