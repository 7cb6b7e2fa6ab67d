import { placesOfFunctions } from '../../infrastructure/cloudformation.ts'
import { at, entriesOf, listOf, textOf } from '../../infrastructure/data.ts'
import type { Data } from '../../infrastructure/data.ts'
import type { Source } from '../../infrastructure/source.ts'
import { readStack } from './cloudformation.ts'
import type { Found } from './definition.ts'

/** The tables of a template of CloudFormation or of AWS SAM, and the variables that it gives its functions. */
export function tablesOfTemplate(file: string, template: Data, source: Source): Found {
  const places = placesOfFunctions(file, template, source)
  return readStack({
    file,
    framework: isSam(template) ? 'AWS SAM' : null,
    resources: entriesOf(at(template, 'Resources')),
    parameters: at(template, 'Parameters'),
    outputs: at(template, 'Outputs'),
    fill: (data) => data ?? null,
    handlersOf: (id) => {
      const place = places.get(id)
      return place === undefined ? null : [place.file]
    },
    placeOf: (id) => places.get(id) ?? null,
    events: [],
    environments: [
      {
        variables: at(template, 'Globals', 'Function', 'Environment', 'Variables') ?? null,
        handlers: null,
      },
    ],
  })
}

function isSam(template: Data): boolean {
  const written = at(template, 'Transform')
  return (listOf(written) ?? [written]).some((each) => textOf(each)?.startsWith('AWS::Serverless'))
}
