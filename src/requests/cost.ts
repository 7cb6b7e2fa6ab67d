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

/** How a Scan reads. */
export interface ScanReading {
  readonly isConsistent: boolean
  /** It asks for one page and never for the next. */
  readonly isOnePage: boolean
  /** The most items that a page has; null where no Limit says so. */
  readonly limit: number | null
}

/** What a Scan reads, and what that costs, as words of a sentence. */
export interface ScanCost {
  /** `the whole table` */
  readonly read: string
  /** Begins with its own comma or semicolon; empty where the size of the table is not known. */
  readonly cost: string
}

const BYTES_PER_READ_UNIT = 4096
const BYTES_PER_PAGE = 1024 * 1024

/**
 * What a Scan reads of a table, and what reading all of it costs: one call, and a million of them.
 *
 * An eventually consistent Scan consumes half a read unit for each 4 KB of the pages it reads, a consistent one a whole
 * unit; a page is at most 1 MB, before any filter.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function costOfScan(
  table: TableSize | null,
  reading: ScanReading,
  prices: UnitPrices,
): ScanCost {
  if (table?.items == null || table.averageItemBytes === null) {
    return { read: 'the whole table', cost: '' }
  }
  const { items, averageItemBytes } = table
  const whole = items * averageItemBytes
  const page = Math.min(BYTES_PER_PAGE, (reading.limit ?? Infinity) * averageItemBytes)
  const blocks = Math.ceil(whole / BYTES_PER_READ_UNIT)
  const units = reading.isConsistent ? blocks : blocks / 2
  const million = units * prices.readPerMillion
  const shown = (units < 100 ? units : Math.round(units)).toLocaleString('en-US')
  const cost = `${shown} read units or ${money(million / 1_000_000)} a call, ${money(million)} for a million calls`
  return reading.isOnePage && page < whole
    ? { read: `the first ${size(page)} of ${size(whole)}`, cost: `; all of it would be ${cost}` }
    : { read: 'the whole table', cost: `, ${cost}` }
}

function size(bytes: number): string {
  if (bytes >= 1024 ** 3) return `${rounded(bytes / 1024 ** 3)} GB`
  if (bytes >= 1024 ** 2) return `${rounded(bytes / 1024 ** 2)} MB`
  return `${rounded(bytes / 1024)} KB`
}

function money(dollars: number): string {
  if (dollars === 0) return '$0'
  if (dollars >= 1) return `$${rounded(dollars)}`
  // Two digits, and no power of ten.
  const digits = 1 - Math.floor(Math.log10(dollars))
  return `$${dollars.toFixed(Math.min(digits, 20))}`
}

/** Two digits at least, and all before the point. */
function rounded(number: number): string {
  const digits = number >= 10 ? 0 : 1
  return number.toLocaleString('en-US', { maximumFractionDigits: digits })
}
