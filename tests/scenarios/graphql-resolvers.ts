// filename: src/graphql/resolvers.ts
// Resolvers of Apollo Server: fields that scan, a mutation that appends to a list it read.
import { ApolloServer } from '@apollo/server'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

const resolvers = {
  Query: {
    async authors() {
      const { Items } = await documents.send(new ScanCommand({ TableName: 'Authors' }))
//                                               ^^^^^^^^^^^ no-scan-in-handler: Scan of `Authors` runs on each Query.authors (authors): it reads the whole table.
      return Items
    },
    async books(_: unknown, { author }: { author: string }) {
      const { Items } = await documents.send(
        new QueryCommand({
          TableName: 'Books',
          KeyConditionExpression: 'author = :author',
          ExpressionAttributeValues: { ':author': author },
        }),
      )
      return Items
    },
  },
  Mutation: {
    async tag(_: unknown, { author, title, tag }: Record<string, string>) {
      const Key = { author, title }
      const { Item } = await documents.send(new GetCommand({ TableName: 'Books', Key }))
      const tags = new Set<string>(Item?.tags)
      tags.add(tag)
      const { Attributes } = await documents.send(
        new UpdateCommand({
//          ^^^^^^^^^^^^^ no-unconditional-read-modify-write: `tags` of `Books` is read in line 30, and a value derived from that is written back with no condition (tag): of two requests at once, one is lost.
          TableName: 'Books',
          Key,
          UpdateExpression: 'SET tags = :tags',
          ExpressionAttributeValues: { ':tags': [...tags] },
          ReturnValues: 'ALL_NEW',
        }),
      )
      return Attributes
    },
  },
}

export const server = new ApolloServer({ typeDefs: '#graphql', resolvers })
