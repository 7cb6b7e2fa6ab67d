import { externalName } from '../project/term.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { givenBy } from '../project/call.ts'
import { functionOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { FunctionTerm, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import type { EntryPoint, Framework } from './framework.ts'
import { exportsOf, importOf } from './functions.ts'
import type { Export } from './functions.ts'
import { functionsGiven, functionsIn } from './handed.ts'
import { HTTP_METHODS, routePath } from './nextjs.ts'
import { baseName, foldersBelow } from './path.ts'

/** Types of what Remix and React Router give to a loader or an action. */
const LOADER_TYPES = /^(Loader|Action|DataFunction)(Args|Function|FunctionArgs)?$/
const LOADER_PACKAGES = /^@remix-run\/|^react-router(-dom)?$|\+types\//

/**
 * Loaders and actions of Remix and React Router: the exports of a route's file, or typed as such.
 * https://reactrouter.com/how-to/file-route-conventions
 */
export const remix: Framework = {
  name: 'Remix',
  entryPoints: (module) => {
    const below = foldersBelow(module, 'app')
    const isRoute = below?.[0] === 'routes' || (below?.length === 0 && baseName(module) === 'root')
    return exportsOf(module)
      .filter(({ name }) => name === 'loader' || name === 'action')
      .flatMap(({ name, term }) =>
        functionsIn(term)
          .filter((f) => isRoute || hasLoaderType(f))
          .map((handler): EntryPoint => ({
            handler,
            trigger: name === 'loader' ? 'page' : 'action',
            label: isRoute ? `${name} ${remixPath(module, below)}` : name,
            framework: 'Remix',
          })),
      )
  },
}

function hasLoaderType(term: FunctionTerm): boolean {
  const facts = functionOf(term.module, term.function)
  return [facts.typeName, facts.parameters[0]?.typeName ?? null].some((local) => {
    if (local === null || !LOADER_TYPES.test(local)) return false
    const from = importOf(term.module, local) ?? importOf(term.module, 'Route')
    return from !== null && LOADER_PACKAGES.test(from.source)
  })
}

/** `/orders/:id` of `routes/orders.$id.tsx` or `routes/orders.$id/route.tsx`. */
function remixPath(module: Module, below: readonly string[] | null): string {
  const name = baseName(module)
  const folders = (below ?? []).slice(1)
  const parts = [...folders, ...(name === 'route' || name === 'root' ? [] : [name])]
    .flatMap((part) => part.split('.'))
    .filter((part) => part !== '_index' && part !== 'index' && !/^_(?!$)/.test(part))
  return `/${parts.map((part) => part.replace(/^\$/, ':').replace(/_$/, '')).join('/')}`
}

/** SvelteKit: `+server.ts`, `+page.server.ts`. https://svelte.dev/docs/kit/routing */
export const sveltekit: Framework = {
  name: 'SvelteKit',
  entryPoints: (module) => {
    const name = baseName(module)
    if (!/^\+(server|(page|layout)\.server)$/.test(name)) return []
    const path = routePath(foldersBelow(module, 'routes') ?? [])
    return exportsOf(module).flatMap((item): readonly EntryPoint[] => {
      const of = (term: Term, trigger: EntryPoint['trigger'], label: string): EntryPoint[] =>
        functionsIn(term).map((handler) => ({ handler, trigger, label, framework: 'SvelteKit' }))
      if (name === '+server')
        return HTTP_METHODS.has(item.name) || item.name === 'fallback'
          ? of(item.term, 'http', `${item.name} ${path}`)
          : []
      if (item.name === 'load') return of(item.term, 'page', `load ${path}`)
      if (item.name !== 'actions') return []
      return [...(viewOf(item.term)?.fields.values() ?? [])].flatMap((field) =>
        of(field.term(), 'action', `action ${path}?/${field.key}`),
      )
    })
  },
}

/** Folders in which an export named after a method answers requests: Astro, SolidStart, Expo, Qwik. */
const ENDPOINT_FOLDERS = ['pages', 'routes', 'api']

/** Endpoints of frameworks that route by files and name exports after methods. */
export const endpoints: Framework = {
  name: 'endpoint',
  entryPoints: (module) => {
    const folders = ENDPOINT_FOLDERS.map((f) => foldersBelow(module, f)).find((f) => f !== null)
    if (folders == null || /^(\+server|route)$/.test(baseName(module))) return []
    const name = baseName(module)
    const path = routePath(name === 'index' ? folders : [...folders, name])
    const isEndpoint = ({ name: method }: Export): boolean =>
      (HTTP_METHODS.has(method) || method === 'ALL') && method !== 'HEAD'
    return exportsOf(module)
      .filter(isEndpoint)
      .flatMap((item) =>
        functionsIn(item.term).map((handler): EntryPoint => ({
          handler,
          trigger: 'http',
          label: `${item.name} ${path}`,
          framework: 'endpoint',
        })),
      )
  },
}

/** Names that Nuxt and Nitro provide without an import. */
const EVENT_HANDLERS =
  /^(h3|nitro(pack)?(\/runtime)?|nitropack\/runtime|#imports|)#(default)?(defineEventHandler|eventHandler|defineCachedEventHandler|cachedEventHandler|defineLazyEventHandler|defineHandler)$/

/** Nuxt and Nitro. https://nitro.build/guide/routing */
export const nitro: Framework = {
  name: 'Nitro',
  entryPoints: (module) =>
    module.facts.calls.flatMap((call, id): readonly EntryPoint[] => {
      const callee = module.facts.values[call.callee]
      if (callee?.kind !== 'global' && callee?.kind !== 'import') return []
      const frame = freeFrame(module, call.function)
      const term = evaluate({ frame, value: call.callee })
      if (term.kind !== 'external' || !EVENT_HANDLERS.test(externalName(term))) return []
      const label = nitroLabel(module)
      return functionsGiven(givenBy(frame, id)).map((handler) => ({
        handler,
        trigger: 'http',
        label,
        framework: 'Nitro',
      }))
    }),
}

/** `GET /api/orders` of `server/api/orders.get.ts`. */
function nitroLabel(module: Module): string {
  const below = foldersBelow(module, 'server')
  if (below === null) return 'Nitro handler'
  const [name = '', method = 'any'] = baseName(module).split('.')
  const folders = below[0] === 'routes' ? below.slice(1) : below
  return `${method.toUpperCase()} ${routePath(name === 'index' ? folders : [...folders, name])}`
}
