import { isSurelyText } from '../flow/values/text-origin.ts'
import { memberOfRequest } from '../operations/request.ts'
import { textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { memberNamed } from './written-request.ts'
import type { WrittenRequest } from './written-request.ts'

/** A table as what the requests of a batch stand under: `Products`, `[TABLE]`. */
export interface TableKey {
  readonly property: string
  /** What is read of an answer: `.Products`, `[TABLE]`, without the `?.` before it. */
  readonly member: string
  /** Names that it reads are those of this code. */
  readonly code: string
}

/** The table of a request that is written out; null where it names none. */
export function tableKey(file: SourceFile, written: WrittenRequest): TableKey | null {
  const member = memberNamed(written, 'TableName')
  if (member === null) return null
  const code = textAt(file, member.valueAt)
  const name = /^(['"])([^'"\\\n]+)\1$/.exec(code)?.[2]
  if (name !== undefined) {
    const isWord = /^[A-Za-z_$][\w$]*$/.test(name)
    return { property: isWord ? name : code, member: isWord ? name : `[${code}]`, code }
  }
  if (!/^[\w$.!]+$/.test(code)) return null
  const index = `[${asText(file, written, code)}]`
  return { property: index, member: index, code }
}

/** A table's name may be undefined as far as TypeScript knows, and no such thing names a property. */
function asText(file: SourceFile, { request }: WrittenRequest, code: string): string {
  const member = memberOfRequest(request, 'TableName')
  const isKnown =
    member.state === 'known' &&
    (member.term.kind === 'literal' || member.term.kind === 'template' || isSurelyText(member.term))
  if (isKnown || code.endsWith('!') || !/\.[cm]?tsx?$/.test(file.module.facts.file)) return code
  if (/^process\.env\b/.test(code)) return `${code}!`
  const declared = file.module.facts.variables.find(({ name }) => name === code)?.declaration
  const own = declared ? textAt(file, declared) : ''
  if (/=\s*process\.env(?:\.\w+|\[[^\]]+\]);?$/.test(own)) return `${code}!`
  if (/(?:!|as string|\?\?[^?]*|\|\|[^|]*);?$/.test(own) || /:\s*string\s*=/.test(own)) return code
  return `String(${code})`
}
