/** What the sales models read, as plain rows; money in cents. */
export interface Line {
  readonly customerId: string;
  readonly storeId: string;
  readonly salesPersonId: string;
  /** `YYYY-MM-DD` */
  readonly salesDate: string;
  readonly cents: bigint;
  readonly transactionId: string | null;
  readonly file: string;
  readonly lineNumber: number;
}

export interface Customer {
  readonly customerId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly address: string | null;
  readonly pincode: string | null;
  readonly phoneNumber: string | null;
}

export interface SalesPerson {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** Decimals of the configuration as text, since that is what they are exactly. */
export interface Settings {
  readonly inactive_after_days: number;
  readonly premium_min_purchases: number;
  readonly premium_min_monetary_value: number;
  readonly regular_min_purchases: number;
  readonly high_value_percent: number;
  readonly incentive_percent: number;
  readonly incentive_tie_rule: 'all' | 'split' | 'none';
  readonly anomaly_score: number;
  readonly anomaly_min_months: number;
  readonly anomaly_flat_percent: number;
  readonly anomaly_transaction_multiple: number;
  readonly anomaly_transaction_percentile: number;
}

export interface World {
  readonly asOf: string;
  readonly lines: readonly Line[];
  readonly customers: readonly Customer[];
  readonly salesPeople: readonly SalesPerson[];
  readonly settings: Settings;
}

/** A row as DuckDB's JSON reader gives it: decimals and bigints are text. */
export type Row = Record<string, string | number | boolean | null>;

/** Only what happened up to as_of counts. */
export function countedLines(world: World): Line[] {
  return world.lines.filter((line) => line.salesDate <= world.asOf);
}
