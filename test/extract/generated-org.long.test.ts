import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WarehouseTruth } from '../../simulator/drops/warehouse-truth.ts';
import type { OrgTruth } from '../../simulator/org/generate/truth.ts';
import { centsOf, dealsInSilver, dealsInTruth, martColumns, revenueInTruth } from './deals-of-truth.ts';
import { type GeneratedHome, generatedHome } from './generated-home.ts';
import { orgMeasures, orgPipeline } from './org-measures.ts';
import { silverDifferences } from './silver-differences.ts';

let home: GeneratedHome;
let truth: OrgTruth;
let warehouse: WarehouseTruth;

const rows = (sql: string) => home.rows(sql);

beforeAll(async () => {
  home = await generatedHome(0.05);
  ({ truth } = home);
  await home.runAll();
}, 120_000);

afterAll(() => home.dispose());

describe('A generated org, extracted', () => {
  it('is in silver as the truth counts it, live and deleted', async () => {
    const counted: Record<string, { live: number; deleted: number }> = {};
    for (const { object, table } of home.pipeline.ports.configuration.mappings) {
      const [row] = await rows(
        `select count_if(not is_deleted) as live, count_if(is_deleted) as deleted, count(_bad_columns) as bad from silver.${table}`,
      );
      expect(row?.bad, table).toBe('0');
      counted[object] = { live: Number(row?.live), deleted: Number(row?.deleted) };
    }
    expect(counted).toEqual(truth.rows);
    expect(Object.keys(counted)).toHaveLength(17);
  });

  it('has the deals of the truth by industry and currency, in US dollars by the rates of the org', async () => {
    expect(await dealsInSilver(home)).toEqual(dealsInTruth(truth));
    const sources = await rows('select distinct fx_source from silver.opportunity where fx_source is not null');
    expect(sources).toEqual([{ fx_source: 'DatedConversionRate' }]);
  });

  it('has the revenue of the truth in gold, by industry', async () => {
    const found = await rows(`select industry, ${martColumns} from gold.revenue_by_industry`);
    const measured = found.map(({ industry, ...measures }) => [industry, Object.values(measures).map(Number)]);
    expect(Object.fromEntries(measured)).toEqual(revenueInTruth(truth));
  });

  it.each([
    ['revenue_by_geography', { country: 'BillingCountry', state: 'BillingState', region: 'GeographicRegion__c' }],
    ['customer_segmentation', { customer_segment: 'CustomerSegment__c', geographic_region: 'GeographicRegion__c' }],
  ])('adds up to the org itself in gold.%s', async (mart, keys) => {
    const names = Object.keys(keys).join(', ');
    const expected = await orgMeasures(home.database, keys as unknown as Record<string, string>);
    expect(expected.length).toBeGreaterThan(5);
    expect(await rows(`select ${names}, ${martColumns} from gold.${mart} order by ${names}`)).toEqual(expected);
  });

  it('adds up to the org itself in gold.sales_pipeline', async () => {
    const found = await rows(
      `select stage, forecast_category as category, close_month as month, opportunity_count as deals, ${centsOf('amount')} as cents,
         weighted_amount from gold.sales_pipeline order by 1, 2, 3`,
    );
    const expected = (await orgPipeline(home.database)).map(({ percent_cents, ...row }) => {
      // Hundredths of cents, rounded half away from zero to cents.
      const hundredths = BigInt(percent_cents ?? '');
      const weighted = (2n * hundredths + 100n) / 200n;
      const digits = String(weighted).padStart(3, '0');
      return { ...row, weighted_amount: `${digits.slice(0, -2)}.${digits.slice(-2)}` };
    });
    expect(found).toEqual(expected);
  });

  it('names the opportunities without account and the accounts merged away', async () => {
    const orphans = await rows(
      'select opportunity_id from silver.opportunity where account_id is null and not is_deleted order by 1',
    );
    expect(orphans.map((row) => row.opportunity_id)).toEqual(truth.unattributedOpportunities.toSorted());
    expect(orphans.length).toBeGreaterThan(0);
    const warnings = (await home.pipeline.ports.runs.list(1))[0]?.warnings ?? [];
    expect(warnings.join('\n')).toContain(`not_null(account_id) (warn): ${orphans.length} rows`);
    const merged = await rows(
      `select loser.account_id as "loserId", bronze.masterrecordid as "winnerId" from silver.account as loser
       join bronze.salesforce_account as bronze on bronze.id = loser.account_id
       where loser.is_deleted and bronze.masterrecordid is not null order by 1`,
    );
    expect(merged).toEqual(truth.mergedAccounts.toSorted((a, b) => (a.loserId < b.loserId ? -1 : 1)));
  });

  it('is in silver value by value', async () => {
    for (const mapping of home.pipeline.ports.configuration.mappings) {
      expect((await silverDifferences(home, mapping)).slice(0, 5)).toEqual([]);
    }
  });
});

describe('The drops of its warehouse', () => {
  beforeAll(async () => {
    warehouse = await home.dropWarehouse();
    await home.runAll();
  }, 120_000);

  it('bring rates that convert every deal to the same cent', async () => {
    const [rates] = await rows('select count(*) as n from silver.dropped_fx_rate');
    expect(rates).toEqual({ n: String(warehouse.rates) });
    const sources = await rows('select distinct fx_source from silver.opportunity where fx_source is not null');
    expect(sources).toEqual([{ fx_source: 'fx_rates' }]);
    expect(await dealsInSilver(home)).toEqual(dealsInTruth(truth));
  });

  it('bring orders that are matched, ambiguous or unknown as the truth counts them', async () => {
    const [lines] = await rows('select count(*) as lines, count(distinct order_id) as orders from bronze.orders');
    expect(lines).toEqual({ lines: String(warehouse.orderLines), orders: String(warehouse.orders) });
    const unmatched = await rows('select reason, count(*) as orders from gold.unmatched_order group by 1 order by 1');
    expect(unmatched).toEqual([
      { reason: 'AMBIGUOUS_NAME', orders: String(warehouse.ambiguous.orders) },
      { reason: 'UNKNOWN_NAME', orders: String(warehouse.unknown.orders) },
    ]);
    const [matched] = await rows('select sum(order_count) as orders from gold.account_orders');
    expect(matched).toEqual({ orders: String(warehouse.matched) });
    const names = async (reason: string) =>
      (await rows(`select customer_name from gold.unmatched_order where reason = '${reason}'`)).map(
        ({ customer_name: name }) =>
          String(name)
            .toLowerCase()
            .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
            .trim(),
      );
    const plain = (list: readonly string[]) =>
      [...new Set(list.map((name) => name.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()))].toSorted();
    expect(plain(await names('AMBIGUOUS_NAME'))).toEqual(plain(warehouse.ambiguous.names));
    expect(plain(await names('UNKNOWN_NAME'))).toEqual(plain(warehouse.unknown.names));
  });

  it('bring the amounts of every account', async () => {
    const found = await rows(
      `select matched.account_id as "accountId", min(placed.currency) as currency, count(*) as orders,
         sum(coalesce(placed.amount_original, placed.amount)) as amount
       from silver.order_match as matched join silver.orders as placed on placed.order_id = matched.order_id
       where matched.account_id is not null group by 1 order by 1`,
    );
    expect(found.map((row) => ({ ...row, orders: Number(row.orders) }))).toEqual(warehouse.accounts);
    const [sides] = await rows(
      'select count_if(order_count > 0) as accounts, sum(order_amount) as usd from gold.account_orders',
    );
    const [silver] = await rows(
      `select sum(placed.amount) as usd from silver.order_match as matched join silver.orders as placed on placed.order_id = matched.order_id
       where matched.account_id is not null`,
    );
    expect(sides).toEqual({ accounts: String(warehouse.accounts.length), usd: silver?.usd });
  });
});
