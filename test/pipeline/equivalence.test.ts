import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customersDataMart } from '../glue-sql/reference/customers.ts';
import { salesTeamDataMart } from '../glue-sql/reference/sales-team.ts';
import type { World } from '../glue-sql/reference/world.ts';
import { customer, salesPerson, world } from '../glue-sql/support/worlds.ts';
import type { Configuration } from '../../lambdas/domain/configuration.ts';
import { removeFolder, temporaryFolder, type TestPipeline, testPipeline } from '../support/temporary-home.ts';
import { thinned } from '../support/thin-configuration.ts';

const asOf = '2025-06-30';
const stores = ['S1', 'S2'];
const people = ['P1', 'P2', 'P3'];
const customers = ['C1', 'C2', 'C3', 'C4'];

/** A sale as the test drops it; the number makes every line different, so that no two files have the same content. */
const anyLines = fc.array(
  fc.record({
    customer: fc.constantFrom(...customers),
    store: fc.constantFrom(...stores),
    person: fc.constantFrom(...people),
    date: fc
      .integer({ min: 0, max: 420 })
      .map((day) => new Date(Date.UTC(2024, 4, 20) + day * 86_400_000).toISOString().slice(0, 10)),
    cents: fc.integer({ min: 1, max: 30_000 }),
    quantity: fc.integer({ min: 1, max: 9 }),
    receipt: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
  }),
  { minLength: 1, maxLength: 60 },
);
type Sale = ReturnType<typeof numbered>[number];

function numbered(
  lines: readonly {
    customer: string;
    store: string;
    person: string;
    date: string;
    cents: number;
    quantity: number;
    receipt: number | null;
  }[],
) {
  return lines.map((line, number) => ({ ...line, number }));
}

const header = 'customer_id,store_id,product_name,sales_date,sales_person_id,price,quantity,total_cost,transaction_id';

function csv(sales: readonly Sale[]): string {
  const rows = sales.map((sale) => {
    const money = (cents: number) => (cents / 100).toFixed(2);
    const receipt = sale.receipt === null ? '' : `R${sale.receipt}`;
    return [
      sale.customer,
      sale.store,
      `item ${sale.number}`,
      sale.date,
      sale.person,
      money(sale.cents),
      sale.quantity,
      money(sale.cents * sale.quantity),
      receipt,
    ].join(',');
  });
  return `${[header, ...rows].join('\n')}\n`;
}

const masters: Readonly<Record<string, string>> = {
  'customers/customers_2024-01-01.csv': `customer_id,first_name,last_name,address,pincode,phone_number,customer_joining_date\n${customers.map((id) => `${id},First,${id},Street,1,2,2020-01-01`).join('\n')}\n`,
  'stores/stores_2024-01-01.csv': `id,address,store_pincode,store_manager_name,store_opening_date\n${stores.map((id) => `${id},a,b,c,2020-01-01`).join('\n')}\n`,
  'sales_team/sales_team_2024-01-01.csv': `id,first_name,last_name,manager_id,is_manager,address,pincode,joining_date\n${people.map((id) => `${id},Given,${id},,true,a,b,2020-01-01`).join('\n')}\n`,
};

async function drop(pipeline: TestPipeline, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(pipeline.rawFolder, 'landing', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    await utimes(path, new Date('2025-01-01'), new Date('2025-01-01'));
  }
}

/** All of gold and the business columns of silver, in an order of their own. */
async function content(pipeline: TestPipeline): Promise<Record<string, string[]>> {
  const tables: Record<string, string> = {
    'silver.sales_line':
      'select customer_id, store_id, product_name, sales_date, sales_person_id, price, quantity, total_cost, transaction_id, sales_month from silver.sales_line',
    'quarantine.silver_sales_line': 'select product_name, _reasons from quarantine.silver_sales_line',
  };
  for (const { table } of pipeline.ports.configuration.models) {
    // Where a line has no receipt, its anomaly is named by the line's place in its file.
    if (table === 'gold.sales_anomaly')
      tables[table] =
        'select anomaly_type, store_id, sales_person_id, customer_id, sales_month, value, expectation, score from gold.sales_anomaly';
    else if (table.startsWith('gold.')) tables[table] = `select * from ${table}`;
  }
  const result: Record<string, string[]> = {};
  for (const [table, sql] of Object.entries(tables)) {
    const rows = await pipeline.rows(sql);
    result[table] = rows.map(({ _run_id, _as_of, ...row }) => JSON.stringify(row)).toSorted();
  }
  return result;
}

function worldOf(sales: readonly Sale[]): World {
  return world({
    asOf,
    lines: sales.map((sale) => ({
      customerId: sale.customer,
      storeId: sale.store,
      salesPersonId: sale.person,
      salesDate: sale.date,
      cents: BigInt(sale.cents * sale.quantity),
      transactionId: sale.receipt === null ? null : `R${sale.receipt}`,
      file: 'f',
      lineNumber: sale.number + 2,
    })),
    customers: customers.map((id) =>
      customer({ customerId: id, firstName: 'First', lastName: id, address: 'Street', pincode: '1', phoneNumber: '2' }),
    ),
    salesPeople: people.map((id) => salesPerson({ id, firstName: 'Given', lastName: id })),
  });
}

/** Every mart that sales make, without those of an org and of clients, of whom these tests have none. */
const marts = ['customers_data_mart', 'customer_summary', 'sales_team_data_mart', 'sales_anomaly'];

async function inTemporaryHome<T>(work: (pipeline: TestPipeline) => Promise<T>): Promise<T> {
  const home = await temporaryFolder();
  const thin = (configuration: Configuration) =>
    thinned(
      configuration,
      marts.map((mart) => `gold.${mart}`),
    );
  const pipeline = await testPipeline(home, null, {}, thin);
  try {
    return await work(pipeline);
  } finally {
    await pipeline.close();
    await removeFolder(home);
  }
}

describe('the same data, however it arrives', () => {
  it('gives the same gold for any split into files, order of arrival and repetition', async () => {
    const arrival = fc.record({
      lines: anyLines,
      /** For each line its file, for each file its run, and the run in which each master file comes. */
      fileOf: fc.array(fc.nat({ max: 4 }), { minLength: 60, maxLength: 60 }),
      runOf: fc.array(fc.nat({ max: 2 }), { minLength: 5, maxLength: 5 }),
      masterRun: fc.array(fc.nat({ max: 2 }), { minLength: 3, maxLength: 3 }),
      again: fc.nat({ max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(arrival, async ({ lines, fileOf, runOf, masterRun, again }) => {
        const sales = numbered(lines);
        const expected = await inTemporaryHome(async (pipeline) => {
          await drop(pipeline, { ...masters, 'sales/sales_data_all.csv': csv(sales) });
          await pipeline.run({ asOf });
          return await content(pipeline);
        });
        await inTemporaryHome(async (pipeline) => {
          for (const run of [0, 1, 2]) {
            const files: Record<string, string> = {};
            for (const [file, itsRun] of runOf.entries()) {
              const own = sales.filter((sale) => fileOf[sale.number] === file);
              if (own.length > 0 && (itsRun === run || (file === again && itsRun < run)))
                files[`sales/sales_data_${file}_${run}.csv`] = csv(own);
            }
            const arriving = Object.entries(masters).filter((_, index) => masterRun[index] === run);
            await drop(pipeline, { ...files, ...Object.fromEntries(arriving) });
            await pipeline.run({ asOf });
          }
          expect(await content(pipeline)).toEqual(expected);
          await pipeline.run({ asOf, rebuild: true });
          expect(await content(pipeline)).toEqual(expected);
        });
      }),
      { numRuns: 4, seed: 20_250_630 },
    );
  }, 240_000);

  it('gives what the naive reference of both marts gives', async () => {
    await fc.assert(
      fc.asyncProperty(anyLines, async (lines) => {
        const sales = numbered(lines);
        await inTemporaryHome(async (pipeline) => {
          await drop(pipeline, { ...masters, 'sales/sales_data_all.csv': csv(sales) });
          await pipeline.run({ asOf });
          const world = worldOf(sales);
          for (const [table, reference] of [
            ['gold.customers_data_mart', customersDataMart(world)],
            ['gold.sales_team_data_mart', salesTeamDataMart(world)],
          ] as const) {
            const columns = Object.keys(reference[0] ?? { store_id: '' });
            const rows = await pipeline.rows(`select ${columns.join(', ')} from ${table}`);
            const canonical = (some: readonly object[]) =>
              some
                .map((row) =>
                  Object.entries(row)
                    .map(([name, value]) => `${name}=${value}`)
                    .join('|'),
                )
                .toSorted();
            expect(canonical(rows)).toEqual(canonical(reference));
          }
        });
      }),
      { numRuns: 4, seed: 20_250_630 },
    );
  }, 240_000);
});
