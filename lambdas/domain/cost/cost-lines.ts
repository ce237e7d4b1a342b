import { type PriceName, prices } from './prices.ts';

/** So many units of one price. */
export interface CostLine {
  readonly price: PriceName;
  readonly what: string;
  readonly quantity: number;
}

export function costOf({ price, quantity }: CostLine): number {
  return quantity * prices[price].usd;
}

/** US dollars, rounded to a millionth. */
export function totalCost(lines: readonly CostLine[]): number {
  const total = lines.reduce((sum, line) => sum + costOf(line), 0);
  return Math.round(total * 1_000_000) / 1_000_000;
}
