// Written by `npm run update`. Do not edit.
import type { DynamodbRule } from '../rule/create-rule.ts'
import noApplicationJoin from '../../rules/no-application-join.ts'
import noBrokenPagination from '../../rules/no-broken-pagination.ts'
import noClientInHandler from '../../rules/no-client-in-handler.ts'
import noClientSideFilter from '../../rules/no-client-side-filter.ts'
import noCollidingKey from '../../rules/no-colliding-key.ts'
import noExpressionInjection from '../../rules/no-expression-injection.ts'
import noFilterForKey from '../../rules/no-filter-for-key.ts'
import noHotPartitionKey from '../../rules/no-hot-partition-key.ts'
import noLegacyParameters from '../../rules/no-legacy-parameters.ts'
import noLimitWithFilter from '../../rules/no-limit-with-filter.ts'
import noMillisecondTtl from '../../rules/no-millisecond-ttl.ts'
import noNPlusOne from '../../rules/no-n-plus-one.ts'
import noPhantomUpsert from '../../rules/no-phantom-upsert.ts'
import noReservedAttributeName from '../../rules/no-reserved-attribute-name.ts'
import noScanInHandler from '../../rules/no-scan-in-handler.ts'
import noSequentialPartitionKey from '../../rules/no-sequential-partition-key.ts'
import noSingleItemTransaction from '../../rules/no-single-item-transaction.ts'
import noSplitUpdate from '../../rules/no-split-update.ts'
import noSwallowedConditionalFailure from '../../rules/no-swallowed-conditional-failure.ts'
import noTornWrite from '../../rules/no-torn-write.ts'
import noUnchunkedBatch from '../../rules/no-unchunked-batch.ts'
import noUnconditionalReadModifyWrite from '../../rules/no-unconditional-read-modify-write.ts'
import noUnknownIndex from '../../rules/no-unknown-index.ts'
import noUnpaddedSortKey from '../../rules/no-unpadded-sort-key.ts'
import noUnprojectedAttribute from '../../rules/no-unprojected-attribute.ts'
import noWriteThenRead from '../../rules/no-write-then-read.ts'
import preferBatchWrite from '../../rules/prefer-batch-write.ts'
import preferGetItem from '../../rules/prefer-get-item.ts'
import preferSingleTable from '../../rules/prefer-single-table.ts'
import preferStream from '../../rules/prefer-stream.ts'
import requireCapacityMode from '../../rules/require-capacity-mode.ts'
import requireIdempotentCreate from '../../rules/require-idempotent-create.ts'
import requirePagination from '../../rules/require-pagination.ts'
import requireSortKeyPrefix from '../../rules/require-sort-key-prefix.ts'
import requireThrottleAlarm from '../../rules/require-throttle-alarm.ts'
import requireUniquenessCondition from '../../rules/require-uniqueness-condition.ts'
import requireUnprocessedRetry from '../../rules/require-unprocessed-retry.ts'
import validExpression from '../../rules/valid-expression.ts'
import validKey from '../../rules/valid-key.ts'
import validKeyCondition from '../../rules/valid-key-condition.ts'
import validPlaceholders from '../../rules/valid-placeholders.ts'
import validRequest from '../../rules/valid-request.ts'
import validStreamRecord from '../../rules/valid-stream-record.ts'

/** Every rule by its id. */
export const rules: Record<string, DynamodbRule> = {
  'no-application-join': noApplicationJoin,
  'no-broken-pagination': noBrokenPagination,
  'no-client-in-handler': noClientInHandler,
  'no-client-side-filter': noClientSideFilter,
  'no-colliding-key': noCollidingKey,
  'no-expression-injection': noExpressionInjection,
  'no-filter-for-key': noFilterForKey,
  'no-hot-partition-key': noHotPartitionKey,
  'no-legacy-parameters': noLegacyParameters,
  'no-limit-with-filter': noLimitWithFilter,
  'no-millisecond-ttl': noMillisecondTtl,
  'no-n-plus-one': noNPlusOne,
  'no-phantom-upsert': noPhantomUpsert,
  'no-reserved-attribute-name': noReservedAttributeName,
  'no-scan-in-handler': noScanInHandler,
  'no-sequential-partition-key': noSequentialPartitionKey,
  'no-single-item-transaction': noSingleItemTransaction,
  'no-split-update': noSplitUpdate,
  'no-swallowed-conditional-failure': noSwallowedConditionalFailure,
  'no-torn-write': noTornWrite,
  'no-unchunked-batch': noUnchunkedBatch,
  'no-unconditional-read-modify-write': noUnconditionalReadModifyWrite,
  'no-unknown-index': noUnknownIndex,
  'no-unpadded-sort-key': noUnpaddedSortKey,
  'no-unprojected-attribute': noUnprojectedAttribute,
  'no-write-then-read': noWriteThenRead,
  'prefer-batch-write': preferBatchWrite,
  'prefer-get-item': preferGetItem,
  'prefer-single-table': preferSingleTable,
  'prefer-stream': preferStream,
  'require-capacity-mode': requireCapacityMode,
  'require-idempotent-create': requireIdempotentCreate,
  'require-pagination': requirePagination,
  'require-sort-key-prefix': requireSortKeyPrefix,
  'require-throttle-alarm': requireThrottleAlarm,
  'require-uniqueness-condition': requireUniquenessCondition,
  'require-unprocessed-retry': requireUnprocessedRetry,
  'valid-expression': validExpression,
  'valid-key': validKey,
  'valid-key-condition': validKeyCondition,
  'valid-placeholders': validPlaceholders,
  'valid-request': validRequest,
  'valid-stream-record': validStreamRecord,
}
