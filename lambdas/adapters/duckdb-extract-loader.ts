import { rm } from 'node:fs/promises';
import { ModelError, PipelineError } from '../domain/errors.ts';
import { bronzeFieldColumns } from '../domain/salesforce-bronze.ts';
import { deletionColumns, deletionTable } from '../domain/salesforce-source.ts';
import { type Column, type Slice, type TableName, sizeOf } from '../domain/table.ts';
import type { Audit, AuditFinding, Deletion, Extract, ExtractLoader, LoadedExtract } from '../ports/extract-loader.ts';
import type { Workspace } from '../ports/workspace.ts';
import { verifyFooters, type WrittenPart, writeParquet } from './duckdb/parquet-files.ts';
import { DuckDbSession, firstLine, type SessionSettings } from './duckdb/session.ts';
import { tableSql } from './duckdb/table-views.ts';
import { auditSql } from './extract-loading/audit-sql.ts';
import { countPage, createKnownRecords, createPage, dropPage, newRowsSql } from './extract-loading/page-tables.ts';
import { identifier, literal, timestampText } from '../domain/sql-text.ts';

type Origin = Pick<Extract, 'sourceSystem' | 'extractedAt' | 'runId' | 'prefix'>;

/** Extracted rows into Parquet with DuckDB. Each call has its own connection, so that objects can be loaded at the same time. */
export class DuckDbExtractLoader implements ExtractLoader {
  readonly #workspace: Workspace;
  readonly #settings: () => Promise<SessionSettings>;
  #database: Promise<DuckDbSession> | undefined;
  #users = 0;

  constructor(workspace: Workspace, settings: () => Promise<SessionSettings>) {
    this.#workspace = workspace;
    this.#settings = settings;
  }

  begin(): void {
    this.#users += 1;
  }

  async load(extract: Extract, signal: AbortSignal): Promise<LoadedExtract> {
    const loaded = await this.#forked(`loading ${extract.object}`, async (session) => {
      await createPage(session, extract, signal);
      await createKnownRecords(session, this.#workspace, extract);
      const columns = bronzeFieldColumns(extract.fields);
      const slice = await this.#write(session, extract, extract.table, columns, newRowsSql(extract), signal);
      // Where nothing is known all rows are written: a large file need not be read twice to count them.
      const read = extract.known.slices.length === 0 ? (slice?.rows ?? 0) : await countPage(session, signal);
      await dropPage(session);
      return { read, slice };
    });
    if ('path' in extract.source) await rm(extract.source.path, { force: true });
    return loaded;
  }

  async writeDeletions(deletions: readonly Deletion[], origin: Origin, signal: AbortSignal): Promise<Slice> {
    return await this.#forked('writing deletions', async (session) => {
      const rows = deletions.map(({ object, id, deletedAt, foundBy }) => {
        const values = [object, id, deletedAt, foundBy, origin.sourceSystem].map(literal);
        return `(${values.join(', ')}, cast(timestamp ${literal(timestampText(origin.extractedAt))} as timestamp_ms), ${literal(origin.runId)})`;
      });
      const names = deletionColumns.map((column) => identifier(column.name)).join(', ');
      const select = `select * from (values ${rows.join(', ')}) as deletion(${names})`;
      const slice = await this.#write(session, origin, deletionTable, deletionColumns, select, signal);
      if (slice === null) throw new ModelError('Deletions to be written are missing from the file.');
      return slice;
    });
  }

  async audit(audit: Audit, signal: AbortSignal): Promise<AuditFinding> {
    const finding = await this.#forked(`auditing ${audit.object}`, async (session) => {
      const sql = auditSql(audit, {
        known: await tableSql(this.#workspace, audit.known),
        deletions: await tableSql(this.#workspace, audit.deletions),
        knownColumns: new Set(audit.known.columns.map((column) => column.name)),
      });
      const ids = async (select: string) => (await session.rows(select, signal)).map((row) => String(row.id));
      return { absent: await ids(sql.absent), stale: await ids(sql.stale) };
    });
    for (const path of audit.paths) await rm(path, { force: true });
    return finding;
  }

  async end(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0) return;
    const database = this.#database;
    this.#database = undefined;
    (await database)?.close();
    await this.#workspace.clear();
  }

  async #write(
    session: DuckDbSession,
    origin: Origin,
    table: TableName,
    columns: readonly Column[],
    select: string,
    signal: AbortSignal,
  ): Promise<Slice | null> {
    const { prefix } = origin;
    const folder = await this.#workspace.target(prefix);
    const parts = await writeParquet(session, { select, folder, prefix, partitionBy: [] }, signal);
    const paths = parts.flatMap((part) => part.files.map((file) => folder + file.key.slice(prefix.length)));
    await verifyFooters(session, table, paths, columns);
    await this.#workspace.push(prefix);
    return sliceOf(parts, origin, columns);
  }

  async #forked<T>(doing: string, work: (session: DuckDbSession) => Promise<T>): Promise<T> {
    this.#database ??= this.#settings().then((settings) => DuckDbSession.open(settings));
    const session = await (await this.#database).fork();
    try {
      return await work(session);
    } catch (error) {
      if (error instanceof PipelineError) throw error;
      const message = error instanceof Error ? firstLine(error.message) : String(error);
      throw new ModelError(`The engine fails while ${doing}: ${message}`, { cause: error });
    } finally {
      session.disconnect();
    }
  }
}

/** Null without a row: a slice that says nothing would be kept for ever. */
function sliceOf([part]: readonly WrittenPart[], { prefix, runId }: Origin, columns: readonly Column[]): Slice | null {
  if (part === undefined) return null;
  return {
    id: prefix,
    partition: {},
    runId,
    columns: columns.map(({ name, type }) => ({ name, type })),
    files: part.files,
    ...sizeOf(part.files),
    nulls: part.nulls,
    // Rows are read from a source that has moved on: no other slice can promise the same content.
    fingerprint: prefix,
  };
}
