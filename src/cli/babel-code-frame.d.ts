declare module '@babel/code-frame' {
  interface Place {
    readonly line: number
    readonly column?: number
  }
  export function codeFrameColumns(
    code: string,
    location: { readonly start: Place; readonly end?: Place },
    options?: {
      readonly highlightCode?: boolean
      readonly forceColor?: boolean
      readonly linesAbove?: number
      readonly linesBelow?: number
    },
  ): string
}
