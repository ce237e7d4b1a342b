import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFooters } from '../../lambdas/adapters/duckdb/parquet-files.ts';
import { DuckDbSession } from '../../lambdas/adapters/duckdb/session.ts';
import { DuckDbEngine } from '../../lambdas/adapters/duckdb-engine.ts';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import { describeSqlEngineContract } from '../ports/sql-engine.contract.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';

async function sandbox(folder: string) {
  await mkdir(join(folder, 'spill'), { recursive: true });
  return { threads: 2, memoryMegabytes: 256, allowedFolders: [folder], spillFolder: join(folder, 'spill') };
}

describeSqlEngineContract('DuckDB', async () => {
  const folder = await temporaryFolder();
  const engine = new DuckDbEngine(new FolderWorkspace(folder, { owner: 'test', isAlive: () => true }), () =>
    sandbox(folder),
  );
  return {
    engine,
    dispose: async () => {
      await engine.close();
      await removeFolder(folder);
    },
  };
});

describe('the DuckDB sandbox', () => {
  let folder: string;
  let session: DuckDbSession;
  beforeAll(async () => {
    folder = await temporaryFolder();
    session = await DuckDbSession.open(await sandbox(folder));
  });
  afterAll(async () => {
    session.close();
    await removeFolder(folder);
  });

  it.each([
    ['reading a file outside', "select * from read_text('/etc/hostname')"],
    ['climbing out of its folder', "select * from read_text('FOLDER/../../etc/hostname')"],
    ['writing outside', "copy (select 1) to '/tmp/headwater-escape.csv'"],
    ['attaching a database', "attach '/tmp/headwater-escape.db'"],
    ['changing its settings', "set memory_limit = '10GB'"],
    ['opening itself', 'set enable_external_access = true'],
    ['loading extensions', 'install httpfs'],
  ])('refuses %s', async (_what, sql) => {
    await expect(session.run(sql.replace('FOLDER', folder))).rejects.toThrow(
      /Permission|locked|disabled|configuration|not allowed|Cannot/i,
    );
  });

  it('says which footers differ from the contract', async () => {
    const path = join(folder, 'wrong.parquet');
    await session.run(`copy (select 1.5::double as amount, 'x' as surplus) to '${path}' (format parquet)`);
    await expect(verifyFooters(session, 'gold.t', [path], [{ name: 'amount', type: 'decimal(18,2)' }])).rejects.toThrow(
      /gold\.t.*amount: expected decimal\(18,2\).*DOUBLE; surplus: not in the contract/,
    );
  });

  it('turns running out of memory into an error that says what to do', async () => {
    const greedy = 'select count(*) from (select list(i) as l from range(200000000) t(i)) where len(l) > 1';
    await expect(session.run(greedy)).rejects.toMatchObject({ name: 'ResourceExhaustedError' });
  });

  it('stops a running statement when the signal is aborted', async () => {
    const controller = new AbortController();
    const running = session.run('select count(*) from range(100000000000) a', controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(running).rejects.toMatchObject({ name: 'InterruptedError' });
  });
});
