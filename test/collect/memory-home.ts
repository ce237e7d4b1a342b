import { join } from 'node:path';
import { DuckDbDropReader } from '../../lambdas/adapters/duckdb-drop-reader.ts';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import { MemoryLake } from '../../lambdas/adapters/memory-lake.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import { type Contract, type DropHome, openDropHome } from './drop-home.ts';

/** A home whose raw bucket is in memory, as S3 would be: any key can be dropped, and files are copied before DuckDB reads them. */
export async function openMemoryHome(contracts: readonly Contract[]): Promise<DropHome> {
  const home = await openDropHome(contracts);
  const raw = new MemoryLake();
  const lake = join(home.pipeline.home, 'lake');
  const workspace = new FolderWorkspace(lake, { owner: 'memory-home', isAlive: () => true });
  const settings = async () => ({ threads: 2, memoryMegabytes: 512, allowedFolders: [lake], spillFolder: lake });
  const drops = new DuckDbDropReader({ raw, workspace, localPath: async () => null, settings });
  const ports = { ...home.pipeline.ports, raw, drops };
  const dropped = new Map<string, Buffer[]>();
  return {
    ...home,
    dropped,
    pipeline: {
      ...home.pipeline,
      ports,
      run: async () => {
        const input = { asOf: '2025-06-30', rebuild: false, resume: null };
        const execution = await runLocally(ports, input, new AbortController().signal);
        if (execution.error !== null) throw execution.error;
        return execution;
      },
    },
    drop: async (name, body) => {
      const key = `landing/${name}`;
      dropped.set(key, [...(dropped.get(key) ?? []), Buffer.from(body)]);
      raw.plant(key, body);
      return key;
    },
    stored: async () => {
      const found = new Map<string, Buffer>();
      for await (const { key } of raw.list('')) found.set(key, Buffer.concat(await Array.fromAsync(raw.read(key))));
      return found;
    },
  };
}
