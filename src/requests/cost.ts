/** How many items a table holds, and how large one is on average. */
export interface TableSize {
  readonly items: number | null
  readonly averageItemBytes: number | null
}

/** US dollars for a million request units. */
export interface UnitPrices {
  readonly readPerMillion: number
  readonly writePerMillion: number
}

const BYTES_PER_READ_UNIT = 4096

/**
 * What reading a whole table costs, as words to add to a sentence; empty where its size is not known.
 *
 * An eventually consistent Scan consumes half a read unit for each 4 KB of the pages it reads.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function costOfScan(table: TableSize | null, prices: UnitPrices): string {
  if (table?.items == null || table.averageItemBytes === null) return ''
  const units = readUnits(table.items * table.averageItemBytes)
  const dollars = (units / 1_000_000) * prices.readPerMillion
  return `, ${Math.round(units).toLocaleString('en-US')} read units or ${money(dollars)} a time`
}

/** Read units (eventually consistent) for so many bytes of pages. */
function readUnits(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_READ_UNIT) / 2
}

function money(dollars: number): string {
  if (dollars >= 0.01) return `$${dollars.toFixed(2)}`
  return dollars === 0 ? '$0' : `$${dollars.toPrecision(2)}`
}
