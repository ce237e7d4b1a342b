/** Days that the ledger keeps runs and files that have come to their end. The tables ops.run and ops.file_status keep them for good. */
const daysKept = 400;

/** Seconds since 1970 after which DynamoDB may remove an item: the attribute `ttl` of the ledger's table. */
export function expiryOf(ended: string): number {
  return Math.ceil(Date.parse(ended) / 1_000) + daysKept * 86_400;
}
