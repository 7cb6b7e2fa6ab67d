import { extname, join } from 'node:path'
import { isInside } from '../project/source-files.ts'
import { at, mapOf, textOf } from './data.ts'
import type { Data } from './data.ts'
import { exportedData } from './code-data.ts'
import type { Source } from './source.ts'

/** A service's settings, and where its own files are. */
export interface Service {
  readonly source: Source
  readonly directory: string
  readonly settings: Data
  /** Counts down with each variable that is looked up; at nothing, all further ones are unknown. */
  readonly budget: { variables: number }
  /** What stands in a longer text for a variable that is not known; `\0` where nothing else is told. */
  readonly unknown?: (expression: string) => string
}

/** Of one service, at most. */
export const MOST_VARIABLES = 20_000

/** How many variables lie one in another, or lead one to another, at most. */
const MOST_STEPS = 20

/** Stands in a text for what is not known. */
const UNKNOWN = '\0'

const INNERMOST = /\$\{([^${}]*)\}/

/**
 * A value of a service's settings with its variables filled in. What is not known is null; in a longer text, `\0`.
 * https://www.serverless.com/framework/docs/guides/variables
 */
export function filledIn(data: Data | undefined, service: Service, steps = 0): Data {
  if (typeof data !== 'string') return data ?? null
  let text = data
  for (let step = steps; step < MOST_STEPS; step += 1) {
    const variable = INNERMOST.exec(text)
    if (variable === null) return text
    const [whole, expression = ''] = variable
    const value = valueOf(expression, service, step)
    if (whole === text) return filledIn(value, service, step + 1)
    const isPlain = typeof value === 'string' || typeof value === 'number'
    text = text.replace(whole, () =>
      isPlain ? String(value) : (service.unknown?.(expression) ?? UNKNOWN),
    )
  }
  return null
}

/** `self:custom.dir, 'src'`: the first that is known. */
function valueOf(expression: string, service: Service, steps: number): Data {
  service.budget.variables -= 1
  if (service.budget.variables < 0) return null
  for (const part of expression.split(',')) {
    const value = oneOf(part.trim(), service, steps)
    if (value !== null) return value
  }
  return null
}

function oneOf(name: string, service: Service, steps: number): Data {
  const quoted = /^(['"])(.*)\1$/.exec(name)
  if (quoted) return quoted[2] ?? null
  const own = /^self:(.*)$/.exec(name)
  if (own) return inside(service.settings, own[1] ?? '', service, steps)
  const file = /^file\((.*?)\)(?::(.*))?$/.exec(name)
  if (!file) return null
  return inside(fileData(file[1]?.trim() ?? '', service), file[2] ?? '', service, steps)
}

function fileData(path: string, { source, directory }: Service): Data {
  const file = join(directory, path.replace(/^['"]|['"]$/g, ''))
  if (path.includes(UNKNOWN) || !isInside(file, source.root)) return null
  return /^\.[cm]?[jt]s$/.test(extname(file)) ? exportedData(source, file) : source.data(file)
}

/** What a path of keys leads to, through values that are variables themselves. */
function inside(data: Data, path: string, service: Service, steps: number): Data {
  let found = data
  for (const key of path === '' ? [] : path.split('.')) {
    found = at(mapOf(found) ?? filledIn(found, service, steps + 1), key) ?? null
  }
  return found
}

/** As `filledIn`, for a text. */
export function filledText(data: Data | undefined, service: Service): string | null {
  return textOf(filledIn(data, service))
}
