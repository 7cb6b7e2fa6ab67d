import { dynamodbFiles, plainFiles } from './generate.ts'
import type { Random } from './random.ts'

/** A project of the benchmark's own making, of files by path. */
export type Project = {
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** The file of a Scan that a handler in another file comes to. */
  readonly scanned: string
}

/** Of this many files, two have to do with DynamoDB: a repository, and a handler that calls it. */
const group = 10

/** A project of so many source files that import one another; a tenth of them full of DynamoDB. */
export function generatedProject(count: number, random: Random): Project {
  const groups = Math.max(1, Math.floor(count / group))
  const files = Array.from({ length: groups }, (_, index) => {
    const folder = `src/part-${index}`
    const [data] = dynamodbFiles(1, '', random)
    const plain = plainFiles(group - 2, '', random).map(({ text }, at) => ({
      path: `${folder}/plain-${at}.ts`,
      text: at === 0 ? importing(index, text) : `import './plain-${at - 1}'\n${text}`,
    }))
    return [
      { path: `${folder}/repository.ts`, text: `${data?.text ?? ''}${scan}` },
      { path: `${folder}/handler.ts`, text: handler },
      ...plain,
    ]
  }).flat()
  return { files: [...files, manifest], scanned: 'src/part-0/repository.ts' }
}

/** Parts of a project use each other. */
function importing(index: number, text: string): string {
  return index === 0 ? text : `import '../part-${index - 1}/plain-0'\n${text}`
}

const manifest = { path: 'package.json', text: '{ "type": "module" }\n' }

const scan = `
export const listAll = () => client.send(new ScanCommand({ TableName }))
`

const handler = `import type { APIGatewayProxyHandler } from 'aws-lambda'
import { listAll } from './repository'
import './plain-7'

export const handler: APIGatewayProxyHandler = async () => {
  return { statusCode: 200, body: JSON.stringify(await listAll()) }
}
`
