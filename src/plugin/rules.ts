// Written by `npm run update`. Do not edit.
import type { DynamodbRule } from './create-rule.ts'

/** Every rule by its id. */
export const rules: Record<string, DynamodbRule> = {}
