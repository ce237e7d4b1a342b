import { athenaType } from '../domain/athena-view.ts';
import { ModelError, PipelineError, QueryError } from '../domain/errors.ts';
import type { InputRow } from '../domain/code-model.ts';
import { type Column, partitionLabel, type Slice, type TableName, type TableVersion } from '../domain/table.ts';
import { type View, viewSelect } from '../domain/view.ts';
import type { Lake } from '../ports/lake.ts';
import type { ParquetFooters } from '../ports/parquet-footers.ts';
import type { Build, Built, Parameter, Query, QueryResult, SqlEngine } from '../ports/sql-engine.ts';
import { readResult } from './athena/read-result.ts';
import { namesIn, resolveNames } from './athena/resolve-names.ts';
import { type AthenaSite, type Finished, runStatement } from './athena/run-statement.ts';
import { type SliceRegistry, SliceTables } from './athena/slice-tables.ts';
import { literal } from './athena/sql-text.ts';
import {
  partitionOfKey,
  partitionsFound,
  partitionsQuery,
  type Unload,
  unloadStatements,
} from './athena/unload-statement.ts';
import { parametersSelect } from './athena/version-select.ts';

export interface AthenaEngineParts {
  readonly site: AthenaSite;
  readonly registry: SliceRegistry;
  /** The processed bucket, and its name for Athena: `s3://<bucket>`. */
  readonly lake: Lake;
  readonly lakeUri: string;
  readonly footers: ParquetFooters;
  /** Reads rows for code, and writes rows of code: they are in this process's memory with either engine. */
  readonly local: SqlEngine;
}

/** What one statement is asked to write, and where. */
interface Writing {
  readonly columns: readonly Column[];
  readonly prefix: string;
  readonly condition: string;
}

/** Athena over the lake's Parquet files. Names become SELECTs of exactly the slices handed in; a table is written by UNLOAD. */
export class AthenaEngine implements SqlEngine {
  readonly #parts: AthenaEngineParts;
  readonly #tables: SliceTables;

  constructor(parts: AthenaEngineParts) {
    this.#parts = parts;
    this.#tables = new SliceTables(parts.registry);
  }

  async materialise(build: Build, signal: AbortSignal): Promise<Built> {
    if (build.rowsGiven !== undefined) return await this.#parts.local.materialise(build, signal);
    const scanned = { bytes: 0 };
    try {
      const sql = await this.#resolved(build.sql, build.inputs, build.parameters);
      await this.#refuseDoubles(sql, build, scanned, signal);
      const built = await this.#write(sql, build, scanned, signal);
      return { ...built, bytesScanned: scanned.bytes };
    } catch (error) {
      if (error instanceof PipelineError && !(error instanceof QueryError)) throw error;
      throw new ModelError(`The model ${build.table} fails: ${messageOf(error, build.sql)}`, { cause: error });
    }
  }

  async rows(version: TableVersion, columns: readonly string[], signal?: AbortSignal): Promise<InputRow[]> {
    return await this.#parts.local.rows(version, columns, signal);
  }

  async query(query: Query, signal?: AbortSignal): Promise<QueryResult> {
    // Tables of JSON lines are the small ones of ops, and the catalog of slices has Parquet only.
    const hasLines = ({ slices }: TableVersion) =>
      slices.some(({ files }) => files.some(({ key }) => key.endsWith('.jsonl')));
    if (query.tables.some(hasLines)) return await this.#parts.local.query(query, signal);
    const sql = await this.#resolved(query.sql, query.tables, query.parameters, query.views);
    try {
      return await this.#answer(sql, { bytes: 0 }, signal, query.limit);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      throw new QueryError(`The query fails: ${messageOf(error, query.sql)}`, { cause: error });
    }
  }

  async #resolved(
    sql: string,
    versions: readonly TableVersion[],
    parameters: readonly Parameter[] | undefined,
    views: readonly View[] = [],
  ): Promise<string> {
    const relations = new Map<TableName, string>();
    for (const version of versions) relations.set(version.table, await this.#tables.select(version));
    if (parameters !== undefined) relations.set('run.parameters', parametersSelect(parameters));
    const selects = views.map(({ view, contract, sql: text }) => {
      return [view, resolveNames(viewSelect(contract, text, athenaType), relations)] as const;
    });
    return resolveNames(sql, new Map([...relations, ...selects]));
  }

  async #write(sql: string, build: Build, scanned: { bytes: number }, signal: AbortSignal): Promise<Built> {
    const condition = build.quarantines ? '_reasons is null' : '';
    const accepted = { columns: build.columns, prefix: build.prefix, condition };
    const slices = await this.#unload(sql, build, accepted, scanned, signal);
    if (slices.length === 0 && build.partitionBy.length === 0) slices.push(sliceOf(build, accepted, {}, []));
    const rows = slices.reduce((sum, slice) => sum + slice.rows, 0);
    if (!build.quarantines || rows === build.rows) return { slices, quarantine: [], reasons: [] };
    const counted = await this.#answer(
      `select cast(_reasons as varchar) as reason, count(*) as n from (${sql}\n) as built where _reasons is not null group by 1 order by 2 desc, 1`,
      scanned,
      signal,
    );
    if (counted.rows.length === 0) return { slices, quarantine: [], reasons: [] };
    const aside = {
      columns: [...build.columns, { name: '_reasons', type: 'varchar' as const }],
      prefix: build.quarantinePrefix,
      condition: '_reasons is not null',
    };
    return {
      slices,
      quarantine: await this.#unload(sql, build, aside, scanned, signal),
      reasons: counted.rows.map(([reason, n]) => ({ reason: String(reason), rows: Number(n) })),
    };
  }

  async #unload(
    sql: string,
    build: Build,
    writing: Writing,
    scanned: { bytes: number },
    signal: AbortSignal,
  ): Promise<Slice[]> {
    const unload: Unload = {
      table: build.table,
      sql,
      columns: writing.columns,
      partitionBy: build.partition === undefined ? build.partitionBy : [],
      condition: writing.condition,
      given: new Map([
        ['_run_id', literal(build.runId)],
        ['_as_of', literal(build.asOf)],
      ]),
      target: `${this.#parts.lakeUri}/${writing.prefix}/`,
    };
    const partitions =
      unload.partitionBy.length === 0
        ? []
        : partitionsFound(unload, (await this.#answer(partitionsQuery(unload), scanned, signal)).rows);
    for (const statement of unloadStatements(unload, partitions)) await this.#run(statement, scanned, signal);
    return await this.#written(build, writing);
  }

  /** The slices that lie below a prefix, counted and compared with the contract by what their files say. */
  async #written(build: Build, writing: Writing): Promise<Slice[]> {
    const objects = (await Array.fromAsync(this.#parts.lake.list(`${writing.prefix}/`))).filter(
      ({ bytes }) => bytes > 0,
    );
    const found = await this.#parts.footers.verified(
      build.table,
      objects.map(({ key, bytes }) => ({ key, bytes })),
      writing.columns,
    );
    const groups = Map.groupBy(
      found.filter(({ rows }) => rows > 0),
      ({ key }) => JSON.stringify(build.partition ?? partitionOfKey(key.slice(writing.prefix.length))),
    );
    return [...groups]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([partition, files]) => sliceOf(build, writing, JSON.parse(partition) as Record<string, string>, files));
  }

  /** A double would be rounded by the cast to its contract's type, differently from engine to engine and run to run. */
  async #refuseDoubles(sql: string, build: Build, scanned: { bytes: number }, signal: AbortSignal): Promise<void> {
    const { columns } = await this.#answer(`select * from (${sql}\n) as built limit 0`, scanned, signal);
    const doubles = columns.filter(({ type }) => type === 'double' || type === 'float' || type === 'real');
    if (doubles.length === 0) return;
    throw new ModelError(`The model ${build.table} computes a double: ${doubles.map(({ name }) => name).join(', ')}.`, {
      advice: 'Compute in decimals and integers; docs/adr/0003-one-dialect.md says how.',
    });
  }

  async #answer(
    sql: string,
    scanned: { bytes: number },
    signal: AbortSignal | undefined,
    limit = Number.POSITIVE_INFINITY,
  ) {
    const { id, bytesScanned } = await this.#run(sql, scanned, signal);
    return { ...(await readResult(this.#parts.site.client, id, limit)), bytesScanned };
  }

  async #run(sql: string, scanned: { bytes: number }, signal: AbortSignal | undefined): Promise<Finished> {
    const finished = await runStatement(this.#parts.site, sql, signal);
    scanned.bytes += finished.bytesScanned;
    return finished;
  }
}

/** A name that is not resolved reaches Athena, which says only which schema it does not know. */
function messageOf(error: unknown, sql: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const schema = /Schema '(\w+)' does not exist/.exec(message)?.[1];
  return schema === undefined ? message : `${message}: ${namesIn(sql, schema).join(', ')}`;
}

function sliceOf(
  build: Build,
  { prefix, columns }: Writing,
  partition: Readonly<Record<string, string>>,
  files: Awaited<ReturnType<ParquetFooters['verified']>>,
): Slice {
  const label = build.partition === undefined ? partitionLabel(partition) : '';
  const nulls: Record<string, number> = {};
  for (const file of files) for (const [name, n] of Object.entries(file.nulls)) nulls[name] = (nulls[name] ?? 0) + n;
  return {
    id: label === '' ? prefix : `${prefix}/${label}`,
    partition,
    runId: build.runId,
    columns: columns.map(({ name, type }) => ({ name, type })),
    files: files.map(({ key, rows, bytes }) => ({ key, rows, bytes })),
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    nulls,
    fingerprint: '',
  };
}
