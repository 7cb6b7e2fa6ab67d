import { lowestOf } from '../src/flow/paths/lowest.ts'
import { pageTakenAsWhole } from '../src/flow/reads/one-page.ts'
import type { PageUse } from '../src/flow/reads/one-page.ts'
import { callPathOf, tableOfRequest } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { requestOf } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { readPages } from '../src/suggestions/read-pages.ts'

interface Options {
  readonly checkListings: boolean
}

export default createRule({
  name: 'require-pagination',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require that all pages are read where one page is taken for the whole.',
      preset: 'recommended',
      strictOptions: [{ checkListings: true }],
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          checkListings: {
            type: 'boolean',
            description: 'Report also a page of any partition that is handed on as the whole list.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ checkListings: false }] as [Options],
    messages: {
      onePage:
        'This {{operation}} of {{table}} ({{path}}) gives one page, at most 1 MB, and {{consequence}}.',
      readAllPages: 'Read all pages (one request for each).',
    },
  },
  create: onAnalysis(({ analysis, options: [{ checkListings }] }, report) => {
    const { reachability } = analysis
    const found = lowestOf(analysis.module, (occurrence) =>
      pageTakenAsWhole(occurrence, analysis, checkListings),
    )
    for (const { occurrence, found: use } of found) {
      const [top] = occurrence.trail
      const { kind, request } = occurrence.spelling
      const data = {
        operation: kind,
        table: tableOfRequest(requestOf(request), analysis).label,
        path: callPathOf(occurrence, top ? reachability.from(top.frame) : null),
        consequence: CONSEQUENCES[use],
      }
      const edits = readPages(occurrence, analysis, null)
      report(
        placeOfTrail(occurrence, 0),
        'onePage',
        data,
        edits === null ? [] : [{ messageId: 'readAllPages', data: {}, edits }],
      )
    }
  }),
})

const CONSEQUENCES: Readonly<Record<PageUse, string>> = {
  deleted: 'the items on it are deleted: those on later pages stay',
  changed: 'the items on it are written to: those on later pages are left out',
  joined: 'something is read for each item on it: for those on later pages nothing is',
  searched: 'an item is looked for on it: one on a later page is not found',
  filtered: 'those that fit are picked out of it: what fits on later pages is missing',
  summed: 'something is added up or compared over it: items on later pages are left out',
  counted: 'its items are counted: those on later pages are left out',
  picked: 'the first in an order of its own is taken: an item on a later page may come before it',
  listed: 'is handed on as the whole list: items on later pages are missing',
}
