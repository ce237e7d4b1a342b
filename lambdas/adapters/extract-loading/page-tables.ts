import type { Extract } from '../../ports/extract-loader.ts';
import { duckDbType } from '../duckdb/parquet-files.ts';
import { type DuckDbSession, literalList } from '../duckdb/session.ts';
import { tableSql } from '../duckdb/table-views.ts';
import { csvReadOptions } from '../duckdb-csv-options.ts';
import { bronzeFieldColumns } from '../../domain/salesforce-bronze.ts';
import { exportFolder } from '../../domain/salesforce-export.ts';
import type { Workspace } from '../../ports/workspace.ts';
import { identifier, literal, timestampText } from '../../domain/sql-text.ts';

/** Salesforce's CSV: values of up to 131,072 characters, in UTF-8 at most four bytes each, doubled quotes not counted. */
const salesforceCsv = { delimiter: ',', quote: '"', max_field_bytes: 1_048_576 };

/** `read_csv(…)` over results of bulk queries: text columns r0, r1 …, empty values as null. */
export function bulkCsv(paths: readonly string[], columns: number): string {
  return `read_csv(${literalList(paths)}, ${csvReadOptions(salesforceCsv, columns)})`;
}

/**
 * Makes `page` readable on this connection: the extract's rows, with its fields under their names in lower case. A CSV
 * file stays a file; records become a temporary table.
 */
export async function createPage(session: DuckDbSession, extract: Extract, signal: AbortSignal): Promise<void> {
  const names = extract.fields.map((field) => identifier(field.toLowerCase()));
  if ('path' in extract.source) {
    const columns = names.map((name, index) => `r${index} as ${name}`).join(', ');
    await session.run(
      `create or replace temp view page as select ${columns} from ${bulkCsv([extract.source.path], names.length)}`,
      signal,
    );
    return;
  }
  await session.run(`create or replace temp table page (${names.map((name) => `${name} varchar`).join(', ')})`);
  const appender = await session.connection.createAppender('page');
  for (const record of extract.source.records) {
    for (const field of extract.fields) {
      const value = record[field] ?? null;
      if (value === null) appender.appendNull();
      else appender.appendVarchar(value);
    }
    appender.endRow();
  }
  appender.closeSync();
}

export async function countPage(session: DuckDbSession, signal: AbortSignal): Promise<number> {
  const [counted] = await session.rows('select count(*) as n from page', signal);
  return Number(counted?.n ?? 0);
}

/**
 * `known_record`: of every record in the page the newest version that was extracted before, unless the record was found deleted
 * after it. What a Data Export brought does not count: nobody knows when it was made.
 */
export async function createKnownRecords(
  session: DuckDbSession,
  workspace: Workspace,
  extract: Extract,
): Promise<void> {
  if (extract.known.slices.length === 0) {
    await session.run('create or replace temp table known_record as select * from page where false');
    return;
  }
  const order = extract.known.columns.some((column) => column.name === 'systemmodstamp')
    ? 'substr(v.systemmodstamp, 1, 19) desc, '
    : '';
  await session.run(
    `create or replace temp table known_record as
     select v.* from (${await tableSql(workspace, extract.known)}) as v
     semi join page on page.id = v.id
     where v._source_system <> ${literal(exportFolder)}
     qualify row_number() over (partition by v.id order by ${order}v._extracted_at desc, v._run_id desc) = 1`,
  );
  await session.run(
    `delete from known_record as k using (${await tableSql(workspace, extract.deletions)}) as d
     where d.object = ${literal(extract.object)} and d.id = k.id and d._extracted_at >= k._extracted_at`,
  );
}

/** Rows of the page that are no known record's newest version: new ones, and those that differ in any field. */
export function newRowsSql(extract: Extract): string {
  const known = new Set(extract.known.columns.map((column) => column.name));
  const fields = extract.fields.map((field) => field.toLowerCase());
  const meta: Record<string, string> = {
    _source_system: literal(extract.sourceSystem),
    _extracted_at: `timestamp ${literal(timestampText(extract.extractedAt))}`,
    _run_id: literal(extract.runId),
  };
  const columns = bronzeFieldColumns(extract.fields).map(({ name, type }) => {
    return `cast(${meta[name] ?? `page.${identifier(name)}`} as ${duckDbType(type)}) as ${identifier(name)}`;
  });
  if (extract.known.slices.length === 0) return `select ${columns.join(', ')} from page`;
  const same = fields.map((name) =>
    known.has(name)
      ? `page.${identifier(name)} is not distinct from k.${identifier(name)}`
      : `page.${identifier(name)} is null`,
  );
  return `select ${columns.join(', ')} from page left join known_record as k on k.id = page.id
    where k.id is null or not (${same.join(' and ')})`;
}

export async function dropPage(session: DuckDbSession): Promise<void> {
  await session.run('drop table if exists known_record');
  await session.run('drop view if exists page').catch(() => session.run('drop table if exists page'));
}
