import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { enumerations, structures } from '../../src/requests/model.ts'
import { OPERATION_KINDS } from '../../src/requests/operation-kind.ts'

interface Shape {
  readonly required?: readonly string[]
  readonly members?: Readonly<Record<string, unknown>>
}

/** The model that SDK v2 comes with: another form of the same, made by others. */
const v2 = createRequire(import.meta.url)('aws-sdk/apis/dynamodb-2012-08-10.min.json') as {
  readonly operations: Readonly<Record<string, { readonly input: Shape }>>
}

/** Asked for until tables could be restored from others. */
const noLongerRequired: Readonly<Record<string, readonly string[]>> = {
  CreateTable: ['AttributeDefinitions', 'KeySchema'],
}

describe.each(OPERATION_KINDS)('%s', (kind) => {
  const { input } = v2.operations[kind] ?? { input: {} }
  const structure = structures[`${kind}Input`] ?? {}

  it('has every member that SDK v2 knows', () => {
    const older = Object.keys(input.members ?? {})
    expect(older.filter((name) => !(name in structure))).toEqual([])
    expect(older).not.toEqual([])
  })

  it('requires what SDK v2 requires', () => {
    const required = Object.entries(structure).filter(([, { isRequired }]) => isRequired)
    const older = (input.required ?? []).filter(
      (name) => noLongerRequired[kind]?.includes(name) !== true,
    )
    expect(required.map(([name]) => name).sort()).toEqual([...older].sort())
  })
})

it('knows all that it names', () => {
  const named = JSON.stringify(structures)
  const inner = [...named.matchAll(/"(structure|oneOf)":"(\w+)"/g)]
  const missing = inner.filter(
    ([, kind, name = '']) => !(name in (kind === 'structure' ? structures : enumerations)),
  )
  expect(inner.length).toBeGreaterThan(50)
  expect(missing).toEqual([])
})
