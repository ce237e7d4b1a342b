import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { inject } from 'vitest';
import { GlueRegistry } from '../../lambdas/adapters/athena/glue-registry.ts';
import { AthenaEngine } from '../../lambdas/adapters/athena-engine.ts';
import { DuckDbParquetFooters } from '../../lambdas/adapters/duckdb-parquet-footers.ts';
import { FolderLake } from '../../lambdas/adapters/folder-lake.ts';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import type { SqlEngine } from '../../lambdas/ports/sql-engine.ts';
import { type AthenaServer, startAthena } from './server/athena-server.ts';
import { TrinoClient } from './server/trino-client.ts';

export interface AthenaTestSite {
  readonly engine: AthenaEngine;
  readonly server: AthenaServer;
  close(): Promise<void>;
}

const bucket = 'headwater-test-lake';

/** The Athena engine over a folder that stands for the lake's bucket; `local` does what stays in the process. */
export async function athenaSite(folder: string, database: string, local: SqlEngine): Promise<AthenaTestSite> {
  const trino = inject('trino');
  const server = await startAthena(new TrinoClient(trino.url), {
    name: bucket,
    folder,
    location: `${trino.scheme}://${folder}`,
  });
  const options = {
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const athena = new AthenaClient(options);
  const glue = new GlueClient(options);
  const spill = join(folder, '.footers');
  await mkdir(spill, { recursive: true });
  const session = async () => ({ threads: 1, memoryMegabytes: 256, allowedFolders: [folder], spillFolder: spill });
  const lake = new FolderLake(folder);
  const lakeUri = `s3://${bucket}`;
  const engine = new AthenaEngine({
    site: {
      client: athena,
      workgroup: 'headwater-test',
      pollFirst: 5,
      pollMost: 50,
    },
    registry: new GlueRegistry(glue, database, lakeUri),
    lake,
    lakeUri,
    footers: new DuckDbParquetFooters(
      lake,
      new FolderWorkspace(folder, { owner: 'footers', isAlive: () => true }),
      session,
    ),
    local,
  });
  return {
    engine,
    server,
    close: async () => {
      athena.destroy();
      glue.destroy();
      await server.close();
    },
  };
}
