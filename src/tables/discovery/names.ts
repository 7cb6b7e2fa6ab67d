/** Names with holes: what stands between these two is what a hole is filled with, as far as it is told apart from others. */
const OPEN = '\0'
const CLOSE = '\x01'
const HOLE = /\0([^\0\x01]*)\x01/g

/** A part of a name that is not known. */
export function hole(what: string): string {
  return `${OPEN}${what.replace(/[\0\x01]/g, '')}${CLOSE}`
}

/** Whether a name is known whole. */
export function isWhole(name: string): boolean {
  return !name.includes(OPEN)
}

/** What a name is a hole of, where it is nothing else. */
export function onlyHole(name: string): string | null {
  return /^\0([^\0\x01]*)\x01$/.exec(name)?.[1] ?? null
}

/**
 * What two names share that differ only in what their holes are called: `orders-{}`. null where too little of it is written
 * to tell one table from another.
 */
export function shapeOf(name: string): string | null {
  const shape = withoutWords(name)
  return /[A-Za-z]{3}/.test(shape) ? shape : null
}

/** A name with all of its holes alike. */
export function withoutWords(name: string): string {
  return name.replace(HOLE, OPEN).replace(/\0+/g, OPEN)
}

/** Whether a name that is known whole may be one with holes, each filled with one word such as a stage. */
export function mayBe(name: string, withHoles: string): boolean {
  const shape = shapeOf(withHoles)
  if (shape === null || !/[A-Za-z].*[A-Za-z].*[A-Za-z].*[A-Za-z].*[A-Za-z]/.test(shape))
    return false
  const pattern = shape
    .split(OPEN)
    .map((part) => part.replace(/[^\w]/g, '\\$&'))
    .join('[A-Za-z0-9]+')
  return new RegExp(`^${pattern}$`).test(name)
}

/** A name whose holes are filled with nothing: of the stage that adds nothing to it. */
export function withoutHoles(name: string): string {
  return name.replace(HOLE, '')
}

/** A name as people read it: `orders-${stage}`. */
export function shownName(name: string): string {
  return name.replace(HOLE, (_, what: string) => `\${${what}}`)
}
