import { requestOf, valueOfPlaceholder } from '../../operations/request.ts'
import { writesOf } from '../../operations/writes.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import type { Frame, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import { seenFrom } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { isFilledByCallers, isFromParameter } from '../values/ownership.ts'
import type { Written } from './written.ts'

/** The lowest step of the trail whose function leaves nothing that matters to its callers. */
export function levelOf(occurrence: Occurrence, written: Written, isWholeItem: boolean): number {
  const { trail } = occurrence
  // The step inside a function that is written in place: it answers if the function around it does.
  let inside: number | null = null
  for (let level = trail.length - 1; level > 0; level -= 1) {
    const around = levelAround(trail, level)
    if (around !== null) {
      inside ??= level
      level = around + 1
      continue
    }
    if (!isOpen(occurrence, level, written, isWholeItem)) return inside ?? level
    inside = null
  }
  return inside ?? 0
}

/**
 * The step whose function holds the function at a level, written where it is handed over, as in `.then((item) => …)`:
 * nobody else can call it. Null where it is none such.
 */
function levelAround(trail: Occurrence['trail'], level: number): number | null {
  const step = trail[level]
  if (!step) return null
  const { module } = step.frame
  const { at } = functionOf(module, step.frame.function)
  const around = trail.slice(0, level).findLastIndex(({ frame, call }) => {
    const outer = callOf(frame.module, call).at
    return frame.module === module && outer.start <= at.start && at.end <= outer.end
  })
  return around < 0 ? null : around
}

/** Whether, with nothing known of its callers, a function does not fix what the write sets. */
function isOpen(
  occurrence: Occurrence,
  level: number,
  written: Written,
  isWholeItem: boolean,
): boolean {
  const same = seenFrom(occurrence, level)
  const root = same?.trail[0]?.frame
  if (!same || !root) return true
  if (isFilledByCallers(same, root)) return true
  const placeholders = written.values.flatMap(({ placeholder }) => placeholder ?? [])
  const free = writesOf(same.spelling)
  return free.some((write) => {
    if (isWholeItem) return write.item !== null && isOpenItem(write.item, root)
    return placeholders.some((placeholder) => {
      const term = valueOfPlaceholder(requestOf(write.request.term), placeholder)
      return term !== null && isFromParameter(term, root)
    })
  })
}

/** What is given is put as it is, or with stamps of the function's own; one that changes it in place answers for it. */
function isOpenItem(item: Term, root: Frame): boolean {
  if (isFromParameter(item, root)) return true
  if (item.kind === 'object' && valueOf(item.ref.frame.module, item.ref.value).kind === 'set')
    return false
  return viewOf(item)?.spreads.some((spread) => isFromParameter(spread, root)) === true
}
