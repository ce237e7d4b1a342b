import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnvironmentSecrets } from '../adapters/environment-secrets.ts';
import { FolderLake } from '../adapters/folder-lake.ts';
import { FolderWorkspace } from '../adapters/folder-workspace.ts';
import { SqliteActions } from '../adapters/sqlite/actions.ts';
import { SqliteDatabase } from '../adapters/sqlite/database.ts';
import { SqliteFiles } from '../adapters/sqlite/files.ts';
import { SqliteLeases } from '../adapters/sqlite/leases.ts';
import { isProcessAlive, processOwner } from '../adapters/sqlite/process-owner.ts';
import { SqliteRuns } from '../adapters/sqlite/runs.ts';
import { SqliteServingStore } from '../adapters/sqlite-serving-store.ts';
import type { ApiPorts } from '../api/route.ts';
import { ConfigurationError } from '../domain/errors.ts';
import type { CrmSource } from '../ports/crm-source.ts';
import type { Leases } from '../ports/leases.ts';
import type { Settings } from './config.ts';
import { lazyCrmSource } from './lazy-crm-source.ts';

export interface LocalApi {
  readonly ports: ApiPorts & { readonly leases: Leases };
  close(): Promise<void>;
}

export interface LocalApiOptions {
  readonly warn?: (line: string) => void;
}

const project = fileURLToPath(new URL('../../', import.meta.url));

/** What the API needs on this machine: the snapshot's folder and the ledger. No engine and no configuration, so that it starts at once. */
export function openLocalApi(settings: Settings, options: LocalApiOptions = {}): LocalApi {
  const now = () => new Date();
  const lakeFolder = join(settings.home, 'lake');
  const lake = new FolderLake(lakeFolder);
  const ledger = new SqliteDatabase(join(settings.home, 'ledger.sqlite'));
  const process = { owner: processOwner(), isAlive: isProcessAlive };
  const store = new SqliteServingStore(lake, () => new FolderWorkspace(lakeFolder, process), now);
  const { org } = settings;
  return {
    ports: {
      store,
      lake,
      runs: new SqliteRuns(ledger),
      files: new SqliteFiles(ledger),
      actions: new SqliteActions(ledger),
      leases: new SqliteLeases(ledger, process),
      crm: org === null ? null : lazyCrmSource(() => openCrm(settings, org, now, options.warn ?? (() => {}))),
      now,
      newId: () => randomUUID(),
    },
    close: async () => {
      await store.close();
      ledger.close();
    },
  };
}

async function openCrm(
  settings: Settings,
  org: string,
  now: () => Date,
  warn: (line: string) => void,
): Promise<CrmSource> {
  const [{ readSalesforceSource }, { salesforceSource }] = await Promise.all([
    import('../adapters/configuration-folder.ts'),
    import('./salesforce.ts'),
  ]);
  const source = await readSalesforceSource({
    config: join(project, 'config'),
    overlay: settings.configurationOverlay,
  });
  if (source === null)
    throw new ConfigurationError(['an org is asked for, and there is no config/sources/salesforce.json']);
  const secrets = new EnvironmentSecrets(settings.environment, settings.home);
  return salesforceSource({ source, secretName: org, secrets, now, random: Math.random, warn });
}
