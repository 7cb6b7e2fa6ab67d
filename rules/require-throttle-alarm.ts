import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { tablesMadeIn } from '../src/tables/discovery/made.ts'

export default createRule({
  name: 'require-throttle-alarm',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require an alarm on throttling or capacity for a table of the CDK.',
      preset: 'strict',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      unwatched:
        'No alarm of this app watches the throttling or the capacity of {{table}}: requests that DynamoDB refuses are first seen by those who wait for them. An alarm on `metricThrottledRequestsForOperations` tells.',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      for (const { at, id } of tablesMadeIn(analysis.module)) {
        if (analysis.isWatched(at) !== false) continue
        report(at, 'unwatched', { table: id === null ? 'this table' : `\`${id}\`` })
      }
    },
    // Stacks often stand in `bin/`.
    { scripts: true },
  ),
})
