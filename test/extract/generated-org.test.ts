import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateWarehouseDrops } from '../../simulator/drops/warehouse-drops.ts';
import type { WarehouseTruth } from '../../simulator/drops/warehouse-truth.ts';
import { advanceOrg } from '../../simulator/org/advance/advance-org.ts';
import { generateOrg } from '../../simulator/org/generate/generate-org.ts';
import type { OrgTruth } from '../../simulator/org/generate/truth.ts';
import { centsOf, dealsInSilver, dealsInTruth, martColumns, revenueInTruth } from './deals-of-truth.ts';
import { type ExtractHome, extractHome } from './extract-home.ts';
import { orgMeasures, orgPipeline, texts } from './org-measures.ts';
import { silverDifferences } from './silver-differences.ts';

const lastDay = '2025-06-30';
let home: ExtractHome;
let truth: OrgTruth;
let warehouse: WarehouseTruth;

async function run(): Promise<void> {
  expect(await home.run({ asOf: lastDay }, everyModel())).toBeNull();
}

const everyModel = () => home.pipeline.ports.configuration.models.map((model) => model.table);
const rows = (sql: string) => home.rows(sql);

beforeAll(async () => {
  const { objects } = JSON.parse(await readFile('config/sources/salesforce.json', 'utf8')) as { objects: object[] };
  home = await extractHome({
    objects,
    pageRecords: 2_000,
    fill: async (database) => {
      truth = await generateOrg({ database, seed: 42, scale: 0.05, lastDay });
    },
  });
  await run();
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
    warehouse = await generateWarehouseDrops({
      database: home.database,
      folder: home.pipeline.rawFolder,
      seed: 42,
    });
    await run();
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

describe('A corrected rate', () => {
  const tables = {
    opportunity: ['opportunity_id', 'coalesce(close_date, cast(created_date as date))'],
    invoice: ['invoice_id', 'coalesce(invoice_date, due_date, cast(created_date as date))'],
    orders: ['order_id', 'order_date'],
  } as const;
  /** Key -> all that conversion can change, of the rows of a table. */
  const converted = async (table: keyof typeof tables) => {
    const money = table === 'orders' ? 'amount, unit_price' : 'amount';
    const found = await rows(`select ${tables[table][0]} as key, ${money}, fx_rate, fx_source from silver.${table}`);
    return new Map(found.map(({ key, ...row }) => [String(key), JSON.stringify(row)]));
  };

  it('changes exactly the rows of its currency and week', async () => {
    const [week] = await rows(
      `select cast(rate_date as varchar) as day, cast(date_add('day', 6, rate_date) as varchar) as last, usd_per_unit as rate
       from silver.dropped_fx_rate where currency = 'EUR' and rate_date between date '2025-05-10' and date '2025-05-20'
       order by rate_date limit 1`,
    );
    const names = Object.keys(tables) as (keyof typeof tables)[];
    const before = new Map(await Promise.all(names.map(async (name) => [name, await converted(name)] as const)));
    const rateRows = 'select currency, rate_month, valid_from, valid_until, usd_per_unit, source from silver.fx_rate';
    const ratesBefore = (await rows(rateRows)).map((row) => JSON.stringify(row));
    const folder = join(home.pipeline.rawFolder, 'landing', 'fx_rates');
    await mkdir(folder, { recursive: true });
    const corrected = (Number(week?.rate) + 0.01).toFixed(6);
    await writeFile(
      join(folder, 'fx_rates_2025-07-01.csv'),
      `rate_date,currency,usd_per_unit\n${week?.day},EUR,${corrected}\n`,
    );
    await run();
    const ratesAfter = (await rows(rateRows)).filter((row) => !ratesBefore.includes(JSON.stringify(row)));
    expect(ratesAfter.every((row) => row.currency === 'EUR')).toBe(true);
    expect(ratesAfter.length).toBeGreaterThan(0);
    for (const name of names) {
      const [key, day] = tables[name];
      const touched = await rows(
        `select ${key} as key from silver.${name} where currency = 'EUR' and ${day} between date '${week?.day}' and date '${week?.last}'`,
      );
      const after = await converted(name);
      const changed = [...after].filter(([id, row]) => before.get(name)?.get(id) !== row).map(([id]) => id);
      expect(changed.toSorted(), name).toEqual(touched.map((row) => String(row.key)).toSorted());
      expect(changed.length, name).toBeGreaterThan(0);
    }
  });
});

describe('The same org', () => {
  let ending: string | undefined;

  /** A contract that ends while the org is not looked at. */
  beforeAll(async () => {
    const [contract] = await texts(
      home.database,
      `select min("Id") as id from org."Contract" where "Status" = 'Activated' and not "IsDeleted"`,
    );
    ending = contract?.id ?? undefined;
    const at = await home.database.now();
    const edit = { kind: 'update', object: 'Contract', id: ending ?? '', values: { EndDate: '2025-07-03' } } as const;
    await home.server.change((database) => database.apply([{ ...edit, stampedAt: at, committedAt: at }]));
  });

  it.each([1, 3])('is the same in silver, record by record, %i days later', async (days) => {
    const { changes } = await home.server.change((database) => advanceOrg(database, { days, seed: 7 + days }));
    await run();
    for (const kind of ['insert Account', 'update Opportunity', 'delete Contact']) {
      expect(changes[kind], `${kind} in ${Object.keys(changes).join(', ')}`).toBeGreaterThan(0);
    }
    const { mappings } = home.pipeline.ports.configuration;
    for (const mapping of mappings) {
      expect((await silverDifferences(home, mapping)).slice(0, 5)).toEqual([]);
    }
    const statuses = await home.statuses();
    expect(new Set(Object.values(statuses))).toEqual(new Set(['EXTRACTED']));
  });

  it('has the contract that expired by time alone', async () => {
    const statuses = await rows(
      `select contract.status, count(*) as versions from silver.contract as contract
       join bronze.salesforce_contract as version on version.id = contract.contract_id
       where contract_id = '${ending}' group by 1`,
    );
    expect(statuses).toEqual([{ status: 'Expired', versions: '3' }]);
  });

  it('is left alone by a run that finds nothing new', async () => {
    const before = await home.pipeline.ports.catalog.pointer();
    await run();
    expect(await home.pipeline.ports.catalog.pointer()).toEqual(before);
  });
});
