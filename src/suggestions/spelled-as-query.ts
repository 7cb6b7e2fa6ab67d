import type { ImportFacts, ImportedName, Range, VariableFacts } from '../facts/model.ts'
import type { Operation } from '../operations/operation.ts'
import { placeOfTrail } from '../operations/operation.ts'
import { callOf, functionOf, placeOf } from '../project/module.ts'
import type { Edit } from './edit.ts'
import { contains, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { isNamedElsewhere, removedFromPattern, removedNames } from './unused.ts'
import type { WrittenRequest } from './written-request.ts'

/** Names of a Scan and what a Query has in their place. */
const QUERY_NAMES: Readonly<Record<string, string>> = {
  ScanCommand: 'QueryCommand',
  paginateScan: 'paginateQuery',
  ScanCommandInput: 'QueryCommandInput',
  ScanInput: 'QueryInput',
}

/** The command's class, the method or the paginator, the type of the parameters, and their imports; null where one of them cannot follow. */
export function spelledAsQuery(
  operation: Operation,
  file: SourceFile,
  written: WrittenRequest,
): readonly Edit[] | null {
  const { occurrence, spelling } = operation
  const step = occurrence.trail.at(-1)
  if (step?.frame.module !== file.module) return null
  const at =
    spelling.form === 'command'
      ? placeOfTrail(occurrence, occurrence.trail.length - 1)
      : callOf(file.module, step.call).calleeAt
  const call = spelling.form === 'method' ? methodEdit(file, at) : renamed(file, at)
  const type = annotationOf(file, written)
  const types = type === null ? [] : renamed(file, type)
  if (call === null || types === null) return null
  const edits = [...call, ...types]
  const body = functionOf(file.module, step.frame.function).at
  return saysScanElsewhere(file, body, edits) ? null : edits
}

function methodEdit(file: SourceFile, at: Range): readonly Edit[] | null {
  const isMember = /\.\s*$/.test(file.text.slice(Math.max(0, at.start - 40), at.start))
  return isMember && textAt(file, at) === 'scan' ? [replace(file, at, 'query')] : null
}

/** The annotation of the variable that holds the parameters. */
function annotationOf({ module }: SourceFile, { at }: WrittenRequest): Range | null {
  const variable = module.facts.variables.find(
    (v) => v.declaration !== null && contains(v.declaration, at) && v.type !== null,
  )
  return variable?.type == null ? null : placeOf(module, variable.type)
}

/** Types that still speak of a Scan would no longer fit: `ScanCommandOutput`. */
function saysScanElsewhere(file: SourceFile, body: Range, edits: readonly Edit[]): boolean {
  const found = textAt(file, body).matchAll(/\bScan(?:Command)?(?:Input|Output)\b/g)
  return [...found].some(({ index }) => {
    const start = body.start + index
    return !edits.some(({ at }) => at.start <= start && start < at.end)
  })
}

/** A use of an imported name becomes a use of another of the same package, which is imported where it is not yet. */
function renamed(file: SourceFile, at: Range): readonly Edit[] | null {
  const text = textAt(file, at)
  const qualified = /^([\w$.]+\.)(\w+)$/.exec(text)
  if (qualified) {
    const [, path = '', name = ''] = qualified
    const to = Object.hasOwn(QUERY_NAMES, name) ? QUERY_NAMES[name] : undefined
    return to === undefined ? null : [replace(file, at, path + to)]
  }
  const { facts } = file.module
  for (const declaration of facts.imports) {
    const name = declaration.names?.find(({ local }) => local === text)
    if (name) return renamedImport(file, at, declaration, name)
  }
  const variable = facts.variables.find((v) => v.name === text && v.reads.includes(at.start))
  return variable ? renamedRequire(file, at, variable) : null
}

function renamedImport(
  file: SourceFile,
  at: Range,
  { source, names }: ImportFacts,
  scan: ImportedName,
): readonly Edit[] | null {
  const { facts } = file.module
  const to = Object.hasOwn(QUERY_NAMES, scan.imported) ? QUERY_NAMES[scan.imported] : undefined
  if (to === undefined) return null
  const query = facts.imports
    .filter((i) => i.source === source)
    .flatMap((i) => i.names ?? [])
    .find(({ imported }) => imported === to)
  if (!query && isTaken(file, to)) return null
  const use = replace(file, at, query?.local ?? to)
  const isStillNamed = isNamedElsewhere(file, scan, [at])
  if (query) {
    if (isStillNamed) return [use]
    const removed = removedNames(file, names ?? [], [scan])
    return removed === null ? null : [use, ...removed]
  }
  const modifier = /^type\s+/.exec(textAt(file, scan.at))?.[0] ?? ''
  return [
    use,
    isStillNamed
      ? replace(file, { start: scan.at.end, end: scan.at.end }, `, ${modifier}${to}`)
      : replace(file, scan.at, modifier + to),
  ]
}

/** `const { ScanCommand } = require('@aws-sdk/lib-dynamodb')`. */
function renamedRequire(file: SourceFile, at: Range, scan: VariableFacts): readonly Edit[] | null {
  const to = Object.hasOwn(QUERY_NAMES, scan.name) ? QUERY_NAMES[scan.name] : undefined
  const { declaration } = scan
  if (to === undefined || declaration === null) return null
  const isPlain = /^const\s*\{[\w$\s,]*\}\s*=\s*require\([^()]*\);?$/.test(
    textAt(file, declaration),
  )
  if (!isPlain) return null
  const query = file.module.facts.variables.find(
    (v) => v.name === to && v.declaration?.start === declaration.start,
  )
  if (!query && isTaken(file, to)) return null
  const use = replace(file, at, to)
  const isLast = scan.reads.length === 1
  if (query) {
    if (!isLast) return [use]
    const removed = removedFromPattern(file, scan)
    return removed === null ? null : [use, removed]
  }
  return [
    use,
    isLast
      ? replace(file, scan.at, to)
      : replace(file, { start: scan.at.end, end: scan.at.end }, `, ${to}`),
  ]
}

/** Something else in the file goes by the name. */
function isTaken({ text }: SourceFile, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(text)
}
