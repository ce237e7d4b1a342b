import type { InputRow } from '../domain/code-model.ts';
import { ModelError, PipelineError, QueryError } from '../domain/errors.ts';
import { type Column, partitionLabel, type Slice, type TableName, type TableVersion, sizeOf } from '../domain/table.ts';
import type { Build, Built, Query, QueryResult, SqlEngine } from '../ports/sql-engine.ts';
import type { Workspace } from '../ports/workspace.ts';
import { duckDbType, verifyFooters, type WrittenPart, writeParquet } from './duckdb/parquet-files.ts';
import { readRows } from './duckdb/read-rows.ts';
import { createRowsTable } from './duckdb/rows-table.ts';
import { DuckDbSession, firstLine, type SessionSettings } from './duckdb/session.ts';
import { createParametersView, createTableViews, createView } from './duckdb/table-views.ts';
import { identifier, literal } from '../domain/sql-text.ts';

/** Columns of a model's quarantine: the model's own, and why. */
function quarantineColumns(columns: readonly Column[]): Column[] {
  return [
    ...columns,
    { name: '_reasons', type: 'varchar', description: 'Every reason code, separated by comma and space' },
  ];
}

/** DuckDB, in this process, over the local files of a workspace. Statements run one after the other. */
export class DuckDbEngine implements SqlEngine {
  private readonly workspace: Workspace;
  private readonly settings: () => Promise<SessionSettings>;
  private database: Promise<DuckDbSession> | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  /** The version that each table's name stands for in the database. */
  private readonly shown = new Map<TableName, TableVersion>();

  constructor(workspace: Workspace, settings: () => Promise<SessionSettings>) {
    this.workspace = workspace;
    this.settings = settings;
  }

  async materialise(build: Build, signal: AbortSignal): Promise<Built> {
    return await this.exclusive(async (session) => {
      try {
        await createTableViews(session, this.workspace, build.inputs, this.shown, false);
        await createParametersView(session, build.parameters);
        if (build.rowsGiven !== undefined) return await this.writeGiven(session, build, build.rowsGiven, signal);
        await refuseDoubles(session, build);
        return await this.write(session, build, signal);
      } catch (error) {
        if (error instanceof PipelineError) throw error;
        throw new ModelError(`The model ${build.table} fails: ${messageOf(error)}`, { cause: error });
      }
    });
  }

  async rows(version: TableVersion, columns: readonly string[], signal?: AbortSignal): Promise<InputRow[]> {
    return await this.exclusive(async (session) => {
      try {
        await createTableViews(session, this.workspace, [version], this.shown, false);
        return await readRows(session, version, columns, signal);
      } catch (error) {
        if (error instanceof PipelineError) throw error;
        throw new QueryError(`Reading ${version.table} fails: ${messageOf(error)}`, { cause: error });
      }
    }, signal);
  }

  async query(query: Query, signal?: AbortSignal): Promise<QueryResult> {
    return await this.exclusive(async (session) => {
      try {
        await createTableViews(session, this.workspace, query.tables, this.shown, query.keepTables ?? false);
        if (query.parameters !== undefined) await createParametersView(session, query.parameters);
        for (const view of query.views ?? []) await createView(session, view);
        const limit = query.limit ?? Number.POSITIVE_INFINITY;
        const most = Math.min(limit + 1, Number.MAX_SAFE_INTEGER);
        const reader = await session.interruptible(signal, () => session.connection.runAndReadUntil(query.sql, most));
        const rows = reader.getRowsJson().map((row) => row.map(scalar));
        const names = reader.columnNames();
        const types = reader.columnTypes();
        return {
          columns: names.map((name, index) => ({ name, type: String(types[index]).toLowerCase() })),
          rows: rows.slice(0, limit),
          truncated: rows.length > limit,
        };
      } catch (error) {
        if (error instanceof PipelineError) throw error;
        throw new QueryError(`The query fails: ${messageOf(error)}`, { cause: error });
      }
    }, signal);
  }

  /** Gives memory back; the next call opens a new database. */
  async close(): Promise<void> {
    const database = this.database;
    this.database = undefined;
    this.shown.clear();
    (await database)?.close();
  }

  private async writeGiven(
    session: DuckDbSession,
    build: Build,
    rows: readonly object[],
    signal: AbortSignal,
  ): Promise<Built> {
    const names = build.columns.map(({ name }) => name).filter((name) => !runColumns.has(name));
    const given = await createRowsTable(session, 'given', names, rows);
    const built = await this.write(session, { ...build, sql: `select * from ${given}` }, signal);
    await session.run(`drop table ${given}`);
    return built;
  }

  private async write(session: DuckDbSession, build: Build, signal: AbortSignal): Promise<Built> {
    const where = (condition: string) => (build.quarantines ? ` where _reasons is ${condition}` : '');
    const columns = build.columns.map((column) => writtenColumn(column, build)).join(', ');
    const accepted = await this.copy(session, build.prefix, build.columns, build, signal, {
      select: `select ${columns} from (${build.sql}) as model${where('null')}`,
    });
    const slices = accepted.map((part) => slice(part, build.prefix, build.columns, build));
    if (slices.length === 0 && build.partitionBy.length === 0) {
      slices.push(slice({ partition: {}, files: [], nulls: {} }, build.prefix, build.columns, build));
    }
    const rows = slices.reduce((sum, { rows: more }) => sum + more, 0);
    if (!build.quarantines || rows === build.rows) return { slices, quarantine: [], reasons: [] };
    const reasons = await session.rows(
      `select _reasons as reason, count(*) as n from (${build.sql}) as model where _reasons is not null group by 1 order by 2 desc, 1`,
      signal,
    );
    if (reasons.length === 0) return { slices, quarantine: [], reasons: [] };
    const bad = quarantineColumns(build.columns);
    const quarantined = await this.copy(session, build.quarantinePrefix, bad, build, signal, {
      select: `select ${columns}, cast(_reasons as varchar) as _reasons from (${build.sql}) as model${where('not null')}`,
    });
    return {
      slices,
      quarantine: quarantined.map((part) => slice(part, build.quarantinePrefix, bad, build)),
      reasons: reasons.map((row) => ({ reason: String(row.reason), rows: Number(row.n) })),
    };
  }

  private async copy(
    session: DuckDbSession,
    prefix: string,
    columns: readonly Column[],
    build: Build,
    signal: AbortSignal,
    what: { select: string },
  ): Promise<WrittenPart[]> {
    const folder = await this.workspace.target(prefix);
    const partitionBy = build.partition === undefined ? build.partitionBy : [];
    // In the order of the partitions each file is written by one thread in one piece: half the work for hundreds of small ones.
    const order = partitionBy.length > 0 ? ` order by ${partitionBy.map(identifier).join(', ')}` : '';
    const select = what.select + order;
    const written = await writeParquet(session, { select, folder, prefix, partitionBy }, signal);
    const { partition } = build;
    const parts = partition === undefined ? written : written.map((part) => ({ ...part, partition }));
    const paths = parts.flatMap((part) => part.files.map((file) => folder + file.key.slice(prefix.length)));
    await verifyFooters(session, build.table, paths, columns);
    await this.workspace.push(prefix);
    return parts;
  }

  private async exclusive<T>(work: (session: DuckDbSession) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.queue.then(async () => {
      signal?.throwIfAborted();
      this.database ??= this.settings().then((settings) => DuckDbSession.open(settings));
      return await work(await this.database);
    });
    this.queue = turn.catch(() => undefined);
    return await turn;
  }
}

/** Lists and structs become JSON text, so that whoever shows a result has only plain values. */
function scalar(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return value;
  return JSON.stringify(value);
}

/** The writer knows them. */
const runColumns: ReadonlySet<string> = new Set(['_run_id', '_as_of']);

function writtenColumn({ name, type }: Column, build: Build): string {
  if (name === '_run_id') return `${literal(build.runId)} as _run_id`;
  if (name === '_as_of') return `date ${literal(build.asOf)} as _as_of`;
  return `cast(${identifier(name)} as ${duckDbType(type)}) as ${identifier(name)}`;
}

function slice(part: WrittenPart, prefix: string, columns: readonly Column[], build: Build): Slice {
  const label = build.partition === undefined ? partitionLabel(part.partition) : '';
  return {
    id: label === '' ? prefix : `${prefix}/${label}`,
    partition: part.partition,
    runId: build.runId,
    columns: columns.map(({ name, type }) => ({ name, type })),
    files: part.files,
    ...sizeOf(part.files),
    nulls: part.nulls,
    fingerprint: '',
  };
}

/** A double would be rounded by the cast to its contract's type, differently from engine to engine and run to run. */
async function refuseDoubles(session: DuckDbSession, build: Build): Promise<void> {
  const columns = await session.rows(`describe ${build.sql}`);
  const doubles = columns.filter((column) => /DOUBLE|FLOAT/.test(String(column.column_type)));
  if (doubles.length > 0) {
    throw new ModelError(
      `The model ${build.table} computes a double: ${doubles.map((column) => column.column_name).join(', ')}.`,
      { advice: 'Compute in decimals and integers; docs/adr/0003-one-dialect.md says how.' },
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.trim() : firstLine(String(error));
}
