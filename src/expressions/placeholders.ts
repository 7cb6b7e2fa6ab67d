import type { AttributeValue } from './values.ts'

/**
 * ExpressionAttributeNames or ExpressionAttributeValues, as far as a program's text shows them.
 *
 * @see Expressions.ExpressionAttributeNames.html and Expressions.ExpressionAttributeValues.html
 */
export interface PlaceholderMap<Value> {
  /** The entries that are known to be there, by placeholder; `undefined` where what it stands for is unknown. */
  readonly entries: ReadonlyMap<string, Value | undefined>
  /** Whether there may be entries beyond these. */
  readonly open: boolean
}

/** `#placeholder` to the name of an attribute. */
export type AttributeNames = PlaceholderMap<string>

/** `:placeholder` to a value. */
export type AttributeValues = PlaceholderMap<AttributeValue>

/** A map of which nothing is known. */
export const unknownPlaceholders: PlaceholderMap<never> = { entries: new Map(), open: true }

/** The map that a request without this member has. */
export const noPlaceholders: PlaceholderMap<never> = { entries: new Map(), open: false }
