import { createServer, type IncomingMessage } from 'node:http'
import type { Engine } from '../engines/engines.ts'

/** One request that a program sent, and what the engine answered. */
export interface Exchange {
  readonly operation: string
  readonly request: Readonly<Record<string, unknown>>
  readonly ok: boolean
  readonly answer: Readonly<Record<string, unknown>>
}

/** A listener between a program and an engine, which notes what they say and can let reads meet. */
export interface Wire {
  readonly engine: Engine
  readonly endpoint: string
  /** What was said since the last call. */
  readonly take: () => readonly Exchange[]
  /** Holds the answers to the next reads back until so many are there: what reads them then writes at the same time. */
  readonly letMeet: (reads: number) => void
  /** Holds the next request of one kind back until one of another kind is answered. */
  readonly hold: (operation: string, until: string) => void
  /** Carries out half of each of the next batches, and gives the rest back, as DynamoDB does under load. */
  readonly leaveHalf: (batches: number) => void
  readonly stop: () => Promise<void>
}

const READS = /^(?:GetItem|BatchGetItem|Query|Scan)$/

/** Only these say what they consumed, and only where they are asked to. */
const COUNTED =
  /^(?:(?:Batch)?GetItem|Query|Scan|PutItem|UpdateItem|DeleteItem|BatchWriteItem|Transact\w+)$/

export async function startWire(engine: Engine): Promise<Wire> {
  let said: Exchange[] = []
  let awaited = 0
  let held: (() => void)[] = []
  let halved = 0
  let later: { readonly operation: string; readonly until: Promise<void> } | null = null
  let answered: { readonly operation: string; readonly tell: () => void } | null = null

  /** Comes back when all reads that are to meet are there. */
  const meet = async (operation: string): Promise<void> => {
    if (awaited === 0 || !READS.test(operation)) return
    await new Promise<void>((resolve) => {
      held.push(resolve)
      if (held.length < awaited) return
      awaited = 0
      for (const release of held) release()
      held = []
    })
  }

  const server = createServer((request, response) => {
    const handle = async (): Promise<void> => {
      const target = request.headers['x-amz-target']
      const operation = String(target).split('.')[1] ?? ''
      const given = JSON.parse(await textOf(request)) as Record<string, unknown>
      if (later?.operation === operation) await later.until
      const body = COUNTED.test(operation) ? { ...given, ReturnConsumedCapacity: 'TOTAL' } : given
      const half = halved > 0 ? halfOf(operation, body) : null
      if (half) halved -= 1
      const answer = withRest(await engine.send(operation, half?.done ?? body), half)
      said.push({
        operation,
        request: given,
        ok: answer.status < 300,
        answer: JSON.parse(answer.text) as Record<string, unknown>,
      })
      if (answered?.operation === operation) answered.tell()
      await meet(operation)
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' })
      response.end(answer.text)
    }
    handle().catch((error: unknown) => {
      response.writeHead(500)
      response.end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return {
    engine,
    endpoint: `http://127.0.0.1:${String(address.port)}`,
    take: () => {
      const taken = said
      said = []
      return taken
    },
    letMeet: (reads) => {
      awaited = reads
    },
    hold: (operation, until) => {
      later = {
        operation,
        until: new Promise((tell) => {
          answered = { operation: until, tell }
        }),
      }
    },
    leaveHalf: (batches) => {
      halved = batches
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

interface Half {
  readonly done: object
  /** The member of the answer that gives the rest back, and the rest. */
  readonly rest: object
}

/** A batch of one table in two; null for anything else. */
function halfOf(operation: string, request: object): Half | null {
  if (!operation.startsWith('Batch')) return null
  const { RequestItems } = request as { RequestItems: Record<string, unknown> }
  const [table = '', asked] = Object.entries(RequestItems)[0] ?? []
  if (Array.isArray(asked)) {
    const [done, rest] = inTwo(asked as unknown[])
    return {
      done: { ...request, RequestItems: { [table]: done } },
      rest: { UnprocessedItems: { [table]: rest } },
    }
  }
  const { Keys, ...more } = asked as { Keys: unknown[] }
  const [done, rest] = inTwo(Keys)
  return {
    done: { ...request, RequestItems: { [table]: { ...more, Keys: done } } },
    rest: { UnprocessedKeys: { [table]: { ...more, Keys: rest } } },
  }
}

function inTwo(list: readonly unknown[]): [unknown[], unknown[]] {
  const middle = Math.ceil(list.length / 2)
  return [list.slice(0, middle), list.slice(middle)]
}

/** The engine's answer, with the rest of a batch that was cut. */
function withRest<Answer extends { readonly text: string }>(
  answer: Answer,
  half: Half | null,
): Answer {
  if (half === null) return answer
  return {
    ...answer,
    text: JSON.stringify({ ...(JSON.parse(answer.text) as object), ...half.rest }),
  }
}

/** How many items the reads looked at. */
export function scannedIn(exchanges: readonly Exchange[]): number {
  return sum(exchanges.map(({ answer }) => answer.ScannedCount))
}

/** Capacity units that the requests consumed. */
export function consumedIn(exchanges: readonly Exchange[]): number {
  return sum(
    exchanges
      .flatMap(({ answer }) => answer.ConsumedCapacity ?? [])
      .map((consumed) => (consumed as { CapacityUnits?: number }).CapacityUnits),
  )
}

function sum(numbers: readonly unknown[]): number {
  return numbers.reduce<number>((a, n) => a + (typeof n === 'number' ? n : 0), 0)
}
