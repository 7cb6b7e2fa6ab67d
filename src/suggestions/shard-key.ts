import type { HotKey } from '../flow/writes/hot-keys.ts'
import type { Proposal } from './edit.ts'
import type { SourceFile } from './source-file.ts'

/**
 * One of ten numbers behind the key of an index, so that its items spread over ten partitions. Whoever queries the index
 * has to ask for each. None for the table's own key, by which single items are found, and none where the text is not
 * written in the item itself.
 *
 * @see bp-partition-key-sharding.html#bp-partition-key-sharding-random
 */
export function shardKey(
  { index, type, owner: at }: HotKey,
  { module, text }: SourceFile,
): readonly Proposal<'addShard'>[] {
  if (index === null || type === 'N' || type === 'B' || at.module !== module) return []
  const code = text.slice(at.start, at.end)
  const [, quote, inner] = /^(['"`])(.+)\1$/.exec(code) ?? []
  if (quote === undefined || inner === undefined) return []
  const isPlain = quote === '`' ? !inner.includes('`') : !/[\\`]|\$\{/.test(inner)
  if (!isPlain || inner.includes(quote)) return []
  const sharded = `\`${inner}#\${Math.floor(Math.random() * 10)}\``
  return [{ messageId: 'addShard', data: { index }, edits: [{ at, text: sharded }] }]
}
