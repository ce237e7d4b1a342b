import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headwater } from '../cli/cli-process.ts';
import { removeFolder, temporaryFolder, type TestPipeline, testPipeline } from '../support/temporary-home.ts';

const customers = 'customer_id,first_name,last_name,address,pincode,phone_number,customer_joining_date\n';

/** One overlay with a model of its own whose checks can be made to warn, set rows aside or halt. */
describe('quality checks of a model', () => {
  let home: string;
  let overlay: string;
  let pipeline: TestPipeline;

  async function writeModel(checks: string): Promise<void> {
    const folder = join(overlay, 'glue-sql', 'gold', 'test');
    await mkdir(folder, { recursive: true });
    await mkdir(join(overlay, 'glue-sql', 'checks'), { recursive: true });
    await writeFile(join(folder, 'customer_name.sql'), 'select customer_id, last_name from silver.customer\n');
    await writeFile(
      join(folder, 'customer_name.yml'),
      `table: gold.customer_name
row: one customer
description: For the test.
owner: test
key: [customer_id]
columns:
  - { name: customer_id, type: varchar, description: Customer }
  - { name: last_name, type: varchar, description: Name, pii: name }
checks:
${checks}`,
    );
    await writeFile(
      join(overlay, 'glue-sql', 'checks', 'no_smith.sql'),
      "select customer_id from gold.customer_name where last_name = 'Smith'\n",
    );
  }

  async function reopen(): Promise<void> {
    await pipeline?.close();
    pipeline = await testPipeline(home, overlay);
  }

  async function drop(name: string, rows: string): Promise<void> {
    await writeFile(join(pipeline.rawFolder, 'landing', 'customers', name), customers + rows);
  }

  beforeAll(async () => {
    home = await temporaryFolder();
    overlay = join(home, 'config');
    await writeModel('  - { check: sql, file: no_smith.sql, severity: halt, description: nobody is called Smith }\n');
    await reopen();
    await drop('customers_2025-01-01.csv', 'C1,Ann,Lee,a,1,2,2020-01-01\n');
    await pipeline.run();
  });

  afterAll(async () => {
    await pipeline.close();
    await removeFolder(home);
  });

  it('halt the run before publication, name the rows and leave the files to the next run', async () => {
    const before = await pipeline.ports.catalog.pointer();
    await drop('customers_2025-01-02.csv', 'C2,Bob,Smith,a,1,2,2020-01-01\n');
    await expect(pipeline.run()).rejects.toThrow(
      /gold\.customer_name: no_smith\.sql fails with 1 rows \(nobody is called Smith\)/,
    );
    expect(await pipeline.ports.catalog.pointer()).toEqual(before);
    expect((await pipeline.ports.runs.list(1))[0]?.status).toBe('HALTED');
    expect(await readdir(join(pipeline.rawFolder, 'landing', 'customers'))).toEqual(['customers_2025-01-02.csv']);
    const [result] = await pipeline.rows(
      "select value, sample from ops.quality_results where not passed and check_name = 'no_smith.sql'",
    );
    expect(result).toEqual({ value: '1.00', sample: JSON.stringify(['{"customer_id":"C2"}']) });
    const [run] = await pipeline.rows("select status, error_name from ops.run where status = 'HALTED'");
    expect(run).toEqual({ status: 'HALTED', error_name: 'QualityHaltError' });
    expect(await pipeline.ports.leases.current('pipeline')).toBeNull();
  });

  it('make the command line exit 3 and say where to look', async () => {
    const result = await headwater(['run', '--as-of', '2025-06-30', '--home', home, '--config', overlay]);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain('headwater quality');
    const quality = await headwater(['quality', '--home', home, '--config', overlay]);
    expect(quality.stdout).toContain('{"customer_id":"C2"}');
  });

  it('refuse to resume a run under another configuration', async () => {
    const [halted] = await pipeline.ports.runs.list(1);
    await writeModel('  - { check: sql, file: no_smith.sql, severity: warn, description: nobody is called Smith }\n');
    await reopen();
    await expect(pipeline.run({ resume: halted?.id ?? '' })).rejects.toThrow(/another configuration/);
    expect(await pipeline.ports.leases.current('pipeline')).toBeNull();
  });

  it('only warn when they are declared to', async () => {
    await pipeline.run();
    const [run] = await pipeline.ports.runs.list(1);
    expect(run?.status).toBe('PUBLISHED');
    expect(run?.warnings).toContain('gold.customer_name: no_smith.sql (warn): 1 rows: nobody is called Smith');
  });

  it('set rows aside while the table is written', async () => {
    await writeModel(
      '  - { check: accepted, column: last_name, values: [Lee], severity: quarantine, reason: STRANGER }\n',
    );
    await reopen();
    await pipeline.run();
    expect(await pipeline.rows('select customer_id from gold.customer_name')).toEqual([{ customer_id: 'C1' }]);
    expect(await pipeline.rows('select customer_id, _reasons from quarantine.gold_customer_name')).toEqual([
      { customer_id: 'C2', _reasons: 'STRANGER' },
    ]);
  });

  it('compare the number of rows with the version before', async () => {
    await writeModel('  - { check: row_count_change, maximum_percent: 100, severity: halt }\n');
    await reopen();
    await pipeline.run();
    await writeModel('  - { check: row_count_change, maximum_percent: 49.9, severity: halt }\n');
    await reopen();
    await drop('customers_2025-01-03.csv', 'C3,Cy,Roe,a,1,2,2020-01-01\n');
    await expect(pipeline.run()).rejects.toThrow(/row_count_change/);
    expect(await pipeline.rows('select count(*) as n from gold.customer_name')).toEqual([{ n: '2' }]);
  });

  it('show failing rows without what is personal', async () => {
    await writeModel("  - { check: pattern, column: last_name, pattern: '[A-C].*', severity: warn }\n");
    await reopen();
    await drop('customers_2025-01-04.csv', 'C4,Di,Poe,a,1,2,2020-01-01\n');
    await pipeline.run();
    const [result] = await pipeline.rows(
      "select sample from ops.quality_results where not passed and check_name = 'pattern(last_name)'",
    );
    expect(result?.sample).toContain('\\"last_name\\":\\"***\\"');
    expect(result?.sample).not.toContain('Poe');
  });

  it('find a broken key without being declared', async () => {
    await writeModel('  - { check: not_null, column: last_name, severity: warn }\n');
    await writeFile(
      join(overlay, 'glue-sql', 'gold', 'test', 'customer_name.sql'),
      "select 'C1' as customer_id, last_name from silver.customer\n",
    );
    await reopen();
    await expect(pipeline.run()).rejects.toThrow(/unique\(customer_id\) fails with 1 rows/);
  });
});
