import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { salesforceBronzeTable } from '../../lambdas/domain/salesforce-source.ts';
import { parseCsv } from '../adapters/simple-csv.ts';
import { removeFolder, temporaryFolder, type TestPipeline, testPipeline } from '../support/temporary-home.ts';

/** Real data that the project does not contain: a Salesforce org's own export (SFDC-Assets/data-cloud-workshop, BSD-3). */
const data = fileURLToPath(new URL('../../../shared/data/salesforce-export', import.meta.url));
const isMissing = !existsSync(data);
if (isMissing) process.stderr.write(`\nSKIPPED: there is no ${data}; a real Data Export was not run.\n`);

const counts = { Account: 22, Contact: 102, Opportunity: 50, Case: 40, Task: 75 } as const;
const undeclared = ['Branch__c', 'Campaign', 'CampaignMember', 'Lead'];
const tables = {
  Account: 'account',
  Contact: 'contact',
  Opportunity: 'opportunity',
  Case: 'support_case',
  Task: 'task',
} as const;
const objects = Object.keys(counts) as (keyof typeof counts)[];

describe.skipIf(isMissing)('A real Data Export, dropped', () => {
  let home: string;
  let pipeline: TestPipeline;

  const drop = async (object: string) => {
    const folder = join(pipeline.rawFolder, 'landing', 'salesforce-export');
    await mkdir(folder, { recursive: true });
    await copyFile(join(data, `${object}.csv`), join(folder, `${object}.csv`));
  };
  const run = () => pipeline.run({ asOf: '2024-02-01' });
  /** The file's records by an independent reader, Id -> field -> text; an empty value is null. */
  const fileRecords = async (object: string) => {
    const text = (await readFile(join(data, `${object}.csv`), 'utf8')).replace(/^\uFEFF/, '');
    const [header = [], ...records] = parseCsv(text, { delimiter: ',', quote: '"' });
    return records.map((record) => new Map(header.map((name, index) => [name, record[index] || null])));
  };

  beforeAll(async () => {
    home = await temporaryFolder();
    pipeline = await testPipeline(home);
    for (const object of [...objects, ...undeclared]) await drop(object);
    await run();
  });

  afterAll(async () => {
    await pipeline.close();
    await removeFolder(home);
  });

  it.each(objects)('is in bronze value by value: %s', async (object) => {
    const records = await fileRecords(object);
    const bronze = await pipeline.rows(`select * from ${salesforceBronzeTable(object)}`);
    expect(bronze).toHaveLength(counts[object]);
    const byId = new Map(bronze.map((row) => [row.id, row]));
    for (const record of records) {
      const row = byId.get(record.get('Id') ?? '');
      const found = new Map([...record.keys()].map((name) => [name, row?.[name.toLowerCase()]]));
      expect(found).toEqual(record);
      expect(row?._source_system).toBe('salesforce-export');
    }
  });

  it('is in silver, typed, every value', async () => {
    for (const object of objects) {
      const [row] = await pipeline.rows(
        `select count(*) as records, count(_bad_columns) as bad, count_if(is_deleted) as deleted, count(system_modstamp) as stamped,
           min(_source_system) as source from silver.${tables[object]}`,
      );
      const records = String(counts[object]);
      expect(row, object).toEqual({ records, bad: '0', deleted: '0', stamped: records, source: 'salesforce-export' });
    }
  });

  it('has its booleans, dates, amounts and times', async () => {
    const deals = await fileRecords('Opportunity');
    const silver = await pipeline.rows(
      `select opportunity_id, amount_original, is_won, is_closed, cast(close_date as varchar) as closed,
         cast(created_date as varchar) as created, cast(system_modstamp as varchar) as stamp from silver.opportunity`,
    );
    const byId = new Map(silver.map((row) => [row.opportunity_id, row]));
    for (const deal of deals) {
      const amount = deal.get('Amount');
      // 2024-01-19T09:42:24.000+0000, in UTC already.
      const time = (field: string) => deal.get(field)?.slice(0, 19).replace('T', ' ');
      expect(byId.get(deal.get('Id') ?? '')).toEqual({
        opportunity_id: deal.get('Id'),
        amount_original: amount == null ? null : Number(amount).toFixed(2),
        is_won: deal.get('IsWon') === '1',
        is_closed: deal.get('IsClosed') === '1',
        closed: deal.get('CloseDate'),
        created: time('CreatedDate'),
        stamp: time('SystemModstamp'),
      });
    }
  });

  it('gives the revenue by industry that its files have', async () => {
    const accounts = new Map((await fileRecords('Account')).map((row) => [row.get('Id'), row.get('Industry')]));
    const won = new Map<string, number>();
    for (const deal of (await fileRecords('Opportunity')).filter((row) => row.get('IsWon') === '1')) {
      const industry = accounts.get(deal.get('AccountId') ?? '') ?? 'UNKNOWN';
      won.set(industry, (won.get(industry) ?? 0) + Math.round(Number(deal.get('Amount')) * 100));
    }
    const mart = await pipeline.rows(
      'select industry, cast(total_revenue * 100 as bigint) as cents from gold.revenue_by_industry where opportunity_count > 0',
    );
    expect(new Map(mart.map(({ industry, cents }) => [industry, Number(cents)]))).toEqual(won);
    const [total] = await pipeline.rows('select sum(total_revenue) as won from gold.revenue_by_industry');
    expect(total).toEqual({ won: '10542562.98' });
  });

  it('is refused where no such object is declared, with the reason', async () => {
    const rejected = await pipeline.ports.files.withStatus(['REJECTED']);
    expect(rejected.map(({ key }) => key).toSorted()).toEqual(
      undeclared.map((object) => `landing/salesforce-export/${object}.csv`),
    );
    for (const file of rejected) {
      expect(file.reasons.map(({ code }) => code)).toEqual(['WRONG_NAME']);
      expect(file.reasons[0]?.message).toMatch(/config\/sources\/salesforce\.json.*declared: Account, Contact/);
    }
  });

  it('is a duplicate when it comes again', async () => {
    const before = await pipeline.ports.catalog.pointer();
    for (const object of objects) await drop(object);
    await run();
    const duplicates = await pipeline.ports.files.withStatus(['DUPLICATE']);
    expect(duplicates.map(({ key }) => key).toSorted()).toEqual(
      objects.map((object) => `landing/salesforce-export/${object}.csv`).toSorted(),
    );
    expect((await pipeline.ports.catalog.pointer()).current).toEqual(before.current);
    expect(await pipeline.rows('select count(*) as n from bronze.salesforce_task')).toEqual([{ n: '75' }]);
  });
});
