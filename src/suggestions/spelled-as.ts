import type { ImportFacts, ImportedName, Range, VariableFacts } from '../facts/model.ts'
import type { Operation } from '../operations/operation.ts'
import { placeOfTrail } from '../operations/operation.ts'
import { callOf, functionOf, placeOf } from '../project/module.ts'
import type { ValueFormat } from '../clients/client-library.ts'
import type { Edit } from './edit.ts'
import { contains, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { isNamedElsewhere, removedFromPattern, removedNames } from './unused.ts'
import type { WrittenRequest } from './written-request.ts'

/** What one kind of operation is called by, and what another has in its place. */
interface Renaming {
  readonly names: (kindOfValues: ValueFormat) => Readonly<Record<string, string>>
  readonly method: (kindOfValues: ValueFormat) => string
  /** What the method was called, where that is not the operation's own name. */
  readonly methodBefore?: (kindOfValues: ValueFormat) => string
  /** Types that would no longer fit. */
  readonly types: RegExp
}

/** What operations of requests are written as other operations. */
type Target = 'Query' | 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem'

const RENAMINGS: Readonly<Record<Target, Renaming>> = {
  Query: {
    names: () => ({
      ScanCommand: 'QueryCommand',
      paginateScan: 'paginateQuery',
      ScanCommandInput: 'QueryCommandInput',
      ScanInput: 'QueryInput',
    }),
    method: () => 'query',
    types: /\bScan(?:Command)?(?:Input|Output)\b/g,
  },
  GetItem: {
    names: (values) => (values === 'document' ? named('Get') : named('GetItem')),
    method: (values) => (values === 'document' ? 'get' : 'getItem'),
    types: /\b(?:Query|Scan)(?:Command)?(?:Input|Output)\b/g,
  },
  PutItem: outOfTransaction('Put'),
  UpdateItem: outOfTransaction('Update'),
  DeleteItem: outOfTransaction('Delete'),
}

/** A transaction of one write as that write. */
function outOfTransaction(write: 'Put' | 'Update' | 'Delete'): Renaming {
  return {
    names: (values) => {
      const [from, to] =
        values === 'document' ? ['TransactWrite', write] : ['TransactWriteItems', `${write}Item`]
      return {
        [`${from}Command`]: `${to}Command`,
        [`${from}CommandInput`]: `${to}CommandInput`,
        [`${from}Input`]: `${to}Input`,
      }
    },
    method: (values) =>
      values === 'document' ? write.toLowerCase() : `${write.toLowerCase()}Item`,
    methodBefore: (values) => (values === 'document' ? 'transactWrite' : 'transactWriteItems'),
    types: /\bTransactWrite(?:Items)?(?:Command)?(?:Input|Output)\b/g,
  }
}

function named(kind: 'Get' | 'GetItem'): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ['Query', 'Scan'].flatMap((from) => [
      [`${from}Command`, `${kind}Command`],
      [`${from}CommandInput`, `${kind}CommandInput`],
    ]),
  )
}

/** A Scan as a Query; see `spelledAs`. */
export function spelledAsQuery(
  operation: Operation,
  file: SourceFile,
  written: WrittenRequest,
): readonly Edit[] | null {
  return spelledAs('Query', operation, file, written)
}

/** The command's class, the method or the paginator, the type of the parameters, and their imports; null where one of them cannot follow. */
export function spelledAs(
  kind: Target,
  operation: Operation,
  file: SourceFile,
  written: WrittenRequest,
): readonly Edit[] | null {
  const { occurrence, spelling } = operation
  const renaming = RENAMINGS[kind]
  const names = renaming.names(spelling.values)
  const step = occurrence.trail.at(-1)
  if (step?.frame.module !== file.module) return null
  const at =
    spelling.form === 'command'
      ? placeOfTrail(occurrence, occurrence.trail.length - 1)
      : callOf(file.module, step.call).calleeAt
  const before = renaming.methodBefore?.(spelling.values) ?? spelling.kind.toLowerCase()
  const call =
    spelling.form === 'method'
      ? methodEdit(file, at, [before, renaming.method(spelling.values)])
      : renamed(file, at, names)
  const type = annotationOf(file, written)
  const types = type === null ? [] : renamed(file, type, names)
  if (call === null || types === null) return null
  const edits = [...call, ...types]
  const body = functionOf(file.module, step.frame.function).at
  return saysElsewhere(file, body, edits, renaming.types) ? null : edits
}

function methodEdit(
  file: SourceFile,
  at: Range,
  [from, to]: readonly [string, string],
): readonly Edit[] | null {
  const isMember = /\.\s*$/.test(file.text.slice(Math.max(0, at.start - 40), at.start))
  return isMember && textAt(file, at) === from ? [replace(file, at, to)] : null
}

/** The annotation of the variable that holds the parameters. */
function annotationOf({ module }: SourceFile, { at }: WrittenRequest): Range | null {
  const variable = module.facts.variables.find(
    (v) => v.declaration !== null && contains(v.declaration, at) && v.type !== null,
  )
  return variable?.type == null ? null : placeOf(module, variable.type)
}

/** Types that still speak of what it was would no longer fit: `ScanCommandOutput`. */
function saysElsewhere(
  file: SourceFile,
  body: Range,
  edits: readonly Edit[],
  types: RegExp,
): boolean {
  const found = textAt(file, body).matchAll(types)
  return [...found].some(({ index }) => {
    const start = body.start + index
    return !edits.some(({ at }) => at.start <= start && start < at.end)
  })
}

type Names = Readonly<Record<string, string>>

/** A use of an imported name becomes a use of another of the same package, which is imported where it is not yet. */
function renamed(file: SourceFile, at: Range, names: Names): readonly Edit[] | null {
  const text = textAt(file, at)
  const qualified = /^([\w$.]+\.)(\w+)$/.exec(text)
  if (qualified) {
    const [, path = '', name = ''] = qualified
    const to = Object.hasOwn(names, name) ? names[name] : undefined
    return to === undefined ? null : [replace(file, at, path + to)]
  }
  const { facts } = file.module
  for (const declaration of facts.imports) {
    const name = declaration.names?.find(({ local }) => local === text)
    if (name) return renamedImport(file, at, declaration, { from: name, to: names[name.imported] })
  }
  const variable = facts.variables.find((v) => v.name === text && v.reads.includes(at.start))
  return variable ? renamedRequire(file, at, { from: variable, to: names[variable.name] }) : null
}

function renamedImport(
  file: SourceFile,
  at: Range,
  { source, names }: ImportFacts,
  { from, to }: { readonly from: ImportedName; readonly to: string | undefined },
): readonly Edit[] | null {
  const { facts } = file.module
  if (to === undefined) return null
  const there = facts.imports
    .filter((i) => i.source === source)
    .flatMap((i) => i.names ?? [])
    .find(({ imported }) => imported === to)
  if (!there && isTaken(file, to)) return null
  const use = replace(file, at, there?.local ?? to)
  const isStillNamed = isNamedElsewhere(file, from, [at])
  if (there) {
    if (isStillNamed) return [use]
    const removed = removedNames(file, names ?? [], [from])
    return removed === null ? null : [use, ...removed]
  }
  const modifier = /^type\s+/.exec(textAt(file, from.at))?.[0] ?? ''
  return [
    use,
    isStillNamed
      ? replace(file, { start: from.at.end, end: from.at.end }, `, ${modifier}${to}`)
      : replace(file, from.at, modifier + to),
  ]
}

/** `const { ScanCommand } = require('@aws-sdk/lib-dynamodb')`. */
function renamedRequire(
  file: SourceFile,
  at: Range,
  { from, to }: { readonly from: VariableFacts; readonly to: string | undefined },
): readonly Edit[] | null {
  const { declaration } = from
  if (to === undefined || declaration === null) return null
  const isPlain = /^const\s*\{[\w$\s,]*\}\s*=\s*require\([^()]*\);?$/.test(
    textAt(file, declaration),
  )
  if (!isPlain) return null
  const there = file.module.facts.variables.find(
    (v) => v.name === to && v.declaration?.start === declaration.start,
  )
  if (!there && isTaken(file, to)) return null
  const use = replace(file, at, to)
  const isLast = from.reads.length === 1
  if (there) {
    if (!isLast) return [use]
    const removed = removedFromPattern(file, from)
    return removed === null ? null : [use, removed]
  }
  return [
    use,
    isLast
      ? replace(file, from.at, to)
      : replace(file, { start: from.at.end, end: from.at.end }, `, ${to}`),
  ]
}

/** Something else in the file goes by the name. */
function isTaken({ text }: SourceFile, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(text)
}
