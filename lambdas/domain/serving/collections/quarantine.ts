import type { Column, TableName, TableVersion } from '../../table.ts';
import type { Collection } from '../collection.ts';
import { jsonObject } from '../json-sql.ts';

/** Most rows of one quarantine table that a snapshot holds. */
export const quarantineRowsServed = 10_000;

/**
 * Rows that were set aside, of every quarantine table that has some. They come from the publication, not from a fixed list: each dataset
 * and each table with row checks has its own.
 */
export function quarantineCollection(tables: readonly TableVersion[]): Collection {
  const selects = tables.map(({ table, columns }) => selectOf(table, columns));
  const rows = selects.length > 0 ? selects.join('\nunion all\n') : emptySelect;
  const numbered = `(select *, row_number() over (order by table_name, source_file, file_sha256, source_line, raw) as rank from (${rows}) as each)`;
  return {
    name: 'quarantine',
    reads: tables.map(({ table }) => table),
    // The rows have no key of their own; the place in the order is one.
    ranked: `select cast(rank as varchar) as key, rank from ${numbered} as n`,
    columns: { table_name: 'text', source_file: 'text', file_sha256: 'text', source_line: 'integer', reasons: 'list' },
    territories: [],
    rows: `select r.rank, r.key, n.table_name, n.source_file, n.file_sha256, n.source_line, '|' || replace(n.reasons, ', ', '|') || '|',
      ${jsonObject({
        table: ['n.table_name', 'text'],
        source_file: ['n.source_file', 'text'],
        file_sha256: ['n.file_sha256', 'text'],
        source_line: ['n.source_line', 'number'],
        reasons: ["cast(to_json(string_split(n.reasons, ', ')) as varchar)", 'json'],
        raw: ['n.raw', 'text'],
        run_id: ['n.run_id', 'text'],
      })} as body
      from {ranked} as r join ${numbered} as n on n.rank = r.rank`,
    documents: {},
  };
}

const emptySelect = `select '' as table_name, '' as source_file, '' as file_sha256, cast(0 as bigint) as source_line, '' as reasons, '' as raw, '' as run_id where false`;

/** A row that silver set aside has no line of its own; it is shown as JSON. */
function selectOf(table: TableName, columns: readonly Column[]): string {
  const has = (name: string) => columns.some((column) => column.name === name);
  const own = columns.filter(({ name }) => !name.startsWith('_')).map(({ name }) => `"${name}": q."${name}"`);
  const raw = has('_raw') ? 'q._raw' : `cast(to_json({${own.join(', ')}}) as varchar)`;
  const file = has('_source_file') ? 'q._source_file' : 'cast(null as varchar)';
  const line = has('_source_line') ? 'q._source_line' : 'cast(null as bigint)';
  const hash = has('_file_sha256') ? 'q._file_sha256' : 'cast(null as varchar)';
  return `select * from (select '${table}' as table_name, ${file} as source_file, ${hash} as file_sha256, ${line} as source_line, q._reasons as reasons, ${raw} as raw,
    q._run_id as run_id from ${table} as q order by 2, 3, 4, 6 limit ${quarantineRowsServed})`;
}
