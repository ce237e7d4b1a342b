import type { Org } from './customer-360.ts';

/** What one account's records give: columns of gold.customer_360_metrics as text. */
export type Case = readonly [title: string, org: Org, expected: Readonly<Record<string, string | null>>];
