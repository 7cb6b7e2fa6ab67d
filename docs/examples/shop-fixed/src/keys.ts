export const userKey = (userId: string) => `USER#${userId}`
export const productKey = (productId: string) => `PRODUCT#${productId}`
export const orderSortKey = (createdAt: string, orderId: string) => `ORDER#${createdAt}#${orderId}`
