import { type Dataset, datasetSchema } from '../../lambdas/domain/dataset.ts';

/** A small contract; `file` overrides what matters to a test. */
export function salesDataset(file: Partial<Dataset['file']> = {}): Dataset {
  return datasetSchema.parse({
    dataset: 'sales',
    description: 'Sales of the day.',
    owner: 'sales@example.com',
    table: 'sales_line',
    kind: 'event',
    file: { pattern: '*', format: 'csv', ...file },
    columns: [{ name: 'a', type: 'varchar', description: 'A value.' }],
  });
}
