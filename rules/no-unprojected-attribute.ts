import { attributesIn } from '../src/expressions/index.ts'
import { itemReads } from '../src/flow/reads/item-reads.ts'
import { placeInOwner } from '../src/flow/paths/lowest.ts'
import type { Operation } from '../src/operations/operation.ts'
import { expressionOf, memberOfRequest, namesOf } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onOperations } from '../src/rule/on-operations.ts'
import type { Place } from '../src/project/term.ts'
import { indexKeyNames, keyNames } from '../src/tables/schema.ts'
import type { IndexSchema, TableSchema } from '../src/tables/schema.ts'

export default createRule({
  name: 'no-unprojected-attribute',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow attributes that the index a Query or Scan reads does not carry.',
      preset: 'strict',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      neverRead:
        'Index `{{index}}` of {{table}} does not carry `{{attribute}}`, so this is always undefined: it projects {{projected}}.',
      rejected:
        'Index `{{index}}` of {{table}} does not carry `{{attribute}}`: it projects {{projected}}. DynamoDB rejects this: One or more parameter values were invalid: Global secondary index {{index}} does not project {{attribute}}',
    },
  },
  create: onOperations(
    ['Query', 'Scan'],
    (operation, report, { analysis }) => {
      const index = indexOf(operation)
      const { certain, label } = operation.table
      const carried = index && certain && carriedBy(index, certain)
      if (!index || !certain || !carried) return
      const data = { index: index.name, table: label, projected: projected(index) }
      if (isGlobal(index, certain)) {
        for (const { attribute, at } of projectionOf(operation)) {
          if (carried.has(attribute)) continue
          const place = at.module === analysis.module ? at : operation.at
          report(place, 'rejected', { ...data, attribute })
        }
      }
      if (!isWhole(operation, index, certain)) return
      for (const { attribute, at } of itemReads(operation.occurrence))
        if (!carried.has(attribute)) report(at, 'neverRead', { ...data, attribute })
    },
    { scripts: true },
  ),
})

/** The index that is read, where its projection is known and leaves something out. */
function indexOf({ request, table: { certain } }: Operation): IndexSchema | null {
  const name = memberOfRequest(request, 'IndexName')
  if (name.state !== 'known' || !name.certain || name.term.kind !== 'literal') return null
  const { value } = name.term
  return certain?.indexes.find((index) => index.name === value) ?? null
}

function carriedBy(index: IndexSchema, table: TableSchema): ReadonlySet<string> | null {
  const { projection } = index
  if (projection === null || projection === 'ALL') return null
  const more = projection === 'KEYS_ONLY' ? [] : projection
  return new Set([...keyNames(table), ...indexKeyNames(index), ...more])
}

/** A local index may be asked for any attribute: it fetches what it lacks from the table. */
function isGlobal(index: IndexSchema, table: TableSchema): boolean {
  return index.partitionKey.name !== table.partitionKey.name
}

/** Whether the items are as the index has them, and nothing that is asked for is fetched from the table. */
function isWhole({ request }: Operation, index: IndexSchema, table: TableSchema): boolean {
  if (isGlobal(index, table)) return true
  const isAbsent = (name: string): boolean => memberOfRequest(request, name).state === 'absent'
  return isAbsent('Select') && isAbsent('ProjectionExpression') && isAbsent('AttributesToGet')
}

function projectionOf({ request, occurrence }: Operation): readonly {
  readonly attribute: string
  readonly at: Place
}[] {
  const projection = expressionOf(request, 'Projection')
  if (projection.state !== 'known') return []
  const at = placeInOwner({ occurrence, found: null }, projection.at)
  return projection.texts.flatMap(({ tree, complete }) =>
    complete
      ? [...attributesIn(tree, namesOf(request))].map((attribute) => ({ attribute, at }))
      : [],
  )
}

function projected({ projection }: IndexSchema): string {
  if (projection === 'KEYS_ONLY') return 'only the keys'
  const names = Array.isArray(projection) ? (projection as readonly string[]) : []
  return `the keys and ${names.map((name) => `\`${name}\``).join(', ')}`
}
