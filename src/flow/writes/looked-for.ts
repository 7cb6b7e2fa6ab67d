import { equalities } from '../../expressions/index.ts'
import { keyConditionOf } from '../../operations/key-condition.ts'
import type { KeyTest } from '../../operations/key-condition.ts'
import { expressionOf, namesOf, valueOfPlaceholder } from '../../operations/request.ts'
import type { Request } from '../../operations/request.ts'
import { readOf } from '../../operations/writes.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { memberOf } from '../../project/member.ts'
import { alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import type { Asked } from '../guards/picked.ts'
import { isOfSameTable } from '../values/same-item.ts'
import type { WriteAt } from './written.ts'

/**
 * The attributes by which a Query or Scan looked for the very item that is now written: each is set to what was asked
 * for. None where the item written is another, or nothing shows that it is the same.
 *
 * @param picked what the code itself asked of the items that it was given; null where that is not known
 */
export function lookedForBy(
  read: Occurrence,
  { write, written }: WriteAt,
  picked: readonly Asked[] | null,
): readonly string[] {
  if (picked === null) return []
  if (!isOfSameTable(read, write)) return []
  const { request } = readOf(read.spelling)
  const given = (path: readonly string[]): Term | null => {
    const [head, ...rest] = path
    if (head === undefined) return null
    const whole =
      write.kind === 'Put'
        ? write.item && memberOf(write.item, head)
        : (written.values.find(({ attribute }) => attribute === head)?.term ?? null)
    return rest.reduce((of, key) => (of === null ? null : memberOf(of, key)), whole)
  }
  const keys = keyTests(read, request)
  if (keys === null) return []
  const isUpdate = write.kind === 'Update'
  const matched: string[] = []
  for (const test of keys) {
    const own = given([test.attribute])
    if (own === null || isNothing(own)) {
      // An Update need not set the partition that its item is in.
      if (isUpdate) continue
      return []
    }
    if (!agrees(test, own)) return []
    if (test.operator === '=' && !isConstant(own)) matched.push(test.attribute)
  }
  const asked = [...filterTests(request), ...picked]
  const found = asked.filter(({ path, value }) => {
    const own = given(path)
    return own !== null && isSameText(own, value)
  })
  const isOther = asked.some(({ path, value }) => {
    const own = given(path)
    return own !== null && isConstant(own) && isConstant(value) && !isSameText(own, value)
  })
  if (isOther) return []
  // Where the code picks by something, that is what it looks for.
  if (picked.length > 0 && !picked.some((one) => found.includes(one))) return []
  const telling = found.filter(({ value }) => !isConstant(value)).map(({ path }) => path.join('.'))
  return [...new Set([...telling, ...matched])]
}

/** The tests of a Query's key condition; none for a Scan; null where they are not known. */
function keyTests(read: Occurrence, request: Request): readonly KeyTest[] | null {
  if (read.spelling.kind === 'Scan') return []
  if (read.spelling.kind !== 'Query') return null
  return keyConditionOf(request)?.tests ?? null
}

/** The value written passes what was asked of the attribute: it is the same, or has the same beginning. */
function agrees({ operator, value }: KeyTest, own: Term): boolean {
  if (value === null) return false
  if (operator === '=') return isSameText(own, value)
  if (operator !== 'begins_with') return true
  const [a, b] = [beginningOf(own), beginningOf(value)]
  return a.startsWith(b) || b.startsWith(a)
}

/** The text that a value is known to begin with. */
export function beginningOf(term: Term): string {
  if (term.kind === 'literal') return String(term.value)
  const [first] = term.kind === 'template' ? term.parts : []
  return first?.kind === 'text' ? first.text : ''
}

function filterTests(request: Request): readonly Asked[] {
  const filter = expressionOf(request, 'Filter')
  if (filter.state !== 'known' || filter.texts.length !== 1) return []
  const names = namesOf(request)
  return filter.texts.flatMap(({ tree }) =>
    equalities(tree, names).flatMap(({ resolved, operand }): readonly Asked[] => {
      if (resolved === undefined || operand.type !== 'ValuePlaceholder') return []
      const value = valueOfPlaceholder(request, operand.name)
      return value === null ? [] : [{ path: resolved.map(String), value }]
    }),
  )
}

const TIDIES = new Set(['toLowerCase', 'toUpperCase', 'trim', 'String', 'toString'])

/** A text without what only puts it in order. */
function untidied(term: Term): Term {
  const [first] = term.kind === 'derived' && TIDIES.has(term.operator) ? term.from : []
  return first ? untidied(first) : term
}

function isSameText(own: Term, value: Term): boolean {
  const wanted = new Set(alternatives(value).map((option) => canonical(untidied(option))))
  return (
    canonical(own) === canonical(value) ||
    alternatives(own).some((option) => wanted.has(canonical(untidied(option))))
  )
}

function isNothing(term: Term): boolean {
  return term.kind === 'literal' && term.value === undefined
}

/** A value that is the same whoever asks. */
function isConstant(term: Term): boolean {
  switch (term.kind) {
    case 'literal':
    case 'external':
      return true
    case 'template':
      return term.parts.every(
        (part) =>
          part.kind === 'text' ||
          isConstant(evaluate({ frame: term.ref.frame, value: part.value })),
      )
    default:
      return false
  }
}
