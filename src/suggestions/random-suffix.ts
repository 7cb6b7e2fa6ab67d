import type { CollidingKeyFound } from '../flow/writes/colliding-keys.ts'
import { placeOf } from '../project/module.ts'
import type { Proposal } from './edit.ts'
import { nodeFunction } from './node-import.ts'
import { replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/**
 * A random UUID behind the time in a key, which sorts as before. None where the key is a number, where it is not written
 * in the item itself, or where what is written there is no text.
 */
export function randomSuffix(
  { field, owner, at, type, time, value }: CollidingKeyFound,
  file: SourceFile,
): readonly Proposal<'addSuffix'>[] {
  const isOwn = field !== null && owner === at && at.module === file.module
  if (!isOwn || type === 'N' || type === 'B') return []
  // `{ S: … }` of a low-level client holds the text.
  const place =
    value.kind === 'template' && value.ref.frame.module === file.module
      ? placeOf(file.module, value.ref.value)
      : at
  const isInside = place.start >= at.start && place.end <= at.end
  const code = isInside ? textAt(file, place) : ''
  const isShorthand = field.keyAt.start === at.start
  if (code === '' || code.includes('\n') || code.startsWith('{') || isShorthand) return []
  const uuid = nodeFunction(file.module, file.text, 'crypto', 'randomUUID')
  if (uuid === null) return []
  const suffix = `#\${${uuid.name}()}`
  const isTemplate = /^`[^`]*`$/.test(code)
  if (!isTemplate && !(time.isText || value.kind === 'template')) return []
  const written = isTemplate ? `${code.slice(0, -1)}${suffix}\`` : `\`\${${code}}${suffix}\``
  return [
    {
      messageId: 'addSuffix',
      data: { code: written.replaceAll('`', '') },
      edits: [replace(file, place, written), ...uuid.edits],
    },
  ]
}
