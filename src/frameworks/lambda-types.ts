import type { Module } from '../project/module.ts'
import type { Term } from '../project/term.ts'
import type { Trigger } from './framework.ts'
import { importOf } from './functions.ts'

/**
 * What the names of @types/aws-lambda (and of types that projects derive from them) say of the trigger, the first that
 * fits. They are long enough to be nobody else's; `Handler` alone is not and is asked for its package.
 */
const TYPES: readonly (readonly [RegExp, Trigger])[] = [
  [/RequestContext|Client$|Params?$|Headers$/, 'unknown'],
  [/api_?gateway\w*web_?socket|^WebSocket(Event|Handler)/i, 'websocket'],
  [/(api_?gateway|lambda_?function_?url)\w*(event|handler|result|request|response)/i, 'http'],
  [/^(ALB|CloudFront(Request|Response)?)(Event|Handler|Result|MultiValue\w*)$/, 'http'],
  [/^AppSync\w*(Event|Handler)|^AmplifyGraphQlResolver(Event|Handler)/, 'graphql'],
  [/^(SQS|SNS|S3|S3Batch)(Event|Handler|BatchResponse)$/, 'queue'],
  [/^S3\w*NotificationEvent$|^SNS\w*Handler$|^SQS\w*Handler$/, 'queue'],
  [/^(DynamoDB|Kinesis|Firehose|MSK|SelfManagedKafka)\w*(Event|Handler|Response)$/, 'stream'],
  [/^Scheduled(Event|Handler)$/, 'schedule'],
  [/^(EventBridge|CloudWatch|CloudFormation|CdkCustomResource)\w*(Event|Handler)$/, 'event'],
  [/^(CodeBuild|CodeCommit|CodeDeploy|CodePipeline|IoT|SES)\w*(Event|Handler)$/, 'event'],
  [/^SecretsManagerRotation(Event|Handler)$/, 'event'],
  [/^(Cognito|Pre|Post|Custom|Create|Define|Verify|User)\w*Trigger(Event|Handler)$/, 'event'],
]

/** Types that any Lambda function may have; they tell no trigger. */
const ANY_LAMBDA = new Set(['Handler', 'MiddyfiedHandler', 'LambdaHandler', 'DurableLambdaHandler'])

/** What projects call an event whose kind the name does not tell. */
const ANY_EVENT = /^Lambda\w*Event$/

const LAMBDA_PACKAGES = /^(@types\/)?aws-lambda(\/|$)|^@middy\/|^@aws-lambda-powertools\//

/** What a type of the file, by its local name, says of the trigger; null where it is no type of Lambda's. */
export function lambdaTrigger(module: Module, local: string | null): Trigger | null {
  if (local === null) return null
  const from = importOf(module, local)
  const name = from?.name ?? local
  if (ANY_LAMBDA.has(name))
    return from === null ? usesLambdaTypes(module) : isLambdaPackage(from.source) ? 'unknown' : null
  const found = TYPES.find(([names]) => names.test(name))?.[1] ?? null
  if (found === null && ANY_EVENT.test(name)) return 'unknown'
  return found === 'unknown' ? null : found
}

/** As `lambdaTrigger`, for the type that a variable is annotated with. */
export function lambdaTriggerOf(module: Module, type: Term | null): Trigger | null {
  if (type?.kind !== 'made') return null
  const { source, path } = type.of
  const name = path.at(-1) ?? ''
  if (ANY_LAMBDA.has(name)) return isLambdaPackage(source) ? 'unknown' : null
  return lambdaTrigger(module, name)
}

/** `lambda.Handler`, where the whole package was imported. */
function usesLambdaTypes(module: Module): Trigger | null {
  return module.facts.imports.some(({ source }) => isLambdaPackage(source)) ? 'unknown' : null
}

function isLambdaPackage(source: string): boolean {
  return LAMBDA_PACKAGES.test(source)
}
