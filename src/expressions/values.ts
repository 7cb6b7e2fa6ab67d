/** The ten types of DynamoDB. @see HowItWorks.NamingRulesDataTypes.html */
export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M'

/**
 * An attribute value as far as it is known: perhaps only its type, perhaps only that it is of one of
 * a few.
 */
export interface AttributeValue {
  /** The type, where it is known. */
  readonly type?: AttributeType
  /**
   * The value as the service's JSON writes it beneath its type: a string for S, N and B (base64),
   * a boolean for BOOL and NULL, strings for sets, values for L and M. Left out where unknown.
   */
  readonly value?:
    | string
    | boolean
    | readonly string[]
    | readonly (AttributeValue | undefined)[]
    | ReadonlyMap<string, AttributeValue | undefined>
}
