import { posix } from 'node:path'
import { parse } from '@typescript-eslint/parser'
import type { TSESTree } from '@typescript-eslint/utils'
import { extractFacts } from '../../src/facts/extract.ts'
import type { CallFacts, FunctionId, Key, ModuleFacts, ValueId } from '../../src/facts/model.ts'
import { evaluate } from '../../src/project/evaluate.ts'
import { freeFrame } from '../../src/project/frame.ts'
import { newModule, newProject } from '../../src/project/module.ts'
import type { Module } from '../../src/project/module.ts'
import { externalName } from '../../src/project/term.ts'
import type { Term } from '../../src/project/term.ts'
import { viewOf } from '../../src/project/view.ts'

/** The facts of a text, read from typescript-estree's tree. */
export function factsOf(text: string, file = 'code.ts'): ModuleFacts {
  const program = parse(text, {
    range: true,
    sourceType: 'module',
    ecmaFeatures: { jsx: file.endsWith('x') },
  }) as TSESTree.Program
  return extractFacts(program, { file, text })
}

/** One file that stands alone, with nothing to resolve its imports. */
export function moduleOf(text: string, file = 'code.ts'): Module {
  return newModule(newProject(), factsOf(text, file))
}

/** Files that import each other by relative path, with or without an extension; gives the module of each. */
export function projectOf(files: Readonly<Record<string, string>>): (file: string) => Module {
  const modules = new Map<string, Module>()
  const project = newProject((from, source) => {
    if (!source.startsWith('.')) return null
    const path = posix.join(posix.dirname(from.facts.file), source)
    const names = [path, `${path}.ts`, `${path}.js`, `${path}/index.ts`]
    return names.map((name) => modules.get(name)).find((found) => found !== undefined) ?? null
  })
  for (const [file, text] of Object.entries(files))
    modules.set(file, newModule(project, factsOf(text, file)))
  return (file) => {
    const found = modules.get(file)
    if (!found) throw new Error(`there is no ${file} in this project`)
    return found
  }
}

/** The calls of a global function, in the order in which the file was read. */
export function callsNamed(facts: ModuleFacts, name = 'probe'): readonly CallFacts[] {
  return facts.calls.filter((call) => {
    const callee = facts.values[call.callee]
    return callee?.kind === 'global' && callee.name === name
  })
}

/** What the first argument of each `probe(…)` is, as seen from its own function alone. */
export function probes(module: Module): readonly Term[] {
  return callsNamed(module.facts).map((call) => {
    const [first] = call.arguments
    if (!first) throw new Error('probe() is given nothing')
    return evaluate({ frame: freeFrame(module, call.function), value: first.value })
  })
}

/** `probes` of a text, spelled. */
export function probed(text: string): readonly string[] {
  return probes(moduleOf(text)).map((term) => spell(term))
}

/** The function of that name: `handler`, `Orders.list`. */
export function functionNamed(facts: ModuleFacts, name: string): FunctionId {
  const id = facts.functions.findIndex((f) => f.name === name)
  if (id < 0) throw new Error(`there is no function ${name}`)
  return id
}

const MOST_DEPTH = 8

/** A term as one line of text; `…` where it goes too deep. */
export function spell(term: Term, depth = 0): string {
  if (depth > MOST_DEPTH) return '…'
  const inner = (t: Term): string => spell(t, depth + 1)
  switch (term.kind) {
    case 'literal':
      return term.value === undefined ? 'undefined' : JSON.stringify(term.value)
    case 'template': {
      const { frame } = term.ref
      const parts = term.parts.map((p) =>
        p.kind === 'text' ? p.text : `\${${inner(evaluate({ frame, value: p.value }))}}`,
      )
      return `\`${parts.join('')}\``
    }
    case 'object': {
      const view = viewOf(term)
      if (view === null) return '{?}'
      const pieces = [
        ...[...view.fields.values()].map(
          (f) => `${f.key}${f.certain ? '' : '?'}: ${inner(f.term())}`,
        ),
        ...view.computed.map((c) => `[${inner(c.key)}]: ${inner(c.term())}`),
        ...view.spreads.map((s) => `...${inner(s)}`),
      ]
      return pieces.length === 0 ? '{}' : `{ ${pieces.join(', ')} }`
    }
    case 'array': {
      const { frame, value } = term.ref
      const node = frame.module.facts.values[value]
      if (node?.kind !== 'array' && node?.kind !== 'append') return '[?]'
      const items = (node.kind === 'array' ? node.elements : node.items).map(
        (e) => (e.spread ? '...' : '') + inner(evaluate({ frame, value: e.value })),
      )
      const before =
        node.kind === 'append' ? [`...${inner(evaluate({ frame, value: node.of }))}`] : []
      return `[${[...before, ...items].join(', ')}]`
    }
    case 'sequence':
      return `each(${inner(term.element())})`
    case 'choice':
      return `(${term.options.map(inner).join(' | ')})`
    case 'function':
      return `function ${term.module.facts.functions[term.function]?.name ?? ''}`.trim()
    case 'class':
      return `class ${term.module.facts.classes[term.class]?.name ?? ''}`.trim()
    case 'instance':
      return `instance of ${inner(term.class)}`
    case 'namespace':
      return `module ${term.module.facts.file}`
    case 'external':
      return externalName(term)
    case 'made':
      return term.arguments === null
        ? `a ${inner(term.of)}`
        : `new ${inner(term.of)}(${term.arguments.map((a) => (a.spread ? '...' : '') + inner(a.term())).join(', ')})`
    case 'result':
      return `${inner(term.callee)}(${term.arguments.map((a) => (a.spread ? '...' : '') + inner(a.term())).join(', ')})`
    case 'parameter': {
      const { frame, index } = term
      const facts = frame.module.facts.functions[frame.function]
      const name = facts?.parameters[index]?.name ?? String(index)
      return `<${facts?.name ?? ''}.${name}>`
    }
    case 'part':
      return `${inner(term.of)}.${term.key}`
    case 'item':
      return `${inner(term.of)}[${inner(term.key)}]`
    case 'element':
      return `element(${inner(term.of)})`
    case 'shape':
      return 'shape'
    case 'derived':
      return `${term.operator}(${term.from.map(inner).join(', ')})`
    case 'joined':
      return `joined(${inner(term.of)}, ${JSON.stringify(term.separator)})`
    case 'unknown':
      return term.from.length === 0 ? 'unknown' : `unknown(${term.from.map(inner).join(', ')})`
  }
}

/** A value of the facts as one line of text, followed no further than the facts themselves go. */
export function say(facts: ModuleFacts, id: ValueId, depth = 0): string {
  if (depth > MOST_DEPTH) return '…'
  const inner = (v: ValueId): string => say(facts, v, depth + 1)
  const keyed = (key: Key): string =>
    typeof key === 'string' ? `.${key}` : `[${inner(key.computed)}]`
  const value = facts.values[id]
  switch (value?.kind) {
    case undefined:
      return '?'
    case 'literal':
      return value.value === undefined ? 'undefined' : JSON.stringify(value.value)
    case 'template':
      return `\`${value.parts.map((p) => (p.kind === 'text' ? p.text : `\${${inner(p.value)}}`)).join('')}\``
    case 'object': {
      const entries = value.entries.map((e) =>
        e.kind === 'spread'
          ? `...${inner(e.value)}`
          : e.kind === 'computed'
            ? `[${inner(e.key)}]: ${inner(e.value)}`
            : `${e.key}: ${inner(e.value)}`,
      )
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
    }
    case 'array':
      return `[${value.elements.map((e) => (e.spread ? '...' : '') + inner(e.value)).join(', ')}]`
    case 'choice': {
      const arms = value.options.map(
        (o, i) => `${value.arms[i] === undefined ? '' : `${value.arms[i]}: `}${inner(o)}`,
      )
      return `choice${value.branch ?? ''}(${arms.join(' | ')})`
    }
    case 'loop':
      return `loop${value.loop}(${inner(value.initial)} → ${value.next === null ? 'same' : inner(value.next)})`
    case 'parameter':
      return `${value.rest ? '...' : ''}parameter${value.function}.${value.index}`
    case 'this':
      return `this${value.function}`
    case 'super':
      return `super${value.function}`
    case 'import':
      return `import(${value.source}).${value.name}`
    case 'global':
      return value.name
    case 'variable':
      return `variable ${facts.variables[value.variable]?.name ?? '?'}`
    case 'member':
      return `${inner(value.of)}.${value.key}`
    case 'item':
      return `${inner(value.of)}[${inner(value.key)}]`
    case 'element':
      return `element(${inner(value.of)})`
    case 'call': {
      const call = facts.calls[value.call]
      if (!call) return '?()'
      const given = call.arguments.map((a) => (a.spread ? '...' : '') + inner(a.value))
      return `${call.isNew ? 'new ' : ''}${inner(call.callee)}(${given.join(', ')})`
    }
    case 'function':
      return `function${value.function} ${facts.functions[value.function]?.name ?? ''}`.trim()
    case 'class':
      return `class ${facts.classes[value.class]?.name ?? ''}`.trim()
    case 'binary':
    case 'logical':
      return `(${inner(value.left)} ${value.operator} ${inner(value.right)})`
    case 'unary':
      return `${value.operator}(${inner(value.of)})`
    case 'set':
      return `${inner(value.of)} with ${keyed(value.key)} = ${inner(value.value)}`
    case 'delete':
      return `${inner(value.of)} without ${keyed(value.key)}`
    case 'append':
      return `${inner(value.of)} and ${value.items.map((i) => (i.spread ? '...' : '') + inner(i.value)).join(', ')}`
    case 'rest':
      return `${inner(value.of)} except ${value.omit.join(', ')}`
    case 'caught':
      return `caught${value.try}`
    case 'instance':
      return `instance(${inner(value.of)})`
    case 'shape':
      return `shape(${Object.entries(value.members)
        .map(([key, v]) => `${key}: ${inner(v)}`)
        .join(', ')})`
    case 'unknown':
      return value.from.length === 0 ? 'unknown' : `unknown(${value.from.map(inner).join(', ')})`
  }
}

/** What the first argument of each `probe(…)` is in the facts, said in one line. */
export function said(text: string, file?: string): readonly string[] {
  const facts = factsOf(text, file)
  return callsNamed(facts).map((call) => {
    const [first] = call.arguments
    return first ? say(facts, first.value) : 'nothing'
  })
}

/** The guards of a call as `kind:arm`, with the text of the condition. */
export function guardsOfCall(text: string, facts: ModuleFacts, call: CallFacts): readonly string[] {
  return call.guards.map(({ branch, arm }) => {
    const made = facts.branches[branch]
    const condition = made?.condition ?? null
    const place = condition === null ? undefined : facts.places[condition]
    const shown = place ? ` ${text.slice(place.start, place.end)}` : ''
    return `${made?.kind ?? '?'}:${arm}${shown}`
  })
}
