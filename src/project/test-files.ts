import { relative } from 'node:path'

/**
 * A path with forward slashes, relative to the working directory where it lies below that: the folders above a project
 * say nothing about the file.
 */
export function pathInProject(path: string): string {
  const inside = relative(process.cwd(), path)
  return (inside === '' || inside.startsWith('..') ? path : inside).replaceAll('\\', '/')
}

const TEST_FOLDERS =
  /^(__tests__|__mocks__|__fixtures__|((unit|integration|acceptance|functional|smoke|load|contract|system|component)-)?tests?|testing|e2e|spec|cypress|playwright)$/i

const TEST_FILES =
  /\.((unit|int|service|integration)?-?(test|spec|int)s?|unit|integration|e2e|e2e-spec|stories|bench|mock|fixtures?)\.[cm]?[jt]sx?$|^(vi|je)test\.|^setupTests\./i

/**
 * A test, or something that only tests use.
 *
 * @param path of the file; every folder in it below the working directory counts
 */
export function isTestFile(path: string): boolean {
  const folders = pathInProject(path).split('/')
  const file = folders.pop() ?? ''
  return TEST_FILES.test(file) || folders.some((folder) => TEST_FOLDERS.test(folder))
}
