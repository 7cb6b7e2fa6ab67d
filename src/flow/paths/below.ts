import { freeFrame } from '../../project/frame.ts'
import { keptBy } from '../../project/module.ts'
import type { Frame } from '../../project/term.ts'

/**
 * A question about all that a function may come to, whoever calls it: whether it, or any function below it, is such.
 * Each function is asked once in a project.
 *
 * @param isSuch asked of a function with nothing known of its callers
 * @param calleesOf the functions that it calls
 */
export function anyBelow(
  isSuch: (free: Frame) => boolean,
  calleesOf: (free: Frame) => readonly Frame[],
): (frame: Frame) => boolean {
  const known = keptBy<Frame, boolean>()
  return (frame) => {
    const answers = known(frame.module.project)
    const start = freeFrame(frame.module, frame.function)
    const answer = answers.get(start)
    if (answer !== undefined) return answer
    const seen = new Set<Frame>()
    const waiting = [start]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      if (answers.get(next) === true || isSuch(next)) {
        answers.set(start, true)
        return true
      }
      for (const callee of calleesOf(next)) waiting.push(freeFrame(callee.module, callee.function))
    }
    // None below it, so none below any of them.
    for (const free of seen) answers.set(free, false)
    return false
  }
}
