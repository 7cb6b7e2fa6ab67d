import path from 'node:path'
import ts from 'typescript'

const root = path.resolve(import.meta.dirname, '../..')

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noEmit: true,
  skipLibCheck: true,
  esModuleInterop: true,
  types: ['node'],
}

/** The compiler's complaints about some texts, each taken for a file of its own; one program for all of them. */
export function typeErrorsIn(texts: readonly (readonly [name: string, text: string])[]): string[] {
  const files = new Map(
    texts.map(([name, text], index) => [
      path.join(root, 'tests/suggestions', `virtual-${String(index)}.ts`),
      { name, text },
    ]),
  )
  const host = ts.createCompilerHost(options)
  const real = ts.createCompilerHost(options)
  host.fileExists = (file) => files.has(file) || real.fileExists(file)
  host.readFile = (file) => files.get(file)?.text ?? real.readFile(file)
  host.getSourceFile = (file, ...rest) => {
    const virtual = files.get(file)
    return virtual
      ? ts.createSourceFile(file, virtual.text, ts.ScriptTarget.ES2022, true)
      : real.getSourceFile(file, ...rest)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files].flatMap(([file, { name }]) => {
    const source = program.getSourceFile(file)
    if (!source) return [`${name}: not in the program`]
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]
    return found.map((d) => {
      const line = source.getLineAndCharacterOfPosition(d.start ?? 0).line + 1
      return `${name}:${String(line)}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`
    })
  })
}
