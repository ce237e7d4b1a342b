import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDbEngine } from '../../lambdas/adapters/duckdb-engine.ts';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import type { Build } from '../../lambdas/ports/sql-engine.ts';
import { describeSqlEngineContract } from '../ports/sql-engine.contract.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { type AthenaTestSite, athenaSite } from './athena-site.ts';

interface OwnSite extends AthenaTestSite {
  dispose(): Promise<void>;
}

async function ownSite(database: string): Promise<OwnSite> {
  const folder = await temporaryFolder();
  const spill = join(folder, 'spill');
  await mkdir(spill);
  const settings = async () => ({ threads: 1, memoryMegabytes: 256, allowedFolders: [folder], spillFolder: spill });
  const workspace = new FolderWorkspace(folder, { owner: 'test', isAlive: () => true });
  const local = new DuckDbEngine(workspace, settings);
  const site = await athenaSite(folder, database, local);
  const dispose = async () => {
    await site.close();
    await local.close();
    await removeFolder(folder);
  };
  return { ...site, dispose };
}

describeSqlEngineContract('Athena', () => ownSite('contract'));

describe('the Athena engine', () => {
  const { signal } = new AbortController();
  let site: OwnSite;
  let attempt = 0;
  beforeAll(async () => {
    site = await ownSite('limits');
  });
  afterAll(() => site.dispose());

  function build(sql: string): Build {
    attempt += 1;
    return {
      table: 'gold.part',
      columns: [
        { name: 'part', type: 'varchar' },
        { name: 'n', type: 'bigint' },
      ],
      partitionBy: ['part'],
      sql,
      quarantines: false,
      inputs: [],
      parameters: [],
      runId: 'run-1',
      asOf: '2025-06-30',
      prefix: `gold/part/run=run-1/${attempt}`,
      quarantinePrefix: `quarantine/gold_part/run=run-1/${attempt}`,
    };
  }

  it('writes more partitions than one statement takes', async () => {
    const rows = 'select cast(p as varchar) as part, p as n from unnest(sequence(1, 103)) as t(p)';
    const { slices } = await site.engine.materialise(build(rows), signal);
    expect(new Set(slices.map(({ partition }) => partition.part)).size).toBe(103);
    expect(slices.map(({ rows: count }) => count)).toEqual(Array(103).fill(1));
    const unloads = site.server.statements.all.filter(({ sql }) => sql.startsWith('UNLOAD'));
    expect(unloads).toHaveLength(2);
  });

  it('refuses rows that no partition takes, before it writes any', async () => {
    const rows = "select * from (values ('a', 1), (null, 2)) as t(part, n)";
    const refused = site.engine.materialise(build(rows), signal);
    await expect(refused).rejects.toThrow("gold.part gives rows without a value of 'part'");
    await expect(refused).rejects.toMatchObject({ name: 'ModelError' });
  });

  it('stops the statement when it is told to', async () => {
    const abort = new AbortController();
    const before = site.server.statements.all.length;
    const long = `select cast(a.x as varchar) as part, count(*) as n from unnest(sequence(1, 9999)) as a(x)
      cross join unnest(sequence(1, 9999)) as b(x) cross join unnest(sequence(1, 9999)) as c(x) group by 1`;
    const running = site.engine.materialise({ ...build(long), partitionBy: [] }, abort.signal);
    const stopped = expect(running).rejects.toMatchObject({ name: 'InterruptedError' });
    const own = () => site.server.statements.all.slice(before);
    await expect.poll(() => own().some(({ sql }) => sql.startsWith('UNLOAD')), { timeout: 60_000 }).toBe(true);
    abort.abort();
    await stopped;
    expect(own().map(({ state }) => state)).toEqual(['SUCCEEDED', 'CANCELLED']);
  });
});
