/** Which calls have an effect outside DynamoDB, and of what kind. */
import { describe, expect, it } from 'vitest'
import { effectsIn } from '../../../src/flow/effects/effects.ts'
import { freeFrame } from '../../../src/project/frame.ts'
import { moduleOf } from '../../support/facts.ts'

/** The effects of the last function of a text. */
function effects(code: string): readonly string[] {
  const module = moduleOf(code)
  const run = module.facts.functions.findIndex(({ name }) => name === 'run')
  return effectsIn(freeFrame(module, run)).map(({ effect }) => `${effect.kind}: ${effect.name}`)
}

describe('what a client library spells', () => {
  it.each<[string, string, string]>([
    [
      `import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'; const ses = new SESClient({})`,
      `await ses.send(new SendEmailCommand({ Source: 'a' }))`,
      'mail: SES',
    ],
    [
      `import { SESv2 } from '@aws-sdk/client-sesv2'; const ses = new SESv2()`,
      `await ses.sendEmail({})`,
      'mail: SES',
    ],
    [
      `const AWS = require('aws-sdk'); const sns = new AWS.SNS()`,
      `await sns.publish({}).promise()`,
      'message: SNS',
    ],
    [
      `import SQS from 'aws-sdk/clients/sqs'; const sqs = new SQS()`,
      `sqs.sendMessage({}, () => {})`,
      'message: SQS',
    ],
    [
      `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'`,
      `await new EventBridgeClient().send(new PutEventsCommand({ Entries: [] }))`,
      'message: EventBridge',
    ],
    [
      `import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'; const c = new SFNClient()`,
      `const command = new StartExecutionCommand({}); await c.send(command)`,
      'message: Step Functions',
    ],
    [
      `import nodemailer from 'nodemailer'; const mailer = nodemailer.createTransport({})`,
      `await mailer.sendMail({ to })`,
      'mail: nodemailer',
    ],
    [`const sg = require('@sendgrid/mail')`, `await sg.send({ to })`, 'mail: SendGrid'],
    [
      `import { Resend } from 'resend'; const resend = new Resend('k')`,
      `await resend.emails.send({})`,
      'mail: Resend',
    ],
    [
      `import { Client } from '@opensearch-project/opensearch'; const search = new Client({})`,
      `await search.index({ index: 'orders' })`,
      'search: the search index',
    ],
    [
      `import Redis from 'ioredis'; const redis = new Redis()`,
      `await redis.del('order')`,
      'cache: Redis',
    ],
    [
      `import { createClient } from 'redis'; const redis = createClient()`,
      `await redis.setEx('a', 1, 'b')`,
      'cache: Redis',
    ],
    [
      `import arc from '@architect/functions'`,
      `await arc.events.publish({ name: 'a', payload: {} })`,
      'message: a topic of Architect',
    ],
    [`import webpush from 'web-push'`, `await webpush.sendNotification(a, b)`, 'push: web push'],
    [`import axios from 'axios'`, `await axios.post('https://x', {})`, 'http: an HTTP client'],
    [``, `await fetch('https://x')`, 'http: fetch'],
  ])('%s %s', (head, body, effect) => {
    expect(effects(`${head}\nexport async function run(to) { ${body} }`)).toEqual([effect])
  })
})

describe('what is none', () => {
  it.each([
    [
      `import { SQSClient, ReceiveMessageCommand } from '@aws-sdk/client-sqs'`,
      `await new SQSClient().send(new ReceiveMessageCommand({}))`,
    ],
    [`import Redis from 'ioredis'; const redis = new Redis()`, `await redis.get('order')`],
    [`const bus = { publish: (event) => [event] }`, `bus.publish(to)`],
    [`import { publish } from './bus'`, `publish(to)`],
    [``, `to.send('a'); to.publish('b')`],
  ])('%s %s', (head, body) => {
    expect(effects(`${head}\nexport async function run(to) { ${body} }`)).toEqual([])
  })
})

it('is found below the functions that lead to it, in order', () => {
  const code = `
    import { SNSClient, PublishCommand } from '@aws-sdk/client-sns'
    import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'
    class Mailer {
      constructor(private client: SESClient) {}
      async welcome(to: string) { await this.client.send(new SendEmailCommand({ Destination: to })) }
    }
    const publish = async (message: string) => new SNSClient().send(new PublishCommand({ Message: message }))
    export async function run(users) {
      const mailer = new Mailer(new SESClient())
      await Promise.all(users.map((user) => mailer.welcome(user)))
      await publish('done')
    }
  `
  expect(effects(code)).toEqual(['mail: SES', 'message: SNS'])
})
