/** Tables of Terraform, and how code is linked to them. */
import { describe, expect, it } from 'vitest'
import { defined, getOf, linked, tablesIn } from './discovered.ts'

const ORDERS = `
resource "aws_dynamodb_table" "orders" {
  name             = "\${var.stage}-orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "PK"
  range_key        = "SK"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  attribute {
    name = "PK"
    type = "S"
  }
  attribute {
    name = "SK"
    type = "N"
  }
  global_secondary_index {
    name               = "byEmail"
    hash_key           = "email"
    projection_type    = "INCLUDE"
    non_key_attributes = ["total"]
  }
  global_secondary_index {
    name            = "byShop"
    projection_type = "ALL"
    key_schema {
      attribute_name = "shop"
      key_type       = "HASH"
    }
    key_schema {
      attribute_name = "PK"
      key_type       = "HASH"
    }
  }
  local_secondary_index {
    name            = "byDate"
    range_key       = "date"
    projection_type = "KEYS_ONLY"
  }
  ttl {
    attribute_name = "expires"
    enabled        = true
  }
}
`

const small = (name: string, key: string): string =>
  `resource "aws_dynamodb_table" "${name}" {\n  name = "${name}"\n  hash_key = "${key}"\n}\n`

describe('definitions', () => {
  it('reads keys, indexes, stream, time to live and mode', () => {
    expect(defined({ 'infra/main.tf': ORDERS })).toEqual([
      'Terraform | infra/main.tf:2 | orders | ${var.stage}-orders | PK:S SK:N | byEmail email:? total | byShop shop:?+PK:S ALL | byDate PK:S date:? KEYS_ONLY | ttl expires | stream NEW_IMAGE | on-demand',
    ])
  })

  it('fills in variables, locals and what a module is given', () => {
    const files = {
      'infra/main.tf': `
variable "stage" { default = "prod" }
locals { prefix = "shop-\${var.stage}" }
module "tables" {
  source = "./tables"
  prefix = local.prefix
}`,
      'infra/tables/main.tf': `
variable "prefix" {}
resource "aws_dynamodb_table" "orders" {
  name     = "\${var.prefix}-orders"
  hash_key = "id"
}`,
    }
    expect(defined(files)).toEqual([
      'Terraform | infra/tables/main.tf:3 | orders | shop-prod-orders | id:? | provisioned by default',
    ])
  })

  it('reads a table for each entry of a map, and the module of the registry', () => {
    const files = {
      'main.tf': `
resource "aws_dynamodb_table" "all" {
  for_each = { users = "userId", orders = "orderId" }
  name     = each.key
  hash_key = each.value
}
module "carts" {
  source     = "terraform-aws-modules/dynamodb-table/aws"
  name       = "carts"
  hash_key   = "id"
  attributes = [{ name = "id", type = "S" }]
  global_secondary_indexes = [
    { name = "byUser", hash_key = "user", projection_type = "ALL" }
  ]
}`,
    }
    expect(defined(files)).toEqual([
      'Terraform | main.tf:2 | all.orders | orders | orderId:? | provisioned by default',
      'Terraform | main.tf:2 | all.users | users | userId:? | provisioned by default',
      'Terraform | main.tf:7 | carts | carts | id:S | byUser user:? ALL | on-demand by default',
    ])
  })

  it('says what it cannot read', () => {
    const files = {
      'main.tf': `
resource "aws_dynamodb_table" "one" { hash_key = var.key }
resource "aws_dynamodb_table" "two" {
  hash_key = "id"
  dynamic "global_secondary_index" {
    for_each = var.indexes
    content { name = global_secondary_index.value }
  }
}`,
    }
    expect(defined(files)).toEqual([
      'Terraform | main.tf:2 | one | - | its key is not known',
      'Terraform | main.tf:3 | two | - | id:? | and more | provisioned by default',
    ])
  })

  it('tells of a broken file, and reads the others', () => {
    const { problems, definitions } = tablesIn({
      'a.tf': small('orders', 'id'),
      'b.tf': 'resource "aws_dynamodb_table" "x" {\n  name =\n}\n',
    })
    expect(definitions.map(({ id }) => id)).toEqual(['orders'])
    expect(problems.map(({ line, message }) => `${String(line)}: ${message}`)).toEqual([
      '2: unexpected "\\n"',
    ])
  })
})

describe('links', () => {
  it.each([
    [
      'a function',
      'environment {\n    variables = { ORDERS = aws_dynamodb_table.orders.name }\n  }',
    ],
    ['locals', 'environment {\n    variables = merge(local.all, { STAGE = "a" })\n  }'],
  ])('by the variables of %s', (_, environment) => {
    const files = {
      'infra/main.tf': `${small('orders', 'number')}
locals { all = { ORDERS = aws_dynamodb_table.orders.id } }
resource "aws_lambda_function" "get" {
  filename = "../dist/get.zip"
  handler  = "get.handler"
  ${environment}
}`,
      'src/get.ts': getOf('process.env.ORDERS'),
    }
    expect(linked(files)).toEqual(['ORDERS → number'])
  })

  it('by what modules give out and are given', () => {
    const files = {
      'infra/main.tf': `
module "tables" { source = "./tables" }
module "api" {
  source = "github.com/acme/lambda"
  env    = { ORDERS = module.tables.orders }
}
module "job" {
  source = "./job"
  table  = module.tables.orders
}`,
      'infra/tables/main.tf': `${small('orders', 'number')}
output "orders" { value = aws_dynamodb_table.orders.name }`,
      'infra/job/main.tf': `
variable "table" {}
resource "aws_ecs_task_definition" "job" {
  container_definitions = jsonencode([{ environment = [{ name = "TABLE", value = var.table }] }])
}`,
      'src/get.ts': getOf('process.env.ORDERS'),
      'src/job.ts': getOf('process.env.TABLE'),
    }
    expect(linked(files)).toEqual(['ORDERS → number', 'TABLE → number'])
  })

  it('by a name, written or with a stage in it', () => {
    const files = {
      'infra/main.tf': `${small('users', 'user')}${ORDERS}`,
      'src/get.ts': getOf("'users'"),
      'src/order.ts': getOf('`${process.env.STAGE}-orders`'),
    }
    expect(linked(files)).toEqual(['users → user', "'${…}-orders' → PK"])
  })
})
