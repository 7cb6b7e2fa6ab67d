import { existsSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import type { Trigger } from '../frameworks/framework.ts'

/** One thing that an infrastructure file says sets an exported function off. */
export interface Deployed {
  readonly file: string
  /** The name of the export. */
  readonly name: string
  /** `unknown`: it is deployed, and the file does not say what for. */
  readonly trigger: Trigger
  /** `GET /orders`; null where it is no route, or one that is not known. */
  readonly route: string | null
  /** As its users write it: `Serverless Framework`, `AWS SAM`. */
  readonly framework: string
  /** The file lists all that sets the function off. */
  readonly isAll: boolean
}

/** What sets a function off, before it is known which function that is. */
export interface Cause {
  readonly trigger: Trigger
  readonly route: string | null
}

/** Where a function's code is. */
export interface HandlerPlace {
  readonly file: string
  readonly name: string
}

/** The first is what people write. */
const EXTENSIONS = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx']

/** What a build writes, beside or instead of the sources. */
const BUILT = /^(\.?\.?\/)*(\.?dist|\.?build|lib|out|\.?esbuild|\.webpack\/\w+|bundle)\//

/**
 * The source file of a path that may lack its extension, or be of what was built of it; null where there is none.
 *
 * @param base the directory that built files are told from sources in
 */
export function sourceOf(path: string, base: string): string | null {
  const stem = path.replace(/\.[cm]?[jt]sx?$/, '')
  const inside = relative(base, stem).replaceAll('\\', '/')
  const stems = [stem]
  if (BUILT.test(inside)) {
    const rest = inside.replace(BUILT, '')
    stems.unshift(...['src', 'app', '.'].map((folder) => join(base, folder, rest)))
  }
  for (const each of stems) {
    const found = EXTENSIONS.map((extension) => `${each}.${extension}`).find(existsSync)
    if (found !== undefined) return found
  }
  return null
}

/** `src/orders/list.handler`: a file and its export; null where there is no such file. */
export function handlerAt(handler: string, base: string): HandlerPlace | null {
  const dot = handler.lastIndexOf('.')
  if (dot <= 0 || dot < handler.lastIndexOf('/')) return null
  const path = handler.slice(0, dot)
  const file = sourceOf(isAbsolute(path) ? path : join(base, path), base)
  return file === null ? null : { file, name: handler.slice(dot + 1) }
}

/** `GET /orders`; null where a part is not known, or where it is every path. */
export function routeOf(method: string | null, path: string | null): string | null {
  if (path === null || /[\0*]|\$\{|\$default/.test(path) || /^\/?\{proxy\+\}$/.test(path))
    return null
  const verb = method === null || method === '*' ? 'ANY' : method.toUpperCase()
  if (!/^[A-Z]+$/.test(verb)) return null
  return `${verb} ${path.startsWith('/') ? path : `/${path}`}`
}

/** `GET /orders` or `get orders` as one text. */
export function routeOfText(text: string): string | null {
  const [, method = null, path = null] = /^\s*(\w+|\*)\s+(\S+)\s*$/.exec(text) ?? []
  return routeOf(method, path)
}
