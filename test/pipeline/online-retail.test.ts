import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dropFolder } from '../../bin/drop-files.ts';
import { removeFolder, temporaryFolder, testPipeline } from '../support/temporary-home.ts';

/** Real data that the project does not contain: a UK online shop, 305 daily files. Facts counted independently of this project. */
const data = fileURLToPath(new URL('../../../shared/data/online-retail-by-day', import.meta.url));
const example = fileURLToPath(new URL('../../examples/online-retail', import.meta.url));

describe('a real online shop through one contract', () => {
  it('reproduces every known fact to the cent', async () => {
    if (!existsSync(data)) {
      process.stderr.write(`\nSKIPPED: the online-retail data set is not at ${data}; its facts were not checked.\n`);
      return;
    }
    const home = await temporaryFolder();
    const pipeline = await testPipeline(home, example);
    try {
      expect(await dropFolder(pipeline, data, null)).toBe(305);
      await pipeline.run({ asOf: '2011-12-09' });
      const [accepted] = await pipeline.rows(
        `select count(*) as lines, count(distinct transaction_id) as invoices, count(distinct customer_id) as customers, sum(total_cost) as total
         from silver.sales_line`,
      );
      expect(accepted).toEqual({ lines: '397884', invoices: '18532', customers: '4338', total: '8911407.90' });
      const [set] = await pipeline.rows(
        `select count(*) as aside,
           count(*) filter (where _reasons like '%REQUIRED(customer_id)%') as no_customer,
           count(*) filter (where _reasons like '%CANCELLATION%') as cancelled,
           count(*) filter (where _reasons like '%RANGE(price)%') as no_price
         from quarantine.online_retail`,
      );
      expect(set).toEqual({ aside: '144025', no_customer: '135080', cancelled: '9288', no_price: '2517' });
      const [files] = await pipeline.rows(
        `select count(*) as files, sum(rows_read) as read, sum(rows_loaded) as loaded, sum(rows_quarantined) as aside, sum(duplicate_suspects) as twice
         from ops.file_status where status = 'PROCESSED'`,
      );
      expect(files).toEqual({ files: '305', read: '541909', loaded: '397884', aside: '144025', twice: '5268' });
      const [mart] = await pipeline.rows(
        `select sum(total_sales) as sales, count(distinct customer_id) as customers from gold.customers_data_mart`,
      );
      expect(mart).toEqual({ sales: '8911407.90', customers: '4338' });
      const [summary] = await pipeline.rows(
        'select sum(purchase_frequency) as invoices, sum(customer_lifetime_value) as total from gold.customer_summary',
      );
      expect(summary).toEqual({ invoices: '18532', total: '8911407.90' });
      expect(await readdir(`${pipeline.rawFolder}/landing/online_retail`)).toEqual([]);
    } finally {
      await pipeline.close();
      await removeFolder(home);
    }
  }, 180_000);
});
