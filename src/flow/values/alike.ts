import { canonical } from '../../project/canonical.ts'
import { freeFrame } from '../../project/frame.ts'
import { functionOf, keptBy } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import { seenFrom } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'

/**
 * Whether a request shows nothing to whoever calls the function that comes to it but what it shows to that function: it is
 * called with values of which the caller knows no more than it does. Most calls are.
 */
export function isSeenAlike(occurrence: Occurrence): boolean {
  const step = occurrence.trail[1]
  return step !== undefined && bringsNothing(step.frame) && seenFrom(occurrence, 1) !== null
}

const known = keptBy<Frame, boolean>()

function bringsNothing(frame: Frame): boolean {
  const answers = known(frame.module.project)
  const seen = answers.get(frame)
  if (seen !== undefined) return seen
  const answer = isOnAnyObject(frame) && isGivenAnything(frame)
  answers.set(frame, answer)
  return answer
}

/** Whether `this`, and the function around, are those of any run. */
function isOnAnyObject({ module, function: id, lexical, self }: Frame): boolean {
  const facts = functionOf(module, id)
  if (lexical !== null && lexical !== freeFrame(lexical.module, lexical.function)) return false
  if (self === null) return true
  return (
    self.kind === 'instance' &&
    self.construct === null &&
    facts.class === self.class.class &&
    module === self.class.module &&
    !facts.static
  )
}

/** Whether each parameter is something else that nothing is known of. */
function isGivenAnything(frame: Frame): boolean {
  const { arguments: given } = frame
  if (given === null) return true
  const { parameters } = functionOf(frame.module, frame.function)
  if (parameters.length === 0) return true
  if (given.length < parameters.length || given.some(({ spread }) => spread)) return false
  // Something that is given twice is the same in two places.
  const spellings = new Set<string>()
  return parameters.every(({ default: fallback, rest }, index) => {
    const term = given[index]?.term()
    if (fallback !== null || rest || !term || !alternatives(term).every(isOpaque)) return false
    const spelling = canonical(term)
    if (spellings.has(spelling)) return false
    spellings.add(spelling)
    return true
  })
}

/** Something that was handed in, or a part of it or of what a call gave. */
function isOpaque(term: Term): boolean {
  if (term.kind === 'parameter') return term.type === null
  let inner: Term = term
  while (inner.kind === 'part' || inner.kind === 'item' || inner.kind === 'element') {
    if (inner.kind === 'part' && inner.type !== null) return false
    inner = inner.of
  }
  return inner !== term && (inner.kind === 'parameter' || inner.kind === 'result')
}
