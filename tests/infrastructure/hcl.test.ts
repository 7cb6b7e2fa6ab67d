/** Terraform's language, as far as what it says is plain. */
import { describe, expect, it } from 'vitest'
import { HclError, parseHcl } from '../../src/infrastructure/hcl.ts'

function value(text: string): unknown {
  return (parseHcl('main.tf', `a = ${text}\n`) as { readonly a: unknown }).a
}

it('reads blocks by their types, with labels and attributes', () => {
  const text = `
# one
resource "aws_sqs_queue" "orders" {
  name = "orders" // two
  redrive { max = 3 }
  redrive { max = 4 } /* three
  */
}
locals { a = 1 }
`
  expect(parseHcl('main.tf', text)).toEqual({
    resource: [
      {
        $labels: ['aws_sqs_queue', 'orders'],
        name: 'orders',
        redrive: [
          { $labels: [], max: 3 },
          { $labels: [], max: 4 },
        ],
      },
    ],
    locals: [{ $labels: [], a: 1 }],
  })
})

it('knows nothing of blocks that are made of a list', () => {
  const text = 'dynamic "index" {\n for_each = var.all\n content { name = index.value }\n}\n'
  expect(parseHcl('main.tf', text)).toEqual({ index: null })
})

it.each([
  ['"a\\"b\\n$${c}"', 'a"b\n${c}'],
  ['-1.5e3', -1500],
  ['true', true],
  ['null', null],
  ['[1, "two", [3],]', [1, 'two', [3]]],
  ['{ a = 1, "b" : 2\n c = 3 }', { a: 1, b: 2, c: 3 }],
  ['{ (var.key) = 1, aws.west = 2 }', { '...': null }],
  ['<<-EOT\n  one\n  two\n  EOT', '  one\n  two\n'],
  ['<<EOT\n${var.a}\nEOT', null],
  ['aws_sqs_queue.orders["eu"].arn', { $reference: ['aws_sqs_queue', 'orders', '[eu', 'arn'] }],
  ['a.b[0].c', { $reference: ['a', 'b', '[0', 'c'] }],
  ['a.b[*].c', { $reference: ['a', 'b', '[*', 'c'] }],
  ['"${var.a}"', { $reference: ['var', 'a'] }],
  ['"${var.a}-b"', { $template: [{ $reference: ['var', 'a'] }, '-b'] }],
  ['"%{ if var.a }b%{ endif }"', { $template: [null, 'b', null] }],
  ['merge({ a = 1 }, b)', { $call: 'merge', $arguments: [{ a: 1 }, { $reference: ['b'] }] }],
  ['("one")', 'one'],
])('%s', (text, expected) => {
  expect(value(text)).toEqual(expected)
})

it.each([
  'var.a ? "b" : "c"',
  'var.a == "}" ? 1 : 2',
  '1 + 2',
  '!var.a',
  '[for each in var.all : each.name if each.name != ","]',
  '{ for key, each in var.all : key => each... }',
  '(\n var.a\n ? 1\n : 2\n)',
])('leaves open what has to be worked out: %s', (text) => {
  expect(parseHcl('main.tf', `a = ${text}\nb = 2\n`)).toEqual({ a: null, b: 2 })
})

describe('what is not of the language', () => {
  it.each([
    ['a = {\n  b = \n}\n', 2, 'unexpected "\\n"'],
    ['resource "a" {\n', 2, 'the file ends too soon'],
    ['a = "b\n"\n', 1, 'unexpected "\\n"'],
    ['a = <<EOT\nb\n', 1, 'the text up to EOT has no end'],
    ['a = 1\n}\n', 2, 'unexpected "}"'],
    [`a = ${'['.repeat(100)}`, 1, 'it nests too deep'],
  ])('%j', (text, line, message) => {
    let thrown: unknown = null
    try {
      parseHcl('main.tf', text)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(HclError)
    expect(thrown).toMatchObject({ line, message })
  })
})
