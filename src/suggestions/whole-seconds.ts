import type { FalseExpiryFound } from '../flow/writes/expiries.ts'
import type { Proposal } from './edit.ts'
import { replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/**
 * Whole seconds in place of a time that is written in another way. None where the value is not written where it is given
 * to the write, or where some way through the code gives another kind of value.
 */
export function wholeSeconds(
  { value, time, type, at, owner, attribute, isShorthand }: FalseExpiryFound,
  file: SourceFile,
): readonly Proposal<'useSeconds'>[] {
  if (owner.module !== file.module || value.kind === 'choice' || type === 'S') return []
  const text = textAt(file, owner)
  if (text.includes('\n') || text.includes('//')) return []
  const seconds = inSeconds(text, time, type)
  if (seconds === null) return []
  const isName = isShorthand && owner === at
  const written = isName ? `${attribute}: ${seconds}` : seconds
  if (isName && text !== attribute) return []
  return [
    { messageId: 'useSeconds', data: { code: seconds }, edits: [replace(file, owner, written)] },
  ]
}

/** The wrappings that make a number a text. */
const AS_TEXT = [/^String\((.+)\)$/, /^(.+)\.toString\(\)$/, /^`\$\{(.+)\}`$/]

function inSeconds(
  text: string,
  { unit, isText }: FalseExpiryFound['time'],
  type: string | null,
): string | null {
  if (unit === 'iso') return ofIso(text)
  if (!isText) return ofNumber(text, unit)
  const [pattern, inner] = AS_TEXT.flatMap((one) => {
    const found = one.exec(text)?.[1]
    return found !== undefined && isBalanced(found) ? [[one, found] as const] : []
  })[0] ?? [null, null]
  if (pattern === null) return null
  const number = ofNumber(inner, unit)
  return number === null ? null : type === null ? number : `String(${number})`
}

function ofNumber(code: string, unit: FalseExpiryFound['time']['unit']): string | null {
  switch (unit) {
    case 'seconds':
      return code
    case 'fraction':
      return `Math.floor(${code})`
    case 'milliseconds':
      return `Math.floor(${isOperand(code) || isBracketed(code) ? code : `(${code})`} / 1000)`
    case 'date':
      return isOperand(code) ? `Math.floor(${code}.getTime() / 1000)` : null
    case 'moment':
      return isOperand(code) ? `Math.floor(${code}.valueOf() / 1000)` : null
    case 'iso':
      return null
  }
}

function ofIso(text: string): string | null {
  const [, date] = /^(.+)\.toISOString\(\)$/.exec(text) ?? []
  if (date === undefined || !isOperand(date)) return null
  return `Math.floor(${date}.valueOf() / 1000)`
}

/** A name, a member, a call: something that needs no brackets before an operator or a dot. */
function isOperand(code: string): boolean {
  if (!/^(?:new )?[\w$.]+(?:[([]|$)/.test(code) || !isBalanced(code)) return false
  let depth = 0
  for (const character of code.replace(/^new /, '')) {
    if (/[([{]/.test(character)) depth += 1
    else if (/[)\]}]/.test(character)) depth -= 1
    else if (depth === 0 && !/[\w$.]/.test(character)) return false
  }
  return true
}

/** `(a + b)`, and not `(a) + (b)`. */
function isBracketed(code: string): boolean {
  return /^\(.*\)$/.test(code) && isBalanced(code.slice(1, -1))
}

function isBalanced(code: string): boolean {
  let depth = 0
  for (const character of code) {
    if (/[([{]/.test(character)) depth += 1
    if (/[)\]}]/.test(character)) depth -= 1
    if (depth < 0) return false
  }
  return depth === 0
}
