import { join } from 'node:path'
import { expect, it } from 'vitest'
import { badReferences } from '../../src/infrastructure/file-references.ts'

const root = join('/app')

function found(files: Readonly<Record<string, string>>): string[] {
  const texts = new Map(Object.entries(files).map(([path, text]) => [join(root, path), text]))
  const source = {
    root,
    text: (file: string) => texts.get(file) ?? null,
    data: () => null,
    module: () => null,
  }
  return badReferences(join(root, 'serverless.yml'), source).map(
    ({ file, line, message }) => `${file.slice(root.length + 1)}:${String(line)} ${message}`,
  )
}

it('tells of a file outside the project', () => {
  expect(
    found({ 'serverless.yml': "service: a\ncustom: ${file(../shared.yml):custom, 'b'}\n" }),
  ).toEqual([
    'serverless.yml:2 `${file(../shared.yml)}` lies outside the project (/app), and is not read.',
  ])
})

it('tells of a file that takes in itself, and of two that take in each other', () => {
  const files = {
    'serverless.yml': 'resources: ${file(./tables.yml)}\n',
    'tables.yml': 'Orders: ${file(orders.yml)}\nAgain: ${file(tables.yml)}\n',
    'orders.yml': '\nKey: ${file(./tables.yml):Again}\n',
  }
  expect(found(files)).toEqual([
    'orders.yml:2 `${file(./tables.yml)}` takes in the file that it stands in: nothing comes of it.',
    'tables.yml:2 `${file(tables.yml)}` takes in the file that it stands in: nothing comes of it.',
  ])
})

it.each([
  [
    'a part of the service itself',
    { 'serverless.yml': 'a: ${file(./b.yml)}', 'b.yml': 'x: ${file(serverless.yml):custom}' },
  ],
  [
    'two of one file',
    { 'serverless.yml': 'a: ${file(b.yml):x}\nb: ${file(b.yml):y}', 'b.yml': 'x: 1' },
  ],
  [
    'paths with variables, and code',
    { 'serverless.yml': 'a: ${file(./${self:custom.stage}.yml)}\nb: ${file(./b.js):x}' },
  ],
])('says nothing of %s', (_, files) => {
  expect(found(files)).toEqual([])
})
