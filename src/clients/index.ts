import { architect } from './architect.ts'
import type { ClientLibrary } from './client-library.ts'
import { sdkV2 } from './sdk-v2.ts'
import { sdkV3 } from './sdk-v3.ts'
import type { TableClient } from './table-client.ts'

/** Every client library that is understood. */
export const CLIENT_LIBRARIES: readonly ClientLibrary[] = [sdkV3, sdkV2]

/** Every client that is understood which has an object for each table. */
export const TABLE_CLIENTS: readonly TableClient[] = [architect]

/** A file that mentions none of these says nothing of DynamoDB by itself. */
export const MENTIONS_DYNAMODB =
  /[dD]ynamo|DYNAMO|\bTableName\b|DocumentClient|@architect\/functions/
