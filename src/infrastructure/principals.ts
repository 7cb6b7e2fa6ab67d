import type { Trigger } from '../frameworks/framework.ts'

/**
 * What a service sets a function off by that is permitted to invoke it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
export const PRINCIPALS: Readonly<Record<string, Trigger>> = {
  'apigateway.amazonaws.com': 'http',
  'elasticloadbalancing.amazonaws.com': 'http',
  's3.amazonaws.com': 'queue',
  'sns.amazonaws.com': 'queue',
  'events.amazonaws.com': 'event',
  'cognito-idp.amazonaws.com': 'event',
}
