import type { SourceFile } from './source-file.ts'

/** The first of some names that the file has no use for yet; null where it uses all of them. */
export function freeName({ text }: SourceFile, wanted: readonly string[]): string | null {
  return wanted.find((name) => !new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(text)) ?? null
}
