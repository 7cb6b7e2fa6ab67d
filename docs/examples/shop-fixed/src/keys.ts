export const userKey = (userId: string) => `USER#${userId}`
export const productKey = (productId: string) => `PRODUCT#${productId}`
export const orderSortKey = (createdAt: string, orderId: string) => `ORDER#${createdAt}#${orderId}`

/** How many partitions of the index the customers of one plan are spread over. */
export const PLAN_SHARDS = 10

/** The index key of a plan's customers: a plan alone would be one partition for nearly all of them. */
export const planKey = (plan: string, shard: number) => `PLAN#${plan}#${shard}`

/** The shard of a customer, always the same one. */
export const shardOf = (userId: string) =>
  [...userId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % PLAN_SHARDS
