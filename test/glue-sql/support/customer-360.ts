import type { CrmWarehouse, Fields } from './crm-warehouse.ts';

export const asOf = '2025-06-30';

/** What Customer 360 reads of the org, by silver table; values as texts, columns that are not given are NULL. */
export interface Org {
  readonly account?: readonly Fields[];
  readonly opportunity?: readonly Fields[];
  readonly asset?: readonly Fields[];
  readonly contract?: readonly Fields[];
  readonly support_case?: readonly Fields[];
  readonly case_milestone?: readonly Fields[];
  readonly invoice?: readonly Fields[];
  readonly usage?: readonly Fields[];
  readonly task?: readonly Fields[];
  readonly event?: readonly Fields[];
}

const tables = [
  'account',
  'opportunity',
  'asset',
  'contract',
  'support_case',
  'case_milestone',
  'invoice',
  'usage',
  'task',
  'event',
] as const;

const keys: Readonly<Record<(typeof tables)[number], string>> = {
  account: 'account_id',
  opportunity: 'opportunity_id',
  asset: 'asset_id',
  contract: 'contract_id',
  support_case: 'case_id',
  case_milestone: 'case_milestone_id',
  invoice: 'invoice_id',
  usage: 'usage_id',
  task: 'task_id',
  event: 'event_id',
};

/** Every model of Customer 360 that SQL makes from the records alone. */
export const customer360Models = [
  'silver.account_profile',
  'silver.opportunity_outcome',
  'silver.customer_360_member',
  'silver.customer_360_revenue',
  'silver.customer_360_asset',
  'silver.customer_360_subscription',
  'silver.customer_360_support',
  'silver.customer_360_usage',
  'silver.customer_360_invoice',
  'silver.customer_360_payment',
  'silver.customer_360_engagement',
  'silver.customer_360_component',
  'silver.customer_360_score',
  'silver.customer_360_subject',
  'silver.alert_standing',
  'silver.recommendation_standing',
  'gold.customer_360_metrics',
] as const;

/** Puts an org into silver and builds everything after it. Without accounts there is one, A1; records belong to it unless they say otherwise. */
export async function buildCustomer360(warehouse: CrmWarehouse, org: Org): Promise<void> {
  const filled: Org = { account: [{ account_id: 'A1' }], ...org };
  await warehouse.empty(...tables.map((table) => `silver.${table}`));
  for (const table of tables) {
    const rows = (filled[table] ?? []).map((row, index) => ({
      [keys[table]]: `${table}-${index}`,
      ...(table === 'case_milestone' || table === 'account' ? {} : { account_id: 'A1' }),
      is_deleted: 'false',
      ...row,
    }));
    await warehouse.fill(`silver.${table}`, rows);
  }
  await warehouse.build(...customer360Models);
}

/** The row of one account. */
export async function metricsOf(warehouse: CrmWarehouse, org: Org, account = 'A1'): Promise<Record<string, unknown>> {
  await buildCustomer360(warehouse, org);
  const [row] = await warehouse.rows(`select * from gold.customer_360_metrics where account_id = '${account}'`);
  if (row === undefined) throw new Error(`no row for ${account}`);
  return row;
}

/** `2025-06-30` and 30 -> `2025-05-31`; negative: later. */
export function daysAgo(days: number): string {
  return new Date(Date.parse(asOf) - days * 86_400_000).toISOString().slice(0, 10);
}

export const won = (amount: string, close_date: string): Fields => ({
  amount,
  close_date,
  is_won: 'true',
  is_closed: 'true',
});
export const lost = (amount: string, close_date: string): Fields => ({
  amount,
  close_date,
  is_won: 'false',
  is_closed: 'true',
});
export const open = (amount: string, close_date: string, probability: string): Fields => {
  return { amount, close_date, probability, is_won: 'false', is_closed: 'false' };
};
export const call = (days: number): Fields => ({ activity_date: daysAgo(days), is_closed: 'true' });
export const used = (days: number, quantity: string): Fields => {
  return { usage_date: daysAgo(days), quantity, metric: 'api_calls' };
};
/** An invoice that is open but for what was paid of it. */
export const owed = (days: number, amount: string, paid = '0', paidDaysAgo: number | null = null): Fields => ({
  invoice_date: daysAgo(days + 30),
  due_date: daysAgo(days),
  amount,
  paid_amount: paid,
  paid_date: paidDaysAgo === null ? null : daysAgo(paidDaysAgo),
  status: 'Posted',
});
export const settled = (days: number, amount: string, paidDaysAgo: number): Fields => {
  return { ...owed(days, amount, amount, paidDaysAgo), status: 'Paid' };
};
export const recurring = (
  price: string,
  quantity: string,
  frequency: string,
  interval: string | null = '1',
): Fields => ({
  product_id: 'P1',
  status: 'Installed',
  price,
  quantity,
  install_date: daysAgo(400),
  is_recurring: 'true',
  billing_frequency: frequency,
  billing_interval_count: interval,
});
