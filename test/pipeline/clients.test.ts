import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateClientFiles } from '../../simulator/clients/generate.ts';
import type { ClientTruth } from '../../simulator/clients/truth.ts';
import { removeFolder, temporaryFolder, type TestPipeline, testPipeline } from '../support/temporary-home.ts';

/** Simulated client files go through the pipeline: what bronze and silver hold is what the generator planned. */
describe('dropped client files', () => {
  let home: string;
  let truth: ClientTruth;
  let pipeline: TestPipeline;

  beforeAll(async () => {
    home = await temporaryFolder();
    pipeline = await testPipeline(home);
    truth = await generateClientFiles({ folder: pipeline.rawFolder, seed: 7, scale: 0.1, days: 120 });
    await pipeline.run({ asOf: truth.lastDay });
  });
  afterAll(async () => {
    await pipeline.close();
    await removeFolder(home);
  });

  const bad = () => Object.values(truth.quarantinedRecords).reduce((sum, count) => sum + count);

  it('are all processed, bad records set aside', async () => {
    const files = await pipeline.ports.files.withStatus(['PROCESSED']);
    expect(files).toHaveLength(truth.files);
    const reasons = await pipeline.rows('select _reasons, count(*) as n from quarantine.clients group by 1 order by 1');
    expect(reasons).toEqual([
      { _reasons: 'RANGE(annual_revenue)', n: '1' },
      { _reasons: 'REQUIRED(client_id)', n: '1' },
      { _reasons: 'REQUIRED(region)', n: '1' },
      { _reasons: 'TYPE(is_active)', n: '1' },
    ]);
    const [rows] = await pipeline.rows('select count(*) as n from bronze.client');
    expect(rows).toEqual({ n: String(truth.records - bad()) });
  });

  it('can be told apart in bronze, full from delta, with their day', async () => {
    const rows = await pipeline.rows(`
      select count(distinct case when _source_file like '%/clients_full_%' then _file_date end) as fulls,
        count(distinct case when _source_file like '%/clients_delta_%' then _file_date end) as deltas from bronze.client`);
    expect(rows).toEqual([{ fulls: String(truth.fullFiles), deltas: String(truth.files - truth.fullFiles) }]);
  });

  it('leave the last record of every client in silver, trimmed', async () => {
    const rows = await pipeline.rows('select client_id, client_name from silver.client order by client_id');
    expect(rows).toEqual(truth.clients.map(({ client_id, client_name }) => ({ client_id, client_name })));
    const spelled = await pipeline.rows(
      'select client_id from bronze.client where advisor_email <> lower(advisor_email) or region <> trim(region)',
    );
    expect(spelled).toEqual([]);
  });

  it('warn of a file that holds only after the day of the run, and leave it out', async () => {
    const path = `${pipeline.rawFolder}/landing/clients/clients_delta_2999-01-01.csv`;
    await writeFile(
      path,
      'client_id,client_name,region,segment,parent_org,advisor_email\nCL-FUTURE,Later,West,Retail,,\n',
    );
    const { runId } = await pipeline.run({ asOf: truth.lastDay });
    const [check] = await pipeline.rows(`select severity, passed, sample from ops.quality_results
      where run_id = '${runId}' and check_name = 'client_files_in_force.sql'`);
    expect(check).toMatchObject({ severity: 'warn', passed: false });
    expect(check?.sample).toContain('clients_delta_2999-01-01.csv');
    expect(await pipeline.rows("select * from gold.client_dim where client_key = 'CL-FUTURE'")).toEqual([]);
  });

  it('warn of addresses that are none, and keep the record', async () => {
    const [check] = await pipeline.rows(
      "select severity, passed, cast(value as bigint) as n from ops.quality_results where check_name = 'pattern(advisor_email)'",
    );
    expect(check).toEqual({ severity: 'warn', passed: false, n: String(truth.invalidEmails.length) });
  });

  it('are refused when their name says neither full nor delta', async () => {
    await writeFile(`${pipeline.rawFolder}/landing/clients/clients_2025-07-01.csv`, 'client_id\n1\n');
    await pipeline.run({ asOf: truth.lastDay });
    const [file] = await pipeline.ports.files.find({ text: 'clients_2025-07-01', limit: 1 });
    expect([file?.status, file?.reasons[0]?.code]).toEqual(['REJECTED', 'WRONG_NAME']);
    expect(file?.reasons[0]?.message).toContain("'clients_full_*.csv' or 'clients_delta_*.csv'");
  });
});
