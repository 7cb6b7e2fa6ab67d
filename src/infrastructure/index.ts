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
import { terraformOf } from './terraform.ts'
import { terraformFunctions } from './terraform-functions.ts'

/** By the file that their code stands in. */
export type DeployedFunctions = ReadonlyMap<string, readonly Deployed[]>

/** What a project's infrastructure files are, and how they are read. One and the same until one of them changes. */
export interface InfrastructureReading {
  readonly found: Infrastructure
  readonly source: Source
}

interface Kept extends InfrastructureReading {
  /** When the project was last compared with the disk, as far as this has seen; in milliseconds. */
  comparedAt: number
  /** What its files were known by. */
  survey: Survey
  /** The files that it rests on, as they were. */
  readonly stamps: Map<string, string>
  /** Those that might come to be templates, and when they were last compared with the disk. */
  readonly others: ReadonlyMap<string, string>
  othersAt: number
  deployed: DeployedFunctions | null
}

const kept = new WeakMap<Workspace, Kept>()

/** The infrastructure files of a project: found once, and again when one of them changes. */
export function infrastructureOf(workspace: Workspace): InfrastructureReading {
  return keptOf(workspace)
}

/**
 * The functions that infrastructure files of a project deploy: of the Serverless Framework, AWS SAM and CloudFormation,
 * AWS CDK, SST, Architect and Terraform. They are read as data; nothing is run. Read once, and again when one of them changes.
 */
export function deployedIn(workspace: Workspace): DeployedFunctions {
  const read = keptOf(workspace)
  read.deployed ??= withSteps(workspace, () => readAll(read))
  return read.deployed
}

function keptOf(workspace: Workspace): Kept {
  const { comparedAt } = workspace
  const survey = surveyOfProject(workspace)
  const known = kept.get(workspace)
  if (known?.comparedAt === comparedAt && known.survey === survey) return known
  const isSurveyed = known?.survey === survey
  const found = isSurveyed ? known.found : findInfrastructure(workspace)
  if (known && (isSurveyed || isSame(found, known.found)) && !hasChanged(workspace, known)) {
    known.comparedAt = comparedAt
    known.survey = survey
    return known
  }
  const read = newReading(workspace, found, survey)
  kept.set(workspace, read)
  return read
}

function newReading(workspace: Workspace, found: Infrastructure, survey: Survey): Kept {
  const { comparedAt } = workspace
  const stampOfFile = (file: string): readonly [string, string] => [file, stampIn(workspace, file)]
  const stamps = new Map([...codeOf(workspace, found)].map(stampOfFile))
  const note = (file: string): void => {
    if (!stamps.has(file)) stamps.set(...stampOfFile(file))
  }
  const source: Source = {
    root: workspace.root,
    text(file) {
      note(file)
      return textAt(file)
    },
    data(file) {
      note(file)
      return dataAt(file)
    },
    module: (file) => moduleOfFile(workspace, file),
  }
  const others = new Map(found.templatesAtMost.map(stampOfFile))
  return { comparedAt, survey, found, source, stamps, others, othersAt: comparedAt, deployed: null }
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
  const files = new Set([
    ...found.serverless.filter(isSource),
    ...found.cdk,
    ...found.sst,
    ...found.pulumi,
  ])
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

/** Reads infrastructure on an allowance of work of its own, so that what is linted is not charged for it. */
export function withSteps<T>({ generation }: Workspace, read: () => T): T {
  const { budget } = generation.project
  const before = budget.steps
  budget.steps = STEPS
  try {
    return read()
  } finally {
    budget.steps = before
  }
}

function readAll({ found, source }: InfrastructureReading): DeployedFunctions {
  const deployed = new Map<string, Deployed[]>()
  for (const [file, read] of readersOf(found, source)) {
    for (const each of readOne(file, read)) {
      if (isTestFile(each.file)) continue
      const known = deployed.get(each.file)
      if (known) known.push(each)
      else deployed.set(each.file, [each])
    }
  }
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
  const [file] = found.terraform
  if (file !== undefined)
    yield [file, () => terraformFunctions(terraformOf(found.terraform, source))]
}
