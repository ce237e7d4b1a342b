import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateWarehouseDrops } from '../../simulator/drops/warehouse-drops.ts';
import { readWarehouseTruth, type WarehouseTruth } from '../../simulator/drops/warehouse-truth.ts';
import { generateOrg } from '../../simulator/org/generate/generate-org.ts';
import { OrgDatabase } from '../../simulator/org/org-database.ts';
import { orgShapes } from '../../simulator/org/shapes/org-shapes.ts';
import { emptyOrg, select } from './org/org-fixture.ts';
import { listFiles } from './read-drops.ts';

let folder: string;
let database: OrgDatabase;
let truth: WarehouseTruth;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'warehouse-'));
  database = await OrgDatabase.open(':memory:', orgShapes);
  await generateOrg({ database, seed: 42, scale: 0.05, lastDay: '2025-06-30' });
  truth = await generateWarehouseDrops({ database, folder, seed: 42 });
  // What a reader finds: an order's last line, and the accounts of its name.
  await database.connection.run(`
    create temp table ordered as
    with line as (
      select *, regexp_extract(filename, '\\d{4}-\\d\\d-\\d\\d') as sent
      from read_csv('${folder}/landing/orders/*.csv', header = true, all_varchar = true, filename = true)
    ), account as (
      select "Id" as id, "CurrencyIsoCode" as currency, trim(regexp_replace(lower("Name"), '\\s+', ' ', 'g')) as key
      from org."Account" where not "IsDeleted"
    ), newest as (
      select * from line qualify row_number() over (partition by order_id order by sent desc) = 1
    )
    select newest.*, (select list(id order by id) from account
      where key = trim(regexp_replace(lower(customer_name), '\\s+', ' ', 'g'))) as accounts
    from newest`);
});

afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

describe('the orders of the warehouse', () => {
  it('are counted by the truth', async () => {
    const [found] = await select(
      database,
      `select count(*)::int as orders, (count(*) filter (len(accounts) = 1))::int as matched,
         (count(*) filter (len(accounts) > 1))::int as ambiguous, (count(*) filter (accounts is null))::int as unknown from ordered`,
    );
    const { orders, matched, ambiguous, unknown } = truth;
    expect(found).toStrictEqual({ orders, matched, ambiguous: ambiguous.orders, unknown: unknown.orders });
    expect(Math.min(matched, ambiguous.orders, unknown.orders)).toBeGreaterThan(10);
    const [lines] = await select(
      database,
      `select count(*)::int as lines from read_csv('${folder}/landing/orders/*.csv', header = true, all_varchar = true)`,
    );
    expect(lines).toStrictEqual({ lines: truth.orderLines });
    expect(truth.orderLines).toBeGreaterThan(truth.orders);
  });

  it('belong to the accounts of the truth', async () => {
    const found = await select(
      database,
      `select accounts[1] as "accountId", currency, count(*)::int as orders, sum(amount::decimal(18, 2))::varchar as amount
       from ordered where len(accounts) = 1 group by all order by 1`,
    );
    expect(found).toStrictEqual(truth.accounts);
  });

  it('are in the currency of their account, and add up', async () => {
    const wrong = await select(
      database,
      `select order_id from ordered left join org."Account" a on a."Id" = accounts[1] and len(accounts) = 1
       where "CurrencyIsoCode" <> currency or quantity::int * unit_price::decimal(18, 2) <> amount::decimal(18, 2)`,
    );
    expect(wrong).toStrictEqual([]);
  });

  it('spell names in other ways', async () => {
    const [row] = await select(
      database,
      `select count(*)::int as other from ordered join org."Account" a on a."Id" = accounts[1] where "Name" <> customer_name`,
    );
    expect(Number(row?.other)).toBeGreaterThan(truth.matched / 4);
  });
});

describe('the rate files', () => {
  it("are the org's rates turned round", async () => {
    const differing = await select(
      database,
      `with dropped as (
         select rate_date::date as day, currency, usd_per_unit::decimal(20, 12) as rate
         from read_csv('${folder}/landing/fx_rates/*.csv', header = true, all_varchar = true)
       ), known as (
         select "StartDate" as day, "IsoCode" as currency, "ConversionRate" as units from org."DatedConversionRate"
         where "IsoCode" <> 'USD'
       )
       select * from dropped full join known using (day, currency)
       where rate is null or units is null or abs(rate::double * units::double - 1) > 1e-9`,
    );
    expect(differing).toStrictEqual([]);
    expect(truth.rates).toBe(7 * 260);
  });

  it('come week by week in the last year', () => {
    const files = listFiles(folder).filter(({ path }) => path.includes('fx_rates'));
    expect(files).toHaveLength(53);
    expect(files.at(-1)?.path).toContain('landing/fx_rates/fx_rates_2025-06-27.csv');
  });
});

describe('the warehouse drops', () => {
  it('are the same again, with their truth', async () => {
    expect(await readWarehouseTruth(folder)).toStrictEqual(truth);
    const again = await mkdtemp(join(tmpdir(), 'warehouse-'));
    expect(await readWarehouseTruth(again)).toBeNull();
    await generateWarehouseDrops({ database, folder: again, seed: 42 });
    expect(listFiles(again)).toStrictEqual(listFiles(folder));
    expect(listFiles(folder)).toHaveLength(truth.files + 1);
    await rm(again, { recursive: true });
  });

  it('need an org with accounts', async () => {
    const empty = await emptyOrg();
    await expect(generateWarehouseDrops({ database: empty, folder, seed: 1 })).rejects.toThrow('an org with accounts');
    empty.close();
  });
});
