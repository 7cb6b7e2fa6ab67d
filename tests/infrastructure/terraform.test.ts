/** What Terraform's files deploy. */
import { expect, it } from 'vitest'
import { deployed } from './deployed.ts'

const FUNCTION = `
data "archive_file" "one" {
  type        = "zip"
  source_file = "\${path.module}/../src/one.js"
  output_path = "one.zip"
}
resource "aws_lambda_function" "one" {
  filename = data.archive_file.one.output_path
  handler  = "one.handler"
}
`

/** The trigger, the route and the framework of the function. */
function causes(resources: string): readonly string[] {
  const files = {
    'infra/main.tf': FUNCTION,
    'infra/events.tf': resources,
    'src/one.ts': 'export const handler = async () => {}',
  }
  return deployed(files).map((line) => line.split(' | ').slice(2).join(' '))
}

it.each([
  ['', 'unknown -'],
  [
    `resource "aws_lambda_event_source_mapping" "m" {
      event_source_arn = aws_sqs_queue.q.arn
      function_name    = aws_lambda_function.one.arn
    }`,
    'queue -',
  ],
  [
    `resource "aws_lambda_event_source_mapping" "m" {
      event_source_arn = aws_dynamodb_table.t.stream_arn
      function_name    = aws_lambda_function.one.function_name
    }`,
    'stream -',
  ],
  [
    `resource "aws_cloudwatch_event_rule" "r" { schedule_expression = "rate(1 day)" }
    resource "aws_cloudwatch_event_target" "t" {
      rule = aws_cloudwatch_event_rule.r.name
      arn  = aws_lambda_function.one.arn
    }`,
    'schedule -',
  ],
  [
    `resource "aws_cloudwatch_event_rule" "r" { event_pattern = jsonencode({ source = ["a"] }) }
    resource "aws_cloudwatch_event_target" "t" {
      rule = aws_cloudwatch_event_rule.r.name
      arn  = aws_lambda_function.one.arn
    }`,
    'event -',
  ],
  [
    `resource "aws_scheduler_schedule" "s" {
      target { arn = aws_lambda_function.one.arn }
    }`,
    'schedule -',
  ],
  [
    `resource "aws_apigatewayv2_api" "api" { protocol_type = "HTTP" }
    resource "aws_apigatewayv2_integration" "i" {
      api_id          = aws_apigatewayv2_api.api.id
      integration_uri = aws_lambda_function.one.invoke_arn
    }
    resource "aws_apigatewayv2_route" "r" {
      route_key = "GET /orders/{id}"
      target    = "integrations/\${aws_apigatewayv2_integration.i.id}"
    }`,
    'http GET /orders/{id}',
  ],
  [
    `resource "aws_apigatewayv2_api" "api" { protocol_type = "WEBSOCKET" }
    resource "aws_apigatewayv2_integration" "i" {
      api_id          = aws_apigatewayv2_api.api.id
      integration_uri = aws_lambda_function.one.invoke_arn
    }`,
    'websocket -',
  ],
  [
    `resource "aws_api_gateway_resource" "orders" {
      parent_id = aws_api_gateway_rest_api.api.root_resource_id
      path_part = "orders"
    }
    resource "aws_api_gateway_resource" "order" {
      parent_id = aws_api_gateway_resource.orders.id
      path_part = "{id}"
    }
    resource "aws_api_gateway_method" "m" { http_method = "PUT" }
    resource "aws_api_gateway_integration" "i" {
      resource_id = aws_api_gateway_resource.order.id
      http_method = aws_api_gateway_method.m.http_method
      uri         = aws_lambda_function.one.invoke_arn
    }`,
    'http PUT /orders/{id}',
  ],
  [
    `resource "aws_lambda_permission" "p" {
      function_name = aws_lambda_function.one.function_name
      principal     = "s3.amazonaws.com"
    }`,
    'queue -',
  ],
  [
    'resource "aws_lambda_function_url" "u" { function_name = aws_lambda_function.one.arn }',
    'http -',
  ],
])('%#', (resources, expected) => {
  expect(causes(resources)).toEqual([`${expected} Terraform`])
})

it('finds the source of what was built, and the code of a module of the registry', () => {
  const files = {
    'infra/main.tf': `
resource "aws_lambda_function" "one" {
  filename = "\${path.module}/../dist/one.zip"
  handler  = "one.handler"
}
module "two" {
  source      = "terraform-aws-modules/lambda/aws"
  source_path = "../src/two"
  handler     = "index.run"
}`,
    'src/one.ts': 'export const handler = async () => {}',
    'src/two/index.ts': 'export const run = async () => {}',
  }
  expect(deployed(files)).toEqual([
    'src/one.ts | handler | unknown | - | Terraform',
    'src/two/index.ts | run | unknown | - | Terraform',
  ])
})
