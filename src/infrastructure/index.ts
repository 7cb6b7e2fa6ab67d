import { isTestFile } from '../frameworks/index.ts'
import { stampOf } from '../project/disk.ts'
import { resolveFrom } from '../project/resolution.ts'
import { isSource } from '../project/source-files.ts'
import type { Survey } from '../project/survey.ts'
import { moduleOfFile, outlineIn, surveyOfProject } from '../project/workspace.ts'
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
  /** When the project was last compared with the disk, as far as this has seen; in milliseconds. */
  comparedAt: number
  /** What its files were known by. */
  survey: Survey
  readonly found: Infrastructure
  /** The files that it rests on, as they were. */
  readonly stamps: ReadonlyMap<string, string>
  /** Those that might come to be templates, and when they were last compared with the disk. */
  readonly others: ReadonlyMap<string, string>
  othersAt: number
  readonly deployed: DeployedFunctions
}

const kept = new WeakMap<Workspace, Kept>()

/**
 * The functions that infrastructure files of a project deploy: of the Serverless Framework, AWS SAM and CloudFormation,
 * AWS CDK, SST and Architect. They are read as data; nothing is run. Read once, and again when one of them changes.
 */
export function deployedIn(workspace: Workspace): DeployedFunctions {
  const { comparedAt } = workspace
  const survey = surveyOfProject(workspace)
  const known = kept.get(workspace)
  if (known?.comparedAt === comparedAt && known.survey === survey) return known.deployed
  const isSurveyed = known?.survey === survey
  const found = isSurveyed ? known.found : findInfrastructure(workspace)
  if (known && (isSurveyed || isSame(found, known.found)) && !hasChanged(workspace, known)) {
    known.comparedAt = comparedAt
    known.survey = survey
    return known.deployed
  }
  const files = new Set(codeOf(workspace, found))
  const deployed = readAll(workspace, found, files)
  const stamped = (all: Iterable<string>): ReadonlyMap<string, string> =>
    new Map([...all].map((file) => [file, stampIn(workspace, file)]))
  const others = stamped(found.templatesAtMost.filter((file) => !files.has(file)))
  const rest = { stamps: stamped(files), others, othersAt: comparedAt }
  kept.set(workspace, { comparedAt, survey, found, deployed, ...rest })
  return deployed
}

/** How long it may go unnoticed, in milliseconds, that a file came to be a template. */
const MOST_AGE = 30_000

function isSame(a: Infrastructure, b: Infrastructure): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function hasChanged(workspace: Workspace, known: Kept): boolean {
  const { stamps, others } = known
  for (const [file, stamp] of stamps) if (stampIn(workspace, file) !== stamp) return true
  if (workspace.comparedAt - known.othersAt <= MOST_AGE) return false
  known.othersAt = workspace.comparedAt
  for (const [file, stamp] of others) if (stampIn(workspace, file) !== stamp) return true
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
