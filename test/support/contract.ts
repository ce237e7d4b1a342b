import { type Dataset, datasetSchema } from '../../lambdas/domain/dataset.ts';

/** A contract with two columns, changed as a test needs it; parsed, so that it is a real one. */
export function contract(changes: Record<string, unknown> = {}): Dataset {
  return datasetSchema.parse({
    dataset: 'sales',
    description: 'Test',
    owner: 'owner@example.com',
    table: 'sales_line',
    kind: 'event',
    file: { pattern: '*.csv', format: 'csv' },
    columns: [
      { name: 'id', type: 'varchar', description: 'Id', mandatory: true, required: true },
      { name: 'amount', type: 'decimal(18,2)', description: 'Amount' },
    ],
    ...changes,
  });
}
