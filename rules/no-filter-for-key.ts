import { print } from '../src/expressions/index.ts'
import { placeInOwner } from '../src/flow/paths/lowest.ts'
import { filteredBeginning } from '../src/flow/writes/filtered-beginning.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { checkedRequests } from '../src/operations/checked-request.ts'
import { findingsOfFile } from '../src/operations/findings-of-file.ts'
import type { LocatedFinding } from '../src/operations/findings-of-file.ts'
import type { Operation } from '../src/operations/operation.ts'
import { memberOfRequest } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import type { Reporter } from '../src/rule/on-operations.ts'
import { servedByIndex, withoutKeysInFilter } from '../src/suggestions/filter-plan.ts'
import { filterToKey } from '../src/suggestions/filter-to-key.ts'

export default createRule({
  name: 'no-filter-for-key',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow filters of a Query on what a key condition can ask for.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      keyInFilter:
        '`{{attribute}}` is a key attribute of what this Query reads, and belongs into its key condition. DynamoDB rejects this: {{message}}',
      indexedFilter:
        'This Query of {{table}} ({{path}}) reads a whole partition, and the filter `{{taken}}` drops what it does not match: index `{{index}}` has this key.',
      keyBegins:
        '`{{condition}}` drops what this Query of {{table}} has read and paid for ({{path}}), though the sort key `{{sortKey}}` begins with {{beginning}}: a range of the sort key reads only these items.',
      moveToKey: 'Say it in the key condition: `{{moved}}`.',
      dropFromFilter: 'Leave out `{{taken}}`: the key condition makes sure of it.',
      queryIndex:
        'Query index `{{index}}` by `{{moved}}` (the order of items differs, and a global index is eventually consistent).',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      const located = findingsOfFile(analysis).filter(isFirst)
      for (const { finding, checked, occurrence, at } of located) {
        const { subject, message } = finding
        const plan = withoutKeysInFilter(checked)
        report(
          at,
          'keyInFilter',
          { attribute: subject ?? '', message },
          filterToKey(plan, checked.request, occurrence, analysis),
        )
      }
      if (analysis.isMaintenance) return
      for (const operation of analysis.operations) {
        if (operation.kind === 'Query' && !reportIndexed(operation, analysis, report))
          reportBeginning(operation, analysis, report)
      }
    },
    { scripts: true },
  ),
})

/** A filter may name one attribute many times; it is told once. */
function isFirst({ finding, together }: LocatedFinding): boolean {
  return (
    finding.code === 'keyInFilter' &&
    finding ===
      together.find(({ code, subject }) => code === finding.code && subject === finding.subject)
  )
}

type MessageIds =
  'keyInFilter' | 'indexedFilter' | 'keyBegins' | 'moveToKey' | 'dropFromFilter' | 'queryIndex'

function reportIndexed(
  operation: Operation,
  analysis: Analysis,
  report: Reporter<MessageIds>,
): boolean {
  const { request, occurrence, table } = operation
  if (table.certain === null) return false
  const filter = memberOfRequest(request, 'FilterExpression')
  const [checked] = checkedRequests(operation.spelling, analysis)
  const plan = checked ? servedByIndex(operation, checked) : null
  if (plan?.index == null || filter.state !== 'known') return false
  const at = placeInOwner({ occurrence, found: null }, filter.at)
  report(
    at.module === analysis.module ? at : operation.at,
    'indexedFilter',
    { table: table.label, path: operation.callPath, taken: plan.taken, index: plan.index.name },
    filterToKey(plan, request, occurrence, analysis),
  )
  return true
}

function reportBeginning(
  operation: Operation,
  analysis: Analysis,
  report: Reporter<MessageIds>,
): void {
  const { request, occurrence, table } = operation
  const filter = memberOfRequest(request, 'FilterExpression')
  if (filter.state !== 'known') return
  const found = filteredBeginning(operation, analysis)
  if (found === null) return
  const { attribute, prefix, sortKey, condition } = found
  const at = placeInOwner({ occurrence, found: null }, filter.at)
  report(at.module === analysis.module ? at : operation.at, 'keyBegins', {
    condition: print(condition),
    table: table.label,
    path: operation.callPath,
    sortKey,
    beginning: prefix === '' ? `\`${attribute}\`` : `\`${prefix}\` and \`${attribute}\``,
  })
}
