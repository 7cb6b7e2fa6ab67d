import { at, entriesOf, keepPlace, listOf, placeOfData, textOf } from '../../infrastructure/data.ts'
import type { Data } from '../../infrastructure/data.ts'
import { handlerAt } from '../../infrastructure/deployed.ts'
import { functionsOf, serviceOf } from '../../infrastructure/serverless.ts'
import type { Source } from '../../infrastructure/source.ts'
import { filledIn, filledText } from '../../infrastructure/variables.ts'
import type { Service } from '../../infrastructure/variables.ts'
import { readStack } from './cloudformation.ts'
import type { Environment, StreamEvent } from './cloudformation.ts'
import type { Found } from './definition.ts'
import { hole } from './names.ts'

/**
 * The tables among the resources of a service of the Serverless Framework, and the variables that it gives its functions.
 *
 * @param settings what `serverless.yml`, or one of its other forms, holds
 */
export function tablesOfService(file: string, settings: Data, source: Source): Found {
  const service: Service = { ...serviceOf(file, settings, source), unknown: hole }
  const fill = (data: Data | undefined): Data => {
    const filled = filledIn(data, service)
    if (filled !== null || typeof data !== 'string') return filled
    // Read as a part of a longer text, of which just what is not known in it is a hole.
    const text = filledIn(`${data}\0`, service)
    return typeof text === 'string' ? text.slice(0, -1) : hole(data.replace(/[${}]/g, ''))
  }
  const resources = resourcesOf(service)
  return readStack({
    file,
    framework: 'Serverless Framework',
    resources: resources.flatMap((part) => namedIn(at(part, 'Resources'), fill)),
    parameters: undefined,
    outputs: Object.fromEntries(resources.flatMap((part) => namedIn(at(part, 'Outputs'), fill))),
    fill,
    handlersOf: () => null,
    placeOf: () => null,
    events: streamEvents(service, fill),
    environments: [
      { variables: fill(at(settings, 'provider', 'environment')), handlers: null },
      ...environmentsOfFunctions(service, fill),
    ],
  })
}

type Fill = (data: Data | undefined) => Data

/** `resources` is a map, a list of maps, or either in other files. */
function resourcesOf(service: Service): readonly Data[] {
  const written = filledIn(at(service.settings, 'resources'), service)
  const parts = (listOf(written) ?? [written]).map((part) => filledIn(part, service))
  // Some plugins take further templates.
  return parts.flatMap((part) => listOf(part) ?? [part])
}

function namedIn(data: Data | undefined, fill: Fill): readonly (readonly [string, Data])[] {
  const filled = fill(data)
  const parts = listOf(filled)?.map(fill) ?? [filled]
  return parts.flatMap((part) =>
    entriesOf(part).map(([id, written]) => {
      const resource = fill(written)
      const place = placeOfData(part)
      if (place !== null) keepPlace(resource, () => place)
      return [id, resource] as const
    }),
  )
}

function environmentsOfFunctions(service: Service, fill: Fill): readonly Environment[] {
  return functionsOf(service).flatMap(([, fn]) => {
    const variables = fill(at(fn, 'environment'))
    if (entriesOf(variables).length === 0) return []
    const handler = filledText(at(fn, 'handler'), service)
    const place = handler === null ? null : handlerAt(handler, service.directory)
    return [{ variables, handlers: place === null ? null : [place.file] }]
  })
}

/** https://www.serverless.com/framework/docs/providers/aws/events/streams */
function streamEvents(service: Service, fill: Fill): readonly StreamEvent[] {
  return functionsOf(service).flatMap(([, fn]) => {
    const handler = filledText(at(fn, 'handler'), service)
    const place = handler === null ? null : handlerAt(handler, service.directory)
    if (place === null) return []
    return (listOf(fill(at(fn, 'events'))) ?? []).flatMap((written): readonly StreamEvent[] => {
      const event = fill(written)
      const stream = fill(at(event, 'stream'))
      if (at(event, 'stream') === undefined || textOf(at(stream, 'type')) === 'kinesis') return []
      const isFiltered = at(stream, 'filterPatterns') !== undefined
      return [{ handler: place, arn: fill(at(stream, 'arn') ?? stream), isFiltered }]
    })
  })
}
