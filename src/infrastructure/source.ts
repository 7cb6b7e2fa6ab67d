import type { Module } from '../project/module.ts'
import type { Data } from './data.ts'

/** How the readers of infrastructure files come by what other files say. */
export interface Source {
  /** The project's directory. */
  readonly root: string
  /** The text of a file; null where it cannot be read. */
  readonly text: (file: string) => string | null
  /** What a YAML or JSON file holds; null where it cannot be read. */
  readonly data: (file: string) => Data
  /** A file of code; null where it cannot be read. */
  readonly module: (file: string) => Module | null
}
