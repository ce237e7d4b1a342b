import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { CrmWarehouse } from './support/crm-warehouse.ts';
import { crmModels } from './support/crm-worlds.ts';

/** Real data that the project does not contain; the facts were counted independently of this project. */
const data = fileURLToPath(new URL('../../../shared/data', import.meta.url));

function missing(folder: string): boolean {
  if (existsSync(`${data}/${folder}`)) return false;
  process.stderr.write(`\nSKIPPED: there is no ${data}/${folder}; its facts were not checked.\n`);
  return true;
}

/** A Data Export file as bronze has it: the texts of the fields that are mapped, under lower-case names. */
async function load(warehouse: CrmWarehouse, object: string): Promise<void> {
  const file = `read_csv('${data}/salesforce-export/${object}.csv', all_varchar = true, header = true, quote = '"', escape = '"', nullstr = '')`;
  const table = `bronze.salesforce_${object.toLowerCase()}`;
  const columns = await warehouse.rows(`describe ${table}`);
  const fields = (await warehouse.rows(`describe select * from ${file}`)).map((row) => String(row.column_name));
  const values = columns.map(({ column_name: name }) => {
    if (name === '_source_system') return "'salesforce-export'";
    if (name === '_extracted_at') return "timestamp '2024-02-01 00:00:00'";
    if (name === '_run_id') return "'run-1'";
    const field = fields.find((candidate) => candidate.toLowerCase() === name);
    return field === undefined ? 'null' : `"${field}"`;
  });
  await warehouse.connection.run(`insert into ${table} select ${values.join(', ')} from ${file}`);
}

describe.skipIf(missing('salesforce-export'))('a real Data Export', () => {
  let warehouse: CrmWarehouse;
  const tables = ['account', 'contact', 'opportunity', 'support_case', 'task'];

  beforeAll(async () => {
    warehouse = await CrmWarehouse.open('2024-02-01');
    for (const object of ['Account', 'Contact', 'Opportunity', 'Case', 'Task']) await load(warehouse, object);
    await warehouse.buildAll(...tables.map((table) => `silver.${table}`), ...crmModels);
  });

  it('keeps every record, none deleted, every value typed', async () => {
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const [row] = await warehouse.rows(
        `select count(*) as records, count(_bad_columns) as bad, count(case when is_deleted then 1 end) as deleted,
           count(system_modstamp) as stamped from silver.${table}`,
      );
      expect(row).toEqual({ records: row?.records, bad: '0', deleted: '0', stamped: row?.records });
      counts[table] = Number(row?.records);
    }
    expect(counts).toEqual({ account: 22, contact: 102, opportunity: 50, support_case: 40, task: 75 });
  });

  it('reads its booleans, dates and amounts', async () => {
    const [deals] = await warehouse.rows(
      `select sum(amount) as total, sum(case when is_won then amount end) as won, count(case when is_won then 1 end) as wins,
         count(case when is_closed and not is_won then 1 end) as losses, cast(min(close_date) as varchar) as first_close,
         count(case when is_won is null or is_closed is null then 1 end) as unknown from silver.opportunity`,
    );
    expect(deals).toEqual({
      total: '43603545.98',
      won: '10542562.98',
      wins: '12',
      losses: '3',
      first_close: '2023-02-02',
      unknown: '0',
    });
    const [cases] = await warehouse.rows(
      'select count(case when is_closed then 1 end) as closed from silver.support_case',
    );
    expect(cases).toEqual({ closed: '14' });
    const [task] = await warehouse.rows('select cast(min(activity_date) as varchar) as first_day from silver.task');
    expect(task).toEqual({ first_day: '2021-12-14' });
  });

  it('gives the revenue by industry that its files have', async () => {
    const rows = await warehouse.rows(
      'select industry, total_revenue from gold.revenue_by_industry where total_revenue > 0 order by total_revenue desc',
    );
    expect(Object.fromEntries(rows.map((row) => [row.industry, row.total_revenue]))).toEqual({
      Hospitality: '3777124.54',
      Healthcare: '2512543.51',
      Manufacturing: '1442558.88',
      Technology: '1249501.06',
      Finance: '807857.49',
      Education: '752977.50',
    });
  });

  it('warns of nothing but the users that were not exported', async () => {
    for (const table of tables) {
      const failed = Object.keys(await warehouse.failedChecks(`silver.${table}`));
      expect(failed, table).toEqual(['reference(owner_id)']);
    }
    for (const table of crmModels) expect(await warehouse.failedChecks(table)).toEqual({});
  });
});

const codes: Readonly<Record<string, string>> = {
  Australia: 'AUD',
  Canada: 'CAD',
  Euro: 'EUR',
  India: 'INR',
  Japan: 'JPY',
  'New Zealand': 'NZD',
  Switzerland: 'CHF',
  'United Kingdom': 'GBP',
};

describe.skipIf(missing('fx'))('real monthly exchange rates', () => {
  let warehouse: CrmWarehouse;
  const monthly = `(select cast("Date" as date) as rate_date, "Country" as country, cast("Exchange rate" as decimal(18,6)) as units
    from read_csv('${data}/fx/exchange_rates_monthly.csv', all_varchar = true, header = true))`;
  const code = `case country ${Object.entries(codes)
    .map(([country, currency]) => `when '${country}' then '${currency}'`)
    .join(' ')} end`;

  async function fill(usdPerUnit: string): Promise<void> {
    await warehouse.empty('silver.dropped_fx_rate');
    await warehouse.connection.run(
      `insert into silver.dropped_fx_rate (rate_date, currency, usd_per_unit)
       select rate_date, ${code}, cast(${usdPerUnit} as decimal(20,12)) from ${monthly} where ${code} is not null`,
    );
    await warehouse.build('silver.fx_rate');
  }

  beforeAll(async () => {
    warehouse = await CrmWarehouse.open();
    await warehouse.build('silver.country_currency', 'silver.default_fx_rate', 'silver.currency_type');
    await warehouse.build('silver.dated_conversion_rate');
  });

  it('are units per dollar in this file for every country: inverted they pass every check', async () => {
    await fill('1 / units');
    expect(await warehouse.failedChecks('silver.fx_rate')).toEqual({});
    const [euro] = await warehouse.rows(
      "select usd_per_unit from silver.fx_rate where currency = 'EUR' and rate_month = '2025-01'",
    );
    expect(Number(euro?.usd_per_unit)).toBeCloseTo(1 / 0.9656, 9);
  });

  it('taken as they stand are noticed, each currency', async () => {
    await fill('units');
    const rows = await warehouse.rows(warehouse.configuration.checkSql.get('fx_rates_not_inverted.sql') ?? '');
    expect(new Set(rows.map((row) => row.currency))).toEqual(new Set(Object.values(codes)));
  });
});
