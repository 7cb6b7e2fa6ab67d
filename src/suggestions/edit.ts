import type { Place } from '../project/term.ts'

/** A piece of source to be replaced; an empty range inserts. */
export interface Edit {
  readonly at: Place
  readonly text: string
}

/** A change that a report offers: a title, and everything that has to change for it. */
export interface Proposal<MessageIds extends string = string> {
  readonly messageId: MessageIds
  readonly data: Readonly<Record<string, string>>
  readonly edits: readonly Edit[]
}
