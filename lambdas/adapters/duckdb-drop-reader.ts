import { ConfigurationError, PipelineError } from '../domain/errors.ts';
import type { Dataset } from '../domain/dataset.ts';
import { fileReason } from '../domain/reasons.ts';
import type {
  DropBatch,
  DropObject,
  DropReader,
  Inspection,
  Loaded,
  LoadFile,
  LoadGroup,
} from '../ports/drop-reader.ts';
import type { Lake } from '../ports/lake.ts';
import type { Workspace } from '../ports/workspace.ts';
import { inspectDrop } from './drop-inspection/inspect-drop.ts';
import { engineComplaint } from './drop-loading/engine-complaint.ts';
import { loadGroup } from './drop-loading/load-group.ts';
import { parquetHeader } from './drop-loading/parquet-header.ts';
import { DuckDbSession, firstLine, type SessionSettings } from './duckdb/session.ts';

export interface DropReaderDependencies {
  readonly raw: Lake;
  readonly workspace: Workspace;
  /** Local path of a raw object where the bucket is a folder, else null: then it is copied to scratch. */
  readonly localPath: (key: string) => Promise<string | null>;
  readonly settings: () => Promise<SessionSettings>;
}

/** Reads dropped files with our own strict structure check first and DuckDB second. */
export class DuckDbDropReader implements DropReader {
  private readonly deps: DropReaderDependencies;
  private database: Promise<DuckDbSession> | undefined;
  private batches = 0;

  constructor(deps: DropReaderDependencies) {
    this.deps = deps;
  }

  /** Batches under way share one database; it and the local copies go when the last of them ends. */
  async begin(): Promise<DropBatch> {
    this.batches += 1;
    return {
      inspect: (object, dataset, signal) => this.inspect(object, dataset, signal),
      load: (group, signal) => this.load(group, signal),
      end: () => this.end(),
    };
  }

  private async inspect(object: DropObject, dataset: Dataset, signal: AbortSignal): Promise<Inspection> {
    const { raw, workspace, localPath } = this.deps;
    const inspection = await inspectDrop(
      object,
      dataset,
      { raw, scratch: () => workspace.scratch(), localPath },
      signal,
    );
    if (dataset.file.format !== 'parquet' || inspection.local === null || inspection.reasons.length > 0)
      return inspection;
    const path = inspection.local.path;
    const content = await this.forked((session) => parquetHeader(session, path, dataset.file, signal));
    return { ...inspection, ...content };
  }

  /** A group whose statement fails is split, so that one unreadable file does not take its neighbours with it. */
  private async load(group: LoadGroup, signal: AbortSignal): Promise<Loaded> {
    try {
      return await this.forked((session) => loadGroup(session, this.deps.workspace, group, signal));
    } catch (error) {
      if (error instanceof PipelineError) throw error;
      refuseFaultyStatement(error, group);
      const [only] = group.files;
      if (group.files.length === 1 && only !== undefined) return unreadable(only, error);
      return merged(await this.loadSingly(group, signal));
    }
  }

  private async loadSingly(group: LoadGroup, signal: AbortSignal): Promise<Loaded[]> {
    const parts: Loaded[] = [];
    for (const [index, file] of group.files.entries()) {
      const prefix = `${group.prefix}-${index}`;
      const quarantinePrefix = `${group.quarantinePrefix}-${index}`;
      parts.push(await this.load({ ...group, files: [file], prefix, quarantinePrefix }, signal));
    }
    return parts;
  }

  private async end(): Promise<void> {
    this.batches -= 1;
    if (this.batches > 0) return;
    const database = this.database;
    this.database = undefined;
    (await database)?.close();
    await this.deps.workspace.clear();
  }

  private async forked<T>(work: (session: DuckDbSession) => Promise<T>): Promise<T> {
    this.database ??= this.deps.settings().then((settings) => DuckDbSession.open(settings));
    const session = await (await this.database).fork();
    try {
      return await work(session);
    } finally {
      session.disconnect();
    }
  }
}

/** A statement that does not even bind says nothing about the file: an expression of the contract is wrong. */
function refuseFaultyStatement(error: unknown, group: LoadGroup): void {
  const message = error instanceof Error ? firstLine(error.message) : String(error);
  if (!/^(Parser|Binder|Catalog|Syntax|INTERNAL|Not implemented) Error/i.test(message)) return;
  throw new ConfigurationError(
    [`contract of dataset '${group.dataset.dataset}': an expression does not work: ${message}`],
    {
      cause: error,
    },
  );
}

function unreadable(file: LoadFile, error: unknown): Loaded {
  const complaint = engineComplaint(error, file.local.path);
  return {
    files: [
      {
        key: file.key,
        rejected: [
          fileReason('UNREADABLE', `The loader cannot read the file: ${complaint}. Write it anew and drop it again.`),
        ],
        counts: { read: file.records, loaded: 0, quarantined: 0, duplicateSuspects: 0, dropped: 0 },
        reasons: [],
      },
    ],
    accepted: [],
    quarantined: [],
  };
}

function merged(parts: readonly Loaded[]): Loaded {
  return {
    files: parts.flatMap((part) => part.files),
    accepted: parts.flatMap((part) => part.accepted),
    quarantined: parts.flatMap((part) => part.quarantined),
  };
}
