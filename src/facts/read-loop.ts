import type { TSESTree } from '@typescript-eslint/utils'
import type { LoopFacts, LoopId, ValueId, VariableId } from './model.ts'
import { addBranch, addValue, rangeOf, unknown, withGuard } from './build.ts'
import type { Exits, Extraction } from './build.ts'
import { abandon, changesSince, currentValue, newEnvironment, newFlow } from './flow.ts'
import type { Environment } from './flow.ts'
import { bindPattern } from './read-assignment.ts'
import { readVariables } from './read-declaration.ts'
import { readStatement } from './read-statement.ts'
import { declare, namesIn, newScope } from './scope.ts'

type LoopNode =
  | TSESTree.ForStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.WhileStatement
  | TSESTree.DoWhileStatement

const KINDS: Readonly<Record<LoopNode['type'], LoopFacts['kind']>> = {
  ForStatement: 'for',
  ForInStatement: 'for-in',
  ForOfStatement: 'for-of',
  WhileStatement: 'while',
  DoWhileStatement: 'do-while',
}

/** Reads a loop once: variables at its head stand for every round. */
export function readLoop(x: Extraction, node: LoopNode): void {
  const at = rangeOf(node)
  const { label, scope: outerScope, loops } = x
  x.label = null
  x.scope = newScope(outerScope, at)
  if (node.type === 'ForStatement' && node.init) {
    if (node.init.type === 'VariableDeclaration') {
      for (const { id } of node.init.declarations)
        for (const name of namesIn(id)) declare(x, x.scope, name, { constant: false })
      readVariables(x, node.init)
    } else x.valueOf(node.init)
  }
  const list = node.type === 'ForOfStatement' || node.type === 'ForInStatement' ? node.right : null
  const over = list === null ? null : x.valueOf(list)
  const loop: LoopId =
    x.loopFacts.push({
      kind: KINDS[node.type],
      over,
      overAt: list === null ? null : rangeOf(list),
      test: null,
      at,
      function: x.function,
    }) - 1
  const branch = addBranch(x, { kind: 'loop', condition: null, at })
  const outer = x.flow
  const heads = new Map<VariableId, ValueId>()
  const environment = newEnvironment(outer.environment, { id: loop, at, heads })
  const exits: Exits = { kind: 'loop', label, base: outer.environment, breaks: [], continues: [] }
  x.flow = newFlow(withGuard(outer.guards, { branch, arm: 0 }), environment)
  x.loops = [...loops, loop]
  x.exits = [...x.exits, exits]
  readRound(x, node, loop, over)
  x.loops = loops
  x.exits = x.exits.slice(0, -1)
  const ends = [...exits.breaks, ...exits.continues].map(({ changes }) => changes)
  const left = changesSince(x.flow.environment, outer.environment)
  if (x.flow.reachable) ends.push(left)
  else abandon(x, left)
  x.flow = outer
  x.scope = outerScope
  closeLoop(x, { environment: outer.environment, loop, heads, ends, at })
}

function readRound(x: Extraction, node: LoopNode, loop: LoopId, over: ValueId | null): void {
  const facts = x.loopFacts[loop]
  const noteTest = (test: TSESTree.Expression | null): void => {
    if (test && facts) facts.test = x.valueOf(test)
  }
  if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
    const each =
      node.type === 'ForOfStatement' && over !== null
        ? addValue(x, { kind: 'element', of: over }, rangeOf(node.left))
        : unknown(x, rangeOf(node.left), over === null ? [] : [over])
    if (node.left.type === 'VariableDeclaration') {
      const pattern = node.left.declarations[0].id
      for (const name of namesIn(pattern)) declare(x, x.scope, name, { constant: false })
      bindPattern(x, pattern, each)
    } else bindPattern(x, node.left, each)
  } else if (node.type !== 'DoWhileStatement') noteTest(node.test)
  readStatement(x, node.body)
  if (node.type === 'ForStatement' && node.update) x.valueOf(node.update)
  if (node.type === 'DoWhileStatement') {
    const { reachable } = x.flow
    noteTest(node.test)
    x.flow.reachable = reachable
  }
}

/** Ties each variable that the body changes to what it was, at the head and behind the loop. */
function closeLoop(
  x: Extraction,
  round: {
    environment: Environment
    loop: LoopId
    heads: ReadonlyMap<VariableId, ValueId>
    ends: readonly ReadonlyMap<VariableId, ValueId>[]
    at: { start: number; end: number }
  },
): void {
  const { environment, loop, heads, ends, at } = round
  const changed = new Set(ends.flatMap((end) => [...end.keys()]))
  for (const variable of changed) {
    const head = heads.get(variable)
    const values = new Set<ValueId>()
    for (const end of ends) {
      const value = end.get(variable)
      if (value !== undefined && value !== head) values.add(value)
    }
    if (values.size === 0) continue
    const options = [...values]
    const next =
      options.length === 1
        ? (options[0] as ValueId)
        : addValue(x, { kind: 'choice', branch: null, options, arms: [] }, at)
    if (head !== undefined) {
      const value = x.values[head]
      if (value?.kind === 'loop') value.next = next
      environment.values.set(variable, head)
      continue
    }
    const before = currentValue(x, variable, environment)
    environment.values.set(
      variable,
      before === null ? next : addValue(x, { kind: 'loop', loop, initial: before, next }, at),
    )
  }
}
