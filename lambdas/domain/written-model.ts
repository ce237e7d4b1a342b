import { referredTable } from './compile-silver.ts';
import { type Model, type ModelContract, splitInputs } from './model.ts';
import type { ParseSql } from './sql-shape.ts';
import { stableHash } from './stable-hash.ts';
import type { TableName } from './table.ts';

export interface ModelSource {
  readonly path: string;
  /** Null for a table that a code model makes. */
  readonly sql: string | null;
  readonly contract: ModelContract;
}

const parametersTable = 'run.parameters';

/** The model of a `.sql` with its `.yml`. */
export async function writtenModel(
  source: ModelSource & { sql: string },
  checkSql: ReadonlyMap<string, string>,
  parse: ParseSql,
  problems: string[],
): Promise<Model> {
  const { tables, readsParameters } = await tablesRead(source.path, source.sql, parse, problems);
  const { inputs: read, previous } = splitInputs(tables);
  const references = source.contract.checks.filter(
    (check) => check.check === 'reference' && check.severity === 'quarantine',
  );
  const inputs = new Set<TableName>([...read, ...references.map((check) => referredTable(check))]);
  return {
    table: source.contract.table,
    sql: source.sql.trim(),
    contract: source.contract,
    checksHash: checksHash(source.contract, checkSql),
    inputs: [...inputs],
    previous,
    readsParameters,
    datasets: [],
    incrementalFrom: source.contract.incremental_from ?? null,
    rowsFrom: source.contract.rows_from,
  };
}

/** Changes with what the checks of a table say. */
export function checksHash(contract: ModelContract, checkSql: ReadonlyMap<string, string>): string {
  const named = contract.checks.map((check) => checkSql.get(check.file ?? '') ?? '');
  return stableHash(JSON.stringify([contract.key, contract.checks, named]));
}

/** The tables that a statement reads, and whether the run's parameters are among them; none, with a problem noted, where it cannot be read. */
export async function tablesRead(
  path: string,
  sql: string,
  parse: ParseSql,
  problems: string[],
): Promise<{ tables: TableName[]; readsParameters: boolean }> {
  try {
    const shape = await parse(sql);
    if (!shape.singleSelect) problems.push(`${path}: expected one SELECT`);
    const bare = shape.tables.filter((table) => !table.includes('.'));
    problems.push(
      ...bare.map((table) => `${path}: the table '${table}' needs its layer in front, like silver.${table}`),
    );
    const tables = shape.tables.filter((table): table is TableName => table.includes('.') && table !== parametersTable);
    return { tables, readsParameters: shape.tables.includes(parametersTable) };
  } catch (error) {
    problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    return { tables: [], readsParameters: false };
  }
}
