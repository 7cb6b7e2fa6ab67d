import { basename, dirname, relative } from 'node:path'

/**
 * A path with forward slashes, relative to the working directory where it lies below that: the folders above a project
 * say nothing about the file.
 */
export function pathInProject(path: string): string {
  const inside = relative(process.cwd(), path)
  return (inside === '' || inside.startsWith('..') ? path : inside).replaceAll('\\', '/')
}

const TEST_FOLDERS =
  /^(__tests__|__mocks__|__fixtures__|((unit|integration|acceptance|functional|feature|smoke|load|contract|system|component)-)?tests?|test-?(helpers?|utils?|support|fixtures?)|testing|e2e|spec|cypress|playwright)$/i

const TEST_FILES =
  /\.((unit|int|service|integration)?-?(test|spec|int)s?|unit|integration|e2e|e2e-spec|stories|bench|mock|fixtures?)\.[cm]?[jt]sx?$|^(vi|je)test\.|^setupTests\.|^test-?(helpers?|utils?|setup)\./i

/** By directory; a path says the same as long as the working directory does. */
const inTests = { cwd: '', known: new Map<string, boolean>() }

/**
 * A test, or something that only tests use.
 *
 * @param path of the file; every folder in it below the working directory counts
 */
export function isTestFile(path: string): boolean {
  return TEST_FILES.test(basename(path)) || isInTests(path)
}

function isInTests(path: string): boolean {
  const cwd = process.cwd()
  if (inTests.cwd !== cwd) {
    inTests.cwd = cwd
    inTests.known.clear()
  }
  const directory = dirname(path)
  const known = inTests.known.get(directory)
  if (known !== undefined) return known
  const folders = pathInProject(path).split('/').slice(0, -1)
  const found = folders.some((folder) => TEST_FOLDERS.test(folder))
  inTests.known.set(directory, found)
  return found
}
