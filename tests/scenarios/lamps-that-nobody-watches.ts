// filename: bin/lamps.ts
import { App, Stack } from 'aws-cdk-lib'
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch'
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'

const partitionKey = { name: 'id', type: AttributeType.STRING }

class Lamps extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id)
    const lamps = new TableV2(this, 'Lamps', { partitionKey })
    const switches = new TableV2(this, 'Switches', { partitionKey })
//                       ^^^^^^^ require-throttle-alarm: No alarm of this app watches
    this.watch([lamps])
    this.exportValue(switches.tableName)
  }

  private watch(tables: readonly TableV2[]): void {
    for (const table of tables)
      new Alarm(this, `${table.node.id}Writes`, {
        metric: table.metricConsumedWriteCapacityUnits(),
        threshold: 1000,
        evaluationPeriods: 3,
      })
  }
}

new Lamps(new App(), 'Lamps')
