// Tables of the CDK, with and without a word on their capacity.
import { Stack } from 'aws-cdk-lib'
import { AttributeType, BillingMode, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'

export class MuseumStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id)
    const partitionKey = { name: 'id', type: AttributeType.STRING }
    new Table(this, 'Paintings', { partitionKey })
    //  ^^^^^ require-capacity-mode: Nothing says how `Paintings` pays for its capacity
    new Table(this, 'Rooms', { partitionKey, billingMode: BillingMode.PAY_PER_REQUEST })
    new TableV2(this, 'Visitors', { partitionKey })
    const tickets = new Table(this, 'Tickets', {
      partitionKey,
      billingMode: BillingMode.PROVISIONED,
    })
    tickets.autoScaleReadCapacity({ minCapacity: 5, maxCapacity: 100 }).scaleOnUtilization({
      targetUtilizationPercent: 70,
    })
    tickets.autoScaleWriteCapacity({ minCapacity: 5, maxCapacity: 100 }).scaleOnUtilization({
      targetUtilizationPercent: 70,
    })
  }
}
