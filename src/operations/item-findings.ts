import { checkItem, checkKey } from '../expressions/index.ts'
import type { ItemFinding, TableSchema } from '../expressions/index.ts'
import type { Place } from '../project/term.ts'
import { MOST_KEY_ATTRIBUTES } from '../requests/limits.ts'
import type { RequestedItem } from './known-item.ts'

/** Something that keeps a key or an item of a request from being one of its table, and where it is written. */
export interface LocatedItemFinding extends ItemFinding {
  readonly item: RequestedItem
  readonly at: Place
}

/** What keeps keys and items from being those of a table. */
export function itemFindings(
  items: readonly RequestedItem[],
  table: TableSchema,
): readonly LocatedItemFinding[] {
  return items.flatMap((item) => {
    const found = item.kind === 'Item' ? checkItem(item.item, table) : keyFindings(item, table)
    return found.map((finding) => {
      const field = item.fields.get(finding.attribute)
      const at = finding.code === 'keyExtra' ? field?.keyAt : field?.valueAt
      return { ...finding, item, at: at ?? item.at }
    })
  })
}

/** What no table has for a key shows in the request alone, and `src/requests/` finds it there. */
function keyFindings({ item }: RequestedItem, table: TableSchema): readonly ItemFinding[] {
  const { attributes, open } = item
  const certain = [...attributes.values()].filter((attribute) => attribute.certain)
  if (certain.length > MOST_KEY_ATTRIBUTES || (attributes.size === 0 && !open)) return []
  return checkKey(item, table).filter(({ code, attribute }) => {
    const type = attributes.get(attribute)?.value.type
    const isOfAny = code === 'keyType' && type !== 'S' && type !== 'N' && type !== 'B'
    return !isOfAny && code !== 'emptyKeyValue'
  })
}
