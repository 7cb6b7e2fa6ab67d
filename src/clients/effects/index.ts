import { awsEffects } from './aws.ts'
import type { EffectLibrary } from './effect-library.ts'
import { otherEffects } from './services.ts'

const EFFECT_LIBRARIES: readonly EffectLibrary[] = [...awsEffects, ...otherEffects]

/** Commands whose sending has an effect outside DynamoDB, by name. */
export const EFFECT_COMMANDS: ReadonlyMap<string, EffectLibrary> = new Map(
  EFFECT_LIBRARIES.flatMap((library) => library.commands.map((name) => [name, library] as const)),
)

/** Calls that have an effect outside DynamoDB, by name. */
export const EFFECT_CALLS: ReadonlyMap<string, EffectLibrary> = new Map(
  EFFECT_LIBRARIES.flatMap((library) => library.calls.map((name) => [name, library] as const)),
)

/** What the last part of such a call can be: `sendMail`. A function that is called by a name of its own has none. */
export const EFFECT_METHODS: ReadonlySet<string> = new Set([
  'send',
  ...EFFECT_LIBRARIES.flatMap(({ calls }) =>
    calls.map((name) => name.split('.').at(-1)?.replace(/^.*#/, '') ?? ''),
  ),
])

/** The packages that such calls come from. */
export const EFFECT_PACKAGES: ReadonlySet<string> = new Set(
  EFFECT_LIBRARIES.flatMap(({ packages }) => packages),
)
