import { parse } from '@typescript-eslint/parser'
import { describe, expect, it } from 'vitest'

import { presenceOf } from '../../scripts/bench/files.ts'
import {
  dynamodbFiles,
  lineCount,
  longFile,
  plainFiles,
  shapes,
} from '../../scripts/bench/generate.ts'
import { randomFrom } from '../../scripts/bench/random.ts'

describe('generated files', () => {
  it('are the same for the same seed and others for another', () => {
    const made = (seed: number) => [
      plainFiles(3, '/app', randomFrom(seed)),
      dynamodbFiles(3, '/app', randomFrom(seed)),
      shapes.map((shape) => longFile(shape, 200, randomFrom(seed))),
    ]
    expect(made(5)).toEqual(made(5))
    expect(made(5)).not.toEqual(made(6))
  })

  it('parse, each by a name of its own', () => {
    const files = [
      ...plainFiles(10, '/app', randomFrom(2)),
      ...dynamodbFiles(10, '/app', randomFrom(2)),
    ]
    for (const { text } of files) expect(() => parse(text, { sourceType: 'module' })).not.toThrow()
    expect(new Set(files.map(({ path }) => path)).size).toBe(20)
  })

  it('have nothing to do with DynamoDB, or calls of it', () => {
    for (const { text } of plainFiles(10, '/app', randomFrom(2))) {
      expect(presenceOf(text)).toBe('none')
    }
    for (const { text } of dynamodbFiles(10, '/app', randomFrom(2))) {
      expect(presenceOf(text)).toBe('calls')
    }
  })
})

describe.each(shapes)('a long file of %s', (shape) => {
  it.each([1000, 2000])('has %i lines or a few more, and parses', (lines) => {
    const text = longFile(shape, lines, randomFrom(1))
    expect(lineCount(text)).toBeGreaterThanOrEqual(lines)
    expect(lineCount(text)).toBeLessThan(lines + 40)
    expect(() => parse(text, { sourceType: 'module' })).not.toThrow()
    expect(presenceOf(text)).toBe('calls')
  })
})
