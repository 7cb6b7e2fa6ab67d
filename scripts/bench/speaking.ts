import type { Rule } from 'eslint'

import type { BuiltPlugin } from './build.ts'
import type { SourceFile } from './measure.ts'
import { variantOf, type Setting } from './variants.ts'

/**
 * The files that ask something of DynamoDB, themselves or through functions of other files, as the plugin sees it: in many
 * applications one file alone names the SDK, and all others call that one.
 *
 * @param most no more than so many are looked for
 */
export async function speakingFiles(
  { analysisOf }: Pick<BuiltPlugin, 'analysisOf'>,
  setting: Setting,
  files: readonly SourceFile[],
  most: number,
): Promise<readonly SourceFile[]> {
  let operations = 0
  const counting: Rule.RuleModule = {
    create(context) {
      const analysis = analysisOf(context)
      operations = analysis === null || analysis.isTest ? 0 : analysis.operations.length
      return {}
    },
  }
  const config = [
    { plugins: { bench: { rules: { counting } } }, rules: { 'bench/counting': 'error' as const } },
  ]
  const lint = await variantOf({ name: 'counting', config }, setting).start()
  const found: SourceFile[] = []
  for (const file of files) {
    if (found.length === most) break
    operations = 0
    await lint(file)
    if (operations > 0) found.push(file)
  }
  return found
}
