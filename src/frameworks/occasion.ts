/** Names of what is called, which stand for no call by themselves; a route is one, `GET /route` is none. */
const KIND = /^[^/]* (?:handler|resolver|function|route|middleware)$/

const NAME = /^[a-z_$][\w$]*$/i

/**
 * What happens each time an entry point is set off, as the words that stand behind "on each": `GET /orders` is such a thing
 * itself, and of a handler whose route nobody knows it is a `call of the Lambda handler` or a `call of listOrders`.
 */
export function occasionOf(label: string): string {
  if (KIND.test(label)) return `call of the ${label}`
  return NAME.test(label) ? `call of ${label}` : label
}
