import type { CallId, FunctionId } from '../../facts/model.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { keptBy } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'

/** A place of a file where one of its functions is called, or handed to something that may call it. */
export interface CallSite {
  readonly caller: FunctionId
  readonly call: CallId
  /** The function is called there, and not handed on. */
  readonly isCall: boolean
}

const known = keptBy<Module, ReadonlyMap<FunctionId, readonly CallSite[]>>()

/** Where a file uses a function of its own. */
export function callSitesOf(module: Module, id: FunctionId): readonly CallSite[] {
  const modules = known(module.project)
  const seen = modules.get(module) ?? callSitesIn(module)
  modules.set(module, seen)
  return seen.get(id) ?? []
}

function callSitesIn(module: Module): ReadonlyMap<FunctionId, readonly CallSite[]> {
  const sites = new Map<FunctionId, CallSite[]>()
  module.facts.calls.forEach(({ callee, arguments: given, function: caller }, call) => {
    const frame = freeFrame(module, caller)
    const note = (value: number, isCall: boolean): void => {
      for (const option of alternatives(evaluate({ frame, value }))) {
        if (option.kind !== 'function' || option.module !== module) continue
        const own = sites.get(option.function) ?? []
        sites.set(option.function, own)
        own.push({ caller, call, isCall })
      }
    }
    note(callee, true)
    for (const { value } of given) note(value, false)
  })
  return sites
}
