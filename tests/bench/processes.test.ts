import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { generatedProject } from '../../scripts/bench/generate-project.ts'
import { appsTable, indexTable } from '../../scripts/bench/processes.ts'
import { randomFrom } from '../../scripts/bench/random.ts'
import { folderWith } from '../support/folder.ts'
import { lintFolder } from '../support/real-files.ts'

describe('generatedProject', () => {
  it('has so many source files, and the same ones for a seed', () => {
    const { files } = generatedProject(50, randomFrom(1))
    expect(files.filter(({ path }) => path.endsWith('.ts'))).toHaveLength(50)
    expect(generatedProject(50, randomFrom(1)).files).toEqual(files)
  })

  it('has a Scan that a handler in another file comes to', () => {
    const { files, scanned } = generatedProject(20, randomFrom(1))
    const folder = folderWith(Object.fromEntries(files.map(({ path, text }) => [path, text])))
    const reports = lintFolder({ folder, rules: { 'no-scan-in-handler': [] } })
    const paths = reports.filter(({ file }) => file === scanned).map(({ message }) => message)
    expect(paths.join('\n')).toContain(`listAll ← handler (${join(scanned, '../handler.ts')}:5)`)
  })
})

it('prints applications against no rules, by the median of their rounds', () => {
  const run = (cpu: number) => ({ cpu, wall: 2 * cpu, files: 73, megabytes: 100 + cpu })
  const runs = new Map([
    ['no rules', [run(100), run(300), run(200)]],
    ['dynamodb strict', [run(250)]],
  ])
  expect(appsTable(new Map([['shop', runs]]), 'cpu')).toMatchInlineSnapshot(`
    "application  files            rules   ms  ratio  ms over no rules  peak MB
    shop            73         no rules  200  1.000                 0      400
    shop            73  dynamodb strict  250  1.250                50      350"
  `)
})

it('prints what an index costs at each size, and how that grows', () => {
  const run = (cpu: number) => [{ cpu, wall: 0, kilobytes: 500 }]
  const sizes = [1000, 4000].map((files) => ({
    files,
    cold: run(files / 10),
    warm: run(files / 20),
    fresh: run(files / 10),
    linted: run((files / 1000) ** 2),
  }))
  expect(indexTable(sizes, 'cpu')).toMatchInlineSnapshot(`
    "what                     files   ms  files a second  KB kept a file  exponent
    project(), nothing kept   1000  100           10000            0.50
    project(), nothing kept   4000  400           10000            0.13      1.00
    project(), all kept       1000   50           20000            0.50
    project(), all kept       4000  200           20000            0.13      1.00
    project(), times new      1000  100           10000            0.50
    project(), times new      4000  400           10000            0.13      1.00
    one file linted           1000    1         1000000            0.50
    one file linted           4000   16          250000            0.13      2.00"
  `)
})
