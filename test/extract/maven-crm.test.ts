import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { loadMavenCrm, mavenFolder, mavenLastDay, rowsOf } from '../support/maven-crm.ts';
import { type ExtractHome, extractHome } from './extract-home.ts';
import { silverDifferences } from './silver-differences.ts';

const isMissing = !existsSync(mavenFolder);
if (isMissing) process.stderr.write(`\nSKIPPED: there is no ${mavenFolder}; its facts were not checked.\n`);

/** The real pipeline of a sales team, loaded into the simulated org and extracted from it; the facts were counted independently. */
describe.skipIf(isMissing)('A real sales pipeline in the org', () => {
  let folder: string;
  let home: ExtractHome;
  const rows = (sql: string) => home.rows(sql);

  beforeAll(async () => {
    folder = await temporaryFolder();
    home = await extractHome({
      objects: ['Account', 'Opportunity', 'Product2', 'User'].map((object) => ({ object })),
      now: `${mavenLastDay}T12:00:00Z`,
      pageRecords: 3_000,
      fill: async (database) => {
        await loadMavenCrm(database, join(folder, 'maven'));
        await database.setNow(new Date(`${mavenLastDay}T13:00:00Z`));
      },
    });
    const models = ['revenue_by_industry', 'sales_pipeline', 'customer_segmentation', 'account_orders'];
    const silver = ['silver.crm_product', 'silver.crm_user'];
    expect(await home.run({ asOf: mavenLastDay }, [...silver, ...models.map((name) => `gold.${name}`)])).toBeNull();
  }, 120_000);

  afterAll(async () => {
    await home.dispose();
    await removeFolder(folder);
  });

  it('has its opportunities, won, lost and open', async () => {
    const [deals] = await rows(
      `select count(*) as deals, count_if(is_won) as won, count_if(is_closed and not is_won) as lost,
         count_if(not is_closed) as open_deals, count_if(account_id is null) as without_account,
         count_if(account_id is null and is_closed) as closed_without_account, count(_bad_columns) as bad
       from silver.opportunity where not is_deleted`,
    );
    expect(deals).toEqual({
      deals: '8800',
      won: '4238',
      lost: '2473',
      open_deals: '2089',
      without_account: '1425',
      closed_without_account: '0',
      bad: '0',
    });
  });

  it('has its won sum and win rate in gold', async () => {
    const [total] = await rows(
      `select sum(total_revenue) as won, sum(opportunity_count) as won_count, sum(lost_count) as lost_count,
         cast(sum(opportunity_count) * 100.0 / (sum(opportunity_count) + sum(lost_count)) as decimal(9,2)) as win_rate,
         sum(account_count) as accounts from gold.revenue_by_industry`,
    );
    expect(total).toEqual({
      won: '10005534.00',
      won_count: '4238',
      lost_count: '2473',
      win_rate: '63.15',
      accounts: '85',
    });
    const [pipeline] = await rows("select sum(amount) as won from gold.sales_pipeline where stage = 'Closed Won'");
    expect(pipeline).toEqual({ won: '10005534.00' });
    const [accounts] = await rows('select sum(crm_revenue) as won from gold.account_orders');
    expect(accounts).toEqual({ won: '10005534.00' });
  });

  it('has its won revenue by sector, `technolgy` mended by the mapping', async () => {
    const sectors = await rows(
      `select industry, total_revenue, opportunity_count from gold.revenue_by_industry
       where industry in ('retail', 'technology', 'technolgy', 'medical') order by total_revenue desc`,
    );
    expect(sectors).toEqual([
      { industry: 'retail', total_revenue: '1867528.00', opportunity_count: '799' },
      { industry: 'technology', total_revenue: '1515487.00', opportunity_count: '671' },
      { industry: 'medical', total_revenue: '1359595.00', opportunity_count: '592' },
    ]);
    expect(await rows("select count(*) as n from bronze.salesforce_account where industry = 'technolgy'")).toEqual([
      { n: '12' },
    ]);
  });

  it('has `GTXPro` mended by the mapping, so that every product is known', async () => {
    expect(
      await rows("select count(*) as n from bronze.salesforce_opportunity where productinterest__c = 'GTXPro'"),
    ).toEqual([{ n: '1480' }]);
    const products = await rows(
      `select product.family, count(*) as deals, count_if(deal.product_interest = 'GTX Pro') as pro
       from silver.opportunity as deal left join silver.crm_product as product on product.name = deal.product_interest
       group by 1 order by 1`,
    );
    const known = await rowsOf('sales_pipeline');
    const deals = (series: string) => String(known.filter(({ product }) => product?.startsWith(series)).length);
    expect(products).toEqual([
      { family: 'GTK', deals: deals('GTK'), pro: '0' },
      { family: 'GTX', deals: deals('GTX'), pro: '1480' },
      { family: 'MG', deals: deals('MG'), pro: '0' },
    ]);
  });

  it('reports the open deals without account as a warning, and shows them unattributed', async () => {
    const [run] = await home.pipeline.ports.runs.list(1);
    expect(run?.status).toBe('PUBLISHED');
    expect(run?.warnings.join('\n')).toContain('silver.opportunity: not_null(account_id) (warn): 1425 rows');
    expect(
      await rows(
        "select open_count, opportunity_count, lost_count from gold.revenue_by_industry where industry = '(unattributed)'",
      ),
    ).toEqual([{ open_count: '1425', opportunity_count: '0', lost_count: '0' }]);
  });

  it('has the accounts, subsidiaries and sellers that its names mean', async () => {
    const subsidiaries = await rows(
      `select child.name, parent.name as parent from silver.account as child
       join silver.account as parent on parent.account_id = child.parent_id order by child.name`,
    );
    const expected = (await rowsOf('accounts')).filter((row) => row.subsidiary_of !== '');
    expect(expected).toHaveLength(15);
    expect(subsidiaries).toEqual(
      expected
        .map((row) => ({ name: row.account, parent: row.subsidiary_of }))
        .toSorted((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1)),
    );
    const sellers = await rows(
      `select seller.first_name || ' ' || seller.last_name as seller, sum(amount) as won
       from silver.opportunity as deal join silver.crm_user as seller on seller.user_id = deal.owner_id
       where is_won group by 1`,
    );
    const won = Map.groupBy(
      (await rowsOf('sales_pipeline')).filter((row) => row.deal_stage === 'Won'),
      (row) => row.sales_agent,
    );
    const sums = [...won].map(([name, deals]) => [name, deals.reduce((sum, row) => sum + Number(row.close_value), 0)]);
    expect(Object.fromEntries(sellers.map((row) => [row.seller, Number(row.won)]))).toEqual(Object.fromEntries(sums));
  });

  it('is in silver value by value', async () => {
    const { mappings } = home.pipeline.ports.configuration;
    for (const mapping of mappings.filter(({ object }) => ['Account', 'Opportunity'].includes(object))) {
      expect((await silverDifferences(home, mapping)).slice(0, 5)).toEqual([]);
    }
  });
});
