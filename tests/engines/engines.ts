import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const require = createRequire(import.meta.url)

/** An engine that speaks DynamoDB's protocol, in a process of its own, reached over loopback. */
export interface Engine {
  readonly name: string
  /** Sends one operation of the low-level interface. */
  readonly call: (operation: string, request: unknown) => Promise<EngineAnswer>
  /** As {@link Engine.call}, for whoever wants the answer as it came over the wire. */
  readonly send: (operation: string, request: unknown) => Promise<RawAnswer>
  readonly stop: () => Promise<void>
}

export type EngineAnswer =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: string; readonly message: string }

export interface RawAnswer {
  readonly status: number
  readonly text: string
}

/** The error of an answer from an engine that ended on the request instead of answering it. */
export const crashed = 'Crashed'

/**
 * Starts dynalite. Some requests end it: such a request is answered with {@link crashed}, and a new
 * one is started for the next.
 *
 * @param prepare makes the tables, again in each new one
 */
export async function startDynalite(prepare: (engine: Engine) => Promise<void>): Promise<Engine> {
  const command = require.resolve('dynalite/cli.js')
  return startEngine('dynalite', prepare, (port) =>
    spawn(
      process.execPath,
      [command, '--host', '127.0.0.1', '--port', String(port), '--createTableMs', '1'],
      { stdio: 'ignore' },
    ),
  )
}

/**
 * Starts Dynoxide.
 *
 * @param prepare makes the tables
 * @returns a sentence that says why not, where there is no build of it for this platform
 */
export async function startDynoxide(
  prepare: (engine: Engine) => Promise<void>,
): Promise<Engine | string> {
  const name = `@dynoxide/${process.platform}-${process.arch}`
  let directory: string
  try {
    // The package beside this file has the builds as its optional dependencies.
    const engines = createRequire(require.resolve('dynamodb-engines/package.json'))
    directory = dirname(engines.resolve(`${name}/package.json`))
  } catch {
    return `Dynoxide is not asked: ${name} is not installed`
  }
  return startEngine('Dynoxide', prepare, (port) =>
    spawn(join(directory, 'dynoxide'), ['--host', '127.0.0.1', '--port', String(port)], {
      stdio: 'ignore',
    }),
  )
}

async function startEngine(
  name: string,
  prepare: (engine: Engine) => Promise<void>,
  start: (port: number) => ChildProcess,
): Promise<Engine> {
  const port = await freePort()
  let child: ChildProcess
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null

  const begin = async (): Promise<void> => {
    child = start(port)
    for (let attempt = 0; ; attempt += 1) {
      if (hasEnded()) throw new Error(`${name} ended before it answered`)
      try {
        await send(port, 'ListTables', {})
        break
      } catch (error) {
        if (attempt === 200) throw error
        await wait(25)
      }
    }
    await prepare(engine)
  }
  const engine: Engine = {
    name,
    call: async (operation, request) => {
      try {
        return readAnswer(await send(port, operation, request))
      } catch (error) {
        // The connection may break before the process is seen to have ended.
        for (let attempt = 0; !hasEnded() && attempt < 40; attempt += 1) await wait(25)
        if (!hasEnded()) throw error
        await begin()
        return { ok: false, error: crashed, message: `${name} ended on this request` }
      }
    },
    send: (operation, request) => send(port, operation, request),
    stop: async () => {
      if (hasEnded()) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    },
  }
  await begin()
  return engine
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

async function send(port: number, operation: string, request: unknown): Promise<RawAnswer> {
  const response = await fetch(`http://127.0.0.1:${String(port)}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20200101T000000Z',
      // The engines look at the form of a signature and not at what it says.
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(request),
  })
  return { status: response.status, text: await response.text() }
}

function readAnswer({ status, text: answer }: RawAnswer): EngineAnswer {
  const body = JSON.parse(answer === '' ? '{}' : answer) as Record<string, unknown>
  if (status < 300) return { ok: true, body }
  const text = (member: string): string => {
    const value = body[member]
    return typeof value === 'string' ? value : ''
  }
  const type = text('__type')
  return {
    ok: false,
    error: type.slice(type.lastIndexOf('#') + 1),
    message: text('message') || text('Message'),
  }
}
