import { clientsMadeIn } from '../src/flow/effects/clients-made.ts'
import { occasionOf } from '../src/frameworks/occasion.ts'
import { pathOf } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { callOf } from '../src/project/module.ts'
import { hoistClient } from '../src/suggestions/hoist-client.ts'

export default createRule({
  name: 'no-client-in-handler',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow making a DynamoDB client each time a handler runs.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      made: 'A client is made on each {{entry}} ({{path}}): each has connections of its own to open, and credentials to find. Made once, at module level, it keeps both from one call to the next.',
      wrapped:
        'A document client is made on each {{entry}} ({{path}}), around a client that is made once: make it beside that.',
      hoist: 'Make {{names}} once, at module level.',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const client of clientsMadeIn(analysis)) {
      const { module } = analysis
      const { reach, isWrapper } = client
      const at = { ...callOf(module, client.call).calleeAt, module }
      const proposal = hoistClient(client, analysis)
      report(
        at,
        isWrapper ? 'wrapped' : 'made',
        { entry: occasionOf(reach.entry.label), path: pathOf(reach.path.toReversed(), module) },
        proposal === null ? [] : [proposal],
      )
    }
  }),
})
