/** The files of a repository that a person wrote, as glob patterns: what to take, and what to leave out. */
export const sources = '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'

export const leftOut = [
  ...['node_modules', 'dist', 'build', '.next', 'cdk.out', 'coverage'].map(
    (name) => `**/${name}/**`,
  ),
  '**/*.d.{ts,mts,cts}',
  '**/*.min.js',
]
