/** One repository of `tests/corpus/repos.jsonl`. */
export type Repository = {
  readonly repo: string
  readonly commit: string
  readonly style?: string
  /** False where only part of it was read: its reports are judged, its silence is not. */
  readonly recall?: boolean
}

/** What a reader says of one place: whether the rule should speak there. */
export type Verdict = {
  readonly repo: string
  readonly commit: string
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly expected: 'report' | 'silent'
  readonly certainty: 'clear' | 'arguable'
  /** What an analysis must see to decide: local, same-file, cross-file, schema, orm, types. */
  readonly needs: string
  readonly why: string
  /** The other end of a wrapper chain, as `file:line`; a report there counts as well. */
  readonly alt?: string
  readonly tag?: string
  /** The preset whose options alone ask for this report; by any other, silence is right as well. */
  readonly preset?: string
  readonly source: 'review' | 'label' | 'own'
}

/** One thing a rule said. */
export type Report = {
  readonly repo: string
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly message: string
}

export type DifferenceKind = 'missed' | 'unlabelled' | 'wrong'

/** A difference somebody has looked at, and why it stands. */
export type Explanation = {
  readonly repo: string
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly kind: DifferenceKind
  readonly why: string
}

type FieldKind = 'string' | 'number' | 'boolean' | readonly string[]
type Shape = {
  readonly required: Record<string, FieldKind>
  readonly optional: Record<string, FieldKind>
}

const repositoryShape: Shape = {
  required: { repo: 'string', commit: 'string' },
  optional: { style: 'string', recall: 'boolean' },
}

const verdictShape: Shape = {
  required: {
    repo: 'string',
    commit: 'string',
    file: 'string',
    line: 'number',
    rule: 'string',
    expected: ['report', 'silent'],
    certainty: ['clear', 'arguable'],
    needs: 'string',
    why: 'string',
    source: ['review', 'label', 'own'],
  },
  optional: { alt: 'string', tag: 'string', preset: 'string' },
}

const explanationShape: Shape = {
  required: {
    repo: 'string',
    file: 'string',
    line: 'number',
    rule: 'string',
    kind: ['missed', 'unlabelled', 'wrong'],
    why: 'string',
  },
  optional: {},
}

/**
 * Reads `repos.jsonl`.
 * @param text the file's content, one JSON object a line
 * @param name what to call the file in an error
 * @throws Error naming file, line and field of the first line that is not of this shape
 */
export function readRepositories(text: string, name: string): readonly Repository[] {
  return readLines(text, name, repositoryShape) as unknown as readonly Repository[]
}

/** Reads `verdicts.jsonl`; parameters and errors as for {@link readRepositories}. */
export function readVerdicts(text: string, name: string): readonly Verdict[] {
  return readLines(text, name, verdictShape) as unknown as readonly Verdict[]
}

/** Reads `explained.jsonl`; parameters and errors as for {@link readRepositories}. */
export function readExplanations(text: string, name: string): readonly Explanation[] {
  return readLines(text, name, explanationShape) as unknown as readonly Explanation[]
}

function readLines(text: string, name: string, shape: Shape): readonly Record<string, unknown>[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const where = `${name}:${index + 1}`
    return [checked(parsed(line, where), shape, where)]
  })
}

function parsed(line: string, where: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Error(`${where}: not JSON; each line must be one JSON object.`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where}: not an object; each line must be one JSON object.`)
  }
  return value as Record<string, unknown>
}

function checked(
  value: Record<string, unknown>,
  shape: Shape,
  where: string,
): Record<string, unknown> {
  for (const [field, kind] of Object.entries(shape.required)) {
    if (!(field in value)) throw new Error(`${where}: "${field}" is missing.`)
    checkField(value[field], kind, field, where)
  }
  for (const field of Object.keys(value)) {
    if (field in shape.required) continue
    const kind = shape.optional[field]
    if (kind === undefined) throw new Error(`${where}: "${field}" is not a field here.`)
    checkField(value[field], kind, field, where)
  }
  return value
}

function checkField(value: unknown, kind: FieldKind, field: string, where: string): void {
  if (typeof kind === 'string') {
    if (typeof value !== kind) throw new Error(`${where}: "${field}" must be a ${kind}.`)
  } else if (typeof value !== 'string' || !kind.includes(value)) {
    throw new Error(`${where}: "${field}" must be one of ${kind.join(', ')}.`)
  }
}
