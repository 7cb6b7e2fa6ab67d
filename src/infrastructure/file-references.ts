import { dirname, join } from 'node:path'
import { isInside } from '../project/source-files.ts'
import type { Source } from './source.ts'

/** A reference of a Serverless service to a file that is not followed. */
export interface BadReference {
  readonly file: string
  readonly line: number
  readonly message: string
}

/** How many files a service may take in. */
const MOST_FILES = 200

/**
 * What a service of the Serverless Framework takes in with `${file(…)}` and cannot be had: a file outside the project, and
 * one that takes in the file that it stands in. Paths with variables of their own are left alone.
 * https://www.serverless.com/framework/docs/providers/aws/guide/variables#reference-properties-in-other-files
 *
 * @param service absolute path of its `serverless.yml`
 */
export function badReferences(service: string, { root, text }: Source): readonly BadReference[] {
  const directory = dirname(service)
  const found: BadReference[] = []
  const done = new Set<string>()
  const look = (file: string, above: readonly string[]): void => {
    if (done.has(file) || done.size >= MOST_FILES) return
    done.add(file)
    const lines = (text(file) ?? '').split('\n')
    lines.forEach((written, index) => {
      for (const [, path = ''] of written.matchAll(REFERENCE)) {
        const target = join(directory, path.trim().replace(/^['"]|['"]$/g, ''))
        const note = (message: string): void => {
          found.push({ file, line: index + 1, message })
        }
        if (!isInside(target, root))
          note(`\`\${file(${path})}\` lies outside the project (${root}), and is not read.`)
        else if ([...above, file].slice(1).includes(target))
          note(`\`\${file(${path})}\` takes in the file that it stands in: nothing comes of it.`)
        else if (/\.(?:ya?ml|json)$/.test(target)) look(target, [...above, file])
      }
    })
  }
  look(service, [])
  return found
}

/** A path with a variable in it has no closing bracket before the next `$`. */
const REFERENCE = /\$\{\s*file\(([^)${}]+)\)/g
