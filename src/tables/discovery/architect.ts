import { dirname, join } from 'node:path'
import { architectHandler } from '../../infrastructure/architect.ts'
import type { HandlerPlace } from '../../infrastructure/deployed.ts'
import type { IndexSchema, KeyAttribute } from '../schema.ts'
import type { AnyDefinition, Found, StreamSource } from './definition.ts'
import { NOTHING_FOUND } from './definition.ts'
import { definitionOf, typeFrom } from './keys.ts'
import { hole } from './names.ts'

interface Section {
  readonly name: string
  readonly line: number
  readonly keys: KeyAttribute[]
  /** `*String`, `**String` in this order. */
  readonly roles: ('*' | '**')[]
  readonly settings: Map<string, readonly string[]>
}

/**
 * The tables of an Architect app's manifest.
 * https://arc.codes/docs/en/reference/project-manifest/tables
 */
export function tablesOfArchitect(file: string, text: string): Found {
  const sections = sectionsOf(text)
  const indexes = [...(sections.get('tables-indexes') ?? []), ...(sections.get('indexes') ?? [])]
  const readers = [...(sections.get('tables-streams') ?? []), ...(sections.get('streams') ?? [])]
  const definitions = (sections.get('tables') ?? []).map((table): AnyDefinition => {
    const { name, line, settings } = table
    const isRead = readers.some((reader) => tableOf(reader) === name)
    const own = keysOf(table)
    return definitionOf({
      id: name,
      framework: 'Architect',
      at: { file, line },
      // What Architect makes of it: the app, the stage and the table, and letters of its own.
      names: [`${hole('app')}-${name}-${hole('stage')}`],
      keys: own === null ? null : { partitionKey: own.partitionKey, sortKey: own.sortKey },
      indexes: indexes.filter((index) => index.name === name).map(indexOf),
      hasMoreIndexes: false,
      timeToLive: [...settings].find(([, [word]]) => word === 'TTL')?.[0] ?? null,
      stream: isRead || settings.get('stream')?.[0] === 'true' ? 'NEW_AND_OLD_IMAGES' : 'none',
      capacity: { mode: 'on-demand', isWritten: false },
    })
  })
  const streams = readers.flatMap((reader): readonly StreamSource[] => {
    const table = definitions.find(({ id }) => id === tableOf(reader)) ?? null
    const handler = handlerOf(reader, dirname(file))
    return handler === null ? [] : [{ table, handler, isFiltered: false }]
  })
  return { ...NOTHING_FOUND, definitions, streams }
}

/** A stream is called after its table, or says which it reads. https://arc.codes/docs/en/reference/project-manifest/tables-streams */
function tableOf({ name, settings }: Section): string {
  return settings.get('table')?.[0] ?? name
}

function handlerOf({ name, settings }: Section, directory: string): HandlerPlace | null {
  const source = settings.get('src')?.[0]
  const folders =
    source === undefined ? [`src/tables-streams/${name}`, `src/streams/${name}`] : [source]
  const [found] = folders.flatMap(
    (folder) => architectHandler(join(directory, folder), directory) ?? [],
  )
  return found ?? null
}

function keysOf({ keys, roles }: Section): Pick<IndexSchema, 'partitionKey' | 'sortKey'> | null {
  const partition = keys[roles.indexOf('*')]
  const sort = roles.includes('**') ? keys[roles.indexOf('**')] : undefined
  return partition === undefined ? null : { partitionKey: partition, sortKey: sort ?? null }
}

function indexOf(section: Section): IndexSchema | null {
  const keys = keysOf(section)
  if (keys === null) return null
  const names = [keys.partitionKey.name, ...(keys.sortKey ? [keys.sortKey.name] : [])]
  const [name] = section.settings.get('name') ?? [`${names.join('-')}-index`]
  const projected = section.settings.get('projection')
  const [word = 'all'] = projected ?? []
  const projection =
    word === 'all'
      ? 'ALL'
      : word === 'keys' || word === 'keys-only'
        ? 'KEYS_ONLY'
        : (projected ?? null)
  return { name: name ?? '', ...keys, projection }
}

function sectionsOf(text: string): ReadonlyMap<string, readonly Section[]> {
  const sections = new Map<string, Section[]>()
  let pragma = ''
  text.split(/\r?\n/).forEach((written, index) => {
    const words = written.replace(/#.*$/, '').trim().split(/\s+/)
    const [first = '', ...more] = words
    if (first === '') return
    if (first.startsWith('@')) {
      pragma = first.slice(1)
      return
    }
    const list = sections.get(pragma) ?? []
    sections.set(pragma, list)
    if (!/^\s/.test(written)) {
      list.push({ name: first, line: index + 1, keys: [], roles: [], settings: new Map() })
      return
    }
    const section = list.at(-1)
    const [, stars, type] = /^(\*{1,2})(\w*)$/.exec(more[0] ?? '') ?? []
    if (section === undefined) return
    if (stars === undefined) section.settings.set(first, more)
    else {
      section.keys.push({ name: first, type: type === '' ? 'S' : typeFrom(type) })
      section.roles.push(stars === '*' ? '*' : '**')
    }
  })
  return sections
}
