import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceOrg } from '../../simulator/org/advance/advance-org.ts';
import { type GeneratedHome, generatedHome } from './generated-home.ts';
import { texts } from './org-measures.ts';
import { silverDifferences } from './silver-differences.ts';

let home: GeneratedHome;

const rows = (sql: string) => home.rows(sql);

beforeAll(async () => {
  home = await generatedHome(0.02);
  await home.dropWarehouse();
  await home.runAll();
}, 120_000);

afterAll(() => home.dispose());

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
    const corrected = (Number(week?.rate) + 0.01).toFixed(6);
    await writeFile(
      join(folder, 'fx_rates_2025-07-01.csv'),
      `rate_date,currency,usd_per_unit\n${week?.day},EUR,${corrected}\n`,
    );
    await home.runAll();
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

describe('An org that changes', () => {
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

  it.each([1, 3])(
    'is the same in silver, record by record, %i days later',
    async (days) => {
      const { changes } = await home.server.change((database) => advanceOrg(database, { days, seed: 7 + days }));
      await home.runAll();
      for (const kind of ['insert Account', 'update Opportunity', 'delete Contact']) {
        expect(changes[kind], `${kind} in ${Object.keys(changes).join(', ')}`).toBeGreaterThan(0);
      }
      const { mappings } = home.pipeline.ports.configuration;
      for (const mapping of mappings) {
        expect((await silverDifferences(home, mapping)).slice(0, 5)).toEqual([]);
      }
      const statuses = await home.statuses();
      expect(new Set(Object.values(statuses))).toEqual(new Set(['EXTRACTED']));
    },
    180_000,
  );

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
    await home.runAll();
    expect(await home.pipeline.ports.catalog.pointer()).toEqual(before);
  });
});
