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
  const shape = name.replace(HOLE, OPEN).replace(/\0+/g, OPEN)
  return /[A-Za-z]{3}/.test(shape) ? shape : null
}

/** A name as people read it: `orders-${stage}`. */
export function shownName(name: string): string {
  return name.replace(HOLE, (_, what: string) => `\${${what}}`)
}
