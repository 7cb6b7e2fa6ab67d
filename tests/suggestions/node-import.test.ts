import { describe, expect, it } from 'vitest'
import { nodeFunction } from '../../src/suggestions/node-import.ts'
import { moduleOf } from '../support/facts.ts'

/** What `randomUUID` is called by, and the text with what it needs. */
function brought(text: string): readonly [name: string, text: string] | null {
  const found = nodeFunction(moduleOf(text), text, 'crypto', 'randomUUID')
  if (found === null) return null
  const after = found.edits.reduceRight(
    (done, { at, text: more }) => done.slice(0, at.start) + more + done.slice(at.end),
    text,
  )
  return [found.name, after]
}

describe('a function of Node.js', () => {
  it.each([
    ["import { randomUUID } from 'node:crypto'\n", 'randomUUID'],
    ["import { randomUUID as id } from 'crypto'\n", 'id'],
    ["import * as crypto from 'crypto'\n", 'crypto.randomUUID'],
    ["import nodeCrypto from 'node:crypto'\n", 'nodeCrypto.randomUUID'],
    ["const crypto = require('crypto')\n", 'crypto.randomUUID'],
    ["const { randomUUID: id } = require('node:crypto')\n", 'id'],
  ])('is there: %s', (text, name) => {
    expect(brought(text)).toEqual([name, text])
  })

  it.each([
    ["import a from 'a'\n", "import { randomUUID } from 'node:crypto'\nimport a from 'a'\n"],
    ['import a from "a";\n', 'import { randomUUID } from "node:crypto";\nimport a from "a";\n'],
    [
      "'use server'\nimport a from 'a'\n",
      "'use server'\nimport { randomUUID } from 'node:crypto'\nimport a from 'a'\n",
    ],
    ["import { hash } from 'crypto'\n", "import { hash, randomUUID } from 'crypto'\n"],
    [
      "import type { Hash } from 'crypto'\n",
      "import { randomUUID } from 'node:crypto'\nimport type { Hash } from 'crypto'\n",
    ],
    [
      "const a = require('a');\n",
      "const { randomUUID } = require('node:crypto');\nconst a = require('a');\n",
    ],
  ])('is brought in: %s', (text, after) => {
    expect(brought(text)).toEqual(['randomUUID', after])
  })

  it.each([
    "import { randomUUID } from 'uuid'\n",
    "import a from 'a'\nconst randomUUID = a\n",
    "import a from 'a'\nfunction make(randomUUID) { return a }\n",
    'export const a = 1\n',
    "foo(require('a'))\n",
  ])('is left alone: %s', (text) => {
    expect(brought(text)).toBeNull()
  })
})
