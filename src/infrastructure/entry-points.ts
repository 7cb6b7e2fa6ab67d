import { isRequest } from '../frameworks/framework.ts'
import type { EntryPoint, Trigger } from '../frameworks/framework.ts'
import { exportsOf } from '../frameworks/functions.ts'
import { functionsIn } from '../frameworks/handed.ts'
import { entryPoints } from '../frameworks/index.ts'
import { LABELS, isLambdaLabel } from '../frameworks/lambda.ts'
import { memberOf } from '../project/member.ts'
import type { Module } from '../project/module.ts'
import type { FunctionTerm } from '../project/term.ts'
import type { Deployed } from './deployed.ts'
import type { DeployedFunctions } from './index.ts'

/**
 * The functions of a file that something outside the code calls: those that the code shows, and those that infrastructure
 * files deploy. Their word counts where the code does not tell what sets a function off, and where they list all that
 * does: a function that is only ever scheduled answers nobody, whatever it returns.
 */
export function entryPointsWith(
  deployed: DeployedFunctions,
  module: Module,
): readonly EntryPoint[] {
  const shown = entryPoints(module)
  const here = deployed.get(module.facts.file)
  if (here === undefined) return shown
  const told = new Map<string, { readonly handler: FunctionTerm; readonly by: Deployed[] }>()
  for (const each of here) {
    for (const handler of handlersOf(module, each.name)) {
      const known = told.get(keyOf(handler))
      if (known) known.by.push(each)
      else told.set(keyOf(handler), { handler, by: [each] })
    }
  }
  const both = shown.map((entry) => {
    const known = told.get(keyOf(entry.handler))
    told.delete(keyOf(entry.handler))
    return known ? together(entry, known.by) : entry
  })
  return [...both, ...[...told.values()].map(({ handler, by }) => deployedEntry(handler, by))]
}

/** The functions that an export of a file stands for, of this file or of those that it exports on. */
function handlersOf(module: Module, name: string): readonly FunctionTerm[] {
  const own = exportsOf(module).find((each) => each.name === name)
  const term = own?.term ?? memberOf({ kind: 'namespace', module }, name)
  return term === null || term.kind === 'class' || term.kind === 'instance' ? [] : functionsIn(term)
}

function keyOf({ module, function: id, lexical }: FunctionTerm): string {
  return `${module.facts.file}:${String(id)}:${String(lexical?.id ?? 0)}`
}

function deployedEntry(handler: FunctionTerm, by: readonly Deployed[]): EntryPoint {
  const trigger = triggerOf(by)
  const label = routeOf(by) ?? LABELS[trigger]
  return { handler, trigger, label, framework: by[0]?.framework ?? '' }
}

/** What the code shows of an entry point, and what is told of it. */
function together(entry: EntryPoint, by: readonly Deployed[]): EntryPoint {
  const trigger = triggerOf(by)
  const told = deployedEntry(entry.handler, by)
  if (isRequest(trigger)) {
    if (!isRequest(entry.trigger)) return told
    return isLambdaLabel(entry.label) ? { ...entry, label: routeOf(by) ?? entry.label } : entry
  }
  if (trigger === 'unknown') return entry
  if (entry.trigger === 'unknown') return told
  const isOverruled = isRequest(entry.trigger) && isLambdaLabel(entry.label)
  const isAll = by.every((each) => each.isAll && each.trigger !== 'unknown')
  return isOverruled && isAll ? told : entry
}

/** A request where there is one among them; else the first that is known. */
function triggerOf(by: readonly Deployed[]): Trigger {
  const triggers = by.map(({ trigger }) => trigger)
  return triggers.find(isRequest) ?? triggers.find((trigger) => trigger !== 'unknown') ?? 'unknown'
}

/** The only route that leads to a function, but for what browsers ask first; null where there are several. */
function routeOf(by: readonly Deployed[]): string | null {
  const routes = new Set<string | null>()
  for (const { trigger, route, isAll } of by) {
    // Where only some of what sets it off is written, a request without a route is one whose route is told elsewhere.
    const isRoute = isRequest(trigger) && (route !== null || isAll)
    if (isRoute && route?.startsWith('OPTIONS ') !== true) routes.add(route)
  }
  const [route = null] = routes
  return routes.size === 1 ? route : null
}
