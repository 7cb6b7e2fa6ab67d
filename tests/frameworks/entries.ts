import { parse } from '@typescript-eslint/parser'
import { extractFacts } from '../../src/facts/extract.ts'
import { entryPoints } from '../../src/frameworks/index.ts'
import { newModule, newProject } from '../../src/project/module.ts'

/**
 * The entry points of a source, one line each: trigger, label, framework, and the text the handler begins with.
 *
 * @param text the source
 * @param file its path, which some frameworks route by
 */
export function entries(text: string, file = 'src/file.ts'): readonly string[] {
  const program = parse(text, { range: true, jsx: file.endsWith('x') })
  const module = newModule(newProject(), extractFacts(program, { file, text }))
  return entryPoints(module).map(({ trigger, label, framework, handler }) => {
    const { name, at } = module.facts.functions[handler.function] ?? {
      name: '',
      at: { start: 0, end: 0 },
    }
    const title = name === '' ? text.slice(at.start, at.end).slice(0, 24) : name
    return `${trigger} | ${label} | ${framework} | ${title}`
  })
}

/** As `entries`, triggers and labels only. */
export function labels(text: string, file?: string): readonly string[] {
  return entries(text, file).map((entry) => entry.split(' | ').slice(0, 2).join(' '))
}

/** As `entries`, triggers only. */
export function triggers(text: string, file?: string): readonly string[] {
  return entries(text, file).map((entry) => entry.split(' | ')[0] ?? '')
}
