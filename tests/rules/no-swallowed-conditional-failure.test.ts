import { describe, expect, it } from 'vitest'
import { fixed } from '../support/fixed.ts'
import { program, reportsOf } from '../support/reports.ts'

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
      'another error of v2',
      run(" if (error?.code === 'ResourceNotFoundException') return false; throw error "),
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
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
