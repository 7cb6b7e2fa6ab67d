import type { FunctionId } from '../facts/model.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { Owned } from '../flow/values/ownership.ts'
import type { Reach } from '../flow/paths/reach.ts'
import { freeFrame } from '../project/frame.ts'
import { callOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { Frame, Place } from '../project/term.ts'
import type { OperationKind } from '../requests/operation-kind.ts'
import type { Spelling } from './recognise.ts'
import { callPathOf, tableOfRequest } from './describe.ts'
import type { Quoted } from './describe.ts'
import { once } from './once.ts'
import { requestOf } from './request.ts'
import type { Request } from './request.ts'
import type { Table } from './table.ts'

/** One DynamoDB call as the service would see it, at the place in this file that makes it what it is. */
export interface Operation {
  readonly kind: OperationKind
  readonly spelling: Spelling
  readonly request: Request
  readonly table: Table
  readonly occurrence: Occurrence
  /** The function that owns it: the call itself stands there, or a call of the wrapper it fills in. */
  readonly owner: FunctionId
  readonly module: Module
  /** Where a report stands. */
  readonly at: Place
  /** How the code is set off; null where nobody known calls it. */
  readonly reach: Reach | null
  /** The functions from the operation up to the entry point: `listOrders ← handler`. */
  readonly callPath: string
}

export interface OperationContext extends Quoted {
  readonly reachFrom: (free: Frame) => Reach | null
}

export function makeOperation(owned: Owned, context: OperationContext): Operation {
  const { occurrence, owner } = owned
  const { spelling } = occurrence
  const request = requestOf(spelling.request)
  // Most operations are nobody's to complain of, and finding out who calls them means looking at other files.
  const reach = once(() => context.reachFrom(freeFrame(context.module, owner)))
  return {
    kind: spelling.kind,
    spelling,
    request,
    table: tableOfRequest(request, context),
    occurrence,
    owner,
    module: context.module,
    at: placeOfTrail(occurrence, 0),
    get reach() {
      return reach()
    },
    get callPath() {
      return callPathOf(occurrence, reach())
    },
  }
}

/** The name of what is called at one step of a trail: a command's class, a method, a wrapper. */
export function placeOfTrail(occurrence: Occurrence, level: number): Place {
  const step = occurrence.trail[level]
  if (!step) throw new RangeError('an occurrence has no such step')
  const { module } = step.frame
  const { command } = occurrence.spelling
  if (level === occurrence.trail.length - 1 && command?.kind === 'made' && command.ref) {
    const made = command.ref.frame.module.facts.values[command.ref.value]
    if (command.ref.frame === step.frame && made?.kind === 'call') {
      return { ...callOf(module, made.call).calleeAt, module }
    }
  }
  return { ...callOf(module, step.call).calleeAt, module }
}
