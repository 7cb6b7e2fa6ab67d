import { describe, expect, it } from 'vitest'
import { fixed } from '../support/fixed.ts'
import { mended } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'no-swallowed-conditional-failure'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const T = 'Orders'
`

const put = (condition = "ConditionExpression: 'attribute_not_exists(id)'"): string =>
  `await documents.send(new PutCommand({ TableName: T, Item: { id }, ${condition} }))`

const run = (handler: string, write = put()): string =>
  `${head}export async function run(id: string) {\nlet done = true\ntry { ${write} } catch (error: any) {${handler}}\nreturn done\n}\n`

it('says what comes to nothing', () => {
  expect(reportsOf(rule, run(' console.error(error) '))).toEqual([
    '7:127-7:132 catch: A condition that does not hold ends here, in the log: what follows goes on as if the PutItem had been carried out. Throw again, or tell the caller.',
  ])
})

it('says what v3 calls it', () => {
  expect(
    reportsOf(
      rule,
      run(" if (error.code === 'ConditionalCheckFailedException') return false; throw error "),
    ),
  ).toEqual([
    '7:152-7:162 error.code: Errors of SDK v3 have no `code`, so this is never ConditionalCheckFailedException: ask for `error.name`, or `instanceof`.',
  ])
})

it('says that messages name no error', () => {
  expect(
    reportsOf(
      rule,
      run(" if (error.message.includes('ConditionalCheckFailed')) return false; throw error "),
    ),
  ).toEqual([
    "7:152-7:200 error.message.includes('ConditionalCheckFailed'): What a message says is for people, and names no error: ask for `error.name`, or `instanceof ConditionalCheckFailedException`.",
  ])
})

const TRANSACTION =
  "await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName: T, Item: { id }, ConditionExpression: 'attribute_not_exists(id)' } }] }))"

it('says what a transaction throws', () => {
  expect(
    reportsOf(
      rule,
      run(
        " if (error.name === 'ConditionalCheckFailedException') return false; throw error ",
        TRANSACTION,
      ),
    ),
  ).toEqual([
    '7:192-7:202 error.name: A transaction throws no ConditionalCheckFailedException: where a condition does not hold, it is a TransactionCanceledException, and its `CancellationReasons` say which.',
  ])
})

const NAMED = " if (error.name === 'ConditionalCheckFailedException') return false; throw error "

describe('reports', () => {
  it.each([
    ['an empty clause', run('')],
    [
      'a transaction',
      run(
        ' console.log(error) ',
        "await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName: T, Item: { id }, ConditionExpression: 'attribute_not_exists(id)' } }] }))",
      ),
    ],
    [
      'a helper that writes',
      `${run('', 'await save(id)')}async function save(id: string) { ${put()} }\n`,
    ],
    [
      'another error of v2',
      run(" if (error?.code === 'ResourceNotFoundException') return false; throw error "),
    ],
    [
      'a name that stands in a constant',
      `const FAILED = 'ConditionalCheckFailedException'\n${run(' if (error.code === FAILED) return false; throw error ')}`,
    ],
    [
      'the other way round',
      run(" if ('ConditionalCheckFailedException' == error.code) return false; throw error "),
    ],
    [
      'a switch',
      run(
        " switch (error.code) { case 'ConditionalCheckFailedException': return false; default: throw error } ",
      ),
    ],
    [
      'an error that a helper throws on',
      `${run(" if (error.code === 'ConditionalCheckFailedException') return false; throw error ", 'await save(id)')}async function save(id: string) {\ntry { ${put()} } catch (error) { console.error(error); throw error }\n}\n`,
    ],
    [
      'the text of a message',
      run(" if (error.message === 'The conditional request failed') return false; throw error "),
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
    [
      'what is thrown behind it',
      run('').replace('return done', 'throw new Error(id)\nreturn done'),
    ],
    ['a write that leaves word', run('', `${put()}; done = false`)],
    ['what is written by the way', run('').replace('try {', `${put('')}\ntry {`)],
    [
      'what a helper of a helper writes',
      `${run('', 'await first(id)')}async function first(id: string) { return second(id) }\nasync function second(id: string) { return third(id) }\nasync function third(id: string) { ${put()} }\n`,
    ],
    ['what is thrown', run(' console.error(error); throw error ')],
    ['what is returned', run(' return false ')],
    ['what is noted', run(' done = false ')],
    ['what is done', run(' again(id) ')],
    [
      'a clause that names it',
      run(" if (error.name !== 'ConditionalCheckFailedException') console.error(error) "),
    ],
    ['a comment', run(' /* somebody else was faster */ ')],
    ['writes without a condition', run('', put(''))],
    [
      'both',
      run(
        " if (error.name === 'ConditionalCheckFailedException' || error.code === 'ConditionalCheckFailedException') return false; throw error ",
      ),
    ],
    [
      'an error that a helper makes',
      `${run(" if (error.code === 'ConditionalCheckFailedException') return false; throw error ", 'await save(id)')}async function save(id: string) {\ntry { ${put()} } catch (error) { throw answer(error) }\n}\n`,
    ],
    [
      'an error of something else',
      run(
        " if (error.code === 'ResourceNotFoundException') return false; throw error ",
        'await elsewhere(id)',
      ).replace('return done', `${put()}\nreturn done`),
    ],
    [
      'a message of another kind',
      run(" if (error.message.includes('timed out')) return false; throw error "),
    ],
    [
      'a message beside the name',
      run(
        " if (error.name === 'ConditionalCheckFailedException' || error.message.includes('ConditionalCheckFailed')) return false; throw error ",
      ),
    ],
    [
      'the message of a transaction, which has its reasons',
      run(
        " if (error.message.includes('ConditionalCheckFailed')) return false; throw error ",
        TRANSACTION,
      ),
    ],
    ['a name that a write throws', run(NAMED)],
    ['a transaction beside a write', run(NAMED, `${TRANSACTION}; ${put()}`)],
    ['a transaction beside who knows what', run(NAMED, `${TRANSACTION}; await save(id)`)],
    [
      'a transaction whose error is asked for',
      run(
        ` if (error.name === 'TransactionCanceledException') return false; ${NAMED}`,
        TRANSACTION,
      ),
    ],
    ['other codes', run(" if (error.code === 'ENOENT') return false; throw error ")],
    [
      'SDK v2',
      `import { DynamoDB } from 'aws-sdk'\nconst documents = new DynamoDB.DocumentClient()\nexport const run = async (id: string) => {\ntry { await documents.put({ TableName: 'T', Item: { id }, ConditionExpression: 'attribute_not_exists(id)' }).promise() } catch (error: any) { if (error.code === 'ConditionalCheckFailedException') return false; throw error }\nreturn true\n}\n`,
    ],
    [
      'a finally',
      `${head}export async function run(id: string) {\ntry { ${put()} } finally { console.log(id) }\n}\n`,
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toEqual([])
  })
})

describe('mends', () => {
  it('the member', () => {
    const code = run(
      " if (error?.code === 'ConditionalCheckFailedException') return false; throw error ",
    )
    expect(fixed(rule, code)).toBe(code.replace('error?.code', 'error?.name'))
  })

  it('nothing of what has a type of its own', () => {
    const code = run(
      " if ((error as { code?: string }).code === 'ConditionalCheckFailedException') return false; throw error ",
    )
    expect(reportsOf(rule, code)).toHaveLength(1)
    expect(fixed(rule, code)).toBe(code)
  })
})

describe('offers to throw again', () => {
  const v3 = (clause: string, write?: string): string =>
    run('', write).replace('catch (error: any) {}', clause)

  it.each([
    ['a clause in lines', v3('catch (error) {\n  console.error(error)\n}')],
    ['a clause in one line', v3('catch (error) { console.error(error) }')],
    ['an empty clause that names nothing', v3('catch {}')],
    ['a transaction', v3('catch (error: unknown) {\n  console.log(error)\n}', TRANSACTION)],
    [
      'code that ends its lines with semicolons',
      v3('catch (error) {\n\tconsole.error(error);\n}').replace('return done', 'return done;'),
    ],
  ])('%s', (_, code) => {
    expect(mended(rule, code)).toMatchSnapshot()
  })

  it('leaves code that type-checks', { timeout: 120_000 }, () => {
    const files = [
      v3('catch (error) { console.error(error) }').replace(', TransactWriteCommand', ''),
      v3('catch {}').replace(', TransactWriteCommand', ''),
      v3('catch (error: unknown) {\n  console.log(error)\n}', TRANSACTION).replace(
        'PutCommand, ',
        '',
      ),
    ].flatMap((code) => mended(rule, code.replace('let done', 'const done')))
    expect(files).toHaveLength(6)
    expect(
      typeErrorsIn(files.map(({ code }, n) => [`orders${String(n)}.ts`, code] as const)),
    ).toEqual([])
  })

  it('only as a whole where the library names no errors', () => {
    const code = `import { DynamoDB } from 'aws-sdk'\nconst documents = new DynamoDB.DocumentClient()\nexport const run = async (id: string) => {\ntry {\nawait documents.put({ TableName: 'T', Item: { id }, ConditionExpression: 'attribute_not_exists(id)' }).promise()\n} catch (error) {\nconsole.log(error)\n}\nreturn true\n}\n`
    expect(mended(rule, code).map(({ title }) => title)).toEqual([
      'Throw the error again, so that what follows is left out.',
    ])
  })
})

describe('offers the name', () => {
  it.each([
    [
      "error.message.includes('ConditionalCheckFailed')",
      "error.name === 'ConditionalCheckFailedException'",
    ],
    [
      "!error.message?.includes('ConditionalCheckFailedException')",
      "!(error.name === 'ConditionalCheckFailedException')",
    ],
    [
      "error.message !== 'The conditional request failed'",
      "error.name !== 'ConditionalCheckFailedException'",
    ],
  ])('in place of %s', (before, after) => {
    const code = run(` if (${before}) return false; throw error `)
    expect(mended(rule, code)).toEqual([
      {
        title: `Ask for the name: \`${after.replace(/^!\((.*)\)$/, '($1)')}\`.`,
        code: code.replace(before, after),
      },
    ])
  })

  it('not of what is no plain variable', () => {
    const code = run(
      " if ((error as Error).message.includes('ConditionalCheckFailed')) return false; throw error ",
    )
    expect(mended(rule, code)).toEqual([])
  })
})
