import { beforeAll, describe, expect, it } from 'vitest';
import { compileWithRowChecks, rowChecks } from '../../lambdas/domain/compile-checks.ts';
import { decimalDigits } from '../../lambdas/domain/column-type.ts';
import type { Configuration } from '../../lambdas/domain/configuration.ts';
import { mappedFields } from '../../lambdas/domain/mapping.ts';
import { salesforceBronzeTable } from '../../lambdas/domain/salesforce-source.ts';
import { CrmWarehouse, projectConfiguration } from './support/crm-warehouse.ts';
import { DialectReader } from './support/dialect.ts';

const configuration: Configuration = await projectConfiguration();
const compiled = configuration.models.filter(
  ({ datasets, rowsFrom, inputs, contract }) =>
    datasets.length > 0 || (rowsFrom !== undefined && contract.rows_from === undefined) || inputs.length === 0,
);

describe('compiled silver models', () => {
  let reader: DialectReader;
  let warehouse: CrmWarehouse;
  beforeAll(async () => {
    reader = await DialectReader.open();
    warehouse = await CrmWarehouse.open();
  });

  it.each(compiled)('$table speaks only what both engines know', async ({ table, sql, conversion }) => {
    expect(await reader.violations(table, sql)).toEqual([]);
    if (conversion !== undefined) expect(await reader.violations(table, conversion.plainSql)).toEqual([]);
  });

  it.each(configuration.models.filter((model) => rowChecks(model).length > 0))(
    '$table is checked row by row in what both engines know',
    async (model) => {
      const violations = await reader.violations(model.table, compileWithRowChecks(model));
      expect(violations.filter((violation) => !violation.endsWith('a star, write the columns'))).toEqual([]);
    },
  );

  it.each(compiled)('$table reads what its inputs say', async ({ sql, inputs }) => {
    const read = await reader.tables(sql);
    expect(read.filter((table) => !(inputs as readonly string[]).includes(table))).toEqual([]);
  });

  it.each(compiled)('$table selects the columns of its contract, in order and exact', async (model) => {
    for (const sql of [model.sql, model.conversion?.plainSql ?? model.sql]) {
      const described = await warehouse.rows(`describe ${sql}`);
      const selected = described.map((row) => `${String(row.column_name)} ${family(String(row.column_type))}`);
      expect(selected).toEqual(model.contract.columns.map(({ name, type }) => `${name} ${family(type)}`));
    }
  });

  it('exist for every object of the org', () => {
    const objects = (configuration.salesforce?.objects ?? []).map(({ object }) => object);
    expect(configuration.mappings.map(({ object }) => object).toSorted()).toEqual(objects.toSorted());
  });

  it('read every mapped field from a bronze table that has it', async () => {
    for (const mapping of configuration.mappings) {
      const columns = await warehouse.rows(`describe ${salesforceBronzeTable(mapping.object)}`);
      const names = columns.map((row) => String(row.column_name));
      expect(mappedFields(mapping).filter((field) => !names.includes(field))).toEqual([]);
      expect(names.slice(-3)).toEqual(['_source_system', '_extracted_at', '_run_id']);
    }
  });
});

/** The writer casts to the contract's type; what it must not do is drop digits. */
function family(type: string): string {
  const digits = decimalDigits(type.toLowerCase());
  if (digits !== undefined) return `decimal with ${digits.scale} digits behind the point`;
  return type.toLowerCase().replace('timestamp_ms', 'timestamp');
}
