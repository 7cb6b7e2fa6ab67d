import { basename, dirname } from 'node:path'
import { isTestFile } from '../frameworks/index.ts'
import { changedAt } from '../project/importers.ts'
import { resolveFrom } from '../project/resolution.ts'
import { filesIn, isInside, isSource } from '../project/source-files.ts'
import { outlineIn } from '../project/workspace.ts'
import type { Workspace } from '../project/workspace.ts'
import { CDK_IMPORT } from './cdk.ts'
import { isTemplate } from './read-file.ts'
import { SST_IMPORT, SST_SETTINGS } from './sst.ts'

/** The infrastructure files of a project, by what reads them. */
export interface Infrastructure {
  readonly serverless: readonly string[]
  readonly templates: readonly string[]
  readonly architect: readonly string[]
  readonly cdk: readonly string[]
  readonly sst: readonly string[]
  /** The directories that were looked through, with when each last had a file come or go. */
  readonly directories: ReadonlyMap<string, number>
}

/** Files beyond this many are not looked at; of those that may be templates, fewer. */
const MOST_FILES = 50_000
const MOST_TEMPLATES = 3000

const SERVERLESS = /^serverless(?:[.-][\w-]+)*\.(?:ya?ml|json|[cm]?[jt]s)$/
const ARCHITECT = /^(?:app\.arc|\.arc)$/
const YAML = /\.ya?ml$/
const LOCK = /^(?:pnpm-lock|yarn|package-lock|mkdocs|docker-compose.*)\./
const TEMPLATE_JSON = /(?:template|stack|cloudformation|sam)[^/]*\.json$/i

/** Looks through a project's directory. What a file of code makes is told from what it imports. */
export function findInfrastructure(workspace: Workspace): Infrastructure {
  const { root } = workspace
  const serverless: string[] = []
  const templates: string[] = []
  const architect: string[] = []
  const cdk: string[] = []
  const sst = new Set<string>()
  const directories = new Map<string, number>()
  let [count, read] = [0, 0]
  for (const file of filesIn(root, root, isWanted)) {
    if (workspace.isLeftOut(file)) continue
    count += 1
    if (count > MOST_FILES) break
    for (let at = dirname(file); !directories.has(at) && isInside(at, root); at = dirname(at))
      directories.set(at, changedAt(at))
    const name = basename(file)
    if (SERVERLESS.test(name)) serverless.push(file)
    else if (ARCHITECT.test(name)) architect.push(file)
    else if (!isSource(name)) {
      read += 1
      if (read <= MOST_TEMPLATES && isTemplate(file)) templates.push(file)
    } else if (!isTestFile(file)) {
      const sources = outlineIn(workspace, file)?.imports.map(({ source }) => source) ?? []
      if (sources.some((source) => CDK_IMPORT.test(source))) cdk.push(file)
      if (sources.some((source) => SST_IMPORT.test(source))) sst.add(file)
      if (SST_SETTINGS.test(name)) sst.add(file)
    }
  }
  return {
    serverless,
    templates,
    architect,
    cdk,
    sst: withImports(workspace, sst),
    directories,
  }
}

function isWanted(name: string): boolean {
  return (
    isSource(name) ||
    (YAML.test(name) && !LOCK.test(name)) ||
    SERVERLESS.test(name) ||
    ARCHITECT.test(name) ||
    TEMPLATE_JSON.test(name)
  )
}

/** How many files the settings of an app are spread over, at most. */
const MOST_SETTINGS = 200

/** The settings of an app, and the files that they import. */
function withImports(workspace: Workspace, files: Set<string>): readonly string[] {
  for (const file of files) {
    if (files.size > MOST_SETTINGS) break
    for (const { source, typeOnly } of outlineIn(workspace, file)?.imports ?? []) {
      const target = typeOnly || !source.startsWith('.') ? null : resolveFrom(file, source, workspace.root)
      if (target !== null && !workspace.isLeftOut(target)) files.add(target)
    }
  }
  return [...files]
}
