import type { SourceFile } from './source-file.ts'

/** The first of some names that the file has no use for yet; null where it uses all of them. */
export function freeName(
  { text }: Pick<SourceFile, 'text'>,
  wanted: readonly string[],
): string | null {
  return wanted.find((name) => !new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(text)) ?? null
}

/**
 * A name for something that lives in a block of new code alone: one that the code around has no use for, or else one that
 * at least the block has none for.
 */
export function nameInBlock(
  around: Pick<SourceFile, 'text'>,
  block: string,
  wanted: readonly [string, ...string[]],
): string {
  return freeName(around, wanted) ?? freeName({ text: block }, wanted) ?? wanted[0]
}
