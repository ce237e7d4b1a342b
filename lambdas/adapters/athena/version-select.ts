import { athenaType } from '../../domain/athena-view.ts';
import type { Column, Slice, TableVersion } from '../../domain/table.ts';
import type { Parameter } from '../../ports/sql-engine.ts';
import { identifier, literal } from './sql-text.ts';

/** Slices of one column list, readable as partitions of one table of the Glue catalog. */
export interface ReadableSlices {
  /** Quoted `"database"."table"`. */
  readonly table: string;
  readonly columns: readonly Column[];
  /** Values of the partition column `_slice`. */
  readonly slices: readonly string[];
}

/** A SELECT of exactly the rows of a version, with its columns as they are now: what an older slice lacks is null there. */
export function versionSelect(version: TableVersion, parts: readonly ReadableSlices[]): string {
  const selects = parts.map(({ table, columns, slices }) => {
    const wanted = slices.map(literal).join(', ');
    return `select ${columnList(version.columns, columns)} from ${table} where _slice in (${wanted})`;
  });
  if (selects.length === 0) return `select ${columnList(version.columns, [])} where false`;
  const all = selects.join(' union all ');
  return version.latestBy === undefined ? all : latest(all, version.columns, version.latestBy);
}

/** The one row of `run.parameters`. */
export function parametersSelect(parameters: readonly Parameter[]): string {
  const values = parameters.map(
    ({ name, type, value }) => `cast(${literal(value)} as ${athenaType({ type })}) as ${identifier(name)}`,
  );
  return `select ${values.join(', ')}`;
}

/** Slices by the list of their columns, those without a file left out. */
export function byColumns(slices: readonly Slice[]): Map<string, Slice[]> {
  const groups = new Map<string, Slice[]>();
  for (const slice of slices) {
    if (slice.files.length === 0) continue;
    const signature = slice.columns.map(({ name, type }) => `${name} ${type}`).join(', ');
    groups.set(signature, [...(groups.get(signature) ?? []), slice]);
  }
  return groups;
}

function latest(sql: string, columns: readonly Column[], by: readonly string[]): string {
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  const rank = `row_number() over (partition by ${by.map(identifier).join(', ')} order by _closed_at desc, _run_id desc)`;
  return `select ${names} from (select *, ${rank} as _recency from (${sql})) where _recency = 1`;
}

function columnList(columns: readonly Column[], stored: readonly Column[]): string {
  return columns
    .map(({ name, type }) => {
      const has = stored.find((column) => column.name === name);
      if (has?.type === type && type !== 'timestamp') return identifier(name);
      const value = has === undefined ? 'null' : identifier(name);
      return `cast(${value} as ${athenaType({ type })}) as ${identifier(name)}`;
    })
    .join(', ');
}
