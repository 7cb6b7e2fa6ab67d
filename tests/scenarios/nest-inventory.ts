// filename: src/inventory/inventory.controller.ts
// A Nest controller whose service gets its client by injection.
import { Body, Controller, Get, Inject, Injectable, Param, Post } from '@nestjs/common'
import { Cron } from '@nestjs/schedule'
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'

@Injectable()
export class InventoryService {
  private readonly table = 'Inventory'

  constructor(@Inject('DOCUMENTS') private readonly documents: DynamoDBDocumentClient) {}

  async findAll() {
    const command = new ScanCommand({ TableName: this.table })
//                      ^^^^^^^^^^^ no-scan-in-handler: Scan of `Inventory` runs on each GET /inventory (InventoryService.findAll ← InventoryController.list): it reads the whole table.
    const { Items } = await this.documents.send(command)
    return Items ?? []
  }

  async findOne(sku: string) {
    const { Item } = await this.documents.send(
      new GetCommand({ TableName: this.table, Key: { sku } }),
    )
    return Item
  }

  async save(item: Record<string, unknown>) {
    await this.documents.send(new PutCommand({ TableName: this.table, Item: item }))
  }

  async receive(sku: string, quantity: number) {
    const item = await this.findOne(sku)
    if (!item) return this.save({ sku, quantity })
//                         ^^^^ require-uniqueness-condition: This Put rests on the read in line 32 having found no such item in `Inventory`, but has no condition (InventoryService.save ← InventoryService.receive ← InventoryController.receive): two requests at once both find none, and the second overwrites the first.
    item.quantity += quantity
    await this.save(item)
//             ^^^^ no-unconditional-read-modify-write: The item read from `Inventory` in line 32 is put back changed with no condition (InventoryService.save ← InventoryService.receive ← InventoryController.receive): what another request wrote in between is lost.
  }

  @Cron('0 3 * * *')
  async audit() {
    const { Items = [] } = await this.documents.send(new ScanCommand({ TableName: this.table }))
    return Items.filter((item) => item.quantity < 0)
  }
}

@Controller('inventory')
export class InventoryController {
  constructor(private readonly inventory: InventoryService) {}

  @Get()
  list() {
    return this.inventory.findAll()
  }

  @Post(':sku/receipts')
  receive(@Param('sku') sku: string, @Body() body: { quantity: number }) {
    return this.inventory.receive(sku, body.quantity)
  }
}
