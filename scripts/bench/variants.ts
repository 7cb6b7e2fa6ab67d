import { ESLint, Linter, type Rule } from 'eslint'
import tseslint from 'typescript-eslint'

import type { BuiltPlugin } from './build.ts'
import type { Lint, SourceFile, Variant } from './measure.ts'

const sources = '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'

/** Names of the ways of linting, as the tables print them. */
export const names = {
  none: 'no rules',
  again: 'no rules, again',
  ours: 'dynamodb strict',
  theirs: 'typescript-eslint recommended',
  analysis: 'analysis alone',
} as const

/** What a way of linting adds to the parser. */
export type Rules = { readonly name: string; readonly config: readonly Linter.Config[] }

/** No rules, and the same once more: how far the two are apart is what noise alone does. */
export const controls: readonly Rules[] = [
  { name: names.none, config: [] },
  { name: names.again, config: [] },
]

/** Every rule of this plugin. */
export function ourRules({ plugin }: BuiltPlugin): Rules {
  const strict = plugin.configs?.strict
  if (strict === undefined) throw new Error('The plugin has no preset "strict".')
  return { name: names.ours, config: [strict].flat() as Linter.Config[] }
}

/** typescript-eslint's recommended rules that need no types. */
export function theirRules(): Rules {
  return { name: names.theirs, config: tseslint.configs.recommended }
}

/** Each rule of this plugin alone, in the order of its preset. */
export function eachRule({ plugin }: BuiltPlugin): readonly Rules[] {
  return Object.keys(plugin.rules ?? {}).map((id) => ({
    name: id,
    config: [{ plugins: { dynamodb: plugin }, rules: { [`dynamodb/${id}`]: 'error' } }],
  }))
}

/** The analysis that all rules share, with nobody to look at it. */
export function analysisAlone({ analysisOf }: BuiltPlugin): Rules {
  const analysis: Rule.RuleModule = {
    create: (context) => ({
      Program() {
        analysisOf(context)
      },
    }),
  }
  return {
    name: names.analysis,
    config: [{ plugins: { bench: { rules: { analysis } } }, rules: { 'bench/analysis': 'error' } }],
  }
}

/** Where and with what the files are parsed. */
export type Setting = { readonly directory: string; readonly parser: Linter.Parser }

/** A way of linting as it is measured: ESLint anew each round, ready before the clock starts. */
export function variantOf({ name, config }: Rules, { directory, parser }: Setting): Variant {
  return {
    name,
    start: async () => {
      const eslint = new ESLint({
        cwd: directory,
        overrideConfigFile: true,
        overrideConfig: [
          ...config,
          {
            files: [sources],
            languageOptions: { parser },
            linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true },
          },
        ] as Linter.Config[],
        ignore: false,
      })
      const lint: Lint = async ({ path, text }) => {
        await eslint.lintText(text, { filePath: path })
      }
      for (const extension of ['ts', 'tsx', 'js', 'jsx']) {
        await lint({ path: `${directory}/empty.${extension}`, text: '' })
      }
      return lint
    },
  }
}

/** Whether each of these settings parses a file, so that all ways of linting do the same work. */
export function parsesWith(settings: readonly Setting[]): (file: SourceFile) => boolean {
  const linters = settings.map(({ directory, parser }) => {
    const linter = new Linter({ cwd: directory })
    return (file: SourceFile) =>
      linter.verify(file.text, [{ files: [sources], languageOptions: { parser } }], {
        filename: file.path,
      })
  })
  return (file) => linters.every((lint) => !lint(file).some(({ fatal }) => fatal === true))
}
