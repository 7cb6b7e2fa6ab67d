import { functionOf } from '../../project/module.ts'
import type { Frame, Term } from '../../project/term.ts'

/** What a record tells of an item: as it was before a change, and as it is since. */
export type Image = 'OldImage' | 'NewImage'

/** Where in the records that a handler is given a value stands. */
export interface RecordPart {
  /** From the handler's parameter on: `Records`, `*`, `dynamodb`, `NewImage`, `email`, `S`. */
  readonly path: readonly string[]
  /** It is what `unmarshall` made of an image, or a part of that. */
  readonly isPlain: boolean
}

/** The longest way into a record. */
const MOST_STEPS = 30

/** Where in what a handler is given a value stands; null where it comes from elsewhere, too, or was computed. */
export function recordPart(term: Term, handler: Frame): RecordPart | null {
  const path: string[] = []
  let isPlain = false
  let at = term
  for (let step = 0; step < MOST_STEPS; step += 1) {
    switch (at.kind) {
      case 'part':
        path.unshift(/^\d+$/.test(at.key) ? '*' : at.key)
        at = at.of
        continue
      case 'element':
      case 'item':
        path.unshift('*')
        at = at.of
        continue
      case 'result': {
        const given = at.arguments[0]?.term()
        if (at.callee.kind !== 'external' || at.callee.path.at(-1) !== 'unmarshall' || !given)
          return null
        isPlain = true
        at = given
        continue
      }
      case 'choice': {
        const [only, ...others] = at.options.filter((option) => !isNothing(option))
        if (only === undefined || others.length > 0) return null
        at = only
        continue
      }
      case 'parameter':
        if (at.frame !== handler) return null
        if (isRecord(at.frame, at.index)) path.unshift('Records', '*')
        return { path, isPlain }
      default:
        return null
    }
  }
  return null
}

/** The image that a value is, whole and as the stream gives it; null where it is none, or a part of one. */
export function imageOf(term: Term, handler: Frame): { image: Image; isOfEvent: boolean } | null {
  const part = recordPart(term, handler)
  if (part === null || part.isPlain) return null
  const { path } = part
  const [above, image] = path.slice(-2)
  if (above !== 'dynamodb' || (image !== 'NewImage' && image !== 'OldImage')) return null
  return { image, isOfEvent: path.length === 4 && path[0] === 'Records' && path[1] === '*' }
}

/** The attribute of an image that a value is or stands in; null where it is none. */
export function attributeOf({ path }: RecordPart): string | null {
  const at = path.findIndex((step) => step === 'NewImage' || step === 'OldImage' || step === 'Keys')
  return at < 0 ? null : (path[at + 1] ?? null)
}

function isNothing(term: Term): boolean {
  return term.kind === 'literal' && (term.value == null || term.value === false)
}

/** A function that takes one record, by its type. */
function isRecord(frame: Frame, index: number): boolean {
  const { parameters } = functionOf(frame.module, frame.function)
  return parameters[index]?.typeName === 'DynamoDBRecord'
}
