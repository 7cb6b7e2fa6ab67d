/** A text of a given size that nests or chains in one way. */
export interface HostileShape {
  readonly name: string
  readonly filename: string
  readonly build: (size: number) => string
}

function around(
  name: string,
  opening: string,
  closing: string,
  { before = '', middle = '1', filename = 'hostile.ts' } = {},
): HostileShape {
  return {
    name,
    filename,
    build: (size) => before + opening.repeat(size) + middle + closing.repeat(size),
  }
}

const tsx = { filename: 'hostile.tsx' }

/** Every way known to drive the native parser, or whoever walks its tree, out of its stack. */
export const hostileShapes: readonly HostileShape[] = [
  around('parentheses', '(', ')'),
  around('parentheses never closed', '(', ''),
  around('arrays', '[', ']'),
  around('blocks', '{', '}', { middle: '' }),
  around('objects', '{a:', '}', { before: 'x=' }),
  around('functions', 'function a(){', '}', { middle: '' }),
  around('classes', 'class A{a=', '}'),
  around('arrow bodies', '()=>{', '}', { middle: '' }),
  around('calls in calls', 'a(', ')'),
  around('callbacks', 'a(()=>', ')'),
  around('templates', '`${', '}`'),
  around('default values', '(a=(', '))'),
  around('default values never closed', '(a=(', ''),
  around('elements', '<a>', '</a>', { ...tsx, middle: '' }),
  around('elements never closed', '<a>', '', tsx),
  around('elements after a comment that is text', '<a>//', '\n', tsx),
  around('fragments', '<>', '</>', { ...tsx, middle: '' }),
  around('elements in attributes', '<a b={', '}/>', tsx),
  around('elements with text that looks like a string', "<a>'{(", ")}'</a>", tsx),
  around('casts', '<a>', '', { before: 'x=' }),
  around('else if', 'if(a){}else ', '', { middle: 'b()' }),
  around('else if without braces', 'if(a)b();else ', '', { middle: 'b()' }),
  around('if', 'if(a)', '', { middle: ';' }),
  around('for', 'for(;;)', '', { middle: ';' }),
  around('while', 'while(a)\n', '', { middle: ';' }),
  around('do', 'do ', ' while(1)', { middle: ';' }),
  around('labels', 'a:', '', { middle: ';' }),
  around('try', 'try{', '}finally{}', { middle: '' }),
  around('negations', '!', ''),
  around('signs', '- ', ''),
  around('typeof', 'typeof ', ''),
  around('await', 'await ', ''),
  around('new', 'new ', '', { middle: 'a' }),
  around('yield', 'yield ', '', { before: 'function*a(){', middle: '}' }),
  around('arrows', 'a=>', ''),
  around('arrows with parentheses', '(a)=>', ''),
  around('async arrows', 'async a=>', ''),
  around('conditionals, at the end', 'a?b:', ''),
  around('conditionals, in the middle', 'a?', ':b'),
  around('conditionals with parentheses', 'a?(b):', ''),
  around('conditionals that look like arrows', 'a?(b)=>', ''),
  around('assignments', 'a=', ''),
  around('powers', 'a**', ''),
  around('members', '', '.b', { middle: 'a' }),
  around('calls', '', '()', { middle: 'a' }),
  around('optional members', '', '?.b', { middle: 'a' }),
  around('element accesses', '', '[0]', { middle: 'a' }),
  around('tagged templates', '', '``', { middle: 'a' }),
  around('sums', '', '+a', { middle: 'a' }),
  around('conjunctions', '', '&&a', { middle: 'a' }),
  around('non-null assertions', '', '!', { middle: 'a' }),
  around('type assertions', '', ' as b', { middle: 'a' }),
  around('type arguments', 'B<', '>', { before: 'type A=', middle: 'c' }),
  around('comparisons', 'a<', ''),
  around('comparisons that look like type arguments', 'a<b<', ''),
  around('parameters after <', 'a<({a=', '})>b'),
  around('array types', '', '[]', { before: 'type A=', middle: 'b' }),
  around('indexed types', '', '["c"]', { before: 'type A=', middle: 'b' }),
  around('object types', '{a:', '}', { before: 'type A=', middle: 'b' }),
  around('mapped types', '{[k in ', ']:1}', { before: 'type A=', middle: 'b' }),
  around('conditional types', 'a extends b?c:', '', { before: 'type A=' }),
  around('function types', '()=>', '', { before: 'type A=', middle: 'b' }),
  around('keyof', 'keyof ', '', { before: 'type A=', middle: 'b' }),
  around('infer', 'infer B extends ', '', { before: 'type A=a extends ', middle: 'b?1:2' }),
  around('heritage', 'class extends ', '{}', { before: 'x=', middle: 'a' }),
  around('backslashes', '\\', '', { middle: '' }),
]
