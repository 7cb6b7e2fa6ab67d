import { dirname } from 'node:path'
import { displayName, functionOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { matcherOf } from '../project/patterns.ts'
import type { FunctionTerm } from '../project/term.ts'
import type { EntryPoint } from './framework.ts'
import { exportsOf } from './functions.ts'
import { functionsIn } from './handed.ts'
import { isTestFile } from '../project/test-files.ts'

/** Functions of which the user says that something outside the code calls them. */
export interface ToldEntryPoints {
  /** As a line of a `.gitignore` in the project's root. */
  readonly files: string
  /** The export that is meant; null for each of the file's. */
  readonly name: string | null
  /** Whether somebody waits for the answer. */
  readonly kind: 'request' | 'job'
}

type FindEntryPoints = (module: Module) => readonly EntryPoint[]

/** Entry points as they are found, and those that the user tells of: of one function, the user knows best. */
export function withTold(told: readonly ToldEntryPoints[], find: FindEntryPoints): FindEntryPoints {
  if (told.length === 0) return find
  let matchers: readonly Matcher[] = []
  return (module) => {
    const directory = module.project.root ?? dirname(module.facts.file)
    if (matchers[0]?.directory !== directory)
      matchers = told.map((each) => ({
        ...each,
        directory,
        matches: matcherOf([each.files], directory),
      }))
    const named = toldIn(module, matchers)
    if (named.length === 0) return find(module)
    const found = find(module).filter(
      ({ handler }) => !named.some((other) => isSame(handler, other.handler)),
    )
    return [...named, ...found]
  }
}

interface Matcher extends ToldEntryPoints {
  readonly directory: string
  readonly matches: (file: string) => boolean
}

function toldIn(module: Module, matchers: readonly Matcher[]): readonly EntryPoint[] {
  const { file } = module.facts
  if (isTestFile(file)) return []
  return matchers.flatMap(({ matches, name, kind }) => {
    if (!matches(file)) return []
    return exportsOf(module)
      .filter((one) => name === null || one.name === name)
      .flatMap((one) => functionsIn(one.term))
      .map((handler): EntryPoint => {
        const { name: called } = functionOf(handler.module, handler.function)
        const label = `${kind === 'request' ? 'call of' : 'job'} ${called || displayName(module)}`
        const trigger = kind === 'request' ? 'rpc' : 'event'
        return { handler, trigger, label, framework: 'settings' }
      })
  })
}

function isSame(a: FunctionTerm, b: FunctionTerm): boolean {
  return a.module === b.module && a.function === b.function && a.lexical === b.lexical
}
