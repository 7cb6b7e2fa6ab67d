import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isTestFile } from '../frameworks/index.ts'
import type { Outline } from '../project/disk.ts'
import { resolveFrom } from '../project/resolution.ts'
import { isSource } from '../project/source-files.ts'
import { outlineIn, surveyOfProject } from '../project/workspace.ts'
import type { Workspace } from '../project/workspace.ts'
import { CDK_IMPORT } from './cdk.ts'
import { isTemplate, isTerraformOfInterest } from './read-file.ts'
import { SST_IMPORT, SST_SETTINGS } from './sst.ts'

/** The infrastructure files of a project, by what reads them. */
export interface Infrastructure {
  readonly serverless: readonly string[]
  readonly templates: readonly string[]
  /** What may be templates, or may come to matter, by their names. */
  readonly templatesAtMost: readonly string[]
  readonly architect: readonly string[]
  readonly cdk: readonly string[]
  readonly sst: readonly string[]
  readonly pulumi: readonly string[]
  readonly terraform: readonly string[]
  /** What the CDK wrote when its user had it, though `.gitignore` names it. */
  readonly synthesised: readonly string[]
}

/** Files that may be templates beyond this many are not looked at. */
const MOST_TEMPLATES = 3000

const SERVERLESS = /^serverless(?:[.-][\w-]+)*\.(?:ya?ml|json|[cm]?[jt]s)$/
const ARCHITECT = /^(?:app\.arc|\.arc)$/
const TERRAFORM = /\.(?:tf|tofu)$/
const PULUMI_IMPORT = /^@pulumi\/aws(\/|$)/
const YAML = /\.ya?ml$/
const LOCK = /^(?:pnpm-lock|yarn|package-lock|mkdocs|docker-compose.*)\./
const TEMPLATE_JSON = /(?:template|stack|cloudformation)[^/]*\.json$/i

/** Which files of a project they are. What a file of code makes is told from what it imports. */
export function findInfrastructure(workspace: Workspace): Infrastructure {
  const { listing, outlines } = surveyOfProject(workspace)
  const serverless: string[] = []
  const templates: string[] = []
  const templatesAtMost: string[] = []
  const architect: string[] = []
  const cdk: string[] = []
  const sst = new Set<string>()
  const pulumi: string[] = []
  const terraform: string[] = []
  for (const file of listing.files) {
    const name = basename(file)
    if (!isWanted(name) || workspace.isLeftOut(file)) continue
    if (SERVERLESS.test(name)) serverless.push(file)
    else if (ARCHITECT.test(name)) architect.push(file)
    else if (TERRAFORM.test(name)) {
      terraform.push(file)
      templatesAtMost.push(file)
    } else if (!isSource(name)) {
      if (templatesAtMost.length >= MOST_TEMPLATES) continue
      templatesAtMost.push(file)
      if (isTemplate(file)) templates.push(file)
    } else if (!isTestFile(file)) {
      const outline = outlines.get(file) ?? null
      if (importsFrom(outline, CDK_IMPORT)) cdk.push(file)
      if (importsFrom(outline, PULUMI_IMPORT)) pulumi.push(file)
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
    pulumi,
    // One file of a module is nothing without the others.
    terraform: terraform.some(isTerraformOfInterest) ? terraform : [],
    synthesised: synthesisedBeside(listing.files),
  }
}

/** Whether a file of code says what is deployed, as far as its name and its imports show. */
export function isInfrastructureCode(file: string, outline: Outline | null): boolean {
  const name = basename(file)
  return (
    SERVERLESS.test(name) ||
    SST_SETTINGS.test(name) ||
    importsFrom(outline, CDK_IMPORT) ||
    importsFrom(outline, PULUMI_IMPORT) ||
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
    TERRAFORM.test(name) ||
    TEMPLATE_JSON.test(name)
  )
}

/** The templates beside each `cdk.json`, in the folder that the CDK writes to where nothing else is told. */
function synthesisedBeside(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    if (basename(file) !== 'cdk.json') return []
    const folder = join(dirname(file), 'cdk.out')
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith('.template.json'))
        .map((name) => join(folder, name))
    } catch {
      return []
    }
  })
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
