import { PULUMI_WORDS, providerTable } from '../provider.ts'
import type { TableConstruct } from './construct.ts'

export const PULUMI: TableConstruct = {
  framework: 'Pulumi',
  id: 0,
  properties: 1,
  nameKey: 'name',
  read: (properties) => providerTable(properties, PULUMI_WORDS),
}
