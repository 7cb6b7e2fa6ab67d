/** Names that the stack hands to every function; the defaults serve local runs. */
export const config = {
  appTable: process.env.APP_TABLE ?? 'EcommerceApp',
  usersTable: process.env.USERS_TABLE ?? 'Users',
  ordersTable: process.env.ORDERS_TABLE ?? 'Orders',
  productsTable: process.env.PRODUCTS_TABLE ?? 'Products',
  eventLogTable: process.env.EVENT_LOG_TABLE ?? 'EventLog',
  mailSender: process.env.MAIL_SENDER ?? 'orders@shop.example',
} as const
