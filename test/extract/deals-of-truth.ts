import type { OrgTruth } from '../../simulator/org/generate/truth.ts';
import type { ExtractHome } from './extract-home.ts';

/** SQL of an amount of money in whole cents. */
export const centsOf = (column: string) => `cast(${column} * 100 as bigint)`;

/** Won, lost and open deals by industry and currency, as the truth file has them. */
export async function dealsInSilver({ rows }: ExtractHome): Promise<Record<string, unknown>> {
  const found = await rows(
    `select coalesce(account.industry, '(unattributed)') as industry, deal.currency,
       case when is_won then 'won' when is_closed then 'lost' else 'open' end as outcome,
       count(*) as deals, sum(amount_original) as amount, sum(amount) as usd
     from silver.opportunity as deal left join silver.account as account on account.account_id = deal.account_id
     where not deal.is_deleted group by 1, 2, 3`,
  );
  const key = (row: (typeof found)[number]) => `${row.industry} ${row.currency} ${row.outcome}`;
  return Object.fromEntries(
    found.map((row) => [key(row), { count: Number(row.deals), amount: row.amount, usd: row.usd }]),
  );
}

/** The same of the truth file. */
export function dealsInTruth(truth: OrgTruth): Record<string, unknown> {
  const cells = truth.deals.flatMap(({ industry, currency, ...outcomes }) =>
    Object.entries(outcomes).map(([outcome, sums]) => [`${industry} ${currency} ${outcome}`, sums] as const),
  );
  return Object.fromEntries(cells.filter(([, { count }]) => count > 0));
}

/** Measures of a revenue mart, money in cents. */
export const martColumns = `${centsOf('total_revenue')} as won_cents, opportunity_count as won, ${centsOf('pipeline_amount')} as open_cents,
  open_count as open, ${centsOf('lost_amount')} as lost_cents, lost_count as lost, account_count as accounts`;

/** Industry -> the measures of gold.revenue_by_industry, in the order of `martColumns`. */
export function revenueInTruth(truth: OrgTruth): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries({ ...truth.accountsByIndustry, '(unattributed)': 0 }).map(([industry, accounts]) => {
      const own = truth.deals.filter((deal) => deal.industry === industry);
      const sum = (outcome: 'won' | 'open' | 'lost') => [
        own.reduce((total, deal) => total + Math.round(Number(deal[outcome].usd) * 100), 0),
        own.reduce((total, deal) => total + deal[outcome].count, 0),
      ];
      return [industry, [...sum('won'), ...sum('open'), ...sum('lost'), accounts]];
    }),
  );
}
