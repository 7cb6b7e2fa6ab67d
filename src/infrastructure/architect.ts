import { dirname, join } from 'node:path'
import type { Trigger } from '../frameworks/framework.ts'
import { routeOf, sourceOf } from './deployed.ts'
import type { Cause, Deployed, HandlerPlace } from './deployed.ts'

/** What each section of an app's manifest sets off, and the folder of its functions. https://arc.codes/docs/en/reference/project-manifest */
const SECTIONS: Readonly<Record<string, readonly [Trigger, string]>> = {
  http: ['http', 'http'],
  ws: ['websocket', 'ws'],
  events: ['event', 'events'],
  queues: ['queue', 'queues'],
  scheduled: ['schedule', 'scheduled'],
  'tables-streams': ['stream', 'tables-streams'],
  streams: ['stream', 'streams'],
}

/** The functions of an Architect app: each section of `app.arc` names them, and each stands in a folder of its own. */
export function architectFunctions(file: string, text: string): readonly Deployed[] {
  const directory = dirname(file)
  const found: Deployed[] = []
  let section = ''
  let path = ''
  let last: Cause | null = null
  for (const line of text.split(/\r?\n/)) {
    const words = line.replace(/#.*$/, '').trim().split(/\s+/)
    const [first = '', second = ''] = words
    if (first === '') continue
    if (first.startsWith('@')) {
      section = first.slice(1)
      last = null
      continue
    }
    const known = Object.hasOwn(SECTIONS, section) ? SECTIONS[section] : undefined
    if (known === undefined) continue
    const [trigger, folder] = known
    const place = (folder: string): void => {
      const at = architectHandler(folder, directory)
      if (at === null || last === null) return
      found.push({ ...at, ...last, framework: 'Architect', isAll: true })
    }
    if (/^\s/.test(line)) {
      // A name, or a path, on a line of its own, and below it what is to be said of it.
      if (first === 'src') place(join(directory, second))
      if (first !== 'method' || path === '') continue
      last = { trigger, route: routeIn(second, path) }
      place(join(directory, 'src', folder, folderOfRoute(second, path)))
      continue
    }
    const isRoute = section === 'http' && second !== ''
    path = first.startsWith('/') ? first : ''
    last = { trigger, route: isRoute ? routeIn(first, second) : null }
    const name = isRoute ? folderOfRoute(first, second) : first
    place(join(directory, 'src', folder, name))
  }
  return found
}

/** The function that stands in a folder of an app, or is built of what stands elsewhere. */
export function architectHandler(folder: string, directory: string): HandlerPlace | null {
  const source = sourceOf(join(folder, 'index'), directory) ?? sourceOf(folder, directory)
  return source === null ? null : { file: source, name: 'handler' }
}

function routeIn(method: string, path: string): string | null {
  return routeOf(method === 'any' ? null : method, path.replace(/:(\w+)/g, '{$1}'))
}

/** `get /orders/:id` stands in `get-orders-000id`, `get /` in `get-index`. */
function folderOfRoute(method: string, path: string): string {
  const name = path
    .replace(/^\/|\/$/g, '')
    .replace(/-/g, '_')
    .replace(/\./g, '_')
    .replace(/:/g, '000')
    .replace(/\*/g, 'catchall')
    .replace(/\//g, '-')
  return `${method.toLowerCase()}-${name === '' ? 'index' : name}`
}
