import type { Module } from '../project/module.ts'
import type { FunctionTerm } from '../project/term.ts'

/**
 * What sets a function off.
 * `http`, `graphql`, `rpc`, `page`, `action`, `websocket`: somebody waits for the answer; a request path.
 * `schedule`, `stream`, `queue`, `event`, `script`: nobody does.
 * `unknown`: a handler whose trigger the code does not tell.
 */
export type Trigger =
  | 'http'
  | 'graphql'
  | 'rpc'
  | 'page'
  | 'action'
  | 'websocket'
  | 'schedule'
  | 'stream'
  | 'queue'
  | 'event'
  | 'script'
  | 'unknown'

const REQUESTS: ReadonlySet<Trigger> = new Set([
  'http',
  'graphql',
  'rpc',
  'page',
  'action',
  'websocket',
])

/** Somebody waits for what code so set off gives back. */
export function isRequest(trigger: Trigger): boolean {
  return REQUESTS.has(trigger)
}

/** A function that something outside the code calls. */
export interface EntryPoint {
  readonly handler: FunctionTerm
  readonly trigger: Trigger
  /** As a reader would name it: `GET /orders`, `Lambda handler`, `Query.orders`. */
  readonly label: string
  /** The framework, as its users write it: `Express`, `AWS Lambda`. */
  readonly framework: string
}

/** How a framework spells its entry points. Reports only what it is sure of; two frameworks may name one function. */
export interface Framework {
  readonly name: string
  readonly entryPoints: (module: Module) => readonly EntryPoint[]
}
