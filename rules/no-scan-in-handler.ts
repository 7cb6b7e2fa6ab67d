import { isBroadcast, isStreamed } from '../src/flow/effects/broadcast.ts'
import {
  filterText,
  isBoundedPage,
  isPurged,
  isWholeIndex,
  readingOf,
} from '../src/flow/reads/pages.ts'
import { isRequest } from '../src/frameworks/framework.ts'
import { occasionOf } from '../src/frameworks/occasion.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onOperations } from '../src/rule/on-operations.ts'
import { costOfScan } from '../src/requests/cost.ts'
import { queryPlans } from '../src/suggestions/query-plan.ts'
import { scanToQuery } from '../src/suggestions/scan-to-query.ts'

interface Options {
  readonly checkLibraries: boolean
}

export default createRule({
  name: 'no-scan-in-handler',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow Scan in code that answers requests.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          checkLibraries: {
            type: 'boolean',
            description: 'Report each Scan, also where no handler is known to reach it.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ checkLibraries: false }] as [Options],
    messages: {
      scanInHandler:
        'Scan of {{table}} runs on each {{entry}} ({{path}}): it reads {{read}}{{drops}}{{cost}}.',
      scanWithIndexedFilter:
        'Scan of {{table}} runs on each {{entry}} ({{path}}): it reads {{read}}{{drops}}{{cost}}. {{index}} has this key.',
      scanInLibrary: 'Scan of {{table}} ({{path}}) reads {{read}}{{drops}}{{cost}}.',
      getItem: 'Get the item by its key, {{keys}}, instead.',
      queryTable: 'Query the table by {{keys}} instead (the order of items differs{{range}}).',
      queryIndex:
        'Query index `{{index}}` instead (index reads are eventually consistent, and an item without `{{attribute}}` is not in the index{{range}}).',
      queryNewIndex:
        'Query an index `{{index}}` with partition key `{{attribute}}` instead (index reads are eventually consistent, and an item without `{{attribute}}` is not in it). Create it first, {{definition}}.',
    },
  },
  create: onOperations(
    ['Scan'],
    (operation, report, { analysis, options: [{ checkLibraries }] }) => {
      const { table } = operation
      if (table.schema?.small === true) return
      if (isBoundedPage(operation) || isPurged(operation) || isWholeIndex(operation)) return
      const { reach } = operation
      const isOnRequestPath = reach !== null && isRequest(reach.entry.trigger)
      if (!isOnRequestPath && !(checkLibraries && reach === null)) return
      if (isStreamed(operation) || (isOnRequestPath && isBroadcast(operation))) return
      const indexed = queryPlans(operation).find(
        ({ messageId, isInferred }) => messageId !== 'queryNewIndex' && !isInferred,
      )
      const filter = filterText(operation)
      const data = {
        table: table.label,
        path: operation.callPath,
        entry: occasionOf(reach?.entry.label ?? ''),
        drops: filter === null ? '' : ` and drops what ${filter} does not match`,
        ...costOfScan(table.schema, readingOf(operation), analysis.prices),
        index: indexed ? indexName(indexed.data) : '',
      }
      const messageId = !isOnRequestPath
        ? 'scanInLibrary'
        : indexed
          ? 'scanWithIndexedFilter'
          : 'scanInHandler'
      report(operation.at, messageId, data, scanToQuery(operation, analysis))
    },
  ),
})

function indexName(data: Readonly<Record<string, string>>): string {
  return data.index === undefined ? 'The table' : `Index \`${data.index}\``
}
