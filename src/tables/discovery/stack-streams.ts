import { at, entriesOf, listOf, textOf } from '../../infrastructure/data.ts'
import type { Data } from '../../infrastructure/data.ts'
import type { Stack } from './cloudformation.ts'
import type { AnyDefinition, StreamSource } from './definition.ts'

/** The streams of tables that set functions of a stack off, by the functions' events and by resources of their own. */
export function streamsOfStack(
  stack: Stack,
  definitions: ReadonlyMap<string, AnyDefinition>,
): readonly StreamSource[] {
  const table = (arn: Data | undefined): AnyDefinition | null =>
    definitions.get(tableOfArn(stack.fill(arn)) ?? '') ?? null
  const told = stack.events.map(({ handler, arn, isFiltered }) => ({
    table: table(arn),
    handler,
    isFiltered,
  }))
  const own = stack.resources.flatMap(([id, written]): readonly StreamSource[] => {
    const resource = stack.fill(written)
    const properties = stack.fill(at(resource, 'Properties'))
    const filtered = (of: Data | undefined): boolean => at(of, 'FilterCriteria') !== undefined
    switch (textOf(at(resource, 'Type'))) {
      case 'AWS::Serverless::Function': {
        const handler = stack.placeOf(id)
        if (handler === null) return []
        const events = entriesOf(at(properties, 'Events')).filter(
          ([, event]) => textOf(at(event, 'Type')) === 'DynamoDB',
        )
        return events.map(([, event]) => {
          const of = at(event, 'Properties')
          return { table: table(at(of, 'Stream')), handler, isFiltered: filtered(of) }
        })
      }
      case 'AWS::Lambda::EventSourceMapping': {
        const name = nameIn(stack.fill(at(properties, 'FunctionName')))
        const handler = name === null ? null : stack.placeOf(name)
        if (handler === null) return []
        const stream = table(at(properties, 'EventSourceArn'))
        return [{ table: stream, handler, isFiltered: filtered(properties) }]
      }
      default:
        return []
    }
  })
  return [...told, ...own]
}

/** The logical name of a table that a value is the stream of: `!GetAtt Orders.StreamArn`. */
function tableOfArn(data: Data): string | null {
  const path = attributeIn(data)
  return path !== null && path[1] === 'StreamArn' ? (path[0] ?? null) : null
}

/** The logical name that a value refers to, whatever of it is asked for. */
function nameIn(data: Data): string | null {
  return textOf(at(data, 'Ref')) ?? attributeIn(data)?.[0] ?? null
}

/** `!GetAtt Name.Attribute`, `!Sub ${Name.Attribute}`. */
function attributeIn(data: Data): readonly string[] | null {
  const asked = at(data, 'Fn::GetAtt')
  const list = listOf(asked)
  if (list !== null) return list.flatMap((step) => textOf(step)?.split('.') ?? [])
  const text = textOf(asked) ?? /^\$\{([\w.]+)\}$/.exec(textOf(at(data, 'Fn::Sub')) ?? '')?.[1]
  return text?.split('.') ?? null
}
