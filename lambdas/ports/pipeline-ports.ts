import type { Configuration } from '../domain/configuration.ts';
import type { CrashHook } from '../domain/crash-points.ts';
import type { Catalog } from './catalog.ts';
import type { DropReader } from './drop-reader.ts';
import type { Files } from './files.ts';
import type { Lake } from './lake.ts';
import type { Leases } from './leases.ts';
import type { Notifier } from './notifier.ts';
import type { Progress } from './progress.ts';
import type { Runs } from './runs.ts';
import type { SqlEngine } from './sql-engine.ts';

/** All that the steps of the pipeline may touch. */
export interface PipelinePorts {
  /** Raw bucket: landing/, archive/, rejected/. */
  readonly raw: Lake;
  /** Processed bucket: bronze/ … catalog/. */
  readonly lake: Lake;
  readonly drops: DropReader;
  readonly engine: SqlEngine;
  readonly catalog: Catalog;
  readonly runs: Runs;
  readonly files: Files;
  readonly leases: Leases;
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
