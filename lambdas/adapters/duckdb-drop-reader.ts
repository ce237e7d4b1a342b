import { readlink } from 'node:fs/promises';
import { ConfigurationError, PipelineError, ResourceExhaustedError } from '../domain/errors.ts';
import type { Dataset } from '../domain/dataset.ts';
import { fileReason, type LocatedReason } from '../domain/reasons.ts';
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
import { vanished } from './drop-loading/changed-files.ts';
import { engineComplaint } from './drop-loading/engine-complaint.ts';
import { loadGroup } from './drop-loading/load-group.ts';
import { type ParquetContent, parquetHeader } from './drop-loading/parquet-header.ts';
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
  private readonly working = new Set<Promise<unknown>>();
  /** The file that has the whole memory for itself; all others wait for it. */
  private alone: Promise<unknown> = Promise.resolve();
  /** Versions of the objects that are read where they lie, by key. */
  private readonly inPlace = new Map<string, string>();

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
    if (inspection.local === null || inspection.reasons.length > 0) return inspection;
    const path = inspection.local.path;
    await this.watch(object.key, path);
    if (dataset.file.format !== 'parquet') return inspection;
    const read = () => this.forked((session) => parquetHeader(session, path, dataset.file, signal));
    const content = await this.together(read).catch((error: unknown) => {
      if (!isOutOfMemory(error)) throw error;
      return this.exclusively(read).catch(tooLargeForMemory);
    });
    return { ...inspection, ...content };
  }

  /** A group whose statement fails is split, so that one unreadable file does not take its neighbours with it. */
  private async load(group: LoadGroup, signal: AbortSignal): Promise<Loaded> {
    try {
      return await this.together(() => this.loadOnce(group, signal));
    } catch (error) {
      const changed = await Promise.all(group.files.map((file) => this.isChanged(file)));
      if (!changed.includes(true)) refuseOtherFaults(error, group);
      const [only] = group.files;
      if (group.files.length > 1 || only === undefined) return merged(await this.loadSingly(group, signal));
      if (changed.includes(true)) return refused(only, vanished);
      return isOutOfMemory(error) ? await this.loadAlone(group, only, signal) : refused(only, unreadable(only, error));
    }
  }

  private async loadOnce(group: LoadGroup, signal: AbortSignal): Promise<Loaded> {
    const isChanged = (file: LoadFile) => this.isChanged(file);
    return await this.forked((session) => loadGroup(session, this.deps.workspace, { ...group, isChanged }, signal));
  }

  private async watch(key: string, path: string): Promise<void> {
    const original = await this.deps.localPath(key);
    if (original === null) return;
    const linked = await readlink(path).catch(() => null);
    if (path === original || linked === original) {
      this.inPlace.set(key, (await this.deps.raw.head(key))?.version ?? 'gone');
    }
  }

  /** Whether a producer replaced the file since it was inspected; a copy of it cannot change. */
  private async isChanged({ key }: LoadFile): Promise<boolean> {
    const version = this.inPlace.get(key);
    return version !== undefined && (await this.deps.raw.head(key))?.version !== version;
  }

  private async loadAlone(group: LoadGroup, file: LoadFile, signal: AbortSignal): Promise<Loaded> {
    const again = { ...group, prefix: `${group.prefix}-alone`, quarantinePrefix: `${group.quarantinePrefix}-alone` };
    try {
      return await this.exclusively(() => this.loadOnce(again, signal));
    } catch (error) {
      refuseOtherFaults(error, group);
      return refused(file, unreadable(file, error));
    }
  }

  private async together<T>(work: () => Promise<T>): Promise<T> {
    await this.alone;
    const working = work();
    this.working.add(working);
    return await working.finally(() => this.working.delete(working));
  }

  /** Memory may be short only because of other files: once more, while none of them is worked on. */
  private async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.alone.then(async () => {
      await Promise.allSettled(this.working);
      return await work();
    });
    this.alone = turn.catch(() => undefined);
    return await turn;
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
    this.inPlace.clear();
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

/** Throws unless the file itself is what fails: what happens to the machine or the run says nothing about it. */
function refuseOtherFaults(error: unknown, group: LoadGroup): void {
  if (isOutOfMemory(error)) return;
  if (error instanceof PipelineError) throw error;
  const message = error instanceof Error ? firstLine(error.message) : String(error);
  // Anything that is no complaint of the engine is a fault of this program, not of the file.
  if (!/^[A-Z][A-Za-z ]+ Error: /.test(message) || error instanceof TypeError) throw error;
  // A statement that does not even bind: an expression of the contract is wrong.
  if (!/^(Parser|Binder|Catalog|Syntax) Error/i.test(message)) return;
  throw new ConfigurationError(
    [`contract of dataset '${group.dataset.dataset}': an expression does not work: ${message}`],
    { cause: error },
  );
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof ResourceExhaustedError && /out of memory/i.test(error.message);
}

function tooLargeForMemory(error: unknown): ParquetContent {
  if (!isOutOfMemory(error)) throw error;
  const message =
    'Reading the file needs more memory than the run has. Write it in smaller row groups and pages, or give the run more memory.';
  return { header: [], records: 0, reasons: [fileReason('EXPANSION_LIMIT', message)] };
}

function unreadable(file: LoadFile, error: unknown): LocatedReason {
  const message = isOutOfMemory(error)
    ? 'Loading the file needs more memory than the run has. Split it into smaller files, or give the run more memory.'
    : `The loader cannot read the file: ${engineComplaint(error, file.local.path)}. Write it anew and drop it again.`;
  return fileReason('UNREADABLE', message);
}

function refused(file: LoadFile, reason: LocatedReason): Loaded {
  const counts = { read: file.records, loaded: 0, quarantined: 0, duplicateSuspects: 0, dropped: 0 };
  return { files: [{ key: file.key, rejected: [reason], counts, reasons: [] }], accepted: [], quarantined: [] };
}

function merged(parts: readonly Loaded[]): Loaded {
  return {
    files: parts.flatMap((part) => part.files),
    accepted: parts.flatMap((part) => part.accepted),
    quarantined: parts.flatMap((part) => part.quarantined),
  };
}
