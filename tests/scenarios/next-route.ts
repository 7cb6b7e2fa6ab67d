// filename: app/api/posts/[postId]/likes/route.ts
// A Next route handler: one method reads everything, one loses likes, one does it well.
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
import { NextResponse, type NextRequest } from 'next/server'

const documents = DynamoDBDocument.from(new DynamoDB({}))

interface Context {
  params: Promise<{ postId: string }>
}

export async function GET(_request: NextRequest, { params }: Context) {
  const { postId } = await params
  const { Items = [] } = await documents.scan({
//                                       ^^^^ no-scan-in-handler: Scan of `Likes` runs on each GET /api/posts/[postId]/likes (GET): it reads the whole table and drops what `postId = :postId` does not match.
    TableName: 'Likes',
    FilterExpression: 'postId = :postId',
    ExpressionAttributeValues: { ':postId': postId },
  })
  return NextResponse.json({ likes: Items.length })
}

export async function POST(_request: NextRequest, { params }: Context) {
  const { postId } = await params
  const { Item: post } = await documents.get({ TableName: 'Posts', Key: { postId } })
  if (!post) return NextResponse.json({ error: 'not found' }, { status: 404 })
  const likes = (post.likes ?? 0) + 1
  await documents.update({
//                ^^^^^^ no-unconditional-read-modify-write: `likes` of `Posts` is read in line 26, and a value derived from that is written back with no condition (POST): of two requests at once, one is lost.
    TableName: 'Posts',
    Key: { postId },
    UpdateExpression: 'SET likes = :likes',
    ExpressionAttributeValues: { ':likes': likes },
  })
  return NextResponse.json({ likes })
}

export async function DELETE(_request: NextRequest, { params }: Context) {
  const { postId } = await params
  const { Attributes } = await documents.update({
    TableName: 'Posts',
    Key: { postId },
    UpdateExpression: 'SET likes = likes - :one',
    ConditionExpression: 'likes > :zero',
    ExpressionAttributeValues: { ':one': 1, ':zero': 0 },
    ReturnValues: 'UPDATED_NEW',
  })
  return NextResponse.json({ likes: Attributes?.likes })
}
