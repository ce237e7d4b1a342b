import { groupBy, sum } from './arithmetic.ts';
import type { Line } from './world.ts';

export interface Transaction {
  readonly cents: bigint;
  readonly lines: readonly Line[];
}

/** Lines of one customer that share a transaction_id are one transaction; a line without one is a transaction by itself. */
export function transactionsOf(lines: readonly Line[]): Transaction[] {
  const key = (line: Line, index: number) =>
    line.transactionId === null ? `line ${index}` : JSON.stringify([line.customerId, line.transactionId]);
  const keyed = lines.map((line, index) => ({ line, key: key(line, index) }));
  return [...groupBy(keyed, (item) => item.key).values()].map((items) => ({
    cents: sum(items.map((item) => item.line.cents)),
    lines: items.map((item) => item.line),
  }));
}
