/** An index that is yet to be made, as text for the kind of file that defines the table. */
import { parse } from 'yaml'
import { expect, it } from 'vitest'
import { definitionOfIndex } from '../../src/suggestions/index-definition.ts'
import type { TableSchema } from '../../src/tables/schema.ts'

const table: TableSchema = {
  name: 'Users',
  partitionKey: { name: 'id', type: 'S' },
  sortKey: null,
  indexes: [],
  items: null,
  averageItemBytes: null,
  small: false,
  runningNumbers: false,
  certainty: 'defined',
}

const textFor = (framework: string, type: 'S' | 'N' = 'S'): string => {
  const at = { file: '/app/infra/file.x', line: 12 }
  const defined = { ...table, framework, id: 'UsersTable', at }
  return definitionOfIndex('email-index', { name: 'email', type }, defined)
}

it('goes to the definition of the table, for its kind of file', () => {
  const kinds = ['AWS CDK', 'AWS SAM', 'SST', 'Pulumi', 'Terraform', 'Architect']
  expect(kinds.map((kind) => textFor(kind)).join('\n\n')).toMatchSnapshot()
  expect(textFor('AWS CDK', 'N')).toContain('AttributeType.NUMBER')
})

it('is CloudFormation where nobody knows the definition', () => {
  const text = definitionOfIndex('email-index', { name: 'email', type: 'S' }, table)
  expect(definitionOfIndex('email-index', { name: 'email', type: 'S' }, null)).toBe(text)
  const [attribute, index] = [...text.matchAll(/`- ([^`]+)`/g)].map(([, yaml = '']): unknown =>
    parse(yaml),
  )
  expect(attribute).toEqual({ AttributeName: 'email', AttributeType: 'S' })
  expect(index).toEqual({
    IndexName: 'email-index',
    KeySchema: [{ AttributeName: 'email', KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
  })
})
