import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses'
import { config } from '../config'

const ses = new SESClient({})

export async function sendMail(to: string, subject: string, text: string): Promise<void> {
  await ses.send(
    new SendEmailCommand({
      Source: config.mailSender,
      Destination: { ToAddresses: [to] },
      Message: { Subject: { Data: subject }, Body: { Text: { Data: text } } },
    }),
  )
}
