/** Names of what is called, which stand for no call by themselves; a route is one, `GET /route` is none. */
const CALLED = /^[^/]* (?:handler|resolver|function|route|middleware)$/

/**
 * What happens each time an entry point is set off, as the words that stand behind "on each": `GET /orders` is such a thing
 * itself, and of a handler whose route nobody knows it is a `call of the Lambda handler`.
 */
export function occasionOf(label: string): string {
  return CALLED.test(label) ? `call of the ${label}` : label
}
