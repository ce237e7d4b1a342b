import type { CodeModel, CodeSettings } from './code-model.ts';
import { codeModels } from './code-models.ts';
import { type Model, type ModelContract, previousOf, splitInputs, writtenColumns } from './model.ts';
import { stableHash } from './stable-hash.ts';
import type { Column, TableName } from './table.ts';

/** The model of a `.yml` that names a code model; null, with a problem noted, where that does not make the table. */
export function declaredCodeModel(
  { path, contract }: { path: string; contract: ModelContract },
  configuration: CodeSettings,
  checksHash: string,
  problems: string[],
): Model | null {
  const code = codeModels.find(({ name }) => name === contract.code);
  if (code === undefined) {
    const names = codeModels.map(({ name }) => name).join(', ');
    problems.push(`${path}: unknown code model '${contract.code}'; there are: ${names}`);
    return null;
  }
  if (!code.tables.includes(contract.table)) {
    problems.push(`${path}: the code model '${code.name}' makes ${code.tables.join(', ')}, but not ${contract.table}`);
    return null;
  }
  if (contract.incremental_from !== undefined || contract.checks.some(({ severity }) => severity === 'quarantine')) {
    problems.push(
      `${path}: a table made by code is written whole: no incremental_from, and checks that warn or halt only`,
    );
  }
  const names = code.inputs(configuration).map(({ table }) => table);
  return {
    ...splitInputs(names),
    table: contract.table,
    sql: `-- code model ${code.name}, version ${code.version}, settings ${settingsHash(code, configuration)}`,
    code,
    contract,
    checksHash,
    readsParameters: code.usesAsOf,
    datasets: [],
    incrementalFrom: null,
  };
}

function settingsHash(code: CodeModel, configuration: CodeSettings): string {
  return stableHash(JSON.stringify([code.settings(configuration), code.inputs(configuration)]));
}

/** Columns that code reads and nobody makes, and tables of a code model in use that have no contract. */
export function codeModelProblems(
  models: readonly Model[],
  collected: readonly { readonly table: TableName; readonly columns: readonly Column[] }[],
  configuration: CodeSettings,
): string[] {
  const columns = new Map(collected.map(({ table, columns: own }) => [table, own]));
  for (const model of models) {
    columns.set(model.table, writtenColumns(model));
    columns.set(previousOf(model.table), writtenColumns(model));
  }
  const used = new Set(models.map(({ code }) => code).filter((code) => code !== undefined));
  return [...used].flatMap((code) => [
    ...code.tables
      .filter((table) => !models.some((model) => model.table === table))
      .map((table) => `the code model '${code.name}' also makes ${table}: its .yml is missing in glue-sql`),
    ...code.inputs(configuration).flatMap(({ table, columns: needed }) => {
      const known = columns.get(table)?.map(({ name }) => name);
      return needed
        .filter((name) => known !== undefined && !known.includes(name))
        .map(
          (name) =>
            `the code model '${code.name}' reads the unknown column '${name}' of ${table}; columns: ${known?.join(', ')}`,
        );
    }),
  ]);
}
