import { referredColumn, referredTable } from './compile-silver.ts';
import type { Model } from './model.ts';

/** References to tables and columns that no model makes. */
export function referenceProblems(models: readonly Model[]): string[] {
  const byTable = new Map(models.map((model) => [model.table, model]));
  return models.flatMap(({ table, contract }) =>
    contract.checks
      .filter((check) => check.to !== undefined)
      .filter((check) => {
        const target = byTable.get(referredTable(check));
        return !target?.contract.columns.some((column) => column.name === referredColumn(check));
      })
      .map((check) => `${table}: ${check.reason ?? 'reference'} refers to ${check.to}, which does not exist`),
  );
}

/** What is wrong between a model's contract, its SQL and the files of its checks. */
export function checkProblems(models: readonly Model[], checkSql: ReadonlyMap<string, string>): string[] {
  const byTable = new Map(models.map((model) => [model.table, model]));
  return models.flatMap((model) => {
    const columns = model.contract.columns.map((column) => column.name);
    const named = [...model.contract.key, ...model.contract.partition_by];
    const problems = named
      .filter((column) => !columns.includes(column))
      .map((column) => `${model.table}: key or partition names the unknown column '${column}'`);
    const source = model.incrementalFrom === null ? undefined : byTable.get(model.incrementalFrom);
    if (source !== undefined && String(source.contract.partition_by) !== String(model.contract.partition_by)) {
      problems.push(
        `${model.table}: incremental_from ${source.table} needs the same partition_by: ${source.contract.partition_by.join(', ')}`,
      );
    }
    const { rows_from: rowsFrom } = model.contract;
    if (rowsFrom !== undefined && !model.inputs.includes(rowsFrom)) {
      problems.push(`${model.table}: rows_from names ${rowsFrom}, which it does not read: ${model.inputs.join(', ')}`);
    }
    for (const check of model.contract.checks) {
      for (const column of [check.column, ...(check.columns ?? [])]) {
        if (column !== undefined && !columns.includes(column)) {
          problems.push(
            `${model.table}: check ${check.check} names the unknown column '${column}'; columns: ${columns.join(', ')}`,
          );
        }
      }
      if (check.check === 'sql' && !checkSql.has(check.file ?? '')) {
        problems.push(`${model.table}: the check file glue-sql/checks/${check.file} does not exist`);
      }
    }
    return problems;
  });
}
