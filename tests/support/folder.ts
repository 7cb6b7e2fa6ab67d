/** Folders of files that tests write. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A new folder with these files, by path; it is gone when the test is over. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'app-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  for (const [path, text] of Object.entries(files)) write(folder, path, text)
  return folder
}

/** Writes one file, and the folders that it stands in. */
export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
