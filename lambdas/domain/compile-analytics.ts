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
  const masked = new Set(contract.columns.filter(isMasked).map(({ name }) => name));
  // What is masked no longer tells rows apart.
  const key = contract.key.some((column) => masked.has(column)) ? [] : contract.key;
  return {
    table,
    sql: analyticsSql(gold, contract.columns),
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
type MaskedColumn = ContractColumn & { readonly pii: keyof typeof masks };

function isMasked(column: ContractColumn): column is MaskedColumn {
  return column.pii !== undefined && column.pii !== 'none';
}

/** Each value is masked once, wherever it stands: a customer's name is on every one of the customer's months. */
function analyticsSql(gold: TableName, columns: readonly ContractColumn[]): string {
  const values = columns.map((column) => `  ${isMasked(column) ? maskedValue(column) : `each.${column.name}`}`);
  const joins = columns
    .filter(isMasked)
    .filter(({ pii }) => pii !== 'text')
    .map(
      ({ name, pii }) =>
        `\nleft join (select value, ${masks[pii].sql('value')} as masked from (select distinct ${name} as value from ${gold}) as given) ` +
        `as masked_${name} on masked_${name}.value = each.${name}`,
    );
  return `select\n${values.join(',\n')}\nfrom ${gold} as each${joins.join('')}`;
}

function maskedValue({ name, pii }: MaskedColumn): string {
  return `${pii === 'text' ? masks.text.sql(name) : `masked_${name}.masked`} as ${name}`;
}

function analyticsColumn(column: ContractColumn): ContractColumn {
  if (!isMasked(column)) {
    const { pii: _, ...plain } = column;
    return plain;
  }
  const { pii, ...plain } = column;
  return { ...plain, description: `${column.description}; ${masks[pii].leaves}` };
}
