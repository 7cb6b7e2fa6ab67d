import type { Operation } from '../operations/operation.ts'
import { memberOfRequest } from '../operations/request.ts'
import { textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** A request's Limit as the file writes it: a number, or the name of one; null where it is anything else. */
export function limitText({ request }: Operation, file: SourceFile): string | null {
  const limit = memberOfRequest(request, 'Limit')
  if (limit.state !== 'known' || limit.at.module !== file.module) return null
  const text = textAt(file, limit.at)
  return /^(?:\d+|[A-Za-z_$][\w$]*)$/.test(text) ? text : null
}
