import type { Publication } from '../../lambdas/domain/publication.ts';
import type { Column, Slice, TableVersion } from '../../lambdas/domain/table.ts';

const columns: Column[] = [
  { name: 'id', type: 'varchar', description: 'key' },
  { name: 'amount', type: 'decimal(18,2)', unit: 'EUR' },
  { name: 'email', type: 'varchar', pii: 'email' },
];

function slice(runId: string, partition: Record<string, string>): Slice {
  const suffix = Object.values(partition).map((value) => `/${value}`);
  return {
    id: `${runId}/1${suffix.join('')}`,
    partition,
    runId,
    columns,
    files: [{ key: `gold/sales/run=${runId}/1/part-0.parquet`, rows: 3, bytes: 1_234 }],
    rows: 3,
    bytes: 1_234,
    nulls: { email: 1 },
    fingerprint: `fingerprint of ${runId}`,
  };
}

export function samplePublication(id: string, changes: Partial<Publication> = {}): Publication {
  const tables: TableVersion[] = [
    {
      table: 'silver.sales_line',
      columns,
      partitionBy: ['month'],
      slices: [slice(id, { month: '2025-05' }), slice(id, { month: '2025-06' })],
    },
    { table: 'gold.customers', columns, partitionBy: [], slices: [slice(id, {})] },
  ];
  return {
    id,
    asOf: '2025-06-30',
    createdAt: '2025-06-30T23:15:00.123Z',
    fencingToken: 7,
    base: null,
    contentHash: `content of ${id}`,
    tables,
    ...changes,
  };
}
