import type { Operation } from '../src/operations/operation.ts'
import { memberOfRequest } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { createdOnDemand, madeOnDemand } from '../src/suggestions/pay-per-request.ts'
import { isLocalSetUp, speaksOfCreation } from '../src/tables/create-table.ts'
import { hasThroughput, tablesMadeIn } from '../src/tables/discovery/made.ts'
import type { MadeTable } from '../src/tables/discovery/made.ts'

export default createRule({
  name: 'require-capacity-mode',
  meta: {
    type: 'suggestion',
    docs: {
      description:
        'Require that a table defined in code is paid per request, or scales what is provisioned.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      byDefault:
        'Nothing says how {{table}} pays for its capacity, and a `Table` of the CDK then has 5 read and 5 write units a second: what goes beyond is throttled. Set `billingMode`.',
      fixed:
        'The capacity of {{table}} is fixed: what goes beyond is throttled, and what is not used is paid for all the same. Pay per request, or let it scale.',
      both: '{{table}} pays per request, so it cannot be given units of capacity: this is rejected.',
      payPerRequest: 'Pay per request.',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      const { module, text } = analysis
      for (const table of tablesMadeIn(module)) {
        const problem = problemOf(table)
        if (problem === null) continue
        const proposal = problem === 'both' ? null : madeOnDemand(table, { module, text })
        const label = table.id === null ? 'this table' : `\`${table.id}\``
        report(table.at, problem, { table: label }, proposal === null ? [] : [proposal])
      }
      // A script that creates a table does so for its author.
      if (analysis.isMaintenance) return
      const fixed = analysis.operations.filter(isFixed)
      if (fixed.length === 0 || !speaksOfCreation(module) || isLocalSetUp(module)) return
      for (const operation of fixed) {
        const proposal = createdOnDemand(operation, { module, text })
        const { label } = operation.table
        report(operation.at, 'fixed', { table: label }, proposal === null ? [] : [proposal])
      }
    },
    { scripts: true },
  ),
})

function problemOf({
  className,
  capacity,
  data,
  calls,
}: MadeTable): 'byDefault' | 'fixed' | 'both' | null {
  if (capacity === null || !['Table', 'CfnTable'].includes(className)) return null
  const throughput = hasThroughput(data)
  if (capacity.mode === 'on-demand') return throughput === true ? 'both' : null
  if (calls.some(({ method }) => method.startsWith('autoScale'))) return null
  if (throughput !== false || capacity.isWritten) return 'fixed'
  return className === 'Table' ? 'byDefault' : null
}

function isFixed({ kind, request }: Operation): boolean {
  if (kind !== 'CreateTable') return false
  const mode = memberOfRequest(request, 'BillingMode')
  const isProvisioned =
    mode.state === 'absent' ||
    (mode.state === 'known' && mode.term.kind === 'literal' && mode.term.value === 'PROVISIONED')
  return isProvisioned && memberOfRequest(request, 'ProvisionedThroughput').state === 'known'
}
