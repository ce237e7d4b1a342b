import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder, temporaryFolder, type TestPipeline, testPipeline } from '../support/temporary-home.ts';

const header =
  'customer_id,store_id,product_name,sales_date,sales_person_id,price,quantity,total_cost,transaction_id,currency';

const sale = (day: string, amount: string, currency = '') =>
  `C1,S1,Tea,${day},P1,${amount},1,${amount},T${day}${currency},${currency}`;

/** Months with and without foreign currency through the pipeline: which are converted, and which are built again when rates change. */
describe('sales in several currencies', () => {
  let home: string;
  let pipeline: TestPipeline;

  const drop = async (dataset: string, file: string, lines: readonly string[]) => {
    const folder = join(pipeline.rawFolder, 'landing', dataset);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, file), `${lines.join('\n')}\n`);
  };
  const rates = (file: string, ...lines: readonly string[]) =>
    drop('fx_rates', file, ['rate_date,currency,usd_per_unit', ...lines]);
  const builtBy = async () => {
    const rows = await pipeline.rows('select distinct sales_month, _run_id from silver.sales_line order by 1');
    return Object.fromEntries(rows.map((row) => [String(row.sales_month), String(row._run_id)]));
  };
  const rebuilt = async (work: () => Promise<void>) => {
    const before = await builtBy();
    await work();
    await pipeline.run();
    const after = await builtBy();
    return Object.keys(after).filter((month) => after[month] !== before[month]);
  };

  beforeAll(async () => {
    home = await temporaryFolder();
    pipeline = await testPipeline(home);
    await drop('customers', 'customers_20250101.csv', [
      'customer_id,first_name,last_name,address,pincode,phone_number,customer_joining_date',
      'C1,Ann,Lee,1 Main Street,10001,+15550001,2024-01-01',
    ]);
    await drop('stores', 'stores_20250101.csv', [
      'id,address,store_pincode,store_manager_name,store_opening_date,reviews',
      'S1,2 Main Street,10001,Max,2020-01-01,fine',
    ]);
    await drop('sales_team', 'sales_team_20250101.csv', [
      'id,first_name,last_name,manager_id,is_manager,address,pincode,joining_date',
      'P1,Sam,Roe,,false,3 Main Street,10001,2020-01-01',
    ]);
    await drop('sales', 'sales_data_2025-01-31.csv', [
      header,
      sale('2025-01-10', '10.00', 'EUR'),
      sale('2025-01-20', '1.00'),
    ]);
    await drop('sales', 'sales_data_2025-02-28.csv', [header, sale('2025-02-10', '10.00')]);
    await drop('sales', 'sales_data_2025-03-31.csv', [
      header,
      sale('2025-03-10', '10.00', 'eur'),
      sale('2025-03-11', '10.00', 'GBP'),
      sale('2025-03-12', '10.00', 'XTS'),
      sale('2025-03-13', '10.00', 'USD'),
    ]);
    await drop('sales', 'sales_data_2025-04-30.csv', [header, sale('2025-04-10', '10.00', 'USD')]);
    await rates('fx_rates_20250331.csv', '2025-01-01,EUR,1.03', '2025-03-10,EUR,1.085', '2025-01-01,GBP,1.25');
    await drop('orders', 'orders_20250331.csv', [
      'order_id,customer_name,product_name,order_date,quantity,unit_price,amount,currency,order_status',
      'W1,Acme,Tea,2025-01-05,2,10.00,20.00,EUR,shipped',
    ]);
    await pipeline.run();
  });

  afterAll(async () => {
    await pipeline.close();
    await removeFolder(home);
  });

  it('are converted at the rate of their day, what was sent stays beside', async () => {
    const rows = await pipeline.rows(
      `select cast(sales_date as varchar) as day, total_cost, total_cost_original as original, currency, fx_rate, fx_source
       from silver.sales_line order by 1`,
    );
    const known = { fx_source: 'fx_rates' };
    const plain = { original: null, currency: null, fx_rate: null, fx_source: null };
    const dollars = { ...plain, currency: 'USD' };
    expect(rows).toEqual([
      {
        day: '2025-01-10',
        total_cost: '10.30',
        original: '10.00',
        currency: 'EUR',
        fx_rate: '1.030000000000',
        ...known,
      },
      { day: '2025-01-20', total_cost: '1.00', ...plain },
      { day: '2025-02-10', total_cost: '10.00', ...plain },
      {
        day: '2025-03-10',
        total_cost: '10.85',
        original: '10.00',
        currency: 'EUR',
        fx_rate: '1.085000000000',
        ...known,
      },
      {
        day: '2025-03-11',
        total_cost: '12.50',
        original: '10.00',
        currency: 'GBP',
        fx_rate: '1.250000000000',
        ...known,
      },
      { day: '2025-03-12', total_cost: null, original: '10.00', currency: 'XTS', fx_rate: null, fx_source: null },
      { day: '2025-03-13', total_cost: '10.00', ...dollars },
      { day: '2025-04-10', total_cost: '10.00', ...dollars },
    ]);
  });

  it('without a known rate are a warning', async () => {
    const rows = await pipeline.rows(
      "select check_name from ops.quality_results where table_name = 'silver.sales_line' and not passed",
    );
    expect(rows).toEqual([{ check_name: 'converted(price, total_cost)' }]);
  });

  it('leave orders of no account to be reported, in dollars', async () => {
    const rows = await pipeline.rows('select order_id, amount, reason from gold.unmatched_order');
    expect(rows).toEqual([{ order_id: 'W1', amount: '20.60', reason: 'UNKNOWN_NAME' }]);
  });

  it('are not built again for a new day’s rates, nor for those of a currency that nobody used', async () => {
    const lines = ['2025-04-02,EUR,1.10', '2025-04-02,GBP,1.30', '2025-01-15,CHF,1.10'];
    expect(await rebuilt(() => rates('fx_rates_20250402.csv', ...lines))).toEqual([]);
  });

  it('are built again in the months whose rates were corrected, and no others', async () => {
    const months = await rebuilt(() => rates('fx_rates_20250403.csv', '2025-03-11,GBP,1.26'));
    expect(months).toEqual(['2025-03']);
    const [row] = await pipeline.rows("select total_cost from silver.sales_line where currency = 'GBP'");
    expect(row).toEqual({ total_cost: '12.60' });
  });

  it('have the same content after a rebuild from bronze', async () => {
    const content = () =>
      pipeline.rows(
        'select sales_date, total_cost, total_cost_original, currency, fx_rate from silver.sales_line order by 1, 2',
      );
    const before = await content();
    await pipeline.run({ rebuild: true });
    expect(await content()).toEqual(before);
  });
});
