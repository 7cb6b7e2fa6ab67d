import { functionsIn } from './handed.ts'
import type { EntryPoint, Framework } from './framework.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { functionOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { FunctionTerm } from '../project/term.ts'
import { pathInProject } from '../project/test-files.ts'
import { functionTerm } from './functions.ts'

/** Folders of what is run by hand, by a build or at deployment. */
const SCRIPT_FOLDERS =
  /^(scripts?|migrations?([-_.]\w+)*|migrate|seed(s|er|ers|ing|-?data)?|bin|tools?|cli|fixtures?)$/i

/** Files of the same kind standing elsewhere: `seed-users.ts`, `seedUsers.ts`, `migrate.js`, `backfill_emails.js`. */
const SCRIPT_FILES = /^(seed|migrate|migration|backfill)(?![a-z])|\.(script|seed|migration)\.\w+$/

/** `vitest.config.ts`, `jest-config.js`; a `pricing-config.ts` is code like any other. */
const CONFIGURATION =
  /\w\.config\.[cm]?[jt]s$|^(?:babel|cdk|drizzle|eslint|jest|karma|metro|next|playwright|postcss|prettier|rollup|serverless|tailwind|vite|vitest|webpack)-config\.[cm]?[jt]s$/

/** What people call the function that a program starts with. */
const MAINS = /^(main|run|start|execute|bootstrap|init|program|cli|seed|migrate|backfill)/i

/**
 * A file that is run by hand, by a build or at deployment: scripts, migrations, seeds, tools, configuration.
 *
 * @param path of the file; every folder in it below the working directory counts
 */
export function isScriptFile(path: string): boolean {
  const folders = pathInProject(path).split('/')
  const file = folders.pop() ?? ''
  return (
    folders.some((folder) => SCRIPT_FOLDERS.test(folder)) ||
    SCRIPT_FILES.test(file) ||
    CONFIGURATION.test(file)
  )
}

const TEST_RUNNERS =
  /^(?:vitest|jest|@jest\/globals|mocha|chai|ava|tap|jasmine|node:test|bun:test|@playwright\/test)$/

/** Whether a file brings in what only tests and their helpers use. */
export function importsTestRunner({ facts }: Module): boolean {
  return facts.imports.some(({ source, typeOnly }) => !typeOnly && TEST_RUNNERS.test(source))
}

/** What a file runs as soon as it is loaded: `main()`, `main().catch(…)`, `(async () => { … })()`. */
export const scripts: Framework = {
  name: 'script',
  entryPoints: (module) => {
    const isScript = module.facts.hashbang || isScriptFile(module.facts.file)
    return started(module)
      .filter((handler) => isScript || isMain(handler))
      .map((handler): EntryPoint => {
        const name = functionOf(handler.module, handler.function).name
        return {
          handler,
          trigger: 'script',
          label: name === '' ? 'script' : `script ${name}`,
          framework: 'script',
        }
      })
  },
}

/** The functions of this file that are called while it loads. */
function started(module: Module): readonly FunctionTerm[] {
  const frame = freeFrame(module, 0)
  return functionOf(module, 0).calls.flatMap((id) => {
    const call = module.facts.calls[id]
    if (!call || call.isNew || call.loops.length > 0) return []
    return functionsIn(evaluate({ frame, value: call.callee }))
      .filter((f) => f.module === module && f.self === null)
      .map((f) => functionTerm(module, f.function))
  })
}

/** A function that is a program of its own: called for what it does, and for nothing that it is given. */
function isMain(term: FunctionTerm): boolean {
  const facts = functionOf(term.module, term.function)
  return MAINS.test(facts.name) || (facts.name === '' && facts.parameters.length === 0)
}
