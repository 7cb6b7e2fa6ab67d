import { isTestFile } from '../frameworks/index.ts'
import { hasOtherFiles } from '../project/importers.ts'
import type { Project } from '../project/module.ts'
import { isSource } from '../project/source-files.ts'
import { moduleOfFile, watchFile } from '../project/workspace.ts'
import type { Workspace } from '../project/workspace.ts'
import { architectFunctions } from './architect.ts'
import { cdkFunctions } from './cdk.ts'
import { templateFunctions } from './cloudformation.ts'
import { exportedData } from './code-data.ts'
import type { Deployed } from './deployed.ts'
import { findInfrastructure } from './find.ts'
import type { Infrastructure } from './find.ts'
import { dataAt, textAt } from './read-file.ts'
import { serverlessFunctions } from './serverless.ts'
import type { Source } from './source.ts'
import { sstFunctions } from './sst.ts'

/** What a project's infrastructure files say, as they stood when its files were last compared with the disk. */
interface Kept {
  readonly project: Project
  readonly comparedAt: number
  readonly found: Infrastructure
  readonly deployed: DeployedFunctions
}

/** By the file that their code stands in. */
export type DeployedFunctions = ReadonlyMap<string, readonly Deployed[]>

const kept = new WeakMap<Workspace, Kept>()

/**
 * The functions that infrastructure files of a project deploy: of the Serverless Framework, AWS SAM and CloudFormation,
 * AWS CDK, SST and Architect. They are read as data; nothing is run. Read once, and again when one of them changes.
 */
export function deployedIn(workspace: Workspace): DeployedFunctions {
  const { project } = workspace.generation
  const known = kept.get(workspace)
  if (known?.project === project) {
    if (known.comparedAt === workspace.comparedAt || !hasOtherFiles(known.found))
      return known.deployed
  }
  const found = findInfrastructure(workspace)
  const deployed = read(workspace, found)
  kept.set(workspace, { project, comparedAt: workspace.comparedAt, found, deployed })
  return deployed
}

/** How much work it may be to follow the values of infrastructure in code, in steps of linking. */
const STEPS = 1_000_000

function read(workspace: Workspace, found: Infrastructure): DeployedFunctions {
  const { budget } = workspace.generation.project
  const before = budget.steps
  budget.steps = STEPS
  const deployed = new Map<string, Deployed[]>()
  for (const each of readAll(workspace, found)) {
    if (isTestFile(each.file)) continue
    const known = deployed.get(each.file)
    if (known) known.push(each)
    else deployed.set(each.file, [each])
  }
  budget.steps = before
  return deployed
}

function* readAll(workspace: Workspace, found: Infrastructure): Generator<Deployed> {
  const { root } = workspace
  const watched = <T>(reading: (file: string) => T) => {
    return (file: string): T => {
      watchFile(workspace, file)
      return reading(file)
    }
  }
  const source: Source = {
    root,
    text: watched(textAt),
    data: watched(dataAt),
    module: (file) => moduleOfFile(workspace, file),
  }
  for (const file of found.serverless) {
    const settings = isSource(file) ? exportedData(source, file) : source.data(file)
    yield* serverlessFunctions(file, settings, source)
  }
  for (const file of found.templates) yield* templateFunctions(file, source.data(file), source)
  for (const file of found.architect) yield* architectFunctions(file, source.text(file) ?? '')
  for (const [files, read] of [
    [found.cdk, cdkFunctions],
    [found.sst, sstFunctions],
  ] as const) {
    for (const file of files) {
      const module = source.module(file)
      if (module !== null) yield* read(module, root)
    }
  }
}
