import type { ColumnType } from './column-type.ts';
import { countriesTable } from './conversion.ts';
import type { FxConfig } from './fx-config.ts';
import type { Model } from './model.ts';
import { stableHash } from './stable-hash.ts';
import type { TableName } from './table.ts';
import { literal } from './sql-text.ts';

interface ConstantTable {
  readonly table: TableName;
  readonly row: string;
  readonly description: string;
  readonly key: readonly string[];
  readonly columns: readonly { name: string; type: ColumnType; description: string }[];
  readonly rows: readonly (readonly string[])[];
}

/** What `config/fx.json` says, as two small silver tables that models can join. */
export function compileFx(config: FxConfig): Model[] {
  return [countries(config), defaults(config)].map(constantModel);
}

function countries(config: FxConfig): ConstantTable {
  return {
    table: countriesTable,
    row: 'one country of config/fx.json',
    description: 'The currency of records that name a country and no currency.',
    key: ['country'],
    columns: [
      { name: 'country', type: 'varchar', description: 'Country as written in addresses, in lower case' },
      { name: 'currency', type: 'varchar', description: 'ISO 4217 code' },
    ],
    rows: Object.entries(config.country_currency).map(([country, currency]) => [
      country.trim().toLowerCase(),
      currency,
    ]),
  };
}

function defaults(config: FxConfig): ConstantTable {
  return {
    table: 'silver.default_fx_rate',
    row: 'one currency and day of config/fx.json',
    description: 'Rates for want of better ones, and the measure by which inverted rates are noticed.',
    key: ['currency', 'rate_date'],
    columns: [
      { name: 'currency', type: 'varchar', description: 'ISO 4217 code' },
      { name: 'rate_date', type: 'date', description: 'First day of the rate' },
      { name: 'usd_per_unit', type: 'decimal(20,12)', description: 'US dollars for one unit' },
    ],
    rows: config.default_rates.flatMap(({ date, usd_per_unit: rates }) =>
      Object.entries(rates).map(([currency, rate]) => [currency, date, rate]),
    ),
  };
}

function constantModel({ table, row, description, key, columns, rows }: ConstantTable): Model {
  return {
    table,
    sql: constantSql(columns, rows),
    contract: {
      table,
      row,
      description,
      owner: 'data-platform',
      key: [...key],
      partition_by: [],
      columns: columns.map((column) => ({ ...column })),
      checks: [],
    },
    checksHash: stableHash(''),
    inputs: [],
    readsParameters: false,
    datasets: [],
    previous: [],
    incrementalFrom: null,
  };
}

function constantSql(columns: ConstantTable['columns'], rows: ConstantTable['rows']): string {
  const names = columns.map(({ name }) => name).join(', ');
  const typed = columns.map(({ name, type }) => `cast(${name} as ${type}) as ${name}`).join(', ');
  // VALUES cannot be empty: of an empty list one row stands there that is never selected.
  const listed = rows.length > 0 ? rows : [columns.map(() => '')];
  const values = listed.map((row) => `  (${row.map(literal).join(', ')})`).join(',\n');
  const select =
    rows.length > 0 ? typed : columns.map(({ name, type }) => `cast(null as ${type}) as ${name}`).join(', ');
  return `select ${select}
from (values
${values}
) as constant (${names})${rows.length > 0 ? '' : '\nwhere false'}`;
}
