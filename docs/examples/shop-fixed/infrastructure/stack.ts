import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway'
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch'
import {
  AttributeType,
  BillingMode,
  Operation,
  StreamViewType,
  Table,
} from 'aws-cdk-lib/aws-dynamodb'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
import type { Construct } from 'constructs'

interface ShopStackProps extends StackProps {
  stage: string
}

export class ShopStack extends Stack {
  private readonly tables: Table[]

  constructor(scope: Construct, id: string, props: ShopStackProps) {
    super(scope, id, props)
    const removalPolicy = props.stage === 'prod' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY

    const appTable = new Table(this, 'AppTable', {
      tableName: 'EcommerceApp',
      partitionKey: { name: 'PK', type: AttributeType.STRING },
      sortKey: { name: 'SK', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      removalPolicy,
    })
    appTable.addGlobalSecondaryIndex({
      indexName: 'GSI1',
      partitionKey: { name: 'GSI1PK', type: AttributeType.STRING },
      sortKey: { name: 'GSI1SK', type: AttributeType.STRING },
    })
    appTable.addGlobalSecondaryIndex({
      indexName: 'GSI2',
      partitionKey: { name: 'GSI2PK', type: AttributeType.STRING },
      sortKey: { name: 'GSI2SK', type: AttributeType.STRING },
    })
    appTable.addGlobalSecondaryIndex({
      indexName: 'active',
      partitionKey: { name: 'activeSince', type: AttributeType.STRING },
    })
    appTable.addGlobalSecondaryIndex({
      indexName: 'flagged',
      partitionKey: { name: 'flaggedAt', type: AttributeType.STRING },
    })

    const eventLog = new Table(this, 'EventLog', {
      tableName: 'EventLog',
      partitionKey: { name: 'PK', type: AttributeType.STRING },
      sortKey: { name: 'SK', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy,
    })

    const users = new Table(this, 'Users', {
      tableName: 'Users',
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy,
    })
    users.addGlobalSecondaryIndex({
      indexName: 'byEmail',
      partitionKey: { name: 'email', type: AttributeType.STRING },
    })
    users.addGlobalSecondaryIndex({
      indexName: 'byCountry',
      partitionKey: { name: 'country', type: AttributeType.STRING },
    })

    const orders = new Table(this, 'Orders', {
      tableName: 'Orders',
      partitionKey: { name: 'orderId', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      removalPolicy,
    })
    orders.addGlobalSecondaryIndex({
      indexName: 'byUser',
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      sortKey: { name: 'createdAt', type: AttributeType.STRING },
    })
    orders.addGlobalSecondaryIndex({
      indexName: 'active',
      partitionKey: { name: 'activeSince', type: AttributeType.STRING },
    })

    const products = new Table(this, 'Products', {
      tableName: 'Products',
      partitionKey: { name: 'productId', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy,
    })
    products.addGlobalSecondaryIndex({
      indexName: 'byCategory',
      partitionKey: { name: 'category', type: AttributeType.STRING },
    })

    new Alarm(this, 'AppTableThrottled', {
      metric: appTable.metricThrottledRequestsForOperations({
        operations: [
          Operation.GET_ITEM,
          Operation.QUERY,
          Operation.PUT_ITEM,
          Operation.UPDATE_ITEM,
        ],
      }),
      threshold: 1,
      evaluationPeriods: 1,
    })
    new Alarm(this, 'EventLogThrottled', {
      metric: eventLog.metricThrottledRequestsForOperations({ operations: [Operation.PUT_ITEM] }),
      threshold: 1,
      evaluationPeriods: 1,
    })
    for (const table of [users, orders, products]) {
      new Alarm(this, `${table.node.id}Throttled`, {
        metric: table.metricThrottledRequestsForOperations({
          operations: [
            Operation.GET_ITEM,
            Operation.QUERY,
            Operation.PUT_ITEM,
            Operation.UPDATE_ITEM,
          ],
        }),
        threshold: 1,
        evaluationPeriods: 1,
      })
    }

    this.tables = [appTable, eventLog, users, orders, products]

    const api = new RestApi(this, 'Api', { deployOptions: { stageName: props.stage } })
    const route = (method: string, path: string, handler: string) => {
      const lambda = this.lambda(handler, `src/handlers/${handler}.ts`)
      api.root.resourceForPath(path).addMethod(method, new LambdaIntegration(lambda))
    }
    route('POST', '/users', 'register-user')
    route('GET', '/users/find', 'find-user-by-email')
    route('GET', '/users/premium', 'list-premium-users')
    route('POST', '/accounts', 'create-account')
    route('GET', '/users/{userId}', 'get-account')
    route('PUT', '/users/{userId}', 'update-profile')
    route('PUT', '/users/{userId}/name', 'rename-user')
    route('PUT', '/users/{userId}/avatar', 'set-avatar')
    route('PUT', '/users/{userId}/delivery-address', 'set-delivery-address')
    route('POST', '/users/{userId}/addresses', 'add-address')
    route('PUT', '/users/{userId}/cart', 'save-cart')
    route('GET', '/users/{userId}/dashboard', 'get-user-dashboard')
    route('GET', '/users/{userId}/orders', 'list-user-orders')
    route('GET', '/users/{userId}/orders/recent', 'recent-orders')
    route('GET', '/users/{userId}/orders/period', 'orders-in-period')
    route('ANY', '/users/{userId}/notes', 'order-notes')
    route('POST', '/users/{userId}/vouchers/{code}', 'redeem-voucher')
    route('POST', '/sessions', 'start-session')
    route('POST', '/orders', 'place-order')
    route('POST', '/orders/phone', 'create-order')
    route('GET', '/orders/active', 'list-active-orders')
    route('GET', '/orders/{orderId}', 'get-order')
    route('POST', '/orders/{orderId}/payment', 'pay-order')
    route('DELETE', '/orders/{orderId}', 'cancel-order')
    route('PUT', '/orders/{orderId}/note', 'edit-order-note')
    route('POST', '/returns', 'create-return')
    route('POST', '/products', 'create-product')
    route('GET', '/products/lookup', 'lookup-product')
    route('GET', '/products/{productId}', 'get-product-page')
    route('PUT', '/products/{productId}/price', 'set-price')
    route('POST', '/products/{productId}/stock', 'adjust-stock')
    route('POST', '/products/{productId}/reservations', 'reserve-stock')
    route('POST', '/products/{productId}/views', 'record-view')
    route('GET', '/products/{productId}/reviews/top', 'top-reviews')
    route('DELETE', '/products/{productId}/reviews/{userId}', 'delete-review')
    route('GET', '/categories/{category}/trending', 'trending-products')

    new Rule(this, 'EveryNight', {
      schedule: Schedule.cron({ hour: '2', minute: '0' }),
      targets: [
        new LambdaFunction(this.lambda('sales-report', 'src/jobs/nightly-sales-report.ts')),
        new LambdaFunction(this.lambda('purge-drafts', 'src/jobs/purge-drafts.ts')),
      ],
    })
    new Rule(this, 'EveryHour', {
      schedule: Schedule.cron({ minute: '15' }),
      targets: [new LambdaFunction(this.lambda('trending', 'src/jobs/refresh-trending.ts'))],
    })

    const startingPosition = StartingPosition.LATEST
    this.lambda('order-events', 'src/streams/order-events.ts').addEventSource(
      new DynamoEventSource(appTable, { startingPosition, retryAttempts: 5 }),
    )
    this.lambda('search-index', 'src/streams/search-index.ts').addEventSource(
      new DynamoEventSource(appTable, { startingPosition, retryAttempts: 5 }),
    )
    this.lambda('order-audit', 'src/streams/legacy-order-audit.ts').addEventSource(
      new DynamoEventSource(orders, { startingPosition, retryAttempts: 5 }),
    )
  }

  /** A function that knows the tables' names and may read and write all of them. */
  private lambda(id: string, entry: string): NodejsFunction {
    const [appTable, eventLog, users, orders, products] = this.tables
    const lambda = new NodejsFunction(this, id, {
      entry,
      runtime: Runtime.NODEJS_22_X,
      environment: {
        APP_TABLE: appTable?.tableName ?? '',
        EVENT_LOG_TABLE: eventLog?.tableName ?? '',
        USERS_TABLE: users?.tableName ?? '',
        ORDERS_TABLE: orders?.tableName ?? '',
        PRODUCTS_TABLE: products?.tableName ?? '',
      },
    })
    for (const table of this.tables) table.grantReadWriteData(lambda)
    return lambda
  }
}
