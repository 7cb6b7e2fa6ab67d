import type { KnownIndex } from '../../src/requests/check-combinations.ts'

/** The indexes of the table `Orders` of the conformance fixtures, as far as these tests need them. */
export const indexes: ReadonlyMap<string, KnownIndex> = new Map([
  ['byG', { kind: 'global', projectsAll: null }],
  ['byL', { kind: 'local', projectsAll: null }],
])
