import { assignments, placeholdersIn, topAttribute } from '../../expressions/index.ts'
import type { SetAction } from '../../expressions/index.ts'
import { expressionOf, namesOf, valueOfPlaceholder } from '../../operations/request.ts'
import type { Write } from '../../operations/writes.ts'
import { canonical } from '../../project/canonical.ts'
import { alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import type { Field } from '../../project/view.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import type { ItemTest } from '../guards/tests.ts'
import { builtFields } from './built-update.ts'

/** What a write sets, by attribute: the terms, and for an update the placeholder that brings each in. */
export interface Written {
  readonly values: readonly {
    readonly attribute: string
    readonly term: Term
    readonly placeholder: string | null
  }[]
  readonly removed: readonly string[]
  /** Lists to which DynamoDB appends, whatever they hold by then. */
  readonly appended: readonly string[]
  readonly sets: ReadonlyMap<string, string | null>
  /** Attributes of which only parts are set or removed: DynamoDB rejects that where there is none. */
  readonly inside: ReadonlySet<string>
}

/** One item that an operation writes, and what it sets. */
export interface WriteAt {
  readonly occurrence: Occurrence
  readonly write: Write
  readonly written: Written
}

const NOTHING: Written = {
  values: [],
  removed: [],
  appended: [],
  sets: new Map(),
  inside: new Set(),
}

export function writtenBy(write: Write): Written {
  if (write.kind === 'Delete' || write.item === null) return NOTHING
  if (write.kind === 'Put') {
    return setAsTheyAre(
      alternatives(write.item).flatMap((option) => [...(viewOf(option)?.fields.values() ?? [])]),
    )
  }
  const update = expressionOf(write.request, 'Update')
  if (update.state === 'absent') return NOTHING
  if (update.state === 'unknown' || update.texts.some(({ complete }) => !complete)) {
    const fields = builtFields(write.request)
    if (fields.length > 0) return setAsTheyAre(fields)
  }
  if (update.state === 'unknown') return NOTHING
  const names = namesOf(write.request)
  const values: Written['values'][number][] = []
  const removed: string[] = []
  const appended: string[] = []
  const sets = new Map<string, string | null>()
  const inside = new Set<string>()
  const whole = new Set<string>()
  for (const { tree } of update.texts) {
    for (const action of assignments(tree)) {
      const attribute = action.type === 'Hole' ? undefined : topAttribute(action.path, names)
      if (attribute === undefined || action.type === 'Hole') continue
      const isInside = action.path.type === 'Path' && action.path.segments.length > 1
      ;(isInside ? inside : whole).add(attribute)
      if (action.type === 'RemoveAction') removed.push(attribute)
      if (action.type !== 'SetAction') {
        sets.set(attribute, null)
        continue
      }
      if (action.value.type === 'FunctionCall' && action.value.name === 'list_append')
        appended.push(attribute)
      const own = isAtomic(action)
        ? []
        : placeholdersIn(action.value).values.map(({ name }) => name)
      sets.set(attribute, own[0] ?? null)
      for (const placeholder of own) {
        const term = valueOfPlaceholder(write.request, placeholder)
        if (term !== null) values.push({ attribute, term, placeholder })
      }
    }
  }
  for (const attribute of whole) inside.delete(attribute)
  return { values, removed, appended, sets, inside }
}

function setAsTheyAre(fields: readonly Field[]): Written {
  const values = fields.map((field) => ({
    attribute: field.key,
    term: field.term(),
    placeholder: null,
  }))
  return { ...NOTHING, values, sets: new Map(values.map(({ attribute }) => [attribute, null])) }
}

/** `SET n = n + :d`, `list_append(n, :x)`, `if_not_exists(…)`: DynamoDB computes from what is there. */
function isAtomic(action: SetAction): boolean {
  return action.value.type === 'Arithmetic' || action.value.type === 'FunctionCall'
}

/** Setting `done` to true unless it is true already, removing what is there: a second time changes nothing. */
export function isRepeatable(test: ItemTest, written: Written): boolean {
  if (written.removed.includes(test.attribute)) return test.kind === 'truthy'
  const values = written.values.filter(({ attribute }) => attribute === test.attribute)
  return (
    values.length > 0 &&
    values.every(({ term }) => {
      if (test.kind === 'unequal' && test.against !== null)
        return canonical(term) === canonical(test.against)
      if (term.kind !== 'literal') return false
      return (
        (test.kind === 'falsy' && term.value === true) ||
        (test.kind === 'truthy' && term.value === false)
      )
    })
  )
}
