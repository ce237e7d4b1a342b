import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDbEngine } from '../../lambdas/adapters/duckdb-engine.ts';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import { describeSqlEngineContract } from '../ports/sql-engine.contract.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { athenaSite } from './athena-site.ts';

describeSqlEngineContract('Athena', async () => {
  const folder = await temporaryFolder();
  const spill = join(folder, 'spill');
  await mkdir(spill);
  const settings = async () => ({ threads: 1, memoryMegabytes: 256, allowedFolders: [folder], spillFolder: spill });
  const workspace = new FolderWorkspace(folder, { owner: 'test', isAlive: () => true });
  const local = new DuckDbEngine(workspace, settings);
  const site = await athenaSite(folder, 'contract', local);
  return {
    engine: site.engine,
    dispose: async () => {
      await site.close();
      await local.close();
      await removeFolder(folder);
    },
  };
});
