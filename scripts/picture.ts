/** The picture in the README: what the command line prints of the example shop, as an SVG. */
import { join } from 'node:path'
import { run } from '../src/cli/run.ts'
import plugin from '../src/index.ts'
import * as parser from '../src/parser/index.ts'
import { analysisOf } from '../src/rule/on-operations.ts'
import { readAnsi, wrapLine, type Line, type Style } from './picture/ansi.ts'

const command = ['check', 'src', '--settings', 'dynamodb.json']

/** Characters in a line; longer ones go on in the next. */
const columns = 110

const left = 18
const top = 52
const characterWidth = 8
const lineHeight = 19

/**
 * Draws the first finding of each rule in the example shop and the summary, in the terminal's colours.
 *
 * @param root directory of the project
 * @returns the SVG
 * @throws where the command line could not check the shop
 */
export async function demoPicture(root: string): Promise<string> {
  const printed = await check(join(root, 'docs/examples/shop'))
  const lines = excerpt(readAnsi(printed)).flatMap((line) => wrapLine(line, columns))
  return draw([...prompt(), [], ...lines])
}

async function check(cwd: string): Promise<string> {
  let printed = ''
  let complaints = ''
  const io = {
    cwd,
    env: { FORCE_COLOR: '1' },
    stdout: { write: (text: string) => void (printed += text), isTTY: false },
    stderr: { write: (text: string) => void (complaints += text), isTTY: false },
    now: () => 0,
  }
  const status = await run(command, io, {
    plugin,
    parser,
    countOperations: (context) => analysisOf(context)?.counts ?? { found: 0, understood: 0 },
  })
  if (status === 2) throw new Error(`The shop could not be checked: ${complaints}`)
  return printed
}

function prompt(): Line[] {
  const words = `$ npx eslint-plugin-dynamodb ${command.join(' ')}`
  return [[{ text: words, style: { color: null, bold: true, dim: false } }]]
}

const place = /^\S+:\d+:\d+ {2}(?:error|warning) {2}(\S+)$/
const headline = /^\d+ findings? in |^No findings/

/** The first of the most telling findings of each rule, and the summary. */
function excerpt(lines: readonly Line[]): Line[] {
  const blocks: Line[][] = []
  for (const line of lines) {
    const text = textOf(line)
    if (place.test(text) || headline.test(text)) blocks.push([])
    blocks.at(-1)?.push(line)
  }
  const summary = blocks.pop() ?? []
  const chosen = new Map<string, Line[]>()
  for (const block of blocks) {
    const rule = place.exec(textOf(block[0] ?? []))?.[1] ?? ''
    const known = chosen.get(rule)
    if (known === undefined || weight(block) > weight(known)) chosen.set(rule, block)
  }
  const findings = [...chosen].sort(([one], [other]) => one.localeCompare(other, 'en'))
  return [...findings.flatMap(([, block]) => block), ...trimmed(summary)]
}

/** One that offers something says most, then one that is some calls away from its handler. */
function weight(block: readonly Line[]): number {
  const texts = block.map(textOf)
  const offers = texts.some((text) => text.trimStart().startsWith('→'))
  return (offers ? 2 : 0) + (texts.some((text) => text.includes('←')) ? 1 : 0)
}

function trimmed(lines: readonly Line[]): Line[] {
  return lines.filter((line) => textOf(line).trim() !== '')
}

function textOf(line: Line): string {
  return line.map(({ text }) => text).join('')
}

const colors: Readonly<Record<NonNullable<Style['color']>, string>> = {
  red: '#ff7b72',
  green: '#7ee787',
  yellow: '#e3b341',
  blue: '#79c0ff',
  magenta: '#d2a8ff',
  cyan: '#76e3ea',
  gray: '#8b949e',
}

function draw(lines: readonly Line[]): string {
  const width = left * 2 + columns * characterWidth
  const height = top + lines.length * lineHeight + 8
  const size = `${String(width)} ${String(height)}`
  const drawn = lines.flatMap((line, index) => {
    const y = top + index * lineHeight
    let column = 0
    const spans = line.flatMap(({ text, style }) => {
      const start = column + (text.length - text.trimStart().length)
      column += text.length
      return text.trim() === '' ? [] : [span(text.trim(), left + start * characterWidth, style)]
    })
    return spans.length === 0 ? [] : [`  <text y="${String(y)}">${spans.join('')}</text>`]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" width="${String(width)}" height="${String(height)}" role="img">`,
    '  <title>What the command line prints: findings with code, call path and suggestions</title>',
    `  <rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (fill, index) => `  <circle cx="${String(22 + index * 20)}" cy="20" r="6" fill="${fill}"/>`,
    ),
    `  <g fill="#e6edf3" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">`,
    ...drawn.map((text) => `  ${text}`),
    '  </g>',
    '</svg>',
    '',
  ].join('\n')
}

/** Each span says how wide it is, so that columns stand under columns in any font. */
function span(text: string, x: number, { color, bold, dim }: Style): string {
  const attributes = [
    `x="${String(x)}"`,
    `textLength="${String(text.length * characterWidth)}"`,
    ...(color === null ? [] : [`fill="${colors[color]}"`]),
    ...(bold ? ['font-weight="bold"'] : []),
    ...(dim ? ['opacity="0.7"'] : []),
  ]
  return `<tspan ${attributes.join(' ')} xml:space="preserve">${escaped(text)}</tspan>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
