import type { APIGatewayProxyResult } from 'aws-lambda'

export class HttpError extends Error {
  readonly statusCode: number

  constructor(statusCode: number, message: string) {
    super(message)
    this.name = 'HttpError'
    this.statusCode = statusCode
  }
}

export function json(statusCode: number, body: unknown): APIGatewayProxyResult {
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

/** The request body, with every member optional: handlers check what they need. */
export function parseBody<T extends object>(body: string | null): Partial<T> {
  if (!body) return {}
  try {
    return JSON.parse(body) as Partial<T>
  } catch {
    throw new HttpError(400, 'The request body is not valid JSON')
  }
}
