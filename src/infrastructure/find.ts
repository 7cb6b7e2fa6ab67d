import { basename, dirname } from 'node:path'
import { isTestFile } from '../frameworks/index.ts'
import type { Outline } from '../project/disk.ts'
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
  /** What may be templates by their names. */
  readonly templatesAtMost: readonly string[]
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
const TEMPLATE_JSON = /(?:template|stack|cloudformation)[^/]*\.json$/i

/** Looks through a project's directory. What a file of code makes is told from what it imports. */
export function findInfrastructure(workspace: Workspace): Infrastructure {
  const { root } = workspace
  const serverless: string[] = []
  const templates: string[] = []
  const templatesAtMost: string[] = []
  const architect: string[] = []
  const cdk: string[] = []
  const sst = new Set<string>()
  const directories = new Map<string, number>()
  let count = 0
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
      if (templatesAtMost.length >= MOST_TEMPLATES) continue
      templatesAtMost.push(file)
      if (isTemplate(file)) templates.push(file)
    } else if (!isTestFile(file)) {
      const outline = outlineIn(workspace, file)
      if (importsFrom(outline, CDK_IMPORT)) cdk.push(file)
      if (importsFrom(outline, SST_IMPORT) || SST_SETTINGS.test(name)) sst.add(file)
    }
  }
  return {
    serverless,
    templates,
    templatesAtMost,
    architect,
    cdk,
    sst: withImports(workspace, sst),
    directories,
  }
}

/** Whether a file of code says what is deployed, as far as its name and its imports show. */
export function isInfrastructureCode(file: string, outline: Outline | null): boolean {
  const name = basename(file)
  return (
    SERVERLESS.test(name) ||
    SST_SETTINGS.test(name) ||
    importsFrom(outline, CDK_IMPORT) ||
    importsFrom(outline, SST_IMPORT)
  )
}

function importsFrom(outline: Outline | null, packages: RegExp): boolean {
  return outline?.imports.some(({ source }) => packages.test(source)) === true
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
      const target =
        typeOnly || !source.startsWith('.') ? null : resolveFrom(file, source, workspace.root)
      if (target !== null && !workspace.isLeftOut(target)) files.add(target)
    }
  }
  return [...files]
}
