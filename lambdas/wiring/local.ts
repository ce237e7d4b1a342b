import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnvironmentSecrets } from '../adapters/environment-secrets.ts';
import { copyIntoLanding } from '../adapters/copy-into-landing.ts';
import { readConfiguration } from '../adapters/configuration-folder.ts';
import { DuckDbDropReader } from '../adapters/duckdb-drop-reader.ts';
import { DuckDbExtractLoader } from '../adapters/duckdb-extract-loader.ts';
import { DuckDbEngine } from '../adapters/duckdb-engine.ts';
import { DuckDbSqlParser } from '../adapters/duckdb-sql-parser.ts';
import { DuckDbSqliteSnapshots } from '../adapters/duckdb-sqlite-snapshots.ts';
import { FolderCatalog } from '../adapters/folder-catalog.ts';
import { FolderLake } from '../adapters/folder-lake.ts';
import { FolderWorkspace } from '../adapters/folder-workspace.ts';
import { ManifestTables } from '../adapters/manifest-tables.ts';
import { SqliteActions } from '../adapters/sqlite/actions.ts';
import { SqliteCursors } from '../adapters/sqlite/cursors.ts';
import { SqliteDatabase } from '../adapters/sqlite/database.ts';
import { SqliteFiles } from '../adapters/sqlite/files.ts';
import { SqliteLeases } from '../adapters/sqlite/leases.ts';
import { isProcessAlive, processOwner } from '../adapters/sqlite/process-owner.ts';
import { SqliteRuns } from '../adapters/sqlite/runs.ts';
import { TerminalNotifier } from '../adapters/terminal-notifier.ts';
import { type CrashHook, noCrash } from '../domain/crash-points.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { exportFolder } from '../domain/salesforce-export.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { Progress } from '../ports/progress.ts';
import type { SqlParser } from '../ports/sql-parser.ts';
import type { Settings } from './config.ts';
import { salesforcePorts } from './salesforce.ts';

export interface LocalOptions {
  readonly progress?: Progress;
  /** Where notifications are shown. */
  readonly tell?: (line: string) => void;
  readonly now?: () => Date;
  /** Records of a page of bulk results; tests take few. */
  readonly pageRecords?: number;
  /** False where the org is on this machine: then compressing its pages costs more than it saves. */
  readonly compressed?: boolean;
  /** How the CRM adapter waits between tries; tests do not. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The pipeline on this machine: a folder for each bucket, SQLite for the ledger, DuckDB as the engine. */
export interface LocalPipeline {
  readonly ports: PipelinePorts;
  readonly parser: SqlParser;
  readonly home: string;
  readonly rawFolder: string;
  /** Copies a local file into the raw folder, below a landing key. */
  readonly drop: (path: string, key: string) => Promise<void>;
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
  const landing = configuration.datasets.map(({ dataset }) => dataset);
  if (configuration.salesforce !== null) landing.push(exportFolder);
  for (const folder of landing) await mkdir(join(folders.raw, 'landing', folder), { recursive: true });
  const ledger = new SqliteDatabase(join(settings.home, 'ledger.sqlite'));
  const raw = new FolderLake(folders.raw);
  const process = { owner: processOwner(), isAlive: isProcessAlive };
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
  const now = options.now ?? (() => new Date());
  const crmPorts = () => {
    const { org } = settings;
    if (org === null) return null;
    if (configuration.salesforce === null) {
      throw new ConfigurationError(['an org is asked for, and there is no config/sources/salesforce.json']);
    }
    const workspace = new FolderWorkspace(folders.lake, process);
    return salesforcePorts({
      source: configuration.salesforce,
      secretName: org,
      secrets: new EnvironmentSecrets(settings.environment, settings.home),
      loader: new DuckDbExtractLoader(workspace, () => session(undefined)),
      workspace,
      now,
      random: Math.random,
      warn: options.tell ?? (() => {}),
      pageRecords: options.pageRecords,
      compressed: options.compressed ?? true,
      sleep: options.sleep,
    });
  };
  const crash = crashHook(settings.crashAt);
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
    larger: null,
    engineChoice: 'auto',
    catalog: new FolderCatalog(folders.lake, crash),
    snapshots: new DuckDbSqliteSnapshots(new FolderWorkspace(folders.lake, process), () => session(undefined)),
    analysts: new ManifestTables(),
    crm: crmPorts(),
    runs: new SqliteRuns(ledger),
    files: new SqliteFiles(ledger),
    cursors: new SqliteCursors(ledger),
    leases: new SqliteLeases(ledger, process),
    actions: new SqliteActions(ledger),
    notifier: new TerminalNotifier(settings.home, options.tell ?? (() => {}), now),
    progress: options.progress ?? (() => {}),
    configuration,
    concurrency: 2,
    now,
    random: Math.random,
    crash,
  };
  return {
    ports,
    parser,
    home: settings.home,
    rawFolder: folders.raw,
    drop: (path, key) => copyIntoLanding(folders.raw, path, key),
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
