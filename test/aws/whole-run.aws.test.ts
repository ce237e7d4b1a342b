import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { makeOrg, type SimulatedOrg, simulatedSecret, startSimulatedOrg } from '../../bin/simulated-org.ts';
import { type Endpoint, endpoints } from '../../lambdas/api/contract.ts';
import { DuckDbSqlParser } from '../../lambdas/adapters/duckdb-sql-parser.ts';
import { LeaseHeldError } from '../../lambdas/domain/errors.ts';
import { executeMachine, runLocally } from '../../lambdas/pipeline/run-locally.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import { queryLake } from '../../lambdas/steps/query-lake.ts';
import { openLocal } from '../../lambdas/wiring/local.ts';
import { stageRights } from '../../lib/stage-rights.ts';
import { defaultLastDay, generateDrops } from '../../simulator/drops/generate.ts';
import { resources, templates } from '../lib/synthesise.ts';
import { watchedMetrics } from '../lib/watched-metrics.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { type AwsSite, awsSite } from './aws-pipeline.ts';
import { announce, ask, executeDeployed, invoke, startedExecutions } from './deployed-functions.ts';
import { DeployedRights } from './deployed-rights.ts';
import { recordMetrics } from './measured.ts';
import { type RecordedRights, recordRights } from './service-calls.ts';

let home: string;
let org: SimulatedOrg;
let site: AwsSite;
let keys: string[];
let recorded: RecordedRights;
let measured: ReturnType<typeof recordMetrics>;

beforeAll(async () => {
  recorded = recordRights();
  measured = recordMetrics();
  home = await temporaryFolder();
  await makeOrg(home, { seed: 3, scale: 0.01, lastDay: defaultLastDay });
  org = await startSimulatedOrg(home);
  const drops = join(home, 'drops');
  await mkdir(drops, { recursive: true });
  await generateDrops({ folder: drops, seed: 7, scale: 0.005, days: 62 });
  await cp(drops, join(home, 'laptop', 'raw'), { recursive: true, preserveTimestamps: true });
  site = await awsSite(org.environment[simulatedSecret] ?? '');
  keys = await site.upload(drops);
});
afterAll(() => {
  recorded.stop();
  measured.stop();
});

afterAll(async () => {
  await org.close();
  await site.dispose();
  await removeFolder(home);
});

/** Rows of every gold table, sorted, without the run that wrote them. */
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

/** Glue leads to every slice that `ops.current` names, and the views have been made. */
async function expectReadableByAnalysts({ catalog, analysts, lake, configuration }: PipelinePorts): Promise<void> {
  const { current } = await catalog.pointer();
  const { tables } = await catalog.load(current ?? '');
  const versions = tables.filter(({ table }) => table.startsWith('analytics.'));
  expect(versions.length).toBeGreaterThan(20);
  for (const { table, slices } of versions) {
    const ids = slices.filter(({ files }) => files.length > 0).map(({ id }) => id);
    expect(await analysts.slices(table), table).toEqual(ids);
  }
  const made = Buffer.concat(await Array.fromAsync(lake.read('catalog/views.json'))).toString('utf8');
  expect(Object.keys(JSON.parse(made) as object)).toHaveLength(configuration.views.length);
}

/** What a dashboard is told, counted another way. */
async function figuresOf(ports: PipelinePorts): Promise<object> {
  const count = async (rest: string) => {
    const { rows } = await queryLake(ports, new DuckDbSqlParser(), `select count(*) from gold.${rest}`);
    return Number(rows[0]?.[0]);
  };
  const customers = await count('customer_360_metrics');
  expect(customers).toBeGreaterThan(0);
  return {
    customers,
    highRiskCustomers: await count("customer_360_metrics where churn_risk_level = 'HIGH'"),
    averageHealth: expect.any(Number),
    publicationAgeHours: expect.any(Number),
    // Nobody has decided anything yet.
    executionRate: 0,
  };
}

async function laptopGold(asOf: string): Promise<Record<string, string[]>> {
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
  const input = { asOf, rebuild: false, resume: null };
  expect((await runLocally(laptop.ports, input, new AbortController().signal)).error).toBeNull();
  const content = await gold(laptop.ports);
  await laptop.close();
  return content;
}

describe('the functions, called by the state machine', () => {
  it('publish once what dropped files and the org hold, as a laptop does', async () => {
    // Every file is told of twice, the second time in the other order.
    for (const batch of [keys, keys.toReversed()]) expect(await announce(batch)).toEqual([]);
    const started = await startedExecutions(site.stateMachineArn);
    expect(Object.keys(started)).toEqual(['after-none']);
    const input = { ...(started['after-none'] ?? { rebuild: false, resume: null }), asOf: defaultLastDay };
    // A second execution at the same time finds the lease taken.
    const executions = await Promise.all([executeDeployed(input), executeDeployed(input)]);
    const failures = executions.map(({ error }) => error).filter((error) => error !== null);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toBeInstanceOf(LeaseHeldError);
    const aws = await site.open();
    const onAws = await gold(aws.ports);
    const { output } = executions.find(({ error }) => error === null) ?? {};
    expect(output).toMatchObject({ published: await figuresOf(aws.ports) });
    expect((await aws.ports.files.withStatus(['RECEIVED', 'COLLECTED'])).length).toBe(0);
    await expectReadableByAnalysts(aws.ports);
    await aws.close();

    const here = await laptopGold(defaultLastDay);
    expect(Object.keys(here).length).toBeGreaterThan(20);
    expect(here['gold.customers_data_mart']?.length).toBeGreaterThan(0);
    expect(here['gold.customer_360_metrics']?.length).toBeGreaterThan(0);
    expect(onAws).toEqual(here);
  });

  it('start nothing for late events, and the next run for a file that came meanwhile', async () => {
    expect(await announce(keys.slice(0, 10))).toEqual([]);
    expect(Object.keys(await startedExecutions(site.stateMachineArn))).toEqual(['after-none']);
    const input = { asOf: defaultLastDay, rebuild: false, resume: null };
    const again = await executeMachine(async (task, payload) => {
      if (task === 'publish-run') {
        await site.drop('landing/sales/late.csv', 'no,sales');
        expect(await announce(['landing/sales/late.csv'])).toEqual([]);
      }
      return await invoke(task, payload);
    }, input);
    expect(again.error).toBeNull();
    const aws = await site.open();
    expect((await aws.ports.catalog.list()).length).toBe(1);
    await aws.close();
    expect(Object.keys(await startedExecutions(site.stateMachineArn)).sort()).toEqual([
      `after-${again.runId}`,
      'after-none',
    ]);
  });
});

/** Everything that the API gives without being told which one, by a login that may see it all. */
const paths = Object.values<Endpoint>(endpoints)
  .filter(({ method, path }) => method === 'GET' && !path.includes(':'))
  .map(({ path }) => path);

describe('the rights that the stacks give', () => {
  it('suffice for what the functions of a run and of the API do', async () => {
    // The API keeps its snapshot as long as it is warm.
    vi.stubEnv('TMPDIR', home);
    const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const answers = await Promise.all(paths.map(async (path) => [path, await ask(path, 'admin')]));
    log.mockRestore();
    expect(answers).toEqual(paths.map((path) => [path, 200]));
    expect([...recorded.needed.keys()].toSorted()).toEqual([...Object.keys(stageRights), 'api'].toSorted());
    expect(new DeployedRights(recorded.needed).refused()).toEqual([]);
  });

  it('name no prefix that nothing is read from or written to, but where something went wrong before', () => {
    const results = ['build-layer', 'check-layer', 'publish-run'].flatMap((name) =>
      ['s3:GetObject', 's3:PutObject'].map((action) => `${name}: ${action} query-results/*`),
    );
    expect(new DeployedRights(recorded.needed).unusedPrefixes().toSorted()).toEqual(
      [
        // Athena writes and reads results as whoever asks; moto runs no statements.
        ...results,
        // Checks may count rows of any table.
        'check-layer: s3:GetObject lake/bronze/*',
        'check-layer: s3:GetObject lake/quarantine/*',
        // Originals of a run that died behind its publication are archived by the next one.
        'plan-run: s3:DeleteObject raw/landing/*',
        'plan-run: s3:GetObject raw/archive/*',
        'plan-run: s3:GetObject raw/rejected/*',
        'plan-run: s3:PutObject raw/archive/*',
        'plan-run: s3:PutObject raw/rejected/*',
        // A file that its producer replaced is looked for where an earlier try may have moved it.
        'archive-files: s3:GetObject raw/archive/*',
        'archive-files: s3:GetObject raw/rejected/*',
      ].toSorted(),
    );
  });
});

test('alarms and the dashboard read what the functions measure, under those names', () => {
  const stacks = templates('dev');
  const filters = resources(stacks.serving, 'AWS::Logs::MetricFilter').flatMap(
    ({ Properties }) => Properties.MetricTransformations as { MetricName: string }[],
  );
  const fromLogs = new Set(filters.map(({ MetricName }) => MetricName));
  const watched = watchedMetrics(stacks, 'Headwater/dev');
  expect(watched.length).toBeGreaterThan(30);
  const unmeasured = watched.filter(({ name, service }) =>
    service === null ? !fromLogs.has(name) : !measured.published.has(`${service} ${name}`),
  );
  // Failures are counted for every function by the same lines (test/handlers/observed.test.ts); none failed here.
  expect(unmeasured.filter(({ name }) => name !== 'failures')).toEqual([]);
});
