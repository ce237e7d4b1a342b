import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { servedCollections } from '../../lambdas/domain/serving/collections.ts';
import type { Publication } from '../../lambdas/domain/publication.ts';
import type { TableVersion } from '../../lambdas/domain/table.ts';

/** Columns that name a thing; in every copy it is another thing. */
const names = new Set([
  'account_id',
  'account_id_a',
  'account_id_b',
  'subject_id',
  'master_account_id',
  'client_key',
  'client_key_a',
  'client_key_b',
  'recommendation_id',
  'alert_id',
  'event_id',
  'customer_id',
  'anomaly_id',
]);

/** Tables of a publication that the API reads, so many times larger: every row again for each copy, about other things. Returns the versions, written below `folder`. */
export async function multiplied(
  lake: string,
  publication: Publication,
  copies: number,
  folder: string,
): Promise<TableVersion[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("set memory_limit = '1500MB'");
  const wanted = new Set(servedCollections(publication.tables).flatMap(({ reads }) => reads));
  const versions: TableVersion[] = [];
  for (const version of publication.tables.filter(({ table }) => wanted.has(table))) {
    const files = version.slices.flatMap((slice) => slice.files.map(({ key }) => `'${join(lake, key)}'`));
    if (files.length === 0) {
      versions.push(version);
      continue;
    }
    const columns = version.columns.map(({ name, type }) => {
      const copied = names.has(name) ? `"${name}" || case when copy > 0 then '-' || copy else '' end` : `"${name}"`;
      return `cast(${copied} as ${type === 'timestamp' ? 'timestamp_ms' : type}) as "${name}"`;
    });
    // What is not about such a thing (users, territories) stays as it is.
    const times = version.columns.some(({ name }) => names.has(name)) ? copies : 1;
    const path = join(folder, `${version.table}.parquet`);
    await connection.run(
      `copy (select ${columns.join(', ')} from read_parquet([${files.join(', ')}], hive_partitioning = false, union_by_name = true), range(${times}) as c(copy))
       to '${path}' (format parquet, compression zstd)`,
    );
    const slice = {
      id: version.table,
      partition: {},
      runId: publication.id,
      columns: version.columns,
      nulls: {},
      fingerprint: '',
    };
    versions.push({
      ...version,
      partitionBy: [],
      slices: [{ ...slice, rows: 1, bytes: 0, files: [{ key: path, rows: 1, bytes: 0 }] }],
    });
  }
  connection.disconnectSync();
  instance.closeSync();
  return versions;
}
