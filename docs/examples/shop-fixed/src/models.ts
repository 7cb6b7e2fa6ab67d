export type OrderStatus = 'pending' | 'paid' | 'shipped' | 'delivered' | 'cancelled'
export type Plan = 'free' | 'premium'

/** Key attributes of every item in EcommerceApp. */
export interface AppItem {
  PK: string
  SK: string
  GSI1PK?: string
  GSI1SK?: string
  GSI2PK?: string
  GSI2SK?: string
}

export interface Profile extends AppItem {
  userId: string
  email: string
  name: string
  plan: Plan
  avatarUrl?: string
  version: number
  createdAt: string
}

export interface OrderLine {
  productId: string
  quantity: number
  price: number
}

export interface Order extends AppItem {
  entityType: 'Order'
  orderId: string
  userId: string
  email: string
  status: OrderStatus
  total: number
  lines: OrderLine[]
  createdAt: string
  /** Until it is sent: the sparse index `active` holds such orders alone. */
  activeSince?: string
}

export interface Product extends AppItem {
  productId: string
  name: string
  category: string
  price: number
  stock: number
  views: number
}

export interface Review extends AppItem {
  productId: string
  userId: string
  rating: number
  comment: string
  state: 'draft' | 'published'
  /** The sparse index `flagged` holds such reviews alone. */
  flaggedAt?: string
}

/** Items of the three tables that are older than EcommerceApp. */
export interface LegacyUser {
  userId: string
  email: string
  name: string
  country: string
  loyaltyPoints: number
  createdAt: string
}

export interface LegacyOrder {
  orderId: string
  userId: string
  status: OrderStatus
  total: number
  items: OrderLine[]
  createdAt: string
  /** Until it is sent. */
  activeSince?: string
}

export interface LegacyProduct {
  productId: string
  name: string
  category: string
  price: number
  stock: number
}
