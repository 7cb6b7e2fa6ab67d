/** One line of a .gitignore file: https://git-scm.com/docs/gitignore. */
interface IgnoreRule {
  readonly pattern: RegExp
  /** Where only the last part of a path counts, what that has to match. */
  readonly name: string | null
  readonly directoriesOnly: boolean
  /** A line that begins with `!` takes back what an earlier one ignores. */
  readonly ignores: boolean
}

/** What the ignore file of one directory says of a path below it. */
export interface IgnoreFile {
  /** Absolute path of the directory, with `/` and without one at the end. */
  readonly directory: string
  readonly rules: readonly IgnoreRule[]
  /** Matches the path of all that a rule on paths does, and the last part of that of all that one on names does. */
  readonly anyPath: RegExp | null
  readonly anyName: RegExp | null
}

/** Reads a .gitignore file's text. A line that is not a pattern is skipped. */
export function readIgnoreFile(text: string, directory: string): IgnoreFile {
  const rules = text.split(/\r?\n/).flatMap((line) => readLine(line) ?? [])
  const paths = rules.flatMap(({ pattern, name }) => (name === null ? [pattern.source] : []))
  const names = rules.flatMap(({ name }) => name ?? [])
  return {
    directory,
    rules,
    anyPath: paths.length === 0 ? null : new RegExp(paths.join('|')),
    anyName: names.length === 0 ? null : new RegExp(`^(?:${names.join('|')})$`),
  }
}

/**
 * Whether a path is ignored. The last rule that matches decides, in the file that is nearest.
 *
 * @param files from the outermost directory to the innermost; each must hold the path.
 * @param path absolute, with `/`.
 */
export function isIgnored(
  files: readonly IgnoreFile[],
  path: string,
  isDirectory: boolean,
): boolean {
  for (let index = files.length - 1; index >= 0; index -= 1) {
    const { directory, rules, anyPath, anyName } = files[index] as IgnoreFile
    const relative = path.slice(directory.length + 1)
    // Most paths match none.
    const matches =
      anyName?.test(path.slice(path.lastIndexOf('/') + 1)) === true ||
      anyPath?.test(relative) === true
    if (!matches) continue
    const rule = rules.findLast(
      ({ pattern, directoriesOnly }) => (isDirectory || !directoriesOnly) && pattern.test(relative),
    )
    if (rule !== undefined) return rule.ignores
  }
  return false
}

function readLine(line: string): IgnoreRule | undefined {
  let body = line.replace(/(?<!\\)[ \t]+$/, '')
  if (body === '' || body.startsWith('#')) return undefined
  const ignores = !body.startsWith('!')
  if (!ignores) body = body.slice(1)
  const directoriesOnly = body.endsWith('/')
  body = body.replace(/\/+$/, '')
  const anchored = body.includes('/')
  body = body.replace(/^\//, '')
  if (body === '') return undefined
  try {
    const start = anchored ? '^' : '^(?:.*/)?'
    const source = globSource(body)
    const pattern = new RegExp(`${start}${source}$`)
    return { pattern, name: anchored ? null : source, directoriesOnly, ignores }
  } catch {
    // A character class that is no class, which git does not match either.
    return undefined
  }
}

/** The source of a regular expression for a pattern. */
function globSource(glob: string): string {
  const parts = /\*\*\/|\/\*\*$|\*+|\?|\\.|\[(?:\\.|[^\]\\])+\]|[^]/g
  return (glob.match(parts) ?? []).map(partSource).join('')
}

function partSource(part: string): string {
  if (part === '**/') return '(?:.*/)?'
  if (part === '/**') return '/.+'
  if (part.startsWith('*')) return '[^/]*'
  if (part === '?') return '[^/]'
  if (part.length > 1 && part.startsWith('[')) {
    return `[${part.slice(1, -1).replace(/^!/, '^').replace(/\[/g, '\\[')}]`
  }
  const character = part.startsWith('\\') && part.length > 1 ? part.slice(1) : part
  return character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
