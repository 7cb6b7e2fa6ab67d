/**
 * A request as far as it is known. What is not known is `unknown`; an object or list with `isOpen` may hold more than
 * what it shows.
 */
export type Given = Known & {
  /** A text that two values share only where they are the same in each run of the code; of a literal its JSON. */
  readonly identity?: (() => string) | undefined
}

type Known =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'null' }
  | { readonly kind: 'text'; readonly value: string | null }
  | { readonly kind: 'number'; readonly value: number | null }
  | { readonly kind: 'boolean'; readonly value: boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Given[]; readonly isOpen: boolean }
  | {
      readonly kind: 'object'
      readonly members: ReadonlyMap<string, GivenMember>
      readonly isOpen: boolean
    }
  /** One of several, depending on the way through the code. */
  | { readonly kind: 'either'; readonly of: readonly Given[] }

export type GivenObject = Extract<Known, { kind: 'object' }>

export interface GivenMember {
  readonly value: () => Given
  /** It is there on every way through the code. */
  readonly isCertain: boolean
}

/** The name of a member whose name is computed; two such members share it only where they are one. */
export function computedName(identity: string): string {
  return `[${identity}]`
}

export function identityOfName(computed: string): string {
  return computed.slice(1, -1)
}

/** No member of a request, table or placeholder is spelled so. */
export function isComputedName(name: string): boolean {
  return name.startsWith('[')
}

/** From a request to the value that is meant: names of members, and positions in lists. */
export type Path = readonly (string | number)[]

/** A member as a check sees it: what may be left out is `maybe`. */
export type MemberState =
  | { readonly state: 'absent' }
  | { readonly state: 'maybe' }
  | { readonly state: 'present'; readonly value: Given }

export const unknownGiven: Given = { kind: 'unknown' }

/** Reads JSON as a request that is known whole. */
export function givenFromJson(json: unknown): Given {
  return { ...knownFromJson(json), identity: () => spelled(json) }
}

function knownFromJson(json: unknown): Known {
  switch (typeof json) {
    case 'string':
      return { kind: 'text', value: json }
    case 'number':
      return { kind: 'number', value: json }
    case 'boolean':
      return { kind: 'boolean', value: json }
    case 'undefined':
      return { kind: 'undefined' }
    case 'object': {
      if (json === null) return { kind: 'null' }
      if (Array.isArray(json))
        return { kind: 'list', items: json.map(givenFromJson), isOpen: false }
      const members = Object.entries(json).map(([name, value]): [string, GivenMember] => [
        name,
        { value: () => givenFromJson(value), isCertain: true },
      ])
      return { kind: 'object', members: new Map(members), isOpen: false }
    }
    default:
      return { kind: 'unknown' }
  }
}

function spelled(json: unknown): string {
  if (json === undefined) return 'undefined'
  if (typeof json !== 'object' || json === null) return JSON.stringify(json)
  if (Array.isArray(json)) return `[${json.map(spelled).join()}]`
  const entries = Object.entries(json).map(([name, value]) => `${name}:${spelled(value)}`)
  return `{${entries.sort().join()}}`
}

/** No value: the service is not told of such a member. */
export function isLeftOut(given: Given): boolean {
  if (given.kind === 'either') return given.of.every(isLeftOut)
  return given.kind === 'undefined' || given.kind === 'null'
}

/** A member of an object; of anything else nothing is known. */
export function memberOf(given: Given, name: string): MemberState {
  if (given.kind !== 'object') return { state: 'maybe' }
  const member = given.members.get(name)
  if (!member) return { state: given.isOpen ? 'maybe' : 'absent' }
  const value = member.value()
  if (isLeftOut(value)) return { state: 'absent' }
  const isThere = value.kind !== 'unknown' && !(value.kind === 'either' && value.of.some(isLeftOut))
  return member.isCertain && isThere ? { state: 'present', value } : { state: 'maybe' }
}

/** What a member may be; empty where it is absent or not known. */
export function valuesOf(given: Given, name: string): readonly Given[] {
  const member = given.kind === 'object' ? given.members.get(name) : undefined
  const value = member?.value()
  if (!value) return []
  return (value.kind === 'either' ? value.of : [value]).filter((option) => !isLeftOut(option))
}

/** The one text that a member surely has. */
export function textOf(given: Given, name: string): string | null {
  const member = memberOf(given, name)
  return member.state === 'present' && member.value.kind === 'text' ? member.value.value : null
}

/** The one number that a member surely has. */
export function numberOf(given: Given, name: string): number | null {
  const member = memberOf(given, name)
  return member.state === 'present' && member.value.kind === 'number' ? member.value.value : null
}
