import type { Configuration } from '../domain/configuration.ts';
import type { CrashHook } from '../domain/crash-points.ts';
import type { EngineChoice, EngineLimits } from '../domain/engine-choice.ts';
import type { Actions } from './actions.ts';
import type { AnalystTables } from './analyst-tables.ts';
import type { Catalog } from './catalog.ts';
import type { CrmBulk } from './crm-bulk.ts';
import type { CrmSource } from './crm-source.ts';
import type { Cursors } from './cursors.ts';
import type { DropReader } from './drop-reader.ts';
import type { ExtractLoader } from './extract-loader.ts';
import type { Files } from './files.ts';
import type { Lake } from './lake.ts';
import type { Leases } from './leases.ts';
import type { Notifier } from './notifier.ts';
import type { Progress } from './progress.ts';
import type { Runs } from './runs.ts';
import type { SnapshotMaker } from './snapshot-maker.ts';
import type { SqlEngine } from './sql-engine.ts';

/** An org that is extracted. */
export interface CrmPorts {
  readonly source: CrmSource;
  readonly bulk: CrmBulk;
  readonly loader: ExtractLoader;
}

/** Where work goes that outgrows the first engine. */
export interface LargerEngine {
  readonly engine: SqlEngine;
  /** What the first engine has. */
  readonly limits: EngineLimits;
}

/** All that the steps of the pipeline may touch. */
export interface PipelinePorts {
  /** Raw bucket: landing/, archive/, rejected/. */
  readonly raw: Lake;
  /** Processed bucket: bronze/ … catalog/. */
  readonly lake: Lake;
  readonly drops: DropReader;
  /** Null when no org is connected: then only dropped files are read. */
  readonly crm: CrmPorts | null;
  readonly engine: SqlEngine;
  /** Athena, on AWS; null where there is none. */
  readonly larger: LargerEngine | null;
  /** For runs that are not told which engine to take. */
  readonly engineChoice: EngineChoice;
  readonly catalog: Catalog;
  /** Makes the file that the API reads from. */
  readonly snapshots: SnapshotMaker;
  /** Where analysts' SQL finds tables. */
  readonly analysts: AnalystTables;
  readonly runs: Runs;
  readonly files: Files;
  readonly cursors: Cursors;
  readonly leases: Leases;
  /** What people decided to do about customers. */
  readonly actions: Actions;
  readonly notifier: Notifier;
  readonly progress: Progress;
  readonly configuration: Configuration;
  /** How many batches of files are collected at the same time. */
  readonly concurrency: number;
  /** The time now; the only clock of the pipeline. */
  readonly now: () => Date;
  /** A number in [0, 1); the only randomness of the pipeline. */
  readonly random: () => number;
  readonly crash: CrashHook;
}
