/** Faults and facts that the generator plants, so that a run's result can be judged. */
export type PlantedKind =
  | 'missing-column'
  | 'extra-column'
  | 'bad-price'
  | 'bad-date'
  | 'zero-quantity'
  | 'negative-quantity'
  | 'no-customer'
  | 'wrong-total'
  | 'resent-file'
  | 'wrong-name'
  | 'duplicate-lines'
  | 'empty-file'
  | 'broken-quote'
  | 'truncated-gzip'
  | 'unknown-customer'
  | 'late-customers'
  | 'last-purchase-90-days-ago'
  | 'last-purchase-91-days-ago'
  | 'giant-transaction'
  | 'outstanding-month'
  | 'tie-for-first';

export interface Planted {
  readonly kind: PlantedKind;
  /** Path below the folder; a `*` stands for the days of a month. */
  readonly file: string;
  readonly detail: string;
  /** Data records concerned, where the fault is about records. */
  readonly rows?: number;
}

const quarantineReasons = ['REQUIRED', 'TYPE', 'RANGE', 'TOTAL_COST_MISMATCH'] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

/** What a correct pipeline must find in the drops; amounts are decimal text. */
export interface DropTruth {
  readonly seed: number;
  readonly scale: number;
  readonly lastDay: string;
  readonly days: number;
  /** Files below `landing/`, good and bad. */
  readonly files: number;
  /** Records of sales files that are accepted: each is loaded, quarantined or waits for its customer. */
  readonly salesLines: number;
  readonly planted: readonly Planted[];
  /** Rows that break a row rule, by the only rule they break. */
  readonly quarantinedRows: Readonly<Record<QuarantineReason, number>>;
  /** Good rows whose customer never arrives. */
  readonly unknownCustomerRows: number;
  /** Good rows whose customer arrives with the late master data. */
  readonly lateRows: number;
  /** Records equal to an earlier record of their file; part of acceptedLines. */
  readonly duplicateLines: number;
  /** Sum of total_cost and number of rows in `silver.sales_line` after the first run. */
  readonly acceptedTotal: string;
  readonly acceptedLines: number;
  /** The same after the run that takes in the late master data. */
  readonly acceptedTotalAfterLateMasterData: string;
  readonly acceptedLinesAfterLateMasterData: number;
}
