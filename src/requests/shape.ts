/** What a member of a request is. `attribute` is an attribute value, in whichever format the client takes it. */
export type Type =
  | 'text'
  | 'number'
  | 'boolean'
  | 'binary'
  | 'attribute'
  | { readonly oneOf: string }
  | { readonly listOf: Type }
  | { readonly mapOf: Type }
  | { readonly structure: string }

export interface MemberShape {
  readonly type: Type
  readonly isRequired: boolean
}

/** The members of a request, or of one of its parts, by name. */
export type Structure = Readonly<Record<string, MemberShape>>

export function required(type: Type): MemberShape {
  return { type, isRequired: true }
}

export function optional(type: Type): MemberShape {
  return { type, isRequired: false }
}
