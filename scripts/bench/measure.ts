import { shuffled, type Random } from './random.ts'
import type { Times } from './statistics.ts'

/** A file to lint: where ESLint takes it to be, and its text. */
export type SourceFile = { readonly path: string; readonly text: string }

/** Lints one file and throws away what is found. */
export type Lint = (file: SourceFile) => Promise<void>

/** One way of linting; `start` makes a fresh linter for a round. */
export type Variant = { readonly name: string; readonly start: () => Promise<Lint> }

export type Plan = {
  readonly rounds: number
  /** Rounds that are not counted, for the engine to compile what it will. */
  readonly warmUps: number
  readonly random: Random
  /** Milliseconds from any beginning. */
  readonly now: () => number
  /** Called before each round; `round` is negative while warming up. */
  readonly progress: (round: number, rounds: number) => void
}

/**
 * Lints every file in every way, round after round, and times each.
 *
 * The ways take turns file by file, in an order drawn anew for each file: whatever else happens on
 * the machine hits all of them alike, and none always pays for the garbage of the same other one.
 *
 * @returns milliseconds by name of the variant
 */
export async function measure(
  variants: readonly Variant[],
  files: readonly SourceFile[],
  plan: Plan,
): Promise<ReadonlyMap<string, Times>> {
  const times = new Map(variants.map(({ name }) => [name, [] as (readonly number[])[]]))
  for (let round = -plan.warmUps; round < plan.rounds; round += 1) {
    plan.progress(round, plan.rounds)
    const taken = await measureRound(variants, files, plan)
    if (round < 0) continue
    for (const [name, milliseconds] of taken) times.get(name)?.push(milliseconds)
  }
  return times
}

async function measureRound(
  variants: readonly Variant[],
  files: readonly SourceFile[],
  { random, now }: Plan,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const runs: { lint: Lint; milliseconds: number[]; name: string }[] = []
  for (const { name, start } of variants) {
    runs.push({ name, lint: await start(), milliseconds: [] })
  }
  for (const file of files) {
    for (const { lint, milliseconds } of shuffled(random, runs)) {
      const started = now()
      await lint(file)
      milliseconds.push(now() - started)
    }
  }
  return new Map(runs.map(({ name, milliseconds }) => [name, milliseconds]))
}
