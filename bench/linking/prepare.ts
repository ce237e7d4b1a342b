import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Column, TableName } from '../../lambdas/domain/table.ts';
import { readSettings } from '../../lambdas/wiring/config.ts';
import { type LocalPipeline, openLocal } from '../../lambdas/wiring/local.ts';
import { accountOutlines } from '../../simulator/org/generate/account-outlines.ts';
import { columnsOf, run, truthFile, versionsFile, writeTable } from './tables.ts';

/** `node bench/linking/prepare.ts <home> <scale>`: silver accounts of a simulated org, each with three contacts. Not measured. */
const [home = '', scale = '1'] = process.argv.slice(2);
const pipeline = await openLocal(readSettings({ home }));
const companies: [string, number][] = [];
const rows = [...accountOutlines({ seed: 42, scale: Number(scale), lastDay: run.asOf })].map((one) => {
  if (one.company !== null) companies.push([one.id, one.company]);
  const { id, name, region, parentId, shared } = one;
  return { id, name, region, parent: parentId, email: shared?.email ?? null, phone: shared?.phone ?? null };
});
const text = (name: string): Column => ({ name, type: 'varchar', description: name });
const outlines = await writeTable(
  pipeline,
  'bronze.outline',
  ['id', 'name', 'region', 'parent', 'email', 'phone'].map(text),
  { rows },
);
const account = await fromOutlines(pipeline, 'silver.account', 'bronze.outline', {
  account_id: 'id',
  name: 'name',
  geographic_region: 'region',
  parent_id: 'parent',
  phone: "'+1' || substr(id, 4)",
  is_deleted: 'false',
});
const contact = await fromOutlines(
  pipeline,
  'silver.contact',
  'bronze.outline cross join unnest(sequence(1, 3)) as numbers(n)',
  {
    contact_id: "id || '-' || cast(n as varchar)",
    account_id: 'id',
    email: "case when n = 1 and email is not null then email else id || cast(n as varchar) || '@mail.example' end",
    phone: "case when n = 1 and phone is not null then phone else '+2' || id || cast(n as varchar) end",
    mobile_phone: "'+3' || id || cast(n as varchar)",
    is_deleted: 'false',
  },
);
await writeFile(join(home, versionsFile), JSON.stringify([account, contact]));
await writeFile(join(home, truthFile), JSON.stringify(companies));
await pipeline.close();

/** All columns of the table's contract; those that are not given are empty. */
async function fromOutlines(
  given: LocalPipeline,
  table: TableName,
  from: string,
  values: Readonly<Record<string, string>>,
) {
  const columns = columnsOf(given, table);
  const own = columns.filter(({ name }) => !['_run_id', '_as_of'].includes(name));
  const list = own.map(({ name, type }) => `${values[name] ?? `cast(null as ${type})`} as "${name}"`).join(', ');
  return await writeTable(given, table, columns, { sql: `select ${list} from ${from}`, inputs: [outlines] });
}
