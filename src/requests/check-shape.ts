import { checkAttribute } from './check-attribute.ts'
import type { ValueFormat } from './check-attribute.ts'
import { constraintMessage } from './finding.ts'
import type { RequestFinding } from './finding.ts'
import { isComputedName, isLeftOut } from './given.ts'
import type { Given, GivenObject, Path } from './given.ts'
import { constraintOf } from './limits.ts'
import type { Constraint } from './limits.ts'
import { enumerations, structures } from './model.ts'
import { nearest } from './nearest.ts'
import type { Type } from './shape.ts'

/** Members that are required, members that do not exist, and values that are not what their member takes. */
export function checkStructure(
  name: string,
  given: Given,
  path: Path,
  format: ValueFormat | null,
): readonly RequestFinding[] {
  return inEach(given, (one) => {
    if (one.kind !== 'object') return wrongType(one, 'an object', path)
    const structure = structures[name] ?? {}
    const missing = Object.entries(structure)
      .filter(([member, { isRequired }]) => isRequired && isMissing(one, member))
      .map(([member]) => missingMember(member, path))
    const known = [...one.members].flatMap(([member, { value, isCertain }]) => {
      const given = value()
      if (given.kind === 'undefined' || isComputedName(member)) return []
      const shape = structure[member]
      const inner = [...path, member]
      if (!shape && !isCertain) return []
      if (!shape) return [unknownMember(member, Object.keys(structure), inner)]
      if (given.kind === 'null') return []
      return [
        ...checkType(shape.type, given, inner, format),
        ...checkConstraint(constraintOf(name, member), given, inner),
      ]
    })
    return [...missing, ...known]
  })
}

function isMissing(given: GivenObject, member: string): boolean {
  const found = given.members.get(member)
  return found ? isLeftOut(found.value()) : !given.isOpen
}

function missingMember(member: string, path: Path): RequestFinding {
  const message =
    member === 'TableName' && path.length === 0
      ? "The parameter 'TableName' is required but was not present in the request"
      : constraintMessage([...path, member], null, 'Member must not be null')
  return { code: 'missingMember', message, path, at: 'value', subject: member }
}

function unknownMember(member: string, known: readonly string[], path: Path): RequestFinding {
  const hint = nearest(member, known)
  return {
    code: 'unknownMember',
    message: null,
    path,
    at: 'name',
    subject: member,
    ...(hint === null ? {} : { hint }),
  }
}

function checkType(
  type: Type,
  given: Given,
  path: Path,
  format: ValueFormat | null,
): readonly RequestFinding[] {
  if (type === 'attribute')
    return format === null ? [] : inEach(given, (one) => checkAttribute(one, path, format))
  if (typeof type === 'string')
    return inEach(given, (one) => (isOfType(one, type) ? [] : wrongType(one, ARTICLES[type], path)))
  if ('structure' in type) return checkStructure(type.structure, given, path, format)
  if ('oneOf' in type)
    return inEach(given, (one) => checkValue(one, enumerations[type.oneOf] ?? [], path))
  if ('listOf' in type) {
    return inEach(given, (one) =>
      one.kind === 'list'
        ? one.items.flatMap((item, index) => checkType(type.listOf, item, [...path, index], format))
        : wrongType(one, 'a list', path),
    )
  }
  return inEach(given, (one) =>
    one.kind === 'object'
      ? [...one.members].flatMap(([name, { value }]) =>
          checkType(type.mapOf, value(), [...path, name], format),
        )
      : wrongType(one, 'a map', path),
  )
}

const ARTICLES = {
  text: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  binary: 'binary data',
} as const

/** A text may stand for a boolean (`'true'`), and may be the base64 of binary data. */
function isOfType({ kind }: Given, type: keyof typeof ARTICLES): boolean {
  switch (type) {
    case 'text':
      return kind === 'text'
    case 'number':
      return kind === 'number'
    case 'boolean':
      return kind === 'boolean' || kind === 'text'
    case 'binary':
      return true
  }
}

function wrongType(given: Given, expected: string, path: Path): readonly RequestFinding[] {
  if (given.kind === 'null' || given.kind === 'undefined') return []
  const message = serializationMessage(given, expected)
  return [{ code: 'memberType', message, path, at: 'value', subject: nameOf(path), hint: expected }]
}

/** As the service answers when it reads the request, before it looks at what it says. */
function serializationMessage(given: Given, expected: string): string | null {
  const target = { 'a string': 'String', 'a number': 'Integer', 'a boolean': 'Boolean' }[expected]
  if (target === undefined) return null
  switch (given.kind) {
    case 'text':
      return `STRING_VALUE cannot be converted to ${target}`
    case 'number':
      return `NUMBER_VALUE cannot be converted to ${target}`
    case 'boolean':
      return given.value === null
        ? null
        : `${given.value ? 'TRUE_VALUE' : 'FALSE_VALUE'} cannot be converted to ${target}`
    default:
      return 'Start of structure or map found where not expected'
  }
}

function checkValue(
  given: Given,
  values: readonly string[],
  path: Path,
): readonly RequestFinding[] {
  if (given.kind !== 'text') return wrongType(given, 'a string', path)
  if (given.value === null || values.includes(given.value)) return []
  const { value } = given
  const hint = nearest(value, values)
  const constraint = `Member must satisfy enum value set: [${values.join(', ')}]`
  const message = constraintMessage(path, value, constraint)
  return [
    {
      code: 'memberValue',
      message,
      path,
      at: 'value',
      subject: value,
      ...(hint === null ? {} : { hint }),
    },
  ]
}

function checkConstraint(
  constraint: Constraint | null,
  given: Given,
  path: Path,
): readonly RequestFinding[] {
  if (constraint === null) return []
  return inEach(given, (one) => {
    const broken = brokenConstraint(constraint, one)
    if (broken === null) return []
    const { value, rule } = broken
    const message = constraintMessage(path, value, `Member must ${rule}`)
    return [{ code: 'memberRange', message, path, at: 'value', subject: value }]
  })
}

function brokenConstraint(
  { atLeast, atMost, shortest = 0, longest = Infinity, pattern }: Constraint,
  given: Given,
): { readonly value: string; readonly rule: string } | null {
  if (given.kind === 'number' && given.value !== null) {
    const value = String(given.value)
    if (atLeast !== undefined && given.value < atLeast)
      return { value, rule: `have value greater than or equal to ${String(atLeast)}` }
    if (atMost !== undefined && given.value > atMost)
      return { value, rule: `have value less than or equal to ${String(atMost)}` }
    return null
  }
  const size = sizeOf(given)
  if (size === null) return null
  const { length, isOpen, value } = size
  if (length < shortest && !isOpen)
    return { value, rule: `have length greater than or equal to ${String(shortest)}` }
  if (length > longest)
    return { value, rule: `have length less than or equal to ${String(longest)}` }
  return given.kind === 'text' && pattern && !pattern.test(value) && !isToBeFilledIn(value)
    ? { value, rule: `satisfy regular expression pattern: [a-zA-Z0-9_.-]+` }
    : null
}

/** `{TABLE}` or `<table>`: another text will be there when the code runs. */
function isToBeFilledIn(text: string): boolean {
  return /[{}<>$%@]/.test(text)
}

function sizeOf(
  given: Given,
): { readonly length: number; readonly isOpen: boolean; readonly value: string } | null {
  switch (given.kind) {
    case 'text':
      return given.value === null
        ? null
        : { length: given.value.length, isOpen: false, value: given.value }
    case 'list': {
      const { items, isOpen } = given
      return { length: items.length, isOpen, value: items.length === 0 ? '[]' : '[…]' }
    }
    case 'object': {
      const certain = [...given.members.values()].filter(({ isCertain }) => isCertain)
      const isOpen = given.isOpen || certain.length < given.members.size
      return { length: certain.length, isOpen, value: given.members.size === 0 ? '{}' : '{…}' }
    }
    default:
      return null
  }
}

function nameOf(path: Path): string {
  const name = path.findLast((step) => typeof step === 'string') ?? ''
  return isComputedName(name) ? '[…]' : name
}

/** What holds of a value on every way through the code; a way that leaves it out says nothing. */
function inEach(
  given: Given,
  check: (one: Given) => readonly RequestFinding[],
): readonly RequestFinding[] {
  if (given.kind === 'unknown') return []
  if (given.kind !== 'either') return check(given)
  const options = given.of.filter((option) => !isLeftOut(option))
  const [first = [], ...others] = options.map((option) => inEach(option, check))
  return first.filter((finding) =>
    others.every((findings) => findings.some((other) => isSame(finding, other))),
  )
}

function isSame(a: RequestFinding, b: RequestFinding): boolean {
  return a.code === b.code && a.path.join() === b.path.join()
}
