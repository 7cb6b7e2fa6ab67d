/** Nothing can be checked; the message is one plain sentence that says why and how to mend it. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun'
}

/** The first line of what was thrown. */
export function firstLine(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return message.split('\n', 1)[0] ?? ''
}
