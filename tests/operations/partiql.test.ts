import { describe, expect, it } from 'vitest'
import { holeCharacter, textWithHoles } from '../../src/expressions/index.ts'
import { holesInStatement, parametersIn } from '../../src/operations/partiql.ts'

const read = (text: string) => textWithHoles(text.replaceAll('…', holeCharacter))

/** Each hole of a statement in which `…` stands for one: its role, and the quoted text around it. */
const roles = (text: string): string =>
  holesInStatement(read(text))
    .map(({ role, quoted }) => (quoted === null ? role : `${role} ${text.slice(...quoted)}`))
    .join(', ')

describe('holes in a statement', () => {
  it.each([
    [`SELECT * FROM "T" WHERE id = '…'`, `value '…'`],
    [`SELECT * FROM "T" WHERE id = 'a''…b' AND c = '…'`, `value 'a''…b', value '…'`],
    [`SELECT * FROM "…" WHERE id = ?`, 'name "…"'],
    [`SELECT * FROM "T"."…" WHERE id = ?`, 'name "…"'],
    ['SELECT * FROM … WHERE id = ?', 'name'],
    ['INSERT INTO … VALUE {}', 'name'],
    [`INSERT INTO T VALUE {'id': …, 'n': '…'}`, `value, value '…'`],
    ['UPDATE T SET … = ? WHERE id = ?', 'name'],
    ['UPDATE T SET n = … WHERE id = …', 'value, value'],
    ['UPDATE T SET list[…] = ?', 'index'],
    ['SELECT * FROM T WHERE … = ?', 'name'],
    ['SELECT * FROM T WHERE a > … AND b = 1', 'value'],
    ['SELECT * FROM T WHERE id IN [ … ]', 'open'],
    ['SELECT * FROM T WHERE …', 'open'],
    ['SELECT … FROM T', 'open'],
    ['SELECT * FROM T …', 'open'],
    [`SELECT * FROM T -- '…'`, ''],
    [`SELECT * /* "…" */ FROM T WHERE a = '…'`, `value '…'`],
    [`SELECT * FROM T WHERE a = '…`, `value '…`],
  ])('%s: %s', (text, expected) => {
    expect(roles(text)).toBe(expected)
  })

  it('know how many parameters stand before them', () => {
    const found = holesInStatement(read(`… WHERE a = ? AND b = '?…' AND c = ? AND d = …`))
    expect(found.map(({ parameters }) => parameters)).toEqual([0, 1, 2])
  })
})

it('parameters are counted outside of quotes', () => {
  expect(parametersIn(`SELECT * FROM "T?" WHERE a = ? AND b = '?' AND c = ? -- ?`)).toBe(2)
})
