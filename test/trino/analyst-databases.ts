import { athenaType } from '../../lambdas/domain/athena-view.ts';
import type { Publication } from '../../lambdas/domain/publication.ts';
import { sliceFolder } from '../../lambdas/domain/slice-folder.ts';
import { baseName, type Column, layerOf, type TableVersion } from '../../lambdas/domain/table.ts';
import type { SqlEngine } from '../../lambdas/ports/sql-engine.ts';
import { identifier, literal } from '../../lambdas/adapters/athena/sql-text.ts';
import type { TrinoClient } from './server/trino-client.ts';

/** What views in Athena stand on, in Trino. */
export const databases = { analytics: 'test_analytics', ops: 'test_ops' };

/**
 * Makes the databases that analysts have: every table of the layer with its slices as partitions, `ops.current` that names those of the
 * publication, and the given tables of ops. `root` is the location of the lake.
 */
export async function makeAnalystDatabases(
  client: TrinoClient,
  root: string,
  publication: Publication,
  ops: readonly TableVersion[],
  local: SqlEngine,
): Promise<void> {
  for (const name of Object.values(databases)) await client.execute(`create schema if not exists ${name}`);
  const tables = publication.tables.filter(({ table }) => layerOf(table) === 'analytics');
  for (const version of tables) await makeTable(client, root, version);
  const current = tables.flatMap(({ table, slices }) => slices.map(({ id }) => [table, id]));
  const columns = ['table_name', 'slice'].map((name): Column => ({ name, type: 'varchar' }));
  await makeRows(client, 'current', columns, current);
  for (const version of ops) {
    // All rows that runs wrote: which of them count is for the view to say.
    const { latestBy: _, ...all } = version;
    const names = version.columns.map(({ name }) => `cast(${identifier(name)} as varchar)`).join(', ');
    const { rows } = await local.query({ sql: `select ${names} from ${version.table}`, tables: [all] });
    await makeRows(client, baseName(version.table), version.columns, rows);
  }
}

async function makeTable(client: TrinoClient, root: string, { table, columns, slices }: TableVersion): Promise<void> {
  const name = baseName(table);
  const list = columns.map((column) => `${identifier(column.name)} ${athenaType(column)}`).join(', ');
  await client.execute(
    `create table ${databases.analytics}.${name} (${list}, "_slice" varchar)
     with (format = 'PARQUET', partitioned_by = array['_slice'], external_location = '${root}')`,
  );
  for (const slice of slices) {
    const folder = sliceFolder(slice);
    if (folder === null) continue;
    const partition = `array['_slice'], array[${literal(slice.id)}], '${root}/${folder}'`;
    await client.execute(`call system.register_partition('${databases.analytics}', '${name}', ${partition})`);
  }
}

async function makeRows(
  client: TrinoClient,
  table: string,
  columns: readonly Column[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const cell = (value: unknown) => (value === null ? 'null' : literal(String(value)));
  const values = rows.map((row) => `(${row.map(cell).join(', ')})`).join(', ');
  const casts = columns.map(
    (column) => `cast(${identifier(column.name)} as ${athenaType(column)}) as ${identifier(column.name)}`,
  );
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  await client.execute(
    `create table ${databases.ops}.${table} as select ${casts.join(', ')} from (values ${values}) as t(${names})`,
  );
}
