import { SST_IMPORT } from '../../../infrastructure/sst.ts'
import type { ExternalTerm } from '../../../project/term.ts'
import { cdkTable } from './cdk.ts'
import type { TableConstruct } from './construct.ts'
import { PULUMI } from './pulumi.ts'
import { SST_2, SST_3 } from './sst.ts'

/** How a class of a library spells a table; null where it is none. */
export function constructOf({ source, path }: ExternalTerm): TableConstruct | null {
  const name = path.at(-1) ?? ''
  if (/^(?:aws-cdk-lib|@aws-cdk\/|monocdk)/.test(source)) {
    const isOfDynamodb = /dynamodb/i.test([source, ...path.slice(0, -1)].join('/'))
    return isOfDynamodb ? cdkTable(name) : null
  }
  if (SST_IMPORT.test(source)) return name === 'Table' ? SST_2 : null
  const full = [source, ...path].join('.')
  if (full === '.sst.aws.Dynamo') return SST_3
  return /^(?:@pulumi\/aws|\.aws)[./]dynamodb\.Table$/.test(full) ? PULUMI : null
}
