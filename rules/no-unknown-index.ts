import { placeInOwner } from '../src/flow/paths/lowest.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import type { Operation } from '../src/operations/operation.ts'
import { memberOfRequest } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onOperations } from '../src/rule/on-operations.ts'
import type { Place } from '../src/project/term.ts'
import { nearest } from '../src/requests/nearest.ts'
import type { Proposal } from '../src/suggestions/edit.ts'
import { literalAt } from '../src/suggestions/literal-text.ts'
import { replace } from '../src/suggestions/source-file.ts'
import type { TableSchema } from '../src/tables/schema.ts'
import { inWords } from '../src/operations/words.ts'

export default createRule({
  name: 'no-unknown-index',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow queries and scans of an index that the table does not have.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      unknownIndex:
        '{{table}} has no index `{{index}}`: it has {{indexes}}. DynamoDB rejects this: The table does not have the specified index: {{index}}',
      useIndex: 'Name index `{{index}}`, whose key is {{keys}}.',
    },
  },
  create: onOperations(
    ['Query', 'Scan'],
    (operation, report, { analysis }) => {
      const { request, occurrence, table } = operation
      const member = memberOfRequest(request, 'IndexName')
      if (member.state !== 'known' || member.term.kind !== 'literal') return
      const { value } = member.term
      const { certain } = table
      if (typeof value !== 'string' || certain === null || certain.hasMoreIndexes === true) return
      if (certain.indexes.some(({ name }) => name === value)) return
      const at = placeInOwner({ occurrence, found: null }, member.at)
      const data = { table: table.label, index: value, indexes: listed(certain) }
      const place = at.module === analysis.module ? at : operation.at
      report(place, 'unknownIndex', data, nearestIndex(operation, certain, member.at, analysis))
    },
    { scripts: true },
  ),
})

function listed({ indexes }: TableSchema): string {
  const names = indexes.map(({ name }) => `\`${name}\``)
  const last = names.pop()
  if (last === undefined) return 'none'
  return names.length === 0 ? `only ${last}` : `${names.join(', ')} and ${last}`
}

function nearestIndex(
  { request }: Operation,
  { indexes }: TableSchema,
  at: Place,
  file: Analysis,
): readonly Proposal<'useIndex'>[] {
  const member = memberOfRequest(request, 'IndexName')
  if (member.state !== 'known') return []
  const written = literalAt(member.term, at, file.module, file.text)
  const name =
    written &&
    nearest(
      written.value,
      indexes.map((index) => index.name),
    )
  const index = indexes.find((each) => each.name === name)
  if (written === null || index === undefined) return []
  const keys = [index.partitionKey, ...(index.sortKey ? [index.sortKey] : [])]
  return [
    {
      messageId: 'useIndex',
      data: { index: index.name, keys: inWords(keys.map(({ name }) => name)) },
      edits: [replace(file, written.at, index.name)],
    },
  ]
}
