import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { demoPicture } from '../../scripts/picture.ts'
import { readAnsi, wrapLine } from '../../scripts/picture/ansi.ts'

const root = join(import.meta.dirname, '../..')
const plain = { color: null, bold: false, dim: false }
const red = { ...plain, color: 'red' }

it('is what the command line prints today; if not, `npm run update` draws it anew', async () => {
  const kept = readFileSync(join(root, 'docs/images/demo.svg'), 'utf8')
  expect(kept).toBe(await demoPicture(root))
})

describe('readAnsi', () => {
  it('takes colours off the text, over the ends of lines too', () => {
    expect(readAnsi('a \u001B[31m\u001B[1mb\u001B[22m c\nd\u001B[39m e')).toEqual([
      [
        { text: 'a ', style: plain },
        { text: 'b', style: { ...red, bold: true } },
        { text: ' c', style: red },
      ],
      [
        { text: 'd', style: red },
        { text: ' e', style: plain },
      ],
    ])
  })

  it('joins what looks alike', () => {
    expect(readAnsi('\u001B[31ma\u001B[39m\u001B[31mb\u001B[0mc')).toEqual([
      [
        { text: 'ab', style: red },
        { text: 'c', style: plain },
      ],
    ])
  })

  it('refuses a code that it cannot draw', () => {
    expect(() => readAnsi('\u001B[5mblink')).toThrow('The colour code 5 has no place')
  })
})

describe('wrapLine', () => {
  it('breaks at a space, keeps the indent and the colours', () => {
    const [line = []] = readAnsi('  one \u001B[31mtwo three\u001B[39m')
    expect(wrapLine(line, 10)).toEqual([
      [
        { text: '  one ', style: plain },
        { text: 'two', style: red },
      ],
      [
        { text: '  ', style: plain },
        { text: 'three', style: red },
      ],
    ])
  })

  it('leaves a line alone that has no place to break', () => {
    const [line = []] = readAnsi('abcdefghijkl')
    expect(wrapLine(line, 5)).toEqual([line])
  })
})
