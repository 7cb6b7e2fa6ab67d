import type { Term } from '../../project/term.ts'

/** Functions that never give the same twice, whatever library they come from. */
const RANDOM = /^(?:randomUUID|uuid|uuidv[147]|v[147]|ulid|nanoid|ksuid|cuid|createId)$/

const RANDOM_PACKAGES = /^(?:uuid|ulid|ulidx|nanoid|cuid|@paralleldrive\/cuid2|ksuid)$/

/** Whether a value is a random id, made anew. */
export function isRandomId(value: Term): boolean {
  if (value.kind !== 'result' || value.callee.kind !== 'external') return false
  const { source, path } = value.callee
  return RANDOM.test(path.at(-1) ?? '') || (path.length === 0 && RANDOM_PACKAGES.test(source))
}
