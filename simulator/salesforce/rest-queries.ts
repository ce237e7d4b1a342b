import type { DuckDBConnection } from '@duckdb/node-api';
import { salesforceId } from '../org/salesforce-id.ts';
import { SalesforceError } from './api-error.ts';
import { type CompiledQuery, type QueryContext, compileSoql } from './soql/compile-soql.ts';
import { column } from './soql/identifier.ts';
import { recordJson } from './soql/record-json.ts';
import { VALUE_MACROS } from './soql/value-text.ts';

/** Where a query whose records do not fit into one answer goes on. */
interface Cursor {
  readonly object: string;
  readonly ids: readonly string[];
  readonly pageSql: string;
  readonly batchSize: number;
  readonly version: string;
}

const KEPT_CURSORS = 100;
const CURSOR_PREFIX = '01g';

/**
 * Queries of the REST API. A query fixes which records it answers with; their values are read page by page, so that an edit while a
 * client pages shows, as it does in a real org.
 */
export class RestQueries {
  readonly #connection: DuckDBConnection;
  readonly #cursors = new Map<string, Cursor>();
  #created = 0;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** Gives the connection the macros that queries use. */
  async prepare(): Promise<void> {
    for (const macro of VALUE_MACROS) await this.#connection.run(macro);
  }

  /** The first page as JSON. @throws SalesforceError */
  async run(soql: string, context: QueryContext, version: string, batchSize: number): Promise<string> {
    const compiled = compileSoql(soql, context);
    const { selection } = compiled;
    if (selection.kind === 'count') {
      const [count] = await this.#column(`select count(*) from (select 1 ${compiled.source})`, compiled.parameters);
      return `{"totalSize":${Number(count)},"done":true,"records":[]}`;
    }
    if (selection.kind === 'aggregates') {
      const members = selection.columns.map(({ name, json }) => `',"${name}":' || ${json}`);
      const json = `'{"attributes":{"type":"AggregateResult"}' || ${members.join(' || ')} || '}'`;
      const records = await this.#column(`select ${json} ${compiled.source}`, compiled.parameters);
      return `{"totalSize":${records.length},"done":true,"records":[${records.join(',')}]}`;
    }
    const idSql = `select ${column(compiled.paths.alias, 'Id')} ${compiled.source}`;
    const ids = await this.#column(idSql, compiled.parameters);
    return this.#page(
      { object: compiled.object.name, ids, pageSql: pageSql(compiled, version), batchSize, version },
      0,
      null,
    );
  }

  /** One record as JSON; null when there is none. @throws SalesforceError */
  async record(
    object: string,
    id: string,
    fields: readonly string[],
    context: QueryContext,
    version: string,
  ): Promise<string | null> {
    const compiled = compileSoql(`SELECT ${fields.join(', ')} FROM ${object}`, context);
    const [record] = await this.#column(pageSql(compiled, version), [`[${id}]`]);
    return record ?? null;
  }

  /** The page that a locator names. @throws SalesforceError INVALID_QUERY_LOCATOR */
  async more(locator: string): Promise<string> {
    const [id = '', position] = locator.split('-');
    const cursor = this.#cursors.get(id);
    const start = Number(position);
    if (cursor === undefined || !Number.isSafeInteger(start) || start < 0 || start >= cursor.ids.length) {
      throw new SalesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return this.#page(cursor, start, id);
  }

  /** What a locator is about; nothing, when there is no such. */
  target(locator: string): { readonly object: string | null; readonly page?: number } {
    const [id = '', position] = locator.split('-');
    const cursor = this.#cursors.get(id);
    if (cursor === undefined) return { object: null };
    return { object: cursor.object, page: Math.floor(Number(position) / cursor.batchSize) + 1 };
  }

  async #page(cursor: Cursor, start: number, known: string | null): Promise<string> {
    const { ids, batchSize, version } = cursor;
    const end = Math.min(start + batchSize, ids.length);
    const records = start === end ? [] : await this.#column(cursor.pageSql, [`[${ids.slice(start, end).join(', ')}]`]);
    const more = end < ids.length;
    const next = more
      ? `,"nextRecordsUrl":"/services/data/v${version}/query/${known ?? this.#keep(cursor)}-${end}"`
      : '';
    return `{"totalSize":${ids.length},"done":${!more}${next},"records":[${records.join(',')}]}`;
  }

  #keep(cursor: Cursor): string {
    const id = salesforceId(CURSOR_PREFIX, this.#created++);
    this.#cursors.set(id, cursor);
    const [oldest] = this.#cursors.keys();
    if (this.#cursors.size > KEPT_CURSORS && oldest !== undefined) this.#cursors.delete(oldest);
    return id;
  }

  async #column(sql: string, parameters: readonly string[]): Promise<string[]> {
    const reader = await this.#connection.runAndReadAll(sql, [...parameters]);
    return reader.getRows().map(([value]) => String(value));
  }
}

/** Reads the records whose Ids are bound as a list, in the list's order. */
function pageSql({ paths, selection }: CompiledQuery, version: string): string {
  const columns = selection.kind === 'records' ? selection.columns : [];
  return `with page as (
      select unnest(cast($1 as varchar[])) as id, generate_subscripts(cast($1 as varchar[]), 1) as position)
    select ${recordJson(columns, paths, version)} from ${paths.from()}
    join page on page.id = ${column(paths.alias, 'Id')} order by page.position`;
}
