import { occurrencesIn } from '../flow/paths/occurrences.ts'
import { requestOf, termOfMember } from '../operations/request.ts'
import { canonical } from '../project/canonical.ts'
import { freeFrame } from '../project/frame.ts'
import { keptBy } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'

const enabledIn = keptBy<Module, ReadonlyMap<string, string>>()

/**
 * The attribute by which items of a table expire, as the UpdateTimeToLive calls of some modules say; null where none
 * names the table, or they differ.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
 */
export function timeToLiveSetIn(table: Term, modules: readonly Module[]): string | null {
  const name = canonical(table)
  const found = new Set([...new Set(modules)].flatMap((module) => enabled(module).get(name) ?? []))
  const [only = null] = found
  return found.size === 1 ? only : null
}

function enabled(module: Module): ReadonlyMap<string, string> {
  const kept = enabledIn(module.project)
  const known = kept.get(module)
  if (known) return known
  const found = new Map<string, string>()
  kept.set(module, found)
  if (!speaksOfTimeToLive(module)) return found
  module.facts.functions.forEach((_, id) => {
    for (const { spelling } of occurrencesIn(freeFrame(module, id))) {
      if (spelling.kind !== 'UpdateTimeToLive') continue
      const request = requestOf(spelling.request)
      const table = termOfMember(request, 'TableName')
      const specification = termOfMember(request, 'TimeToLiveSpecification')
      const fields = specification === null ? undefined : viewOf(specification)?.fields
      const attribute = fields?.get('AttributeName')?.term()
      const isOn = fields?.get('Enabled')?.term()
      if (table === null || attribute?.kind !== 'literal') continue
      if (isOn?.kind === 'literal' && isOn.value === false) continue
      found.set(canonical(table), String(attribute.value))
    }
  })
  return found
}

/** Most files set none: their operations need not be looked for. */
function speaksOfTimeToLive({ facts }: Module): boolean {
  return facts.values.some((value) => {
    switch (value.kind) {
      case 'member':
        return /^updateTimeToLive/i.test(value.key)
      case 'import':
        return /^updateTimeToLive/i.test(value.name)
      default:
        return false
    }
  })
}
