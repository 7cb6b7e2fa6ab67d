import { join, relative } from 'node:path'
import { deployedIn } from '../../src/infrastructure/index.ts'
import { workspaceOf } from '../../src/project/workspace.ts'
import { folderWith } from '../support/folder.ts'

/** What the files of a folder deploy, one line each: file, export, trigger, route, framework. */
export function deployed(files: Readonly<Record<string, string>>): readonly string[] {
  const folder = folderWith({ 'package.json': '{}', ...files })
  const workspace = workspaceOf({ file: join(folder, 'any.ts'), text: '', cwd: folder })
  if (workspace === null) return []
  const lines = [...deployedIn(workspace)].flatMap(([file, functions]) =>
    functions.map(({ name, trigger, route, framework }) =>
      [relative(folder, file), name, trigger, route ?? '-', framework].join(' | '),
    ),
  )
  return [...new Set(lines)].sort()
}
