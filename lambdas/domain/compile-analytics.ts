import { masks } from './masks.ts';
import type { Model, ModelContract } from './model.ts';
import { looksPersonal } from './personal-data.ts';
import { stableHash } from './stable-hash.ts';
import { baseName, layerOf, type TableName } from './table.ts';

const isGold = ({ table }: Model) => layerOf(table) === 'gold';

/**
 * What analysts may read: every table of gold under the same name in the layer `analytics`, with the same columns and personal data
 * masked. An Athena view runs with the rights of whoever asks, so that no view could hide a column: these are tables of their own.
 */
export function compileAnalytics(models: readonly Model[]): Model[] {
  return models.filter(isGold).map(({ table, contract }) => analyticsModel(table, contract));
}

/** Names every column of gold of which nobody has said whether it is personal data. */
export function personalDataProblems(models: readonly Model[]): string[] {
  return models
    .filter(isGold)
    .flatMap(({ table, contract }) =>
      contract.columns
        .filter(({ name, type, pii }) => type === 'varchar' && pii === undefined && looksPersonal(name))
        .map(
          ({ name }) =>
            `${table}: the column ${name} looks like personal data: give it pii: name, email, phone, address or text (it is masked for analysts), or none`,
        ),
    );
}

function analyticsModel(gold: TableName, contract: ModelContract): Model {
  const table: TableName = `analytics.${baseName(gold)}`;
  const masked = new Set(contract.columns.filter(({ pii }) => (pii ?? 'none') !== 'none').map(({ name }) => name));
  // What is masked no longer tells rows apart.
  const key = contract.key.some((column) => masked.has(column)) ? [] : contract.key;
  return {
    table,
    sql: `select\n${contract.columns.map((column) => `  ${valueSql(column)}`).join(',\n')}\nfrom ${gold}`,
    contract: {
      table,
      row: contract.row,
      description: `${contract.description.trim()} The same as ${gold}, personal data masked.`,
      owner: contract.owner,
      key,
      partition_by: [],
      columns: contract.columns.map(analyticsColumn),
      checks: [],
    },
    checksHash: stableHash('[]'),
    inputs: [gold],
    previous: [],
    readsParameters: false,
    datasets: [],
    incrementalFrom: null,
    rowsFrom: gold,
  };
}

type ContractColumn = ModelContract['columns'][number];

function valueSql({ name, pii }: ContractColumn): string {
  return pii === undefined || pii === 'none' ? name : `${masks[pii].sql(name)} as ${name}`;
}

function analyticsColumn({ pii, ...column }: ContractColumn): ContractColumn {
  return pii === undefined || pii === 'none'
    ? column
    : { ...column, description: `${column.description}; ${masks[pii].leaves}` };
}
