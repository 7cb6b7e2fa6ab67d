import path from 'node:path'
import type { TableDefinition } from '../tables/discovery/definition.ts'
import type { KeyAttribute, TableSchema } from '../tables/schema.ts'

/**
 * What has to be added to the definition of a table for a global index with one key attribute that carries all attributes,
 * as text for the kind of file that defines the table; CloudFormation where that is not known. Begins with where it goes.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-globalsecondaryindex.html
 */
export function definitionOfIndex(
  index: string,
  key: KeyAttribute,
  table: TableSchema | null,
): string {
  const { framework, id, at } = definitionOf(table)
  const where =
    at === undefined
      ? 'in CloudFormation'
      : `for \`${id ?? ''}\` in ${path.basename(at.file)}:${String(at.line)}`
  return `${where}: ${textFor(framework ?? '', id ?? '', index, key)}`
}

function definitionOf(
  table: TableSchema | null,
): Partial<Pick<TableDefinition, 'framework' | 'id' | 'at'>> {
  return table === null ? {} : (table as Partial<TableDefinition>)
}

const WORDS = { S: 'string', N: 'number', B: 'binary' } as const

/** The parts of code or of a template, each between backticks. */
function textFor(
  framework: string,
  id: string,
  index: string,
  { name, type }: KeyAttribute,
): string {
  const letter = type ?? 'S'
  const word = WORDS[letter]
  switch (framework) {
    case 'AWS CDK':
      return `\`addGlobalSecondaryIndex({ indexName: '${index}', partitionKey: { name: '${name}', type: AttributeType.${word.toUpperCase()} } })\``
    case 'SST':
      return `\`fields: { ${name}: '${word}' }\` and \`globalIndexes: { '${index}': { hashKey: '${name}' } }\` (\`partitionKey\` in SST 2)`
    case 'Pulumi':
      return `\`attributes: [{ name: '${name}', type: '${letter}' }]\` and \`globalSecondaryIndexes: [{ name: '${index}', hashKey: '${name}', projectionType: 'ALL' }]\``
    case 'Terraform':
      return `\`attribute {\n  name = "${name}"\n  type = "${letter}"\n}\` and \`global_secondary_index {\n  name = "${index}"\n  hash_key = "${name}"\n  projection_type = "ALL"\n}\``
    case 'Architect':
      return `\`@tables-indexes\n${id}\n  ${name} *${word === 'number' ? 'Number' : 'String'}\n  name ${index}\``
    default:
      return `\`- { AttributeName: ${name}, AttributeType: ${letter} }\` under AttributeDefinitions and \`- { IndexName: ${index}, KeySchema: [{ AttributeName: ${name}, KeyType: HASH }], Projection: { ProjectionType: ALL } }\` under GlobalSecondaryIndexes`
  }
}
