import { spellingOf } from '../../src/operations/recognise.ts'
import type { Spelling } from '../../src/operations/recognise.ts'
import { freeFrame } from '../../src/project/frame.ts'
import type { Module } from '../../src/project/module.ts'

/** The calls of a file that ask something of DynamoDB, each as seen from its own function alone. */
export function spellingsIn(module: Module): readonly Spelling[] {
  return module.facts.calls.flatMap((call, id) => {
    const spelling = spellingOf(freeFrame(module, call.function), id)
    return spelling ? [spelling] : []
  })
}

/** The one call of a file that asks something of DynamoDB. */
export function onlySpelling(module: Module): Spelling {
  const [spelling, ...more] = spellingsIn(module)
  if (!spelling || more.length > 0) throw new Error('there must be one operation')
  return spelling
}
