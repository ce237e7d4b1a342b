import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfiguration } from '../adapters/configuration-folder.ts';
import { DuckDbDropReader } from '../adapters/duckdb-drop-reader.ts';
import { DuckDbEngine } from '../adapters/duckdb-engine.ts';
import { DuckDbSqlParser } from '../adapters/duckdb-sql-parser.ts';
import { FolderCatalog } from '../adapters/folder-catalog.ts';
import { FolderLake } from '../adapters/folder-lake.ts';
import { FolderWorkspace } from '../adapters/folder-workspace.ts';
import { SqliteDatabase } from '../adapters/sqlite/database.ts';
import { SqliteFiles } from '../adapters/sqlite/files.ts';
import { SqliteLeases } from '../adapters/sqlite/leases.ts';
import { isProcessAlive, processOwner } from '../adapters/sqlite/process-owner.ts';
import { SqliteRuns } from '../adapters/sqlite/runs.ts';
import { TerminalNotifier } from '../adapters/terminal-notifier.ts';
import { type CrashHook, noCrash } from '../domain/crash-points.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { Progress } from '../ports/progress.ts';
import type { SqlParser } from '../ports/sql-parser.ts';
import type { Settings } from './config.ts';

export interface LocalOptions {
  readonly progress?: Progress;
  /** Where notifications are shown. */
  readonly tell?: (line: string) => void;
  readonly now?: () => Date;
  readonly random?: () => number;
}

/** The pipeline on this machine: a folder for each bucket, SQLite for the ledger, DuckDB as the engine. */
export interface LocalPipeline {
  readonly ports: PipelinePorts;
  readonly parser: SqlParser;
  readonly home: string;
  readonly rawFolder: string;
  /** Gives memory and files back. */
  close(): Promise<void>;
}

const project = fileURLToPath(new URL('../../', import.meta.url));

export async function openLocal(settings: Settings, options: LocalOptions = {}): Promise<LocalPipeline> {
  const folders = {
    raw: join(settings.home, 'raw'),
    lake: join(settings.home, 'lake'),
    spill: join(settings.home, 'spill'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  const parser = new DuckDbSqlParser();
  const configuration = await readConfiguration(
    { config: join(project, 'config'), sql: join(project, 'glue-sql'), overlay: settings.configurationOverlay },
    parser,
  );
  for (const dataset of configuration.datasets) {
    await mkdir(join(folders.raw, 'landing', dataset.dataset), { recursive: true });
  }
  const ledger = new SqliteDatabase(join(settings.home, 'ledger.sqlite'));
  const raw = new FolderLake(folders.raw);
  const process = { owner: processOwner(), isAlive: (owner: string) => isProcessAlive(owner) };
  const session = async (prelude: string | undefined) => ({
    threads: settings.threads,
    memoryMegabytes: settings.memoryMegabytes,
    allowedFolders: [folders.raw, folders.lake, folders.spill],
    spillFolder: folders.spill,
    prelude,
  });
  const engine = new DuckDbEngine(new FolderWorkspace(folders.lake, process), async () =>
    session(await readFile(join(project, 'glue-sql', 'dialect', 'duckdb-prelude.sql'), 'utf8')),
  );
  const crash = crashHook(settings.crashAt);
  const now = options.now ?? (() => new Date());
  const ports: PipelinePorts = {
    raw,
    lake: new FolderLake(folders.lake),
    drops: new DuckDbDropReader({
      raw,
      workspace: new FolderWorkspace(folders.lake, process),
      localPath: async (key) => raw.localPath(key),
      settings: () => session(undefined),
    }),
    engine,
    catalog: new FolderCatalog(folders.lake, crash),
    runs: new SqliteRuns(ledger),
    files: new SqliteFiles(ledger),
    leases: new SqliteLeases(ledger, process),
    notifier: new TerminalNotifier(settings.home, options.tell ?? (() => {}), now),
    progress: options.progress ?? (() => {}),
    configuration,
    concurrency: 2,
    now,
    random: options.random ?? Math.random,
    crash,
  };
  return {
    ports,
    parser,
    home: settings.home,
    rawFolder: folders.raw,
    close: async () => {
      await engine.close();
      ledger.close();
    },
  };
}

/** Kills this process, as a power cut would, at the n-th visit of a point. */
function crashHook(crashAt: string | null): CrashHook {
  if (crashAt === null) return noCrash;
  const [point, visit = '1'] = crashAt.split('#');
  let visits = 0;
  return (reached) => {
    if (reached !== point) return;
    visits += 1;
    if (visits === Number(visit)) process.kill(process.pid, 'SIGKILL');
  };
}
