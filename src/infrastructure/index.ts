import { isTestFile } from '../frameworks/index.ts'
import { stampOf } from '../project/disk.ts'
import { hasOtherFiles } from '../project/importers.ts'
import { resolveFrom } from '../project/resolution.ts'
import { isSource } from '../project/source-files.ts'
import { INDEX_AGE, moduleOfFile, outlineIn } from '../project/workspace.ts'
import type { Workspace } from '../project/workspace.ts'
import { architectFunctions } from './architect.ts'
import { cdkFunctions } from './cdk.ts'
import { templateFunctions } from './cloudformation.ts'
import { exportedData } from './code-data.ts'
import type { Deployed } from './deployed.ts'
import { findInfrastructure } from './find.ts'
import type { Infrastructure } from './find.ts'
import { dataAt, tell, textAt } from './read-file.ts'
import { serverlessFunctions } from './serverless.ts'
import type { Source } from './source.ts'
import { sstFunctions } from './sst.ts'

/** By the file that their code stands in. */
export type DeployedFunctions = ReadonlyMap<string, readonly Deployed[]>

/** What a project's infrastructure files say. */
interface Kept {
  /** When the project was last compared with the disk, as far as this has seen, and when this was read; in milliseconds. */
  comparedAt: number
  readonly readAt: number
  readonly found: Infrastructure
  /** The files that it rests on, as they were. */
  readonly stamps: ReadonlyMap<string, string>
  readonly deployed: DeployedFunctions
}

const kept = new WeakMap<Workspace, Kept>()

/**
 * The functions that infrastructure files of a project deploy: of the Serverless Framework, AWS SAM and CloudFormation,
 * AWS CDK, SST and Architect. They are read as data; nothing is run. Read once, and again when one of them changes.
 */
export function deployedIn(workspace: Workspace): DeployedFunctions {
  const { comparedAt } = workspace
  const known = kept.get(workspace)
  if (known && (known.comparedAt === comparedAt || !hasChanged(workspace, known))) {
    known.comparedAt = comparedAt
    return known.deployed
  }
  const readAt = performance.now()
  const found = findInfrastructure(workspace)
  const files = new Set([...found.templatesAtMost, ...codeOf(workspace, found)])
  const deployed = readAll(workspace, found, files)
  const stamps = new Map([...files].map((file) => [file, stampIn(workspace, file)]))
  kept.set(workspace, { comparedAt, readAt, found, stamps, deployed })
  return deployed
}

/** That a file which nobody lints came to be one of infrastructure goes unnoticed for as long as what it imports. */
function hasChanged(workspace: Workspace, { readAt, found, stamps }: Kept): boolean {
  if (performance.now() - readAt > INDEX_AGE || hasOtherFiles(found)) return true
  for (const [file, stamp] of stamps) if (stampIn(workspace, file) !== stamp) return true
  return false
}

function stampIn({ unsaved }: Workspace, file: string): string {
  return unsaved.get(file)?.facts.text.hash ?? stampOf(file) ?? ''
}

/** How many files infrastructure in code is spread over, at most. */
const MOST_CODE = 2000

/** The files of code that say what is deployed, and those that they import. */
function codeOf(workspace: Workspace, found: Infrastructure): ReadonlySet<string> {
  const files = new Set([...found.serverless.filter(isSource), ...found.cdk, ...found.sst])
  for (const file of files) {
    if (files.size > MOST_CODE) break
    for (const { source, typeOnly } of outlineIn(workspace, file)?.imports ?? []) {
      const target = typeOnly ? null : resolveFrom(file, source, workspace.root)
      if (target !== null) files.add(target)
    }
  }
  return files
}

/** How much work it may be to follow the values of infrastructure in code, in steps of linking. */
const STEPS = 1_000_000

/** @param files takes up what is read beside the files that were found */
function readAll(
  workspace: Workspace,
  found: Infrastructure,
  files: Set<string>,
): DeployedFunctions {
  const { budget } = workspace.generation.project
  const before = budget.steps
  budget.steps = STEPS
  const noting = <T>(reading: (file: string) => T) => {
    return (file: string): T => {
      files.add(file)
      return reading(file)
    }
  }
  const source: Source = {
    root: workspace.root,
    text: noting(textAt),
    data: noting(dataAt),
    module: (file) => moduleOfFile(workspace, file),
  }
  const deployed = new Map<string, Deployed[]>()
  for (const [file, read] of readersOf(found, source)) {
    for (const each of readOne(file, read)) {
      if (isTestFile(each.file)) continue
      const known = deployed.get(each.file)
      if (known) known.push(each)
      else deployed.set(each.file, [each])
    }
  }
  budget.steps = before
  return deployed
}

type Read = () => readonly Deployed[]

/** A file that is read wrongly costs what it says, and nothing else. */
function readOne(file: string, read: Read): readonly Deployed[] {
  try {
    return read()
  } catch (thrown) {
    if (process.env.DEBUG?.includes('eslint-plugin-dynamodb:throw') === true) throw thrown
    tell(`${file}: ${String(thrown)}`)
    return []
  }
}

function* readersOf(found: Infrastructure, source: Source): Generator<readonly [string, Read]> {
  const { root } = source
  for (const file of found.serverless) {
    const settings = () => (isSource(file) ? exportedData(source, file) : source.data(file))
    yield [file, () => serverlessFunctions(file, settings(), source)]
  }
  for (const file of found.templates)
    yield [file, () => templateFunctions(file, source.data(file), source)]
  for (const file of found.architect)
    yield [file, () => architectFunctions(file, source.text(file) ?? '')]
  for (const file of found.cdk) {
    const module = source.module(file)
    if (module !== null) yield [file, () => cdkFunctions(module, root)]
  }
  for (const file of found.sst) {
    const module = source.module(file)
    if (module !== null) yield [file, () => sstFunctions(module, root)]
  }
}
