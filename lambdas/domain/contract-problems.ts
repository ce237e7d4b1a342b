import { contractColumns } from './bronze-table.ts';
import type { Dataset } from './dataset.ts';
import { repeated } from './repeated.ts';
import type { ParseSql } from './sql-shape.ts';

/** Faults of a contract that its schema cannot see: regular expressions, ranges, and expressions over unknown columns. */
export async function contractProblems(dataset: Dataset, parse: ParseSql): Promise<string[]> {
  const problems: string[] = [];
  for (const [index, column] of dataset.columns.entries()) {
    const place = `dataset '${dataset.dataset}': columns[${index}] '${column.name}'`;
    const { minimum, exclusive_minimum: above, maximum, pattern, expression } = column;
    const least = minimum ?? above;
    if (least !== undefined && maximum !== undefined && least > maximum) {
      problems.push(`${place}: the smallest value ${least} is above the maximum ${maximum}`);
    }
    if (pattern !== undefined && !isRegularExpression(pattern))
      problems.push(`${place}: '${pattern}' is no regular expression`);
    if (expression !== undefined) {
      const fault = await expressionFault(dataset, expression, parse);
      if (fault !== null) problems.push(`${place}: expression ${fault}`);
    }
  }
  for (const [index, check] of dataset.checks.entries()) {
    const fault = await expressionFault(dataset, check.expression, parse);
    if (fault !== null)
      problems.push(`dataset '${dataset.dataset}': checks[${index}] ${check.reason}: expression ${fault}`);
  }
  return problems;
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

/** An expression is computed per row from the row alone: no tables, no subqueries, only columns of the contract or the source. */
async function expressionFault(dataset: Dataset, expression: string, parse: ParseSql): Promise<string | null> {
  const names = dataset.columns.map((column) => column.name);
  try {
    const shape = await parse(`select (${expression})`);
    if (!shape.singleSelect || shape.tables.length > 0 || shape.nodes.includes('SUBQUERY'))
      return 'must be one value computed from the row';
    const unknown = shape.columns.filter((column) => !column.startsWith('source.') && !names.includes(column));
    if (unknown.length === 0) return null;
    return `names the unknown column ${unknown.map((column) => `'${column}'`).join(', ')}; columns: ${names.join(', ')}; source columns are written source."Name"`;
  } catch (error) {
    return `is not SQL: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Datasets that fill one table must agree on what it looks like. */
export function sharedTableProblems(datasets: readonly Dataset[]): string[] {
  const problems = repeated(datasets.map((dataset) => dataset.dataset)).map(
    (name) => `two contracts declare dataset '${name}'`,
  );
  const first = new Map<string, Dataset>();
  for (const dataset of datasets) {
    const other = first.get(dataset.table);
    if (other === undefined) {
      first.set(dataset.table, dataset);
      continue;
    }
    const shape = (one: Dataset) =>
      JSON.stringify([
        contractColumns(one).map(({ name, type }) => `${name} ${type}`),
        one.kind,
        one.key,
        one.partition,
        { ...one.money, convert: null },
      ]);
    if (shape(dataset) !== shape(other)) {
      problems.push(
        `datasets '${other.dataset}' and '${dataset.dataset}' fill the table ${dataset.table}, so they need the same columns, types, order, kind, key, partition and money`,
      );
    }
  }
  return problems;
}
