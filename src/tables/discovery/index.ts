import { isTestFile } from '../../frameworks/index.ts'
import { exportedData } from '../../infrastructure/code-data.ts'
import { infrastructureOf, withSteps } from '../../infrastructure/index.ts'
import type { InfrastructureReading } from '../../infrastructure/index.ts'
import { badReferences } from '../../infrastructure/file-references.ts'
import { problemOf, tell } from '../../infrastructure/read-file.ts'
import { terraformOf } from '../../infrastructure/terraform.ts'
import { isSource } from '../../project/source-files.ts'
import type { Workspace } from '../../project/workspace.ts'
import { tablesOfArchitect } from './architect.ts'
import { makesApp } from './code-alarms.ts'
import { tablesOfCode } from './code.ts'
import type {
  AnyDefinition,
  Binding,
  DefinitionPlace,
  Found,
  StreamSource,
  Target,
  Watch,
} from './definition.ts'
import { NOTHING_FOUND } from './definition.ts'
import { framesOf } from './frames.ts'
import { withoutWords } from './names.ts'
import { tablesOfService } from './serverless.ts'
import { tablesOfTemplate } from './template.ts'
import { tablesOfTerraform } from './terraform.ts'

/** Something that was not read, or that contradicts something else. */
export interface Problem extends DefinitionPlace {
  readonly message: string
}

/** All that a project's files say of its tables. */
export interface Discovered {
  /** Absolute path of the project. */
  readonly root: string
  readonly definitions: readonly AnyDefinition[]
  readonly bindings: readonly Binding[]
  readonly streams: readonly StreamSource[]
  readonly watches: readonly Watch[]
  /** A file begins an app of the CDK. */
  readonly hasApp: boolean
  readonly outputs: ReadonlyMap<string, readonly Target[]>
  readonly problems: readonly Problem[]
}

const kept = new WeakMap<InfrastructureReading, Discovered>()

/**
 * The tables that a project's infrastructure defines: CloudFormation, AWS SAM, the Serverless Framework, the CDK, SST,
 * Pulumi, Architect, Terraform. Read as data when first asked for, and again when one of these files changes; nothing is run.
 */
export function discoveredIn(workspace: Workspace): Discovered {
  const reading = infrastructureOf(workspace)
  const known = kept.get(reading)
  if (known) return known
  const discovered = withSteps(workspace, () => discover(reading))
  kept.set(reading, discovered)
  return discovered
}

function discover({ found, source }: InfrastructureReading): Discovered {
  const problems: Problem[] = []
  const reads: Found[] = []
  const read = (file: string, make: () => Found): void => {
    try {
      reads.push(make())
    } catch (thrown) {
      if (process.env.DEBUG?.includes('eslint-plugin-dynamodb:throw') === true) throw thrown
      tell(`${file}: ${String(thrown)}`)
      problems.push({ file, line: 1, message: 'It could not be read.' })
    }
    const problem = problemOf(file)
    if (problem !== null) problems.push(problem)
  }
  // What a service takes in is no stack of its own.
  const parts = new Set<string>()
  for (const file of found.serverless) {
    if (!isSource(file)) problems.push(...badReferences(file, source))
    read(file, () => {
      const settings = isSource(file) ? exportedData(source, file) : source.data(file)
      return tablesOfService(file, settings, {
        ...source,
        data(part) {
          if (part !== file) parts.add(part)
          return source.data(part)
        },
      })
    })
  }
  for (const file of found.templates.filter((each) => !parts.has(each)))
    read(file, () => tablesOfTemplate(file, source.data(file), source))
  for (const file of found.architect)
    read(file, () => tablesOfArchitect(file, source.text(file) ?? ''))
  const [first] = found.terraform
  if (first !== undefined)
    read(first, () => tablesOfTerraform(terraformOf(found.terraform, source)))
  const code = [...new Set([...found.cdk, ...found.sst, ...found.pulumi])].filter(
    (file) => !isTestFile(file),
  )
  const modules = code.flatMap((file) => source.module(file) ?? [])
  if (modules.length > 0)
    read(modules[0]?.facts.file ?? '', () => tablesOfCode(framesOf(modules), source.root))
  for (const file of found.templatesAtMost) {
    if (found.templates.includes(file) || file === first) continue
    const problem = problemOf(file)
    if (problem !== null && !parts.has(file)) problems.push(problem)
  }
  const written = reads.flatMap(({ definitions }) => definitions)
  for (const file of found.synthesised)
    read(file, () => synthesised(tablesOfTemplate(file, source.data(file), source), written))
  return {
    root: source.root,
    definitions: reads.flatMap(({ definitions }) => definitions),
    bindings: distinct(reads.flatMap(({ bindings }) => bindings)),
    streams: reads.flatMap(({ streams }) => streams),
    watches: reads.flatMap(({ watches }) => watches),
    hasApp: modules.some(makesApp),
    outputs: outputsOf(reads),
    problems,
  }
}

/** Many functions are given the same by one line of code. */
function distinct(bindings: readonly Binding[]): readonly Binding[] {
  const seen = new Map<string, Binding>()
  const ids = new Map<AnyDefinition, number>()
  for (const binding of bindings) {
    const { variable, target, at, handlers } = binding
    if (target.kind === 'definition' && !ids.has(target.definition))
      ids.set(target.definition, ids.size)
    const what = target.kind === 'definition' ? ids.get(target.definition) : target
    const key = JSON.stringify([variable, what, at, handlers])
    if (!seen.has(key)) seen.set(key, binding)
  }
  return [...seen.values()]
}

/** What the CDK wrote counts where its code does not tell: it may be older than the code. */
function synthesised(found: Found, written: readonly AnyDefinition[]): Found {
  const isToldByCode = ({ id }: AnyDefinition): boolean =>
    written.some(
      (each) => each.framework === 'AWS CDK' && id.startsWith(each.id.replace(/\W/g, '')),
    )
  const definitions = found.definitions
    .filter((definition) => !isToldByCode(definition))
    .map((definition) => ({ ...definition, framework: 'AWS CDK' }))
  return definitions.length === 0 ? NOTHING_FOUND : { ...found, definitions }
}

/** Under the names they are given, and under these with all holes alike: each stack calls what it is given its own way. */
function outputsOf(reads: readonly Found[]): ReadonlyMap<string, readonly Target[]> {
  const outputs = new Map<string, Target[]>()
  for (const read of reads)
    for (const [name, target] of read.outputs)
      for (const spelling of new Set([name, withoutWords(name)])) {
        const known = outputs.get(spelling)
        if (known) known.push(target)
        else outputs.set(spelling, [target])
      }
  return outputs
}
