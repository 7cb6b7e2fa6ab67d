// filename: src/repositories/bookings.ts
// settings: {"tables":{"BOOKINGS_TABLE":{"partitionKey":{"name":"roomId","type":"S"},"sortKey":{"name":"startsAt","type":"N"},"indexes":{"byGuest":{"partitionKey":{"name":"guestId","type":"S"},"sortKey":"startsAt"},"byFloor":{"partitionKey":"roomId","sortKey":"floor"}}}}}
// A repository whose table is named by the environment, and described by the settings.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export class Bookings {
  private readonly table = process.env.BOOKINGS_TABLE ?? 'bookings-local'

  get(roomId: string, startsAt: number) {
    return documents.send(new GetCommand({ TableName: this.table, Key: { roomId, startsAt } }))
  }

  cancelAll(roomId: string) {
    return documents.send(new DeleteCommand({ TableName: this.table, Key: { roomId } }))
    //                                                                    ^^^^^^^^^^ valid-key: `startsAt` is missing: the key of `BOOKINGS_TABLE` is `roomId` and `startsAt`.
  }

  getDay(room: string, day: string) {
    const Keys = [{ roomId: room, startsAt: `${day}T08:00` }]
    //                                      ^^^^^^^^^^^^^^ valid-key: Key attribute `startsAt` of `BOOKINGS_TABLE` is a number (N).
    return documents.send(new BatchGetCommand({ RequestItems: { [this.table]: { Keys } } }))
  }

  book(roomId: string, guestId: string, rest: Record<string, unknown>) {
    const Item = { ...rest, roomId, guestId }
    return documents.send(new PutCommand({ TableName: this.table, Item }))
  }

  bookForNobody(roomId: string, startsAt: number) {
    const Item = { roomId, startsAt, guestId: '' }
    //                                        ^^ valid-key: DynamoDB rejects this: One or more parameter values are not valid. A value specified for a secondary index key is not supported.
    return documents.send(new PutCommand({ TableName: this.table, Item }))
  }

  move(roomId: string, from: number, to: number) {
    return documents.send(
      new UpdateCommand({
        TableName: this.table,
        Key: { roomId, startsAt: from },
        UpdateExpression: 'SET startsAt = :to',
        //                     ^^^^^^^^ valid-key: DynamoDB rejects this: One or more parameter values were invalid: Cannot update attribute startsAt.
        ExpressionAttributeValues: { ':to': to },
      }),
    )
  }

  ofGuest(guestId: string) {
    return documents.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: 'guestId = :guest',
        //                       ^^^^^^^^^^^^^^^^ valid-key-condition: The key of `BOOKINGS_TABLE` is `roomId` and `startsAt`.
        ExpressionAttributeValues: { ':guest': guestId },
      }),
    )
  }

  ofGuestSince(guestId: string, since: number) {
    return documents.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: 'byGuest',
        KeyConditionExpression: 'guestId = :guest',
        FilterExpression: 'startsAt >= :since AND roomId <> :none',
        //                 ^^^^^^^^ no-filter-for-key: `startsAt` is a key attribute of what this Query reads
        ExpressionAttributeValues: { ':guest': guestId, ':since': since, ':none': '-' },
      }),
    )
  }

  onFloor(roomId: string, floor: number) {
    return documents.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: 'roomId = :room',
        FilterExpression: 'floor = :floor',
        //                ^^^^^^^^^^^^^^^^ no-filter-for-key: This Query of `BOOKINGS_TABLE` (Bookings.onFloor) reads a whole partition
        ExpressionAttributeValues: { ':room': roomId, ':floor': floor },
      }),
    )
  }

  private query(KeyConditionExpression: string, values: Record<string, unknown>) {
    return documents.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression,
        ExpressionAttributeValues: values,
      }),
    )
  }

  ofRoom(roomId: string, until: number) {
    return this.query('roomId = :room AND startsAt < :until', { ':room': roomId, ':until': until })
  }

  before(until: number) {
    return this.query('startsAt < :until', { ':until': until })
    //                 ^^^^^^^^^^^^^^^^^ valid-key-condition: The key of `BOOKINGS_TABLE` is `roomId` and `startsAt`.
  }
}
