import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { glob } from 'tinyglobby'

import { leftOut, sources } from '../source-files.ts'
import type { SourceFile } from './measure.ts'
import { shuffled, type Random } from './random.ts'

const largestBytes = 256 * 1024

/** Files by what they have to do with DynamoDB; those that only mention it are in neither. */
export type FileSets = {
  readonly without: readonly SourceFile[]
  readonly full: readonly SourceFile[]
}

/**
 * How much a text has to do with DynamoDB: nothing, a word or a request of it, or calls by an AWS
 * SDK.
 */
export function presenceOf(text: string): 'none' | 'mention' | 'calls' {
  if (!/dynamo/i.test(text) && !/\bTableName\b/.test(text)) return 'none'
  const namesSdk = /@aws-sdk\/(?:client-dynamodb|lib-dynamodb)|DynamoDB\.DocumentClient/.test(text)
  const calls =
    /\b(?:Get|Put|Update|Delete|Query|Scan|TransactWrite|TransactGet|BatchGet|BatchWrite)(?:Item|Items)?Command\b|\.(?:get|put|update|delete|query|scan|getItem|putItem|updateItem|deleteItem)\(/
  return namesSdk && calls.test(text) ? 'calls' : 'mention'
}

/**
 * Draws files from repositories, one of each repository in turn, so that no large one speaks for
 * all.
 *
 * @param directories the repositories
 * @param count how many of each set at most
 * @param accepts whether every parser takes the file
 */
export async function drawFiles(
  directories: readonly string[],
  count: number,
  random: Random,
  accepts: (file: SourceFile) => boolean,
): Promise<FileSets> {
  const repositories: { without: SourceFile[]; full: SourceFile[] }[] = []
  for (const directory of directories) {
    const files = await sourceFiles(directory, random)
    repositories.push({
      without: files.filter(({ text }) => presenceOf(text) === 'none'),
      full: files.filter(({ text }) => presenceOf(text) === 'calls'),
    })
  }
  // Files of one repository follow one another, as they do where it is linted.
  const draw = (set: keyof FileSets): SourceFile[] =>
    firstOf(inTurns(repositories.map((repository) => repository[set])), count, accepts).toSorted(
      (a, b) => (a.path < b.path ? -1 : 1),
    )
  return { without: draw('without'), full: draw('full') }
}

/** Every source file under a directory with its text, in an order drawn from `random`. */
export async function sourceFiles(directory: string, random: Random): Promise<SourceFile[]> {
  const found = await glob(sources, {
    cwd: directory,
    ignore: leftOut,
    dot: true,
    followSymbolicLinks: false,
  })
  return shuffled(random, found.toSorted())
    .map((path) => join(directory, path))
    .filter((path) => statSync(path).size <= largestBytes)
    .map((path) => ({ path, text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') }))
}

/** The first of each list, then the second of each, and so on. */
export function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  ).flat()
}

function firstOf<T>(values: readonly T[], count: number, accepts: (value: T) => boolean): T[] {
  const found: T[] = []
  for (const value of values) {
    if (found.length === count) break
    if (accepts(value)) found.push(value)
  }
  return found
}
