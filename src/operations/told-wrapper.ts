import type { CallId } from '../facts/model.ts'
import type { GivenAt, RequestValue, WrapperSettings } from '../settings/wrapper-settings.ts'
import { givenBy } from '../project/call.ts'
import { argumentTerm, externalName, UNDEFINED } from '../project/term.ts'
import { memberOf, typeOf } from '../project/member.ts'
import { callOf } from '../project/module.ts'
import type { Frame, Place, Term } from '../project/term.ts'
import { objectWith } from '../project/view.ts'
import type { Field } from '../project/view.ts'

/** What the settings say of a function of a package, or of a method of what it exports; null where they say nothing. */
export function toldOf(callee: Term, frame: Frame): WrapperSettings | null {
  const name = nameOf(callee)
  return name === null ? null : (frame.module.project.wrappers.get(name) ?? null)
}

function nameOf(callee: Term): string | null {
  if (callee.kind === 'external') return externalName(callee)
  if (callee.kind !== 'part') return null
  const of = typeOf(callee.of)
  return of.kind === 'made' ? `${externalName(of.of)}.${callee.key}` : null
}

/** The request that a call of such a function makes. */
export function requestTold({ request }: WrapperSettings, frame: Frame, call: CallId): Term {
  const at = (where: GivenAt): Term => {
    let term: Term | null = argumentTerm(givenBy(frame, call), where.argument)
    for (const key of where.path) term = term === null ? null : memberOf(term, key)
    return term ?? UNDEFINED
  }
  const valueOf = (told: RequestValue): Term =>
    'literal' in told ? { kind: 'literal', value: told.literal, ref: null } : at(told)
  if ('argument' in request) return at(request)
  const facts = callOf(frame.module, call)
  const calleeAt: Place = { ...facts.calleeAt, module: frame.module }
  const fields = [...request].flatMap(([key, told]): readonly Field[] => {
    const given = 'literal' in told ? undefined : facts.arguments[told.argument]
    if (!('literal' in told) && given === undefined) return []
    const valueAt: Place = given ? { ...given.at, module: frame.module } : calleeAt
    const term = (): Term => valueOf(told)
    return [{ key, term, keyAt: calleeAt, valueAt, at: null, certain: true }]
  })
  return objectWith(fields, { frame, value: facts.callee })
}
