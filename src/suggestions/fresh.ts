import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'

const FRESH = /^(?:now|randomUUID|uuid|uuidv\d|v[1467]|ulid|nanoid|ksuid)$/i

/** Methods that give all of a time as a text or number. */
const WHOLE = /^(?:to(?:ISO|UTC)?String|toJSON|getTime|valueOf|String|Number)$/

/** A value that is another one each time it is made: the time, a random id; also as a text or number of it. */
export function isWhatNeverRepeats(term: Term): boolean {
  return alternatives(term).every((option) => {
    switch (option.kind) {
      case 'made':
        return option.of.path.join('.') === 'Date' && option.arguments?.length === 0
      case 'derived':
        return (
          WHOLE.test(option.operator) &&
          option.from.length === 1 &&
          option.from.every(isWhatNeverRepeats)
        )
      case 'result': {
        const { callee } = option
        if (callee.kind === 'external') return FRESH.test(callee.path.at(-1) ?? '')
        return callee.kind === 'part' && WHOLE.test(callee.key) && isWhatNeverRepeats(callee.of)
      }
      default:
        return false
    }
  })
}
