import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeOrg, type SimulatedOrg, simulatedSecret, startSimulatedOrg } from '../../bin/simulated-org.ts';
import { DuckDbSqlParser } from '../../lambdas/adapters/duckdb-sql-parser.ts';
import { LeaseHeldError } from '../../lambdas/domain/errors.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import { queryLake } from '../../lambdas/steps/query-lake.ts';
import { openLocal } from '../../lambdas/wiring/local.ts';
import { defaultLastDay, generateDrops } from '../../simulator/drops/generate.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { type AwsSite, awsSite } from './aws-pipeline.ts';

const input = { asOf: defaultLastDay, rebuild: false, resume: null };
let home: string;
let org: SimulatedOrg;
let site: AwsSite;

beforeAll(async () => {
  home = await temporaryFolder();
  await makeOrg(home, { seed: 3, scale: 0.01, lastDay: defaultLastDay });
  org = await startSimulatedOrg(home);
  const drops = join(home, 'drops');
  await mkdir(drops, { recursive: true });
  await generateDrops({ folder: drops, seed: 7, scale: 0.005, days: 62 });
  site = await awsSite(org.environment[simulatedSecret] ?? '');
  await site.upload(drops);
  await cp(drops, join(home, 'laptop', 'raw'), { recursive: true, preserveTimestamps: true });
});

afterAll(async () => {
  await org.close();
  await removeFolder(home);
  await site.dispose();
});

async function gold(ports: PipelinePorts): Promise<Record<string, string[]>> {
  const tables = ports.configuration.models.map(({ table }) => table).filter((table) => table.startsWith('gold.'));
  const content: Record<string, string[]> = {};
  for (const table of tables) {
    const { columns, rows } = await queryLake(ports, new DuckDbSqlParser(), `select * from ${table}`);
    const kept = columns.map(({ name }, index) => ({ name, index })).filter(({ name }) => name !== '_run_id');
    content[table] = rows.map((row) => JSON.stringify(kept.map(({ index }) => row[index]))).sort();
  }
  return content;
}

it('gives on AWS what it gives on a laptop', async () => {
  const { signal } = new AbortController();
  const aws = await site.open();
  const [one, other] = await Promise.all([
    runLocally(aws.ports, input, signal),
    // A second run at the same time finds the lease taken.
    site.open().then(async (second) => {
      const execution = await runLocally(second.ports, input, signal);
      await second.close();
      return execution;
    }),
  ]);
  const failures = [one.error, other.error].filter((error) => error !== null);
  expect(failures).toHaveLength(1);
  expect(failures[0]).toBeInstanceOf(LeaseHeldError);
  const onAws = await gold(aws.ports);
  const again = await runLocally(aws.ports, input, signal);
  expect(again.error).toBeNull();
  expect((await aws.ports.catalog.list()).length).toBe(1);
  expect((await aws.ports.files.withStatus(['RECEIVED', 'COLLECTED'])).length).toBe(0);
  await aws.close();

  const settings = {
    home: join(home, 'laptop'),
    configurationOverlay: null,
    memoryMegabytes: 512,
    threads: 2,
    crashAt: null,
    org: 'simulated',
    environment: org.environment,
  };
  const laptop = await openLocal(settings, { compressed: false });
  expect((await runLocally(laptop.ports, input, signal)).error).toBeNull();
  const here = await gold(laptop.ports);
  await laptop.close();
  expect(Object.keys(here).length).toBeGreaterThan(20);
  expect(here['gold.customers_data_mart']?.length).toBeGreaterThan(0);
  expect(here['gold.customer_360_metrics']?.length).toBeGreaterThan(0);
  expect(onAws).toEqual(here);
});
