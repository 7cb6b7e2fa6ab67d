import { imagesRead, mayUseRecords, missingImages } from '../src/flow/streams/images.ts'
import { streamHandlersIn } from '../src/flow/streams/handlers.ts'
import { ownWrites } from '../src/flow/streams/own-writes.ts'
import { usesOfImage } from '../src/flow/streams/plain-images.ts'
import { tableOfTerm } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { lineAt } from '../src/project/module.ts'
import type { Term } from '../src/project/term.ts'
import { unmarshalImage } from '../src/suggestions/unmarshal-image.ts'
import type { StreamSource } from '../src/tables/discovery/definition.ts'
import { isTableOf } from '../src/tables/discovery/known.ts'

export default createRule({
  name: 'valid-stream-record',
  meta: {
    type: 'problem',
    docs: {
      description:
        'Disallow reading a stream record for what it does not hold, and setting off one’s own stream.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      missing:
        'The stream of {{table}} carries {{view}}: `{{image}}` is never there. The view `NEW_AND_OLD_IMAGES` has both images.',
      marshalled:
        'The attributes of `{{image}}` are such as `{ S: "…" }`, and line {{line}} uses {{attribute}} as if it were the value itself. Unmarshal the image first.',
      ownTable:
        'This writes to {{table}}, whose stream sets this function off: it is called again for each of its own writes that changes something. Test what has changed before, or filter the events.',
      unmarshal: 'Unmarshal the image.',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    const { module, schemas } = analysis
    if (!mayUseRecords(module)) return
    for (const handler of streamHandlersIn(module, analysis.streams)) {
      const reads = imagesRead(handler)
      for (const { at, image, view } of missingImages(handler, reads)) {
        const data = { table: namesOf(handler.sources), view: WORDS[view] ?? view, image }
        report(at, 'missing', data)
      }
      const said = new Set<number>()
      for (const read of handler.isWrapped ? [] : reads.filter(({ isOfEvent }) => isOfEvent)) {
        const uses = usesOfImage(read, handler.frame)
        const [first] = uses.plain
        // What is held against the other image is told of once.
        if (!first || said.has(first.at.start)) continue
        said.add(first.at.start)
        const proposal = uses.isMarshalled ? null : unmarshalImage(read, analysis)
        const data = {
          image: read.image,
          line: String(lineAt(first.at.module, first.at.start)),
          attribute: first.attribute === null ? 'one' : quoted(first.attribute),
        }
        report(read.at, 'marshalled', data, proposal === null ? [] : [proposal])
      }
      const isOfStream = (term: Term): boolean => {
        const { certain } = tableOfTerm(term, analysis)
        return handler.sources.some(
          ({ table }) => table !== null && isTableOf(table, certain, schemas),
        )
      }
      const table = namesOf(handler.sources)
      for (const { occurrence } of ownWrites(handler, isOfStream))
        report(placeOfTrail(occurrence, 0), 'ownTable', { table })
    }
  }),
})

const WORDS: Readonly<Record<string, string>> = {
  KEYS_ONLY: 'keys only',
  NEW_IMAGE: 'new images only',
  OLD_IMAGE: 'old images only',
}

function quoted(name: string): string {
  return `\`${name}\``
}

function namesOf(sources: readonly StreamSource[]): string {
  return [...new Set(sources.map(({ table }) => quoted(table?.id ?? '')))].join(' and ')
}
