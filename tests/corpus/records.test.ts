import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { readExplanations, readRepositories, readVerdicts } from '../../scripts/corpus/records.ts'

const text = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8')

describe('the records kept here', () => {
  const repositories = readRepositories(text('repos.jsonl'), 'repos.jsonl')
  const verdicts = readVerdicts(text('verdicts.jsonl'), 'verdicts.jsonl')
  const explanations = readExplanations(text('explained.jsonl'), 'explained.jsonl')

  it('name each repository once, with its full commit', () => {
    expect(new Set(repositories.map(({ repo }) => repo)).size).toBe(repositories.length)
    expect(repositories.filter(({ commit }) => !/^[0-9a-f]{40}$/.test(commit))).toEqual([])
  })

  it('judge places of those repositories at those commits', () => {
    const commits = new Map(repositories.map(({ repo, commit }) => [repo, commit]))
    expect(verdicts.filter(({ repo, commit }) => commits.get(repo) !== commit)).toEqual([])
    expect(explanations.filter(({ repo }) => !commits.has(repo))).toEqual([])
  })

  it('judge each place once', () => {
    const places = verdicts.map(({ repo, file, line, rule, tag, expected }) =>
      [repo, file, line, rule, tag, expected].join(' '),
    )
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([])
  })

  it('give the other end of a chain as file and line', () => {
    const ends = verdicts.flatMap(({ alt }) => alt ?? [])
    expect(ends.filter((alt) => !/^\S.*:\d+$/.test(alt))).toEqual([])
  })
})

describe('reading', () => {
  const verdict = {
    repo: 'o/r',
    commit: 'c',
    file: 'a.ts',
    line: 1,
    rule: 'no-scan-in-handler',
    expected: 'report',
    certainty: 'clear',
    needs: 'local',
    why: 'why',
    source: 'own',
  }
  const read = (...values: object[]): unknown =>
    readVerdicts(values.map((value) => JSON.stringify(value)).join('\n'), 'v.jsonl')

  it('takes a line a record and skips empty ones', () => {
    expect(readVerdicts(`${JSON.stringify(verdict)}\n\n`, 'v.jsonl')).toEqual([verdict])
  })

  it('says which line and field is wrong', () => {
    const { why: _, ...without } = verdict
    expect(() => read(verdict, without)).toThrow('v.jsonl:2: "why" is missing.')
    expect(() => read({ ...verdict, line: '1' })).toThrow('v.jsonl:1: "line" must be a number.')
    expect(() => read({ ...verdict, expected: 'maybe' })).toThrow(
      'v.jsonl:1: "expected" must be one of report, silent.',
    )
    expect(() => read({ ...verdict, colour: 'red' })).toThrow(
      'v.jsonl:1: "colour" is not a field here.',
    )
    expect(() => readVerdicts('{', 'v.jsonl')).toThrow(
      'v.jsonl:1: not JSON; each line must be one JSON object.',
    )
  })
})
