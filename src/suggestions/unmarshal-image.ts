import type { ImageRead } from '../flow/streams/images.ts'
import type { Proposal } from './edit.ts'
import { importedFunction } from './node-import.ts'
import { replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** `record.dynamodb?.NewImage`, `event.Records[0].dynamodb!.OldImage` */
const PATH = /^[\w$]+(?:(?:\?\.|!?\.)[\w$]+|\[\d+\])+$/

/**
 * The image as plain values, by `unmarshall` of the SDK: nothing where there is no image. Null where the image is not written
 * as a path, or the file cannot name `unmarshall`.
 *
 * https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-util-dynamodb/
 */
export function unmarshalImage({ at }: ImageRead, file: SourceFile): Proposal<'unmarshal'> | null {
  const { module, text } = file
  const path = textAt(file, at)
  if (at.module !== module || !PATH.test(path)) return null
  // SDK v2 has a converter of its own.
  if (module.facts.imports.some(({ source }) => /^aws-sdk(?:\/|$)/.test(source))) return null
  const unmarshall = importedFunction(module, text, '@aws-sdk/util-dynamodb', 'unmarshall')
  if (unmarshall === null) return null
  const isTyped = /\.[cm]?tsx?$/.test(module.facts.file)
  const call = (image: string): string =>
    `${unmarshall.name}(${image}${isTyped ? ` as Parameters<typeof ${unmarshall.name}>[0]` : ''})`
  const whole = wholeOf(path, text.slice(at.end), call)
  return {
    messageId: 'unmarshal',
    data: {},
    edits: [...unmarshall.edits, replace(file, at, whole)],
  }
}

function wholeOf(path: string, after: string, call: (image: string) => string): string {
  // What is read of nothing throws either way.
  if (/^\s*!?[.[]/.test(after) && !path.includes('?.')) return call(path)
  const guarded = `${path} && ${call(path.replaceAll('?.', '.').replaceAll('!.', '.'))}`
  return /^\s*(?:[;,)\n]|$)/.test(after) ? guarded : `(${guarded})`
}
