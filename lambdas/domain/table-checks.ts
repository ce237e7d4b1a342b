import { rowCondition } from './compile-checks.ts';
import { referredColumn, referredTable } from './compile-silver.ts';
import type { Check, Model, Severity } from './model.ts';
import type { TableName } from './table.ts';

/** A check turned into SQL that returns its failing rows. */
export interface TableCheck {
  readonly name: string;
  readonly severity: Severity;
  readonly description: string;
  readonly sql: string;
  /** For a check of single rows: when a row `t` of the table fails it. */
  readonly condition: string | null;
  /** Whether its failing rows are rows of the table: then an empty table passes. */
  readonly ofOwnRows: boolean;
  /** Tables that the SQL reads. */
  readonly reads: readonly TableName[];
}

/**
 * The checks of a model that judge the written table, as SQL without rows when all is well. Row checks with severity quarantine were
 * applied while it was written; `row_count_change` compares with the version before and is not SQL.
 */
export function tableChecks(
  model: Model,
  checkSql: ReadonlyMap<string, string>,
  readsOf: (file: string) => readonly TableName[],
): TableCheck[] {
  const declared = model.contract.checks.filter(
    (check) => check.severity !== 'quarantine' && check.check !== 'row_count_change',
  );
  return [...keyChecks(model), ...declared].map((check) => ({
    name: nameOf(check),
    severity: check.severity,
    description: check.description ?? nameOf(check),
    sql: failingRows(model, check, checkSql),
    condition: rowChecksOfTables.includes(check.check) ? rowCondition(check, 't') : null,
    ofOwnRows: check.check !== 'sql',
    reads: readsBy(model, check, readsOf),
  }));
}

/** Kinds of checks that say of each row by itself whether it fails. */
const rowChecksOfTables: readonly string[] = ['not_null', 'range', 'accepted', 'pattern', 'cast', 'converted'];

/**
 * The key of an incremental event table is the file's hash and line, unique by the way files are taken. A table that is appended to
 * repeats what its source repeats.
 */
function keyChecks(model: Model): Check[] {
  if (model.appendsFrom !== undefined) return [];
  if (model.incrementalFrom !== null && model.datasets.length > 0) return [];
  const key = model.contract.key;
  return [
    { check: 'not_null', severity: 'halt', columns: key, description: `${key.join(', ')} is the key` },
    { check: 'unique', severity: 'halt', columns: key, description: `one row per ${key.join(', ')}` },
  ];
}

function nameOf(check: Check): string {
  return check.check === 'sql'
    ? (check.file ?? 'sql')
    : `${check.check}(${(check.columns ?? [check.column ?? '']).join(', ')})`;
}

function readsBy(model: Model, check: Check, readsOf: (file: string) => readonly TableName[]): TableName[] {
  if (check.check === 'sql') return [...readsOf(check.file ?? '')];
  return check.check === 'reference' ? [model.table, referredTable(check)] : [model.table];
}

function failingRows(model: Model, check: Check, checkSql: ReadonlyMap<string, string>): string {
  if (check.check === 'sql') return checkSql.get(check.file ?? '') ?? '';
  if (check.check === 'unique') {
    const columns = (check.columns ?? []).join(', ');
    return `select ${columns}, count(*) as copies from ${model.table} group by ${columns} having count(*) > 1`;
  }
  if (check.check === 'reference') {
    const column = referredColumn(check);
    const sources = check.only_from?.map((source) => `'${source}'`).join(', ');
    return `select t.${check.column}, count(*) as failing_rows from ${model.table} as t
left join (select distinct ${column} from ${referredTable(check)}) as r on r.${column} = t.${check.column}
where t.${check.column} is not null and r.${column} is null${sources === undefined ? '' : ` and t._source_system in (${sources})`}
group by t.${check.column}`;
  }
  return `select * from ${model.table} as t where ${rowCondition(check, 't')}`;
}
