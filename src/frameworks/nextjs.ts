import type { Module } from '../project/module.ts'
import { functionOf } from '../project/module.ts'
import type { FunctionTerm } from '../project/term.ts'
import type { EntryPoint, Framework, Trigger } from './framework.ts'
import { exportsOf, functionTerm, importsFrom } from './functions.ts'
import { functionsIn } from './handed.ts'
import { baseName, foldersBelow, isScheduledPath } from './path.ts'

export const HTTP_METHODS: ReadonlySet<string> = new Set([
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
])

/** Files of the `app` folder that render something. */
const PAGES = /^(page|layout|template|default|loading|not-found)$/

/** Exports that run while the site is built. */
const AT_BUILD = new Set(['getStaticProps', 'getStaticPaths', 'generateStaticParams'])

const ON_REQUEST = new Set(['getServerSideProps', 'getInitialProps', 'generateMetadata'])

/**
 * Next.js: route handlers, pages and API routes by their files, server actions by their directive.
 * https://nextjs.org/docs/app/getting-started/route-handlers
 */
export const nextjs: Framework = {
  name: 'Next.js',
  entryPoints: (module) => {
    if (module.facts.directives.includes('use client')) return []
    return [
      ...inApp(module),
      ...inPages(module),
      ...rendered(module),
      ...actions(module),
      ...proxy(module),
    ]
  },
}

function entry(handler: FunctionTerm, trigger: Trigger, label: string): EntryPoint {
  return { handler, trigger, label, framework: 'Next.js' }
}

function inApp(module: Module): readonly EntryPoint[] {
  const folders = foldersBelow(module, 'app')
  if (folders === null) return []
  const path = routePath(folders)
  if (baseName(module) === 'route') {
    const trigger = isCron(module) ? 'schedule' : 'http'
    return exportsOf(module)
      .filter(({ name }) => HTTP_METHODS.has(name))
      .flatMap(({ name, term }) =>
        functionsIn(term).map((f) => entry(f, trigger, `${name} ${path}`)),
      )
  }
  if (!PAGES.test(baseName(module)) || !isNext(module)) return []
  return exportsOf(module)
    .filter(({ name }) => name === 'default')
    .flatMap(({ term }) => functionsIn(term).map((f) => entry(f, 'page', `page ${path}`)))
}

/** A page of another framework has the same name; what they import differs. */
function isNext(module: Module): boolean {
  return !importsFrom(module, '@remix-run', 'react-router', '@sveltejs/kit')
}

function inPages(module: Module): readonly EntryPoint[] {
  const folders = foldersBelow(module, 'pages')
  if (folders?.[0] !== 'api') return []
  const name = baseName(module)
  const path = routePath(name === 'index' ? folders : [...folders, name])
  const trigger = isCron(module) ? 'schedule' : 'http'
  return exportsOf(module)
    .filter((item) => item.name === 'default')
    .flatMap(({ term }) => functionsIn(term).map((f) => entry(f, trigger, path)))
}

function rendered(module: Module): readonly EntryPoint[] {
  return exportsOf(module)
    .filter(({ name }) => AT_BUILD.has(name) || ON_REQUEST.has(name))
    .flatMap(({ name, term }) => {
      const trigger = AT_BUILD.has(name) ? 'script' : 'page'
      return functionsIn(term).map((f) => entry(f, trigger, name))
    })
}

/** `'use server'`, of the file or of one function. */
function actions(module: Module): readonly EntryPoint[] {
  const label = (f: FunctionTerm): string => {
    const { name } = functionOf(f.module, f.function)
    return name === '' ? 'server action' : `server action ${name}`
  }
  const own = module.facts.functions.flatMap((facts, id) =>
    facts.kind !== 'module' && facts.directives.includes('use server')
      ? [functionTerm(module, id)]
      : [],
  )
  const all = module.facts.directives.includes('use server')
    ? exportsOf(module).flatMap(({ term }) => functionsIn(term))
    : []
  return [...own, ...all].map((f) => entry(f, 'action', label(f)))
}

/** `middleware.ts`, `proxy.ts`: runs before every request. */
function proxy(module: Module): readonly EntryPoint[] {
  const name = baseName(module)
  if ((name !== 'middleware' && name !== 'proxy') || !importsFrom(module, 'next')) return []
  return exportsOf(module)
    .filter((item) => item.name === name || item.name === 'default')
    .flatMap(({ term }) => functionsIn(term).map((f) => entry(f, 'http', 'Next.js middleware')))
}

/** A route that only a scheduler calls: told by its path, or by the secret that it asks for. */
function isCron(module: Module): boolean {
  return (
    isScheduledPath(module) ||
    module.facts.values.some(
      (value) => value.kind === 'member' && /^CRON_(SECRET|KEY|TOKEN|API_KEY)$/.test(value.key),
    )
  )
}

/** `/api/orders/[id]`: groups and slots are no part of a path. */
export function routePath(folders: readonly string[]): string {
  const parts = folders.filter((folder) => !/^(\(.*\)|@.*)$/.test(folder))
  return `/${parts.join('/')}`
}
