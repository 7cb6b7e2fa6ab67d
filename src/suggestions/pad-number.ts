import type { UnpaddedKeyFound } from '../flow/writes/unpadded-keys.ts'
import { evaluate } from '../project/evaluate.ts'
import { placeOf } from '../project/module.ts'
import type { Proposal } from './edit.ts'
import { replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Digits enough for any 32-bit number. */
const WIDTH = 10

/**
 * A number with zeros before it in a sort key. None where the text is not put together in this file, or in pieces that
 * cannot be told.
 */
export function padNumber(
  { bare: { template }, value }: UnpaddedKeyFound,
  file: SourceFile,
): readonly Proposal<'padNumber'>[] {
  const at = template === null ? placeOfText(value, file) : placeOfHole(template, file)
  if (at === null) return []
  const code = textAt(file, at)
  if (code.includes('\n')) return []
  const isText = /^String\([^()]*\)$/.test(code) || /^[\w$.]+\.toString\(\)$/.test(code)
  const padded = `${isText ? code : `String(${code})`}.padStart(${String(WIDTH)}, '0')`
  return [{ messageId: 'padNumber', data: { code: padded }, edits: [replace(file, at, padded)] }]
}

type Range = Parameters<typeof textAt>[1]

/** `String(views)`, where nothing but the key is made of it. */
function placeOfText(value: UnpaddedKeyFound['value'], { module }: SourceFile): Range | null {
  if (value.kind !== 'derived' || value.ref.frame.module !== module) return null
  return placeOf(module, value.ref.value)
}

function placeOfHole(
  { parts, ref }: Extract<UnpaddedKeyFound['value'], { kind: 'template' }>,
  { module }: SourceFile,
): Range | null {
  if (ref.frame.module !== module) return null
  for (const part of parts) {
    if (part.kind === 'text') continue
    if (evaluate({ frame: ref.frame, value: part.value }).kind !== 'literal') return part.at
  }
  return null
}
