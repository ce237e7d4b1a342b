import { generateKeyPairSync } from 'node:crypto';
import { OrgDatabase } from '../../simulator/org/org-database.ts';
import { orgShapes } from '../../simulator/org/shapes/org-shapes.ts';
import { startSalesforce } from '../../simulator/salesforce/start-salesforce.ts';

/**
 * The org of the extraction bench, in a process of its own: `node bench/extract/org-server.ts <accounts>`. Prints one line of JSON with
 * its login and serves until it is killed.
 */
const accounts = Number(process.argv[2] ?? 1_000_000);
const database = await OrgDatabase.open(':memory:', orgShapes);
await database.setNow(new Date('2025-07-01T06:00:00Z'));
const text = (seed: number, length: number) =>
  `substr(md5(cast(i * ${seed} as varchar)) || md5(cast(i as varchar)), 1, ${length})`;
const values: Record<string, string> = {
  Id: `'001Hw0' || lpad(cast(i as varchar), 9, '0') || 'AAA'`,
  Name: `'Company ' || ${text(3, 12)}`,
  Phone: `'+1 555 ' || lpad(cast(i % 10000000 as varchar), 7, '0')`,
  Website: `'https://' || ${text(5, 14)} || '.example'`,
  Description: `'He said "' || ${text(7, 30)} || '", then' || chr(10) || ${text(11, 20)}`,
  BillingStreet: `cast(i % 900 as varchar) || ' ' || ${text(13, 12)} || ' Street'`,
  AnnualRevenue: 'cast(i % 90000000 as decimal(18,2))',
  NumberOfEmployees: 'i % 5000',
  CreatedDate: `timestamp '2024-01-01' + to_seconds(i % 30000000)`,
  LastModifiedDate: `timestamp '2025-01-01' + to_seconds(i % 15000000)`,
  SystemModstamp: `timestamp '2025-01-01' + to_seconds(i % 15000000)`,
  LastActivityDate: `date '2025-01-01' + cast(i % 170 as integer)`,
  IsDeleted: 'false',
};
const columns = database
  .shape('Account')
  .fields.filter((field) => field.type !== 'address' && !field.calculated)
  .map((field) => {
    const fallback = ['boolean', 'int', 'double', 'currency', 'percent', 'date', 'datetime'].includes(field.type)
      ? 'null'
      : `cast(i * ${17 + field.name.length} % 100000 as varchar)`;
    return { name: field.name, value: values[field.name] ?? (field.type === 'boolean' ? 'false' : fallback) };
  });
await database.connection.run(
  `insert into data."Account" (${columns.map(({ name }) => `"${name}"`).join(', ')})
   select ${columns.map(({ value }) => value).join(', ')} from range(${accounts}) as t(i)`,
);
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const login = { clientId: 'bench', username: 'bench@example.com' };
const server = await startSalesforce({
  database,
  clients: [{ clientId: login.clientId, certificate: publicKey.export({ type: 'spki', format: 'pem' }).toString() }],
  users: [{ username: login.username }],
  pageRows: 250_000,
});
const secret = {
  loginUrl: server.url,
  ...login,
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const fields = columns.slice(0, 30).map(({ name }) => name);
process.stdout.write(
  `${JSON.stringify({ secret, fields: [...new Set(['Id', 'IsDeleted', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp', ...fields])].slice(0, 30) })}\n`,
);
