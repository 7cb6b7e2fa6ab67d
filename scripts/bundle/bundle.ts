import { build } from 'esbuild'

/** What the package exports, and its program. */
const entries = [
  'src/index.ts',
  'src/cli.ts',
  'src/expressions/index.ts',
  'src/parser/index.ts',
] as const

/**
 * Puts the plugin's own code into few files: hundreds of them take a process that begins five times as long to load.
 * Packages it depends on stay where they are, and names as they are written, so that a stack still says something.
 *
 * @param root directory of the project
 * @param outdir absolute path of where to write
 * @param more entries beside those that are published, from the root
 * @throws where something cannot be read, resolved or written
 */
export async function bundle(
  root: string,
  outdir: string,
  more: readonly string[] = [],
): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [...entries, ...more],
    outbase: '.',
    outdir,
    chunkNames: 'src/shared/[hash]',
    bundle: true,
    // What two entries share is one module for both: the parser's trees are told by identity.
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  })
}
