import { sourceColumns } from '../../domain/dataset-expression.ts';
import { foldName } from '../../domain/header.ts';
import type { LoadGroup } from '../../ports/drop-reader.ts';
import { csvReadOptions } from '../duckdb-csv-options.ts';
import { literalList } from '../duckdb/session.ts';
import { parquetSource } from './parquet-header.ts';
import { identifier, literal } from '../../domain/sql-text.ts';

/** Raw records as text columns r0…rn with `_fi`, and the struct `source` where an expression reads it. */
export function sourceSql(group: LoadGroup): string {
  const { dataset, match } = group;
  const written = dataset.columns.flatMap((column) => sourceColumns(column.expression ?? ''));
  // Fields of a struct are found in any case, so that each can be there only once.
  const named = new Map(written.map((name) => [name.toLowerCase(), name]));
  const header = match.header.map(foldName);
  const fields = [...named.values()].map((name) => `${identifier(name)} := r${header.indexOf(foldName(name))}`);
  const source = fields.length === 0 ? '' : `, struct_pack(${fields.join(', ')}) as source`;
  return `select *${source} from (${rawSql(group)})`;
}

function rawSql(group: LoadGroup): string {
  const { dataset, match } = group;
  const paths = literalList(group.files.map((file) => file.local.path));
  switch (dataset.file.format) {
    case 'csv':
      return `select file_index as _fi, * from read_csv(${paths}, ${csvReadOptions(dataset.file, match.header.length)})`;
    case 'jsonl': {
      const fields = match.header.map(
        (name, index) => `json_extract_string(json, ${literal(pointer(name))}) as r${index}`,
      );
      const limit = Math.max(16_777_216, dataset.file.max_field_bytes * 2);
      return `select file_index as _fi, ${fields.join(', ')} from read_json_objects(${paths}, format = 'newline_delimited', maximum_object_size = ${limit})`;
    }
    case 'parquet': {
      const times = timeColumns(group);
      const fields = match.header.map(
        (name, index) => `${parquetText(identifier(name), times.has(index))} as r${index}`,
      );
      // Alone in its group, since `file_index` would be the column of that name where the file has one.
      return `select cast(0 as ubigint) as _fi, ${fields.join(', ')} from ${parquetSource(group.files[0]?.local.path ?? '')}`;
    }
  }
}

/** RFC 6901: the only way to name a JSON member that works for every name. */
function pointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/**
 * A Parquet value as a CSV file would have it. Time stamps are in UTC and have microseconds at most; one at midnight is a date,
 * unless the contract wants a time stamp.
 */
function parquetText(column: string, wantsTime: boolean): string {
  const text = `cast(${column} as varchar)`;
  const cuts = [['\\+00$', ''], ['(\\.[0-9]{6})[0-9]+$', '\\1'], ...(wantsTime ? [] : [[' 00:00:00$', '']])];
  const time = cuts.reduce((sql, [found = '', kept = '']) => {
    return `regexp_replace(${sql}, ${literal(found)}, ${literal(kept)})`;
  }, text);
  return `case when typeof(${column}) like 'TIMESTAMP%' then ${time} else ${text} end`;
}

/** Indexes of the file's columns that fill a time stamp. */
function timeColumns({ dataset, match }: LoadGroup): Set<number | undefined> {
  const times = dataset.columns.filter((column) => column.type === 'timestamp');
  return new Set(times.map((column) => match.positions[column.name]));
}
